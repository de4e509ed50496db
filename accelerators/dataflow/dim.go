package dataflow

import (
	"fmt"
	"iter"
	"math/bits"
	"strings"
)

// Dim is a dimension of a layer: one loop of its nest. Their order is that in which loops that a mapping leaves out are added.
type Dim uint8

// The dimensions. Convolutions have C, K, R, S, X, Y and, where larger than one, N (samples) and G (groups); matrix products have K, M, N.
const (
	C    Dim = iota // input channels of a group
	G               // groups
	K               // output channels of a group; a matrix product's reduction
	M               // rows of a matrix product
	N               // samples; columns of a matrix product
	R               // kernel height
	S               // kernel width
	X               // input width, border included
	Y               // input height, border included
	OutX            // output width: only in maps, for a map on X
	OutY            // output height: only in maps, for a map on Y
)

// NumDims is the number of dimensions that have a size.
const NumDims = int(Y) + 1

// dimNames are the names in the order of the constants, as MAESTRO's files write them.
const dimNames = "C G K M N R S X Y X' Y'"

// String returns the name as MAESTRO's files write it: X' and Y' are the output coordinates.
func (d Dim) String() string {
	if names := strings.Fields(dimNames); int(d) < len(names) {
		return names[d]
	}
	return fmt.Sprintf("Dim(%d)", uint8(d))
}

// MarshalText writes the name; an unknown dimension is an error.
func (d Dim) MarshalText() ([]byte, error) {
	if d > OutY {
		return nil, fmt.Errorf("dataflow: unknown dimension %s: known are %s", d, dimNames)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads a name that MarshalText wrote.
func (d *Dim) UnmarshalText(text []byte) error {
	for known := C; known <= OutY; known++ {
		if known.String() == string(text) {
			*d = known
			return nil
		}
	}
	return fmt.Errorf("dataflow: unknown dimension %q: known are %s", text, dimNames)
}

// set is a set of dimensions.
type set uint16

func dimSet(dims ...Dim) (s set) {
	for _, d := range dims {
		s |= 1 << d
	}
	return s
}

func (s set) has(d Dim) bool { return s&(1<<d) != 0 }

// all walks the dimensions of the set.
func (s set) all() iter.Seq[Dim] {
	return func(yield func(Dim) bool) {
		for ; s != 0; s &= s - 1 {
			if !yield(Dim(bits.TrailingZeros16(uint16(s)))) {
				return
			}
		}
	}
}
