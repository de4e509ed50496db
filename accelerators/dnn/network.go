package dnn

import (
	"errors"
	"fmt"
)

// NetworkInput is the index in Layer.Inputs that stands for the network's input.
const NetworkInput = -1

// Network is a graph of layers for one sample.
//
// Layers stand in topological order: a layer reads layers before it. What it reads must have its input shape:
//
//   - a Conv, TransposedConv or Pool reads one feature map, or several of equal height and width that are concatenated along the channels;
//   - an Elementwise layer with Operands above 1 reads that many equal feature maps, with one operand it reads like a Pool; of
//     the last Broadcasts ones it reads 1×1×C;
//   - a GEMM with Weights reads Batch·M·K elements, from one or several producers; without Weights it reads two,
//     of Batch·M·K and Batch·K·N − Cached elements;
//   - a Gather reads any feature maps, a Lookup one index for each of its output rows.
//
// Where one side of an edge is a GEMM only the number of elements counts: flattening a feature map or splitting rows into heads moves no data.
//
// A block, a longest run of layers with the same Repeats above 1, runs Repeats times in sequence. It reads one producer
// outside, its last layer has the shape of that producer, and only its last layer is read from outside.
type Network struct {
	Name string

	// Input is the shape of one sample. The zero Shape makes the network a plain list, such as a SCALE-Sim topology: a
	// layer without Inputs reads data of its own, of whatever shape it states.
	Input  Shape
	Layers []Layer
}

// Totals are sums over the layers of a network, repeats included, for one sample.
type Totals struct {
	Layers         int64 // copies of layers
	MACs           int64
	Parameters     int64
	InputElements  int64 // activations read, once a layer
	OutputElements int64 // activations produced, the network's input not included
}

// Totals sums the counts of the layers. It is exact for a network that passes Check.
func (n Network) Totals() Totals {
	var t Totals
	for i := range n.Layers {
		t.add(&n.Layers[i])
	}
	return t
}

// add adds all copies of a layer.
func (t *Totals) add(l *Layer) {
	copies := l.Copies()
	t.Layers += copies
	t.MACs += copies * l.MACs()
	t.Parameters += copies * l.Parameters()
	t.InputElements += copies * l.InputElements()
	t.OutputElements += copies * l.OutputElements()
}

// check reports totals above MaxCount. Called after each checked layer, it stops the sums long before they overflow.
func (t *Totals) check() error {
	return errors.Join(
		bounded("total MACs", t.MACs),
		bounded("total parameters", t.Parameters),
		bounded("total input elements", t.InputElements),
		bounded("total output elements", t.OutputElements))
}

// Check returns the network with the defaults of its layers filled in, or the mistakes: first those of the single layers,
// joined; if there are none, those of the edges, the blocks and the totals. The result shares the Inputs slices.
func (n Network) Check() (Network, error) {
	if len(n.Layers) == 0 {
		return n, fmt.Errorf("dnn: network %q has no layers", n.Name)
	}
	checked := n
	checked.Layers = make([]Layer, len(n.Layers))
	errs := []error{n.checkInput()}
	for i, l := range n.Layers {
		var mistakes []error
		checked.Layers[i], mistakes = l.check()
		for _, err := range mistakes {
			errs = append(errs, fmt.Errorf("dnn: network %q: layers[%d]: %w", n.Name, i, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return n, err
	}
	if err := errors.Join(checked.checkGraph()...); err != nil {
		return n, err
	}
	return checked, nil
}

// checkInput checks the shape of the sample.
func (n Network) checkInput() error {
	if n.Input == (Shape{}) {
		return nil
	}
	for _, size := range []int{n.Input.Height, n.Input.Width, n.Input.Channels} {
		if size < 1 || size > MaxDimension {
			return fmt.Errorf("dnn: network %q: input shape %v: %d out of range [1, %d]", n.Name, n.Input, size, MaxDimension)
		}
	}
	if err := atMost("elements", n.Input.Height, n.Input.Width, n.Input.Channels); err != nil {
		return fmt.Errorf("dnn: network %q: input shape: %w", n.Name, err)
	}
	return nil
}

// checkGraph checks what lies between the layers, each of which is checked.
func (n Network) checkGraph() (errs []error) {
	for i, l := range n.Layers {
		if err := n.checkEdges(i); err != nil {
			errs = append(errs, fmt.Errorf("dnn: network %q: layers[%d] %q (%s): %w", n.Name, i, l.Name, l.Op, err))
		}
	}
	if len(errs) == 0 {
		errs = n.checkBlocks()
	}
	return append(errs, n.checkTotals())
}

// checkTotals checks that no total exceeds MaxCount.
func (n Network) checkTotals() error {
	var t Totals
	for i := range n.Layers {
		t.add(&n.Layers[i])
		if err := t.check(); err != nil {
			return fmt.Errorf("dnn: network %q: up to layers[%d] %q: %w", n.Name, i, n.Layers[i].Name, err)
		}
	}
	return nil
}
