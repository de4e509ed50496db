package vary

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// Walk proposes a first point and then, call by call, a mutation of one axis of the proposal before: away from designs that were seen.
func Walk(s space.Space, first func() space.Point, rng *rand.Rand) func() space.Point {
	var p space.Point
	return func() space.Point {
		if p == nil {
			p = first()
		} else {
			p = One(s, p, rng)
		}
		return p
	}
}
