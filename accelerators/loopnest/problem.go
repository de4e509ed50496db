package loopnest

import (
	"errors"
	"fmt"
)

// The largest problems, hierarchies and counts.
const (
	MaxDimensions = 16
	MaxTensors    = 8
	MaxLevels     = 16
	MaxCount      = 1 << 60 // of every count that can occur
)

// Problem is a perfectly nested computation: one multiply-accumulate for every point of the box of its dimensions, whose operands and result are
// elements of tensors that affine index expressions pick.
type Problem struct {
	Name       string
	Dimensions []Dimension
	Tensors    []Tensor // exactly one of them is the Output
}

// Dimension is one loop of the untiled nest.
type Dimension struct {
	Name string
	Size int64
}

// Tensor is an operand or the result. Its shape follows from its axes: an axis has 1 + Σ coefficient·(size − 1) elements.
type Tensor struct {
	Name   string
	Axes   []Axis // none = a scalar
	Output bool   // read and written: partial sums accumulate in it
}

// Axis is one index expression: the sum of its terms. A dimension occurs at most once in a tensor; an axis of the Output has one term.
type Axis []Term

// Term is a dimension times a coefficient: a stride or a dilation, 1 for a plain index.
type Term struct {
	Dimension   int // index in Problem.Dimensions
	Coefficient int64
}

// Along returns the axis of one dimension.
func Along(dimension int) Axis { return Axis{{dimension, 1}} }

// Window returns the axis of a window that slides over the inputs of a convolution: stride·output + dilation·kernel.
func Window(output int, stride int64, kernel int, dilation int64) Axis {
	return Axis{{output, stride}, {kernel, dilation}}
}

// Check reports all mistakes of a problem, joined.
func (p *Problem) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("loopnest: problem %q: "+format, append([]any{p.Name}, args...)...))
	}
	if n := len(p.Dimensions); n < 1 || n > MaxDimensions {
		bad("%d dimensions out of range [1, %d]", n, MaxDimensions)
	}
	computes, known := int64(1), map[string]bool{}
	for i, d := range p.Dimensions {
		switch {
		case d.Name == "":
			bad("dimension %d has no name", i)
		case known[d.Name]:
			bad("two dimensions named %q", d.Name)
		}
		known[d.Name] = true
		if d.Size < 1 || d.Size > MaxCount {
			bad("dimension %q of size %d: want at least 1", d.Name, d.Size)
			continue
		}
		computes = product(computes, d.Size)
	}
	if n := len(p.Tensors); n < 1 || n > MaxTensors {
		bad("%d tensors out of range [1, %d]", n, MaxTensors)
	}
	outputs, names := 0, map[string]bool{}
	for i, t := range p.Tensors {
		switch {
		case t.Name == "":
			bad("tensor %d has no name", i)
		case names[t.Name]:
			bad("two tensors named %q", t.Name)
		}
		names[t.Name] = true
		if t.Output {
			outputs++
		}
		if spread, ok := p.checkTensor(t, bad); ok && product(computes, spread) >= MaxCount {
			bad("%d points with tensor %q: counts may exceed 2^60", computes, t.Name)
		}
	}
	if outputs != 1 {
		bad("%d outputs: want exactly one tensor that is read and written", outputs)
	}
	return errors.Join(errs...)
}

// checkTensor reports the mistakes of a tensor's axes. Its spread bounds how many elements a multiply-accumulate can bring along in a tile.
func (p *Problem) checkTensor(t Tensor, bad func(string, ...any)) (spread int64, ok bool) {
	spread, ok = 1, true
	var used uint32
	for _, axis := range t.Axes {
		if len(axis) == 0 {
			bad("tensor %q has an axis without a term", t.Name)
			ok = false
		}
		if t.Output && len(axis) > 1 {
			bad("output %q: an axis that adds dimensions is not modelled", t.Name)
			ok = false
		}
		var sum int64
		for _, term := range axis {
			switch {
			case term.Dimension < 0 || term.Dimension >= len(p.Dimensions):
				bad("tensor %q: dimension %d out of range [0, %d)", t.Name, term.Dimension, len(p.Dimensions))
				ok = false
				continue
			case used&(1<<term.Dimension) != 0:
				bad("tensor %q: dimension %q occurs twice", t.Name, p.Dimensions[term.Dimension].Name)
				ok = false
			}
			used |= 1 << term.Dimension
			if term.Coefficient < 1 || term.Coefficient > 1<<20 {
				bad("tensor %q: coefficient %d of %q out of range [1, 2^20]", t.Name, term.Coefficient, p.Dimensions[term.Dimension].Name)
				ok = false
				continue
			}
			sum += term.Coefficient
		}
		spread = product(spread, sum)
	}
	return spread, ok
}

// product multiplies positive numbers and stops at MaxCount.
func product(a, b int64) int64 {
	if b > 0 && a > MaxCount/b {
		return MaxCount
	}
	return a * b
}

// Computes returns the number of multiply-accumulates.
func (p *Problem) Computes() int64 {
	n := int64(1)
	for _, d := range p.Dimensions {
		n *= d.Size
	}
	return n
}

// Words returns the number of elements of a tensor.
func (p *Problem) Words(tensor int) int64 {
	n := int64(1)
	for _, axis := range p.Tensors[tensor].Axes {
		extent := int64(1)
		for _, term := range axis {
			extent += term.Coefficient * (p.Dimensions[term.Dimension].Size - 1)
		}
		n *= extent
	}
	return n
}

// Dimension returns the index of a dimension by its name.
func (p *Problem) Dimension(name string) (int, bool) {
	for i, d := range p.Dimensions {
		if d.Name == name {
			return i, true
		}
	}
	return 0, false
}

// Tensor returns the index of a tensor by its name.
func (p *Problem) Tensor(name string) (int, bool) {
	for i, t := range p.Tensors {
		if t.Name == name {
			return i, true
		}
	}
	return 0, false
}
