package dnn

import (
	"errors"
	"fmt"
)

// checkEdges checks that what layer i reads exists, lies before it and has the layer's input shape.
func (n Network) checkEdges(i int) error {
	l := n.Layers[i]
	producers := l.Inputs
	if len(producers) == 0 {
		if n.Input == (Shape{}) {
			return nil // a layer of a plain list reads data of its own
		}
		producers = []int{NetworkInput}
	}
	for _, p := range producers {
		if p < NetworkInput || p >= i {
			return fmt.Errorf("input %d out of range [%d, %d]: a layer reads the network's input (%d) or a layer before it",
				p, NetworkInput, i-1, NetworkInput)
		}
		if p == NetworkInput && n.Input == (Shape{}) {
			return errors.New("reads the network's input, whose shape is not stated")
		}
	}
	switch {
	case l.Op == GEMM && !l.Weights:
		return n.checkOperands(l, producers)
	case l.Op == GEMM:
		return n.checkElements(producers, l.InputElements())
	case l.Op == Gather && !l.Lookup:
		return nil // it picks what it wants, as often as it wants
	case l.Op == Gather:
		return n.checkElements(producers, l.InputElements())
	case l.Operands > 1:
		return n.checkEqual(l, producers)
	}
	return n.checkConcatenation(l, producers)
}

// checkOperands checks the two operands of a product of activations.
func (n Network) checkOperands(l Layer, producers []int) error {
	if len(producers) != 2 {
		return fmt.Errorf("reads %d inputs: want 2, the M×K and the K×N operand", len(producers))
	}
	batch, m, cols, k := l.Product()
	return errors.Join(n.checkElements(producers[:1], batch*m*k), n.checkElements(producers[1:], batch*k*cols-int64(l.Cached)))
}

// checkElements checks that the producers together yield the wanted number of elements.
func (n Network) checkElements(producers []int, want int64) error {
	var got int64
	for _, p := range producers {
		got = min(got+n.output(p).Elements(), MaxCount+1) // no count of a checked layer is larger
	}
	if got != want {
		return fmt.Errorf("reads %d elements from %s: want %d", got, n.describe(producers), want)
	}
	return nil
}

// checkEqual checks that every operand of an element-wise layer has its shape, or one value a channel where it is broadcast.
func (n Network) checkEqual(l Layer, producers []int) error {
	if len(producers) != l.Operands {
		return fmt.Errorf("reads %d inputs: want %d, one an operand", len(producers), l.Operands)
	}
	for i, p := range producers {
		want := l.input()
		if i >= l.Operands-l.Broadcasts {
			want = Shape{1, 1, l.InChannels}
		}
		if !n.feeds(p, want) {
			return fmt.Errorf("reads %s: want %v", n.describe([]int{p}), want)
		}
	}
	return nil
}

// checkConcatenation checks that the producers side by side along the channels have the layer's input shape.
func (n Network) checkConcatenation(l Layer, producers []int) error {
	if len(producers) == 1 {
		if !n.feeds(producers[0], l.input()) {
			return fmt.Errorf("reads %s: want %v", n.describe(producers), l.input())
		}
		return nil
	}
	channels := int64(0)
	for _, p := range producers {
		out := n.output(p)
		if out.Height != l.InHeight || out.Width != l.InWidth {
			return fmt.Errorf("reads %s: want height and width %d×%d", n.describe([]int{p}), l.InHeight, l.InWidth)
		}
		channels += int64(out.Channels)
	}
	if channels != int64(l.InChannels) {
		return fmt.Errorf("reads %d channels from %s: want %d", channels, n.describe(producers), l.InChannels)
	}
	return nil
}

// feeds reports whether the output of producer p can be read as a feature map of the given shape.
func (n Network) feeds(p int, want Shape) bool {
	got := n.output(p)
	return got == want || n.reshapes(p) && got.Elements() == want.Elements()
}

// reshapes reports whether producer p is a GEMM, whose product has no height and width of its own.
func (n Network) reshapes(p int) bool { return p != NetworkInput && n.Layers[p].Op == GEMM }

// output returns the shape of producer p.
func (n Network) output(p int) Shape {
	if p == NetworkInput {
		return n.Input
	}
	return n.Layers[p].Output()
}

// describe names producers with their shapes, for errors.
func (n Network) describe(producers []int) string {
	text := ""
	for i, p := range producers {
		if i > 0 {
			text += ", "
		}
		if p == NetworkInput {
			text += fmt.Sprintf("the network's input (%v)", n.Input)
		} else {
			text += fmt.Sprintf("layers[%d] %q (%v)", p, n.Layers[p].Name, n.output(p))
		}
	}
	return text
}
