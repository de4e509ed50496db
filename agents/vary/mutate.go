package vary

import (
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// Mutate changes each active axis with the given probability, and at least one. Axes of one level cannot change; a point without any other
// axis is returned as it is.
func Mutate(s space.Space, p space.Point, rate float64, rng *rand.Rand) space.Point {
	q, changed := slices.Clone(p), false
	for axis := range q {
		if rate > 0 && mutable(s, p, axis) && rng.Float64() < rate {
			q[axis], changed = Level(s.Param(axis), p[axis], rng), true
		}
	}
	if !changed {
		axis, ok := pick(s, p, rng)
		if !ok {
			return q
		}
		q[axis] = Level(s.Param(axis), p[axis], rng)
	}
	return repair(s, p, q, rng)
}

// One changes exactly one active axis, apart from those that the change switches on or off.
func One(s space.Space, p space.Point, rng *rand.Rand) space.Point { return Mutate(s, p, 0, rng) }

// mutable tells whether an axis of the canonical point p can change.
func mutable(s space.Space, p space.Point, axis int) bool {
	return s.Levels(axis) > 1 && s.Active(p, axis)
}

// pick draws one of the axes that can change; false when there is none.
func pick(s space.Space, p space.Point, rng *rand.Rand) (axis int, ok bool) {
	const tries = 8 // usually the first hits; the scan below keeps the draw uniform without allocating
	for range tries {
		if s.Len() == 0 {
			return 0, false
		}
		if axis = rng.IntN(s.Len()); mutable(s, p, axis) {
			return axis, true
		}
	}
	count := 0
	for i := range p {
		if mutable(s, p, i) {
			if count++; rng.IntN(count) == 0 {
				axis = i
			}
		}
	}
	return axis, count > 0
}

// repair makes q canonical: axes that die take 0, axes that were not active in the canonical point p take a uniform level.
func repair(s space.Space, p, q space.Point, rng *rand.Rand) space.Point {
	if !s.Conditional() {
		return q
	}
	for axis := range q {
		switch active := s.Active(q, axis); {
		case !active:
			q[axis] = 0
		case !s.Active(p, axis):
			q[axis] = rng.IntN(s.Levels(axis))
		}
	}
	return q
}

// Level draws another level of an axis of at least two levels; see the package comment for the law.
func Level(p space.Param, level int, rng *rand.Rand) int {
	switch levels := p.Levels(); {
	case p.Kind == space.Permutation:
		return reorder(level, len(p.Labels), rng)
	case p.Kind == space.Ordinal && rng.IntN(2) == 0:
		return step(level, levels, rng)
	default:
		other := rng.IntN(levels - 1)
		if other >= level {
			other++
		}
		return other
	}
}

// step moves an ordinal level by a geometric number of levels, cut at the ends; a step that the end swallows goes the other way.
func step(level, levels int, rng *rand.Rand) int {
	k := 1
	for rng.IntN(2) == 0 {
		k++
	}
	if rng.IntN(2) == 0 {
		k = -k
	}
	moved := min(max(level+k, 0), levels-1)
	if moved == level {
		moved = min(max(level-k, 0), levels-1)
	}
	return moved
}

// reorder swaps two labels of an order, or moves one to another place.
func reorder(rank, labels int, rng *rand.Rand) int {
	var buf [space.MaxPermuted]int
	order := space.Unrank(buf[:0], rank, labels)
	i, j := rng.IntN(labels), rng.IntN(labels-1)
	if j >= i {
		j++
	}
	if rng.IntN(2) == 0 {
		order[i], order[j] = order[j], order[i]
		return space.Rank(order)
	}
	label := order[i]
	copy(order[i:], order[i+1:])
	copy(order[j+1:], order[j:labels-1])
	order[j] = label
	return space.Rank(order)
}
