package dnn

import (
	"fmt"
	"slices"
)

// Builder writes a Network layer by layer. Every method appends a layer that reads the given producers, takes its input
// shape from them and returns its index, to be read by later layers. The first mistake is kept, makes
// the later calls do nothing, and is what Network returns.
type Builder struct {
	network Network
	repeats int
	err     error
}

// NewBuilder returns a builder of a network whose sample has the given shape.
func NewBuilder(name string, input Shape) *Builder {
	b := &Builder{network: Network{Name: name, Input: input}, repeats: 1}
	if input == (Shape{}) {
		b.err = fmt.Errorf("dnn: network %q: input shape %v: want sizes in [1, %d]", name, input, MaxDimension)
		return b
	}
	b.err = b.network.checkInput()
	return b
}

// Filter is a convolution with a square kernel and the same stride and padding on all sides.
type Filter struct {
	Filters, Kernel int
	Stride          int // 0 means 1
	Pad             int
	Groups          int // 0 means 1
	Bias            bool
}

// Conv appends a convolution.
func (b *Builder) Conv(name string, f Filter, in ...int) int {
	return b.Append(Layer{
		Name: name, Op: Conv, Inputs: in, Filters: f.Filters, Groups: f.Groups, Bias: f.Bias,
		KernelHeight: f.Kernel, KernelWidth: f.Kernel, StrideHeight: f.Stride, StrideWidth: f.Stride,
		PadTop: f.Pad, PadBottom: f.Pad, PadLeft: f.Pad, PadRight: f.Pad,
	})
}

// TransposedConv appends a transposed convolution, whose padding is cut off the output.
func (b *Builder) TransposedConv(name string, f Filter, in ...int) int {
	return b.Append(Layer{
		Name: name, Op: TransposedConv, Inputs: in, Filters: f.Filters, Groups: f.Groups, Bias: f.Bias,
		KernelHeight: f.Kernel, KernelWidth: f.Kernel, StrideHeight: f.Stride, StrideWidth: f.Stride,
		PadTop: f.Pad, PadBottom: f.Pad, PadLeft: f.Pad, PadRight: f.Pad,
	})
}

// Pool appends a pooling layer with a square window.
func (b *Builder) Pool(name string, kernel, stride, pad int, in ...int) int {
	return b.Append(Layer{
		Name: name, Op: Pool, Inputs: in,
		KernelHeight: kernel, KernelWidth: kernel, StrideHeight: stride, StrideWidth: stride,
		PadTop: pad, PadBottom: pad, PadLeft: pad, PadRight: pad,
	})
}

// GlobalPool appends a pooling layer whose window is the whole feature map.
func (b *Builder) GlobalPool(name string, in int) int {
	s := b.Shape(in)
	return b.Append(Layer{Name: name, Op: Pool, Inputs: []int{in}, KernelHeight: s.Height, KernelWidth: s.Width})
}

// Norm appends a normalisation (batch or layer): one scale and one shift a channel.
func (b *Builder) Norm(name string, in ...int) int {
	return b.Append(Layer{Name: name, Op: Elementwise, Inputs: in, ParametersPerChannel: 2})
}

// Map appends an element-wise function without parameters, such as a softmax.
func (b *Builder) Map(name string, in ...int) int {
	return b.Append(Layer{Name: name, Op: Elementwise, Inputs: in})
}

// Add appends the element-wise sum of feature maps of equal shape, as at the end of a residual block.
func (b *Builder) Add(name string, in ...int) int {
	return b.Append(Layer{Name: name, Op: Elementwise, Inputs: in, Operands: len(in)})
}

// Scale appends the product of a feature map with one value a channel.
func (b *Builder) Scale(name string, in, by int) int {
	return b.Append(Layer{Name: name, Op: Elementwise, Inputs: []int{in, by}, Operands: 2, Broadcasts: 1})
}

// Pick appends a gather: elements of what it reads, and the given number of trained rows, in the given shape.
func (b *Builder) Pick(name string, out Shape, rows int, in ...int) int {
	return b.Append(Layer{
		Name: name, Op: Gather, Inputs: in, OutHeight: out.Height, OutWidth: out.Width, OutChannels: out.Channels, ParametersPerChannel: rows,
	})
}

// Embed appends the lookup of one trained row of a table for each index that it reads.
func (b *Builder) Embed(name string, rows, features, in int) int {
	s := b.Shape(in)
	return b.Append(Layer{
		Name: name, Op: Gather, Inputs: []int{in}, OutHeight: int(min(s.Elements(), MaxDimension+1)), OutWidth: 1, OutChannels: features,
		ParametersPerChannel: rows, Lookup: true,
	})
}

// Dense appends a fully connected layer with biases on the flattened feature map.
func (b *Builder) Dense(name string, features, in int) int {
	k := int(b.Shape(in).Elements())
	return b.Append(Layer{Name: name, Op: GEMM, Inputs: []int{in}, M: 1, N: features, K: k, Weights: true, Bias: true})
}

// Linear appends a fully connected layer with biases on each row of the feature map: height rows of width·channels elements,
// the tokens of a transformer.
func (b *Builder) Linear(name string, features, in int) int {
	s := b.Shape(in)
	return b.Append(Layer{Name: name, Op: GEMM, Inputs: []int{in}, M: s.Height, N: features, K: s.Width * s.Channels, Weights: true, Bias: true})
}

// Product appends batch products of two activations, m×k (left) by k×n (right).
func (b *Builder) Product(name string, batch, m, n, k, left, right int) int {
	return b.Append(Layer{Name: name, Op: GEMM, Inputs: []int{left, right}, Batch: batch, M: m, N: n, K: k})
}

// Repeat makes the layers that body appends a block that runs the given number of times in sequence.
func (b *Builder) Repeat(times int, body func()) {
	outer := b.repeats
	b.repeats = times
	body()
	b.repeats = outer
}

// Append appends any layer. Without Inputs it reads the network's input; a Conv, TransposedConv, Pool or Elementwise layer whose
// input shape is zero takes that of its producers, concatenated along the channels; a layer without Repeats takes that of Repeat.
func (b *Builder) Append(l Layer) int {
	if b.err != nil {
		return NetworkInput
	}
	l.Inputs = slices.Clone(l.Inputs)
	if len(l.Inputs) == 0 {
		l.Inputs = []int{NetworkInput}
	}
	if l.Repeats == 0 {
		l.Repeats = b.repeats
	}
	if l.Op != GEMM && l.Op != Gather && l.input() == (Shape{}) {
		s := b.Shape(l.Inputs[0])
		l.InHeight, l.InWidth, l.InChannels = s.Height, s.Width, s.Channels
		if l.Operands < 2 {
			for _, p := range l.Inputs[1:] {
				l.InChannels += b.Shape(p).Channels
			}
		}
	}
	index := len(b.network.Layers)
	checked, errs := l.check()
	b.network.Layers = append(b.network.Layers, checked)
	if len(errs) == 0 && b.err == nil {
		if err := b.network.checkEdges(index); err != nil {
			errs = append(errs, fmt.Errorf("layer %q (%s): %w", l.Name, l.Op, err))
		}
	}
	if len(errs) > 0 && b.err == nil {
		b.err = fmt.Errorf("dnn: network %q: layers[%d]: %w", b.network.Name, index, errs[0])
	}
	return index
}

// Shape returns the shape that a producer yields; the zero Shape after a mistake.
func (b *Builder) Shape(producer int) Shape {
	if b.err == nil && (producer < NetworkInput || producer >= len(b.network.Layers)) {
		b.err = fmt.Errorf("dnn: network %q: layers[%d]: input %d out of range [%d, %d]",
			b.network.Name, len(b.network.Layers), producer, NetworkInput, len(b.network.Layers)-1)
	}
	if b.err != nil {
		return Shape{}
	}
	return b.network.output(producer)
}

// Last returns the index of the layer that was appended last, NetworkInput before the first.
func (b *Builder) Last() int { return len(b.network.Layers) - 1 }

// Network returns the checked network, or the first mistake.
func (b *Builder) Network() (Network, error) {
	if b.err != nil {
		return b.network, b.err
	}
	return b.network.Check()
}
