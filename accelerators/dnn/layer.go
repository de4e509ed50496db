package dnn

import "fmt"

// Op is the kind of a Layer. The zero value is Conv.
type Op uint8

// The operations that a Layer can be.
const (
	Conv           Op = iota // two-dimensional convolution; depthwise when Groups == InChannels
	GEMM                     // Batch independent products of an M×K by a K×N matrix
	Pool                     // windowed reduction (maximum or average), no parameters
	Elementwise              // one result from one element of each of Operands inputs: add, multiply, normalisation, softmax
	TransposedConv           // the transpose of a convolution: every input element adds a kernel of outputs, strides lie between outputs
	Gather                   // picks its outputs from its inputs or from trained rows: slice, crop, padding, enlargement, embedding; no arithmetic

	lastOp = Gather
)

// opNames are the names of the operations, in the order of the constants.
const opNames = "conv, gemm, pool, elementwise, transposed_conv, gather"

// String returns the lower-case name of the operation.
func (o Op) String() string {
	switch o {
	case Conv:
		return "conv"
	case GEMM:
		return "gemm"
	case Pool:
		return "pool"
	case Elementwise:
		return "elementwise"
	case TransposedConv:
		return "transposed_conv"
	case Gather:
		return "gather"
	}
	return fmt.Sprintf("Op(%d)", uint8(o))
}

// MarshalText writes the name of the operation; an unknown operation is an error.
func (o Op) MarshalText() ([]byte, error) {
	if o > lastOp {
		return nil, fmt.Errorf("dnn: unknown operation %s: known are %s", o, opNames)
	}
	return []byte(o.String()), nil
}

// UnmarshalText reads a name that MarshalText wrote.
func (o *Op) UnmarshalText(text []byte) error {
	for op := Conv; op <= lastOp; op++ {
		if op.String() == string(text) {
			*o = op
			return nil
		}
	}
	return fmt.Errorf("dnn: unknown operation %q: known are %s", text, opNames)
}

// Layer is one operation on one sample (batch size 1). Where a field says "0 means 1", Check fills in the 1. Fields that the
// operation does not use stay zero.
type Layer struct {
	Name   string
	Op     Op
	Inputs []int // indices of the producers in Network.Layers, or NetworkInput; empty = the network's input, in a plain list data of its own

	// Conv, TransposedConv, Pool and Elementwise: the input feature map (elements). Pool and Elementwise keep InChannels.
	InHeight, InWidth, InChannels int

	Filters int // Conv, TransposedConv: output channels

	// Conv, TransposedConv and Pool: the window. A TransposedConv cuts its padding off the output.
	KernelHeight, KernelWidth            int
	StrideHeight, StrideWidth            int // 0 means 1
	DilationHeight, DilationWidth        int // 0 means 1
	PadTop, PadBottom, PadLeft, PadRight int // elements of border

	Groups int // Conv, TransposedConv: divides InChannels and Filters; 0 means 1

	// GEMM: Batch products M×K by K×N. Weights says that the K×N operand is a parameter of the network (a
	// fully connected layer) and not an activation (attention).
	Batch   int // 0 means 1
	M, N, K int
	Weights bool
	Cached  int // GEMM without Weights: elements of the K×N operand that no producer yields, because memory keeps them: a KV cache

	Sparsity Sparsity // Conv, TransposedConv, and GEMM with Weights: N:M sparsity of the weights; the zero value is dense

	Bits Bits // Conv, TransposedConv and GEMM: widths of the operands; the zero value is the accelerator's word

	Bias bool // Conv, TransposedConv, and GEMM with Weights: one trained value a filter, or a column of each product

	Operands   int // Elementwise: feature maps of the input shape that it combines; 0 means 1
	Broadcasts int // Elementwise: how many of the Operands, the last ones, are one value a channel (1×1×C), as in a squeeze-and-excitation

	// Gather: the shape of what it picks. Lookup says that what it reads are indices of its trained rows, one an output row and column:
	// an embedding. Otherwise it puts its trained rows, if any, beside the elements that it reads: a class token.
	OutHeight, OutWidth, OutChannels int
	Lookup                           bool

	ParametersPerChannel int // Elementwise: trained values a channel (2 for the scale and shift of a normalisation). Gather: trained rows

	// Repeats is how many identical copies of the layer this entry stands for; 0 means 1. Consecutive layers with the same
	// Repeats above 1 form a block that runs that often in sequence, see Network.
	Repeats int
}
