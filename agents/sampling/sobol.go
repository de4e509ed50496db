package sampling

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
)

// sobolBits is the number of binary digits of a coordinate; the sequence repeats after 2^sobolBits points.
const sobolBits = 32

// sobol is a Sobol sequence with a random linear scramble and a digital shift, walked in Gray-code order.
type sobol struct {
	directions [][sobolBits]uint32 // axis -> k -> scrambled direction number, its first digit in the top bit
	at         []uint32            // the next point, shifted
	index      uint32
}

// newSobol starts a sequence of the given number of axes.
func newSobol(axes int, rng *rand.Rand) (*sobol, error) {
	if axes > MaxSobolAxes {
		return nil, fmt.Errorf("sampling: a Sobol sequence over %d axes: there are direction numbers for at most %d; use %q", axes, MaxSobolAxes, Latin)
	}
	s := &sobol{directions: make([][sobolBits]uint32, axes), at: make([]uint32, axes)}
	table := sobolTable()
	for axis := range axes {
		s.directions[axis] = scramble(table[axis].directions(), rng)
		s.at[axis] = rng.Uint32()
	}
	return s, nil
}

// next writes the coordinates of the next point, each in [0, 1), to dst.
func (s *sobol) next(dst []float64) {
	k := bits.TrailingZeros32(^s.index) & (sobolBits - 1)
	s.index++
	for axis := range s.at {
		dst[axis] = float64(s.at[axis]) / (1 << sobolBits)
		s.at[axis] ^= s.directions[axis][k]
	}
}

// primitive is one axis of the sequence: a primitive polynomial over GF(2), its bits from the highest power down, and the first direction
// integers m_1, m_2, …, as many as the polynomial's degree; m_k is odd and below 2^k. The zero value is van der Corput's sequence.
type primitive struct {
	polynomial uint32
	first      []uint32
}

// directions computes v_k = m_k / 2^k for k = 1 … sobolBits by the recurrence of the package comment.
func (p primitive) directions() [sobolBits]uint32 {
	var v [sobolBits]uint32
	degree := len(p.first)
	for k := range v {
		switch {
		case degree == 0:
			v[k] = 1 << (sobolBits - 1 - k)
		case k < degree:
			v[k] = p.first[k] << (sobolBits - 1 - k)
		default:
			v[k] = v[k-degree] ^ v[k-degree]>>degree
			for i := 1; i < degree; i++ {
				if p.polynomial>>(degree-i)&1 == 1 {
					v[k] ^= v[k-i]
				}
			}
		}
	}
	return v
}

// scramble multiplies the digits by a random lower triangular matrix over GF(2) with a diagonal of ones: digit r of the result is digit r
// plus a random sum of the digits before it, the same for all points. It keeps every stratification of the sequence.
func scramble(v [sobolBits]uint32, rng *rand.Rand) [sobolBits]uint32 {
	var rows [sobolBits]uint32 // row r: the digits that digit r sums
	for r := range rows {
		self := uint32(1) << (sobolBits - 1 - r)
		rows[r] = self | rng.Uint32()&^(self<<1-1)
	}
	var out [sobolBits]uint32
	for k := range v {
		for r, row := range rows {
			out[k] |= uint32(bits.OnesCount32(v[k]&row)&1) << (sobolBits - 1 - r)
		}
	}
	return out
}
