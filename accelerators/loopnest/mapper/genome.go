package mapper

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// genome is one mapping of a space.
type genome struct {
	trips [][]int64            // by dimension, then slot
	keep  []loopnest.TensorSet // by level
	order [][]int              // by level: all dimensions, the outermost first
}

func (s *Space) newGenome() *genome {
	g := &genome{keep: make([]loopnest.TensorSet, len(s.levels))}
	for range s.cuts {
		g.trips = append(g.trips, make([]int64, len(s.slots)))
	}
	for range s.levels {
		g.order = append(g.order, make([]int, len(s.cuts)))
	}
	return g
}

func (g *genome) copyFrom(from *genome) {
	for d := range g.trips {
		copy(g.trips[d], from.trips[d])
	}
	copy(g.keep, from.keep)
	for l := range g.order {
		copy(g.order[l], from.order[l])
	}
}

// draw makes a genome random: every cut of a dimension, set of tensors and order has the same chance.
func (s *Space) draw(r *rand.Rand, g *genome) {
	for d, c := range s.cuts {
		c.sample(r, g.trips[d])
	}
	for l := range s.levels {
		c := &s.levels[l]
		g.keep[l] = c.keep | c.free&loopnest.TensorSet(r.Uint32())
		s.drawOrder(r, l, g.order[l])
	}
}

// drawOrder shuffles the dimensions of a level between those whose place is fixed.
func (s *Space) drawOrder(r *rand.Rand, level int, order []int) {
	c := &s.levels[level]
	movable := order[:0]
	movable = append(movable, c.outermost...)
	for d := range s.cuts {
		if !contains(c.innermost, d) && !contains(c.outermost, d) {
			movable = append(movable, d)
		}
	}
	between := movable[len(c.outermost):]
	r.Shuffle(len(between), func(i, j int) { between[i], between[j] = between[j], between[i] })
	for i := len(c.innermost) - 1; i >= 0; i-- {
		movable = append(movable, c.innermost[i])
	}
}

func contains(list []int, d int) bool {
	for _, x := range list {
		if x == d {
			return true
		}
	}
	return false
}

// mapping writes the mapping of a genome, without loops of one trip.
func (s *Space) mapping(g *genome, m *loopnest.Mapping) {
	for len(m.Levels) < len(s.levels) {
		m.Levels = append(m.Levels, loopnest.LevelMapping{})
	}
	for l := range s.levels {
		to := &m.Levels[l]
		to.Keep, to.Temporal, to.Spatial = g.keep[l], to.Temporal[:0], to.Spatial[:0]
	}
	for i := len(s.slots) - 1; i >= 0; i-- {
		slot := &s.slots[i]
		to := &m.Levels[slot.level]
		if !slot.spatial {
			for _, d := range g.order[slot.level] {
				if g.trips[d][i] > 1 {
					to.Temporal = append(to.Temporal, loopnest.Loop{Dimension: d, Trips: g.trips[d][i]})
				}
			}
			continue
		}
		for d := range g.trips {
			if g.trips[d][i] > 1 {
				to.Spatial = append(to.Spatial, loopnest.Spread{Dimension: d, Trips: g.trips[d][i], Y: slot.alongY})
			}
		}
	}
}

// permits returns how far the spatial loops of a genome are from what the constraints of the fan-outs ask; 0 = they hold.
func (s *Space) permits(g *genome) float64 {
	worst := 0.0
	for l := range s.levels {
		c := &s.levels[l]
		used := int64(1)
		for i := range s.slots {
			if s.slots[i].level != l || !s.slots[i].spatial {
				continue
			}
			for d := range g.trips {
				used *= g.trips[d][i]
			}
		}
		if used < c.minFanout {
			worst = max(worst, float64(c.minFanout)/float64(used)-1)
		}
		if used > c.maxFanout {
			worst = max(worst, float64(used)/float64(c.maxFanout)-1)
		}
	}
	return worst
}
