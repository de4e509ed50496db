package vary

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// WalkAfter proposes the given number of first points and then, call by call, a mutation of one axis of the proposal before.
func WalkAfter(s space.Space, draws int, first func() space.Point, rng *rand.Rand) func() space.Point {
	var p space.Point
	drawn := 0
	return func() space.Point {
		if drawn < draws {
			drawn++
			p = first()
		} else {
			p = One(s, p, rng)
		}
		return p
	}
}

// Walk proposes a first point and then, call by call, a mutation of one axis of the proposal before: away from designs that were seen.
func Walk(s space.Space, first func() space.Point, rng *rand.Rand) func() space.Point {
	return WalkAfter(s, 1, first, rng)
}
