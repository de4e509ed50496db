package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Activation is the function of hidden layers. The zero value is Tanh.
type Activation uint8

// The activations.
const (
	Tanh Activation = iota
	ReLU
)

// Shape declares a net. Without hidden layers it is linear; without inputs either its outputs are free parameters.
type Shape struct {
	Inputs     int
	Hidden     []int // width of each hidden layer, at least 1; none when Inputs is 0
	Outputs    int   // at least 1
	Activation Activation
	Gain       float64 // of the output layer's first weights; zero means 1
}

// Net is a dense net with its parameters, their gradients and the scratch of the last Forward. It serves one goroutine.
type Net struct {
	shape  Shape
	layers []layer
	params []float64
	grads  []float64
	rows   int       // of the last Forward
	inputs []float64 // of the last Forward: the caller's
	delta  [2][]float64
}

// layer is one affine map with views into the net's parameters and gradients.
type layer struct {
	in, out       int
	weights, bias []float64 // weights[i*out+o]
	dWeights      []float64
	dBias         []float64
	outputs       []float64 // rows x out, after the activation
}

// New makes a net with orthogonal weights. It panics when the shape is not one that Shape describes.
func New(s Shape, rng *rand.Rand) *Net {
	if s.Inputs < 0 || s.Outputs < 1 || s.Inputs == 0 && len(s.Hidden) > 0 || slices.ContainsFunc(s.Hidden, func(w int) bool { return w < 1 }) {
		panic(fmt.Sprintf("nn: %d inputs, hidden layers %v, %d outputs: need an output, widths of at least 1, and no hidden layers without inputs",
			s.Inputs, s.Hidden, s.Outputs))
	}
	s.Hidden = slices.Clone(s.Hidden)
	if s.Gain == 0 {
		s.Gain = 1
	}
	n := &Net{shape: s}
	widths := slices.Concat([]int{s.Inputs}, s.Hidden, []int{s.Outputs})
	total := 0
	for l, in := range widths[:len(widths)-1] {
		n.layers = append(n.layers, layer{in: in, out: widths[l+1]})
		total += (in + 1) * widths[l+1]
	}
	n.params, n.grads = make([]float64, total), make([]float64, total)
	at := 0
	view := func(size int) (values, gradients []float64) {
		at += size
		return n.params[at-size : at : at], n.grads[at-size : at : at]
	}
	for i := range n.layers {
		l := &n.layers[i]
		l.weights, l.dWeights = view(l.in * l.out)
		l.bias, l.dBias = view(l.out)
		gain := math.Sqrt2
		if i == len(n.layers)-1 {
			gain = s.Gain
		}
		orthogonal(l.weights, l.in, l.out, gain, rng)
	}
	return n
}

// Shape is the net's declaration; its slices must not be changed.
func (n *Net) Shape() Shape { return n.shape }

// Params is all parameters, layer by layer, the weights (one row an input) before the biases. Changing them changes the net.
func (n *Net) Params() []float64 { return n.params }

// Grads is the gradients that Backward has added up, parallel to Params. Clear sets them to zero.
func (n *Net) Grads() []float64 { return n.grads }

// OutputBias is the part of Params that holds the outputs' biases.
func (n *Net) OutputBias() []float64 { return n.layers[len(n.layers)-1].bias }

// Clear sets the gradients to zero.
func (n *Net) Clear() { clear(n.grads) }

// Forward maps rows of inputs, one after the other in x, to rows of outputs. The result is valid until the next Forward; x must not change
// before Backward.
func (n *Net) Forward(x []float64, rows int) []float64 {
	if len(x) != rows*n.shape.Inputs {
		panic(fmt.Sprintf("nn: %d numbers are not %d rows of %d inputs", len(x), rows, n.shape.Inputs))
	}
	n.rows, n.inputs = rows, x
	for i := range n.layers {
		l := &n.layers[i]
		l.outputs = sized(l.outputs, rows*l.out)
		l.forward(x, rows)
		if i < len(n.layers)-1 {
			n.shape.Activation.apply(l.outputs)
		}
		x = l.outputs
	}
	return x
}

// Backward adds the parameters' gradients for the gradient of the loss by the outputs of the last Forward.
func (n *Net) Backward(dOutputs []float64) { n.backward(dOutputs, false) }

// BackwardToInputs is Backward and returns the gradient by the inputs, valid until the next Backward.
func (n *Net) BackwardToInputs(dOutputs []float64) []float64 { return n.backward(dOutputs, true) }

func (n *Net) backward(delta []float64, toInputs bool) []float64 {
	if len(delta) != n.rows*n.shape.Outputs {
		panic(fmt.Sprintf("nn: %d gradients are not %d rows of %d outputs", len(delta), n.rows, n.shape.Outputs))
	}
	for i := len(n.layers) - 1; i >= 0; i-- {
		l := &n.layers[i]
		x := n.inputs
		if i > 0 {
			x = n.layers[i-1].outputs
		}
		l.addGradients(x, delta, n.rows)
		if i == 0 && !toInputs {
			return nil
		}
		below := sized(n.delta[i%2], n.rows*l.in)
		n.delta[i%2] = below
		l.toInputs(below, delta, n.rows)
		if i > 0 {
			n.shape.Activation.derive(below, x)
		}
		delta = below
	}
	return delta
}

// sized is a slice of the given length, the old one when it is large enough.
func sized(old []float64, length int) []float64 {
	if cap(old) < length {
		return make([]float64, length)
	}
	return old[:length]
}
