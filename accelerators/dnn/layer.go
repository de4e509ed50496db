package dnn

import "fmt"

// Op is the kind of a Layer. The zero value is Conv.
type Op uint8

// The operations that a Layer can be.
const (
	Conv        Op = iota // two-dimensional convolution; depthwise when Groups == InChannels
	GEMM                  // Batch independent products of an M×K by a K×N matrix
	Pool                  // windowed reduction (maximum or average), no parameters
	Elementwise           // one result an output element from Operands inputs: add, multiply, activation, normalisation
)

// opNames are the names of the operations, in the order of the constants.
const opNames = "conv, gemm, pool, elementwise"

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
	}
	return fmt.Sprintf("Op(%d)", uint8(o))
}

// MarshalText writes the name of the operation; an unknown operation is an error.
func (o Op) MarshalText() ([]byte, error) {
	if o > Elementwise {
		return nil, fmt.Errorf("dnn: unknown operation %s: known are %s", o, opNames)
	}
	return []byte(o.String()), nil
}

// UnmarshalText reads a name that MarshalText wrote.
func (o *Op) UnmarshalText(text []byte) error {
	for op := Conv; op <= Elementwise; op++ {
		if op.String() == string(text) {
			*o = op
			return nil
		}
	}
	return fmt.Errorf("dnn: unknown operation %q: known are %s", text, opNames)
}

// Layer is one operation on one sample (batch size 1). The zero value of a field means its documented default, filled in by Check.
// Fields that the operation does not use stay zero.
type Layer struct {
	Name   string
	Op     Op
	Inputs []int // indices of the producing layers in Network.Layers, NetworkInput for the network's input; empty = the network's input

	// Conv, Pool and Elementwise: the input feature map, height × width × channels (elements).
	InHeight, InWidth, InChannels int

	// Conv and Pool: the window. Filters is Conv's number of output channels (Pool and Elementwise keep InChannels).
	Filters                              int
	KernelHeight, KernelWidth            int
	StrideHeight, StrideWidth            int  // 0 means 1
	DilationHeight, DilationWidth        int  // 0 means 1
	PadTop, PadBottom, PadLeft, PadRight int  // elements of zero border
	Groups                               int  // Conv: 0 means 1; divides InChannels and Filters
	Bias                                 bool // Conv and GEMM with Weights: one trained value an output channel

	// GEMM: Batch products M×K by K×N. Weights says that the K×N operand is a parameter of the network (a
	// fully connected layer) and not an activation (attention).
	Batch, M, N, K int // Batch 0 means 1
	Weights        bool

	Operands             int // Elementwise: inputs per output element, 0 means 1
	ParametersPerChannel int // Elementwise: trained values a channel (2 for the scale and shift of a normalisation)

	// Repeats is how many identical copies of the layer this entry stands for; 0 means 1. Consecutive layers with the same
	// Repeats above 1 form a block that runs that often in sequence, see Network.
	Repeats int
}
