package vary

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// Cross makes a child of two canonical points. Blend, in [0, 1], is the probability that an ordinal or permutation axis mixes the parents'
// levels where the other choice is to take one of them.
func Cross(s space.Space, a, b space.Point, blend float64, rng *rand.Rand) space.Point {
	child := make(space.Point, len(a))
	conditional := s.Conditional()
	for axis := range child {
		inA, inB := true, true
		if conditional {
			if !s.Active(child, axis) {
				continue
			}
			inA, inB = s.Active(a, axis), s.Active(b, axis)
		}
		switch {
		case inA && inB:
			child[axis] = mix(s.Param(axis), a[axis], b[axis], blend, rng)
		case inA:
			child[axis] = a[axis]
		case inB:
			child[axis] = b[axis]
		default:
			child[axis] = rng.IntN(s.Levels(axis))
		}
	}
	return child
}

// mix is one axis of a child.
func mix(p space.Param, a, b int, blend float64, rng *rand.Rand) int {
	if rng.IntN(2) == 0 {
		a, b = b, a
	}
	if a == b || p.Kind == space.Nominal || rng.Float64() >= blend {
		return a
	}
	if p.Kind == space.Ordinal {
		low, high := min(a, b), max(a, b)
		return low + rng.IntN(high-low+1)
	}
	return orderCross(a, b, len(p.Labels), rng)
}

// orderCross keeps a random stretch of the order of rank a and fills the other places with the missing labels in the order of rank b.
func orderCross(a, b, labels int, rng *rand.Rand) int {
	var bufA, bufB [space.MaxPermuted]int
	first, second := space.Unrank(bufA[:0], a, labels), space.Unrank(bufB[:0], b, labels)
	start, end := rng.IntN(labels), rng.IntN(labels)
	start, end = min(start, end), max(start, end)+1
	var kept [space.MaxPermuted]bool
	for _, label := range first[start:end] {
		kept[label] = true
	}
	place := 0
	for _, label := range second {
		if kept[label] {
			continue
		}
		if place == start {
			place = end
		}
		first[place] = label
		place++
	}
	return space.Rank(first)
}
