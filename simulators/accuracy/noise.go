package accuracy

import (
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// noise is what another training of the same network adds: normal, of a given deviation, drawn from the seed and the network alone, so that a
// network has the same noise whenever it is asked.
type noise struct {
	deviation float64
	seed      uint64
}

// add is the accuracy with the noise, within [0, 100] %.
func (n noise) add(percent float64, s space.Space, p space.Point) float64 {
	if n.deviation == 0 {
		return percent
	}
	draw := seed.New(n.seed, "accuracy", "noise", s.Key(p)).NormFloat64()
	return min(max(percent+n.deviation*draw, 0), 100)
}
