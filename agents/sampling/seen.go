package sampling

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// maxListed is the size up to which a space counts as small: its unseen points are listed when proposals stop hitting them.
const maxListed = 1 << 16

// Seen remembers designs, by an 8-byte key each. The key is exact when the product of the space's level counts is below 2^64; in a larger
// space it is a hash, and of n designs about n^2 / 2^65 are then taken for seen although they are not.
type Seen struct {
	space  space.Space
	exact  bool
	small  bool
	keys   map[uint64]struct{}
	listed []space.Point // of a small space, once needed: holds every unseen point, in random order
}

// NewSeen remembers nothing yet.
func NewSeen(s space.Space) *Seen {
	size := s.Size()
	return &Seen{
		space: s,
		exact: s.RawSize().IsUint64(),
		small: size.IsInt64() && size.Int64() <= maxListed,
		keys:  map[uint64]struct{}{},
	}
}

// Add remembers a canonical point; it tells whether the point is new.
func (s *Seen) Add(p space.Point) bool {
	before := len(s.keys)
	s.keys[s.key(p)] = struct{}{}
	return len(s.keys) > before
}

// Has tells whether the point was added.
func (s *Seen) Has(p space.Point) bool {
	_, seen := s.keys[s.key(p)]
	return seen
}

// Fresh proposes until an unseen point comes, at most 32 times. Then, in a small space (at most 65,536 designs), it draws uniformly from
// the unseen points. When all are seen, or in a large space, it returns the last proposal. It does not add the point.
func (s *Seen) Fresh(propose func() space.Point, rng *rand.Rand) space.Point {
	const tries = 32
	var p space.Point
	for range tries {
		if p = propose(); !s.Has(p) {
			return p
		}
	}
	if s.small {
		if unseen, ok := s.unseen(rng); ok {
			return unseen
		}
	}
	return p
}

// unseen is a uniformly drawn unseen point of a small space; false when there is none. It lists the space once; later calls cost O(1) on
// average, since every entry is skipped at most once.
func (s *Seen) unseen(rng *rand.Rand) (space.Point, bool) {
	if s.listed == nil {
		for p := range s.space.Points() {
			if !s.Has(p) {
				s.listed = append(s.listed, p)
			}
		}
		rng.Shuffle(len(s.listed), func(i, j int) { s.listed[i], s.listed[j] = s.listed[j], s.listed[i] })
		s.listed = append([]space.Point{nil}, s.listed...) // never nil again
	}
	for last := len(s.listed) - 1; last > 0; last-- {
		p := s.listed[last]
		if !s.Has(p) {
			return p, true
		}
		s.listed = s.listed[:last]
	}
	return nil, false
}

// key is the index of the level vector in mixed radix, or a hash of it where the index does not fit.
func (s *Seen) key(p space.Point) uint64 {
	key := uint64(0)
	if s.exact {
		for axis, level := range p {
			key = key*uint64(s.space.Levels(axis)) + uint64(level)
		}
		return key
	}
	for _, level := range p { // splitmix64's finaliser over a running sum
		key += uint64(level) + 0x9E3779B97F4A7C15
		key = (key ^ key>>30) * 0xBF58476D1CE4E5B9
		key = (key ^ key>>27) * 0x94D049BB133111EB
		key ^= key >> 31
	}
	return key
}
