package onnx

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

const (
	maxRank   = 16
	maxValues = 4096 // a constant with more values is only a shape
)

// value is what a name of the graph stands for: an activation that layers yield, or a constant.
type value struct {
	dims []int

	// An activation: its elements are those of the producers, side by side along the channels, and lie there as a feature map of this shape. image says
	// that the dimensions are N, C and one or two of space; otherwise the last one is the channels. plain says that it is what one layer yields, nothing
	// applied to it, so that a bias or a batch normalisation can still go into that layer.
	from         []int
	lies         dnn.Shape
	image, plain bool

	constant bool
	trained  bool      // of a floating-point type
	ints     []int64   // a small constant's values, when they are integers and known
	floats   []float64 // … when they are not integers
}

// elements is the product of the dimensions.
func (v value) elements() int64 { return product(v.dims) }

// channels is the axis of the channels.
func (v value) channels() int {
	if v.image {
		return 1
	}
	return len(v.dims) - 1
}

// natural is the feature map that the dimensions describe.
func (v value) natural() dnn.Shape { return mapOf(v.dims, v.image) }

// mapOf is the feature map of some dimensions: H×W×C of an image, otherwise one row for each position before the last axis.
func mapOf(dims []int, image bool) dnn.Shape {
	switch {
	case image && len(dims) == 4:
		return dnn.Shape{Height: dims[2], Width: dims[3], Channels: dims[1]}
	case image:
		return dnn.Shape{Height: 1, Width: dims[2], Channels: dims[1]}
	case len(dims) == 0:
		return dnn.Shape{Height: 1, Width: 1, Channels: 1}
	}
	last := len(dims) - 1
	return dnn.Shape{Height: int(product(dims[:last])), Width: 1, Channels: dims[last]}
}

// product multiplies checked dimensions.
func product(dims []int) int64 {
	p := int64(1)
	for _, d := range dims {
		p *= int64(d)
	}
	return p
}

// checkDims reports dimensions that are not positive, too large, or too many. Those of a constant may be 0: an empty list.
func checkDims[T int | int64](dims []T, low T) error {
	if len(dims) > maxRank {
		return fmt.Errorf("%d dimensions: want at most %d", len(dims), maxRank)
	}
	count := int64(1)
	for _, d := range dims {
		if d < low || int64(d) > dnn.MaxDimension {
			return fmt.Errorf("dimensions %v: %d out of range [%d, %d]", dims, d, low, dnn.MaxDimension)
		}
		if d > 0 && count > dnn.MaxCount/int64(d) {
			return fmt.Errorf("dimensions %v have more than %d elements", dims, int64(dnn.MaxCount))
		}
		count *= max(int64(d), 1)
	}
	return nil
}

// constantOf is the value of a tensor of the file.
func constantOf(t tensor) (value, error) {
	if err := checkDims(t.dims, 0); err != nil {
		return value{}, err
	}
	v := value{constant: true, dims: make([]int, len(t.dims))}
	for i, d := range t.dims {
		v.dims[i] = int(d)
	}
	switch t.dataType {
	case typeFloat, typeFloat16, typeDouble, typeBF16, 17, 18, 19, 20, 23: // and the 8- and 4-bit floats
		v.trained = true
	}
	n := v.elements()
	if n > maxValues || t.external {
		return v, nil
	}
	ints, floats := t.values()
	if ints != nil && int64(len(ints)) != n || floats != nil && int64(len(floats)) != n {
		return value{}, fmt.Errorf("%d values for the dimensions %v", len(ints)+len(floats), t.dims)
	}
	v.ints, v.floats = ints, floats
	return v, nil
}

// values reads the values of a small tensor; nil and nil for types that no shape is computed with.
func (t tensor) values() (ints []int64, floats []float64) {
	switch t.dataType {
	case typeInt64, typeInt32, typeBool, typeInt8, typeUint8:
		if t.raw == nil {
			return append([]int64{}, t.ints...), nil
		}
		return rawInts(t.raw, t.dataType), nil
	case typeFloat, typeDouble:
		if t.raw == nil {
			return nil, append(append([]float64{}, t.floats...), t.doubles...)
		}
		return nil, rawFloats(t.raw, t.dataType)
	}
	return nil, nil
}

// rawInts reads little-endian integers.
func rawInts(raw []byte, dataType int64) []int64 {
	list := []int64{}
	switch dataType {
	case typeInt64:
		for ; len(raw) >= 8; raw = raw[8:] {
			list = append(list, int64(binary.LittleEndian.Uint64(raw)))
		}
	case typeInt32:
		for ; len(raw) >= 4; raw = raw[4:] {
			list = append(list, int64(int32(binary.LittleEndian.Uint32(raw))))
		}
	case typeInt8:
		for _, b := range raw {
			list = append(list, int64(int8(b)))
		}
	default:
		for _, b := range raw {
			list = append(list, int64(b))
		}
	}
	return list
}

// rawFloats reads little-endian floating-point numbers.
func rawFloats(raw []byte, dataType int64) []float64 {
	list := []float64{}
	if dataType == typeDouble {
		for ; len(raw) >= 8; raw = raw[8:] {
			list = append(list, math.Float64frombits(binary.LittleEndian.Uint64(raw)))
		}
		return list
	}
	for ; len(raw) >= 4; raw = raw[4:] {
		list = append(list, float64(math.Float32frombits(binary.LittleEndian.Uint32(raw))))
	}
	return list
}

// integers is a constant of known integers.
func integers(values []int64, dims ...int) value {
	if dims == nil {
		dims = []int{len(values)}
	}
	return value{constant: true, dims: dims, ints: values}
}

// broadcast is the shape of element-wise operations on several shapes, as numpy has it.
func broadcast(shapes ...[]int) ([]int, error) {
	rank := 0
	for _, s := range shapes {
		rank = max(rank, len(s))
	}
	out := make([]int, rank)
	for i := range out {
		out[i] = 1
	}
	for _, s := range shapes {
		for i, d := range s {
			at := rank - len(s) + i
			switch {
			case out[at] == 1:
				out[at] = d
			case d != 1 && d != out[at]:
				return nil, fmt.Errorf("shapes %v do not go together", shapes)
			}
		}
	}
	return out, checkDims(out, 0)
}

// same tells whether two activations are the same elements.
func (v value) same(w value) bool {
	return slices.Equal(v.from, w.from) && slices.Equal(v.dims, w.dims)
}

// axis resolves an axis that may count from the end.
func axis(a int64, rank int) (int, error) {
	if a < 0 {
		a += int64(rank)
	}
	if a < 0 || a >= int64(rank) {
		return 0, fmt.Errorf("axis %d out of range [%d, %d]", a, -rank, rank-1)
	}
	return int(a), nil
}
