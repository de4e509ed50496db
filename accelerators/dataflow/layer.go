package dataflow

import (
	"errors"
	"fmt"
)

// Op is what a Layer computes. The zero value is Conv.
type Op uint8

// The operations.
const (
	Conv      Op = iota // convolution; a fully connected layer has R = S = X = Y = 1
	Depthwise           // C channels with a filter each; K is 1
	Grouped             // G convolutions of C to K channels
	MatMul              // M×K by K×N
)

// opNames are the names of the operations as MAESTRO's files write them, in the order of the constants.
const opNames = "CONV, DSCONV, NGCONV, GEMM"

// String returns the name as MAESTRO's files write it.
func (o Op) String() string {
	switch o {
	case Conv:
		return "CONV"
	case Depthwise:
		return "DSCONV"
	case Grouped:
		return "NGCONV"
	case MatMul:
		return "GEMM"
	}
	return fmt.Sprintf("Op(%d)", uint8(o))
}

// MaxSize bounds every size of a layer and a mapping.
const MaxSize = 1 << 28

// Layer is one layer as the engine sees it: an operation and the extents of its loops. A size or stride of zero means 1.
type Layer struct {
	Name             string
	Op               Op
	Size             [NumDims]int
	StrideY, StrideX int
}

// Tensor is one of the three operands of a layer.
type Tensor uint8

// The operands.
const (
	Input Tensor = iota
	Weight
	Output
)

// String returns the lower-case name.
func (t Tensor) String() string {
	switch t {
	case Input:
		return "input"
	case Weight:
		return "weight"
	case Output:
		return "output"
	}
	return fmt.Sprintf("Tensor(%d)", uint8(t))
}

// tensorDims are the dimensions of each operand; outputs lie along Y and X too, in output coordinates.
type tensorDims [3]set

// tensors gives the dimensions of the operands. MAESTRO counts the outputs of a grouped convolution once an input channel.
func (o Op) tensors(p Profile) tensorDims {
	switch o {
	case Depthwise:
		return tensorDims{dimSet(N, C, Y, X), dimSet(C, R, S), dimSet(N, C, Y, X)}
	case Grouped:
		out := dimSet(N, G, K, Y, X)
		if p == Maestro {
			out |= dimSet(C)
		}
		return tensorDims{dimSet(N, G, C, Y, X), dimSet(G, K, C, R, S), out}
	case MatMul:
		return tensorDims{dimSet(M, K), dimSet(K, N), dimSet(M, N)}
	}
	return tensorDims{dimSet(N, C, Y, X), dimSet(K, C, R, S), dimSet(N, K, Y, X)}
}

// ranks give the order in which the operands list their dimensions: N G K C R S Y X, and M K N for a matrix product.
func (o Op) ranks() [NumDims]uint8 {
	if o == MatMul {
		return [NumDims]uint8{M: 0, K: 1, N: 2}
	}
	return [NumDims]uint8{N: 0, G: 1, K: 2, C: 3, R: 4, S: 5, Y: 6, X: 7}
}

// dims are the dimensions that a layer of the operation has.
func (t tensorDims) dims() set { return t[Input] | t[Weight] | t[Output] }

// filled returns the layer with its zeros replaced by ones.
func (l Layer) filled() Layer {
	for d := range l.Size {
		if l.Size[d] == 0 {
			l.Size[d] = 1
		}
	}
	l.StrideY, l.StrideX = max(l.StrideY, 1), max(l.StrideX, 1)
	return l
}

// Check reports the mistakes of a layer, joined: sizes out of range, sizes that the operation does not have, a kernel larger than its input.
func (l Layer) Check() error {
	if l.Op > MatMul {
		return fmt.Errorf("dataflow: layer %q: unknown operation %s: known are %s", l.Name, l.Op, opNames)
	}
	var errs []error
	dims := l.Op.tensors(Physical).dims()
	for i, size := range l.Size {
		switch d := Dim(i); {
		case size < 0 || size > MaxSize:
			errs = append(errs, fmt.Errorf("size %s %d out of range [1, %d]", d, size, MaxSize))
		case size > 1 && !dims.has(d):
			errs = append(errs, fmt.Errorf("size %s %d is not used: want 1", d, size))
		}
	}
	for _, stride := range []struct {
		name string
		size int
	}{{"Y", l.StrideY}, {"X", l.StrideX}} {
		if stride.size < 0 || stride.size > MaxSize {
			errs = append(errs, fmt.Errorf("stride %s %d out of range [1, %d]", stride.name, stride.size, MaxSize))
		}
	}
	f := l.filled()
	if l.Op == MatMul && (f.StrideY > 1 || f.StrideX > 1) {
		errs = append(errs, fmt.Errorf("strides %d, %d are not used: want 1", f.StrideY, f.StrideX))
	}
	for _, axis := range []struct{ kernel, input Dim }{{R, Y}, {S, X}} {
		if f.Size[axis.kernel] > f.Size[axis.input] {
			errs = append(errs, fmt.Errorf("kernel %s %d is larger than the input %s %d", axis.kernel, f.Size[axis.kernel], axis.input, f.Size[axis.input]))
		}
	}
	if len(errs) == 0 && (f.bound(l.Op.tensors(Physical).dims()) > maxCount) {
		errs = append(errs, fmt.Errorf("the product of the sizes exceeds %.0f", float64(maxCount)))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("dataflow: layer %q (%s): %w", l.Name, l.Op, err)
	}
	return nil
}

// maxCount bounds what the engine counts, so that no sum of products overflows an int64.
const maxCount = 1 << 58

// bound is the product of the sizes of some dimensions, as a float so that it cannot overflow.
func (l Layer) bound(dims set) float64 {
	product := 1.0
	for d, size := range l.Size {
		if dims.has(Dim(d)) {
			product *= float64(size)
		}
	}
	return product
}

// OutHeight is the number of output rows.
func (l Layer) OutHeight() int {
	f := l.filled()
	return (f.Size[Y]-f.Size[R])/f.StrideY + 1
}

// OutWidth is the number of output columns.
func (l Layer) OutWidth() int {
	f := l.filled()
	return (f.Size[X]-f.Size[S])/f.StrideX + 1
}

// Elements is the number of elements of an operand.
func (l Layer) Elements(t Tensor) int64 {
	f, dims := l.filled(), l.Op.tensors(Physical)[t]
	if t == Output {
		f.Size[Y], f.Size[X] = f.OutHeight(), f.OutWidth()
	}
	return f.product(dims)
}

// MACs is the number of multiply-accumulates.
func (l Layer) MACs() int64 {
	f, dims := l.filled(), l.Op.tensors(Physical).dims()
	f.Size[Y], f.Size[X] = f.OutHeight(), f.OutWidth()
	return f.product(dims)
}

func (l Layer) product(dims set) int64 {
	product := int64(1)
	for d, size := range l.Size {
		if dims.has(Dim(d)) {
			product *= int64(size)
		}
	}
	return product
}
