package bayes

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// box is the trust region about a design: a stretch of levels of each ordinal axis, and a Hamming ball over the others.
type box struct {
	space     space.Space
	centre    space.Point
	low, high []int // by axis, both included
	ball      int   // how many of the other axes may differ from the centre
}

// newBox makes the box of a side, in shares of an axis' range, stretched axis by axis with the length-scales over their geometric mean.
func newBox(e *encoder, centre space.Point, side float64, lengths []float64) *box {
	s := e.space
	b := &box{space: s, centre: centre, low: slices.Clone(centre), high: slices.Clone(centre)}
	logs, ordinals, others := 0.0, 0, 0
	for i, axis := range e.of {
		if s.Param(axis).Kind == space.Ordinal {
			logs += math.Log(lengths[i])
			ordinals++
		} else {
			others++
		}
	}
	b.ball = max(1, int(math.Round(side*float64(others))))
	for i, axis := range e.of {
		if s.Param(axis).Kind != space.Ordinal {
			continue
		}
		half := side / 2 * lengths[i] / math.Exp(logs/float64(ordinals))
		at := centre[axis]
		for level, v := range e.places[i] { // one level down and up is always allowed
			if math.Abs(v-e.places[i][at]) <= half || level == at-1 || level == at+1 {
				b.low[axis], b.high[axis] = min(b.low[axis], level), max(b.high[axis], level)
			}
		}
	}
	return b
}

// has tells whether a canonical point lies in the box. An axis that is inactive in the point or in the centre does not matter.
func (b *box) has(p space.Point) bool {
	if b == nil {
		return true
	}
	changed := 0
	for axis, level := range p {
		if level == b.centre[axis] || !b.space.Active(p, axis) || !b.space.Active(b.centre, axis) {
			continue
		}
		if b.space.Param(axis).Kind != space.Ordinal {
			changed++
		} else if level < b.low[axis] || level > b.high[axis] {
			return false
		}
	}
	return changed <= b.ball
}

// sample changes each axis of the centre with probability min(20/axes, 1), an ordinal one to a uniform level of its stretch, and of the others
// as many as the ball allows.
func (b *box) sample(rng *rand.Rand) space.Point {
	const changed = 20.0
	rate := changed / float64(len(b.centre))
	p, ball := slices.Clone(b.centre), b.ball
	for _, axis := range rng.Perm(len(p)) {
		if b.space.Levels(axis) == 1 || rng.Float64() >= rate || !b.space.Active(p, axis) || !b.space.Active(b.centre, axis) {
			continue
		}
		level := 0
		if param := b.space.Param(axis); param.Kind == space.Ordinal {
			level = b.low[axis] + rng.IntN(b.high[axis]-b.low[axis]+1)
		} else if ball > 0 {
			level = vary.Level(param, p[axis], rng)
			ball--
		} else {
			continue
		}
		p = vary.Move{Axis: axis, Level: level}.Apply(b.space, p, rng)
	}
	return p
}
