package mapper

import (
	"errors"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// constrain sets what can be chosen for the levels and returns the limits of every dimension in every slot.
func (s *Space) constrain(c Constraints) ([][]limit, error) {
	a, p := s.model.Architecture(), s.model.Problem()
	n := &names{model: s.model}
	limits := make([][]limit, len(p.Dimensions))
	for d := range limits {
		for _, slot := range s.slots {
			l := limit{1, p.Dimensions[d].Size, false, false}
			if slot.spatial {
				l.high = min(l.high, slot.fanout)
			}
			limits[d] = append(limits[d], l)
		}
	}
	for level := range a.Levels {
		x, y := a.Fanout(level)
		s.levels = append(s.levels, choice{free: s.model.Holds(level), minFanout: 1, maxFanout: int64(x * y)})
	}
	s.levels[0].keep, s.levels[0].free = s.model.Holds(0), 0
	if !(c.MinUtilizationFrac >= 0 && c.MinUtilizationFrac <= 1) {
		n.bad("least utilisation %g out of range [0, 1]", c.MinUtilizationFrac)
	}
	for i := range c.Levels {
		l := &c.Levels[i]
		level, ok := a.Level(l.Level)
		if !ok {
			n.bad("constraint of an unknown level %q", l.Level)
			continue
		}
		s.constrainTensors(n, level, l)
		s.constrainOrder(n, level, l)
		s.constrainFanout(n, level, l)
		s.constrainLoops(n, level, l, limits)
	}
	s.rest(n, limits)
	return limits, errors.Join(n.errs...)
}

func (s *Space) constrainTensors(n *names, level int, c *LevelConstraint) {
	keep, bypass := n.tensors(level, c.Keep), n.tensors(level, c.Bypass)
	choice := &s.levels[level]
	choice.keep |= keep
	choice.bypass |= bypass
	choice.free &^= keep | bypass
	for t := range n.model.Problem().Tensors {
		if level == 0 && bypass.Has(t) {
			n.bad("level %q is outermost: %q cannot pass it by", c.Level, n.model.Problem().Tensors[t].Name)
		} else if (keep | bypass).Has(t) && choice.keep.Has(t) && choice.bypass.Has(t) {
			n.bad("level %q both keeps and passes %q by", c.Level, n.model.Problem().Tensors[t].Name)
		}
	}
}

func (s *Space) constrainOrder(n *names, level int, c *LevelConstraint) {
	choice := &s.levels[level]
	innermost, outermost := n.dimensions(c.Level, c.Innermost), n.dimensions(c.Level, c.Outermost)
	if len(innermost) > 0 && len(choice.innermost) > 0 || len(outermost) > 0 && len(choice.outermost) > 0 {
		n.bad("two orders of the loops of level %q", c.Level)
	}
	choice.innermost, choice.outermost = append(choice.innermost, innermost...), append(choice.outermost, outermost...)
	for _, d := range choice.innermost {
		if slices.Contains(choice.outermost, d) {
			n.bad("dimension %q is both innermost and outermost in level %q", n.model.Problem().Dimensions[d].Name, c.Level)
		}
	}
}

func (s *Space) constrainFanout(n *names, level int, c *LevelConstraint) {
	choice := &s.levels[level]
	x, y := n.model.Architecture().Fanout(level)
	most := c.MaxFanoutFrac
	if most == 0 {
		most = 1
	}
	if !(c.MinFanoutFrac >= 0 && c.MinFanoutFrac <= 1 && most >= 0 && most <= 1) {
		n.bad("fan-out of level %q from %g to %g out of range [0, 1]", c.Level, c.MinFanoutFrac, most)
		return
	}
	choice.minFanout = max(choice.minFanout, int64(math.Ceil(c.MinFanoutFrac*float64(x*y))))
	choice.maxFanout = min(choice.maxFanout, max(int64(most*float64(x*y)), 1))
	if choice.minFanout > choice.maxFanout {
		n.bad("level %q must use at least %d of its fan-out and at most %d", c.Level, choice.minFanout, choice.maxFanout)
	}
}

// constrainLoops narrows the limits of the slots of a level.
func (s *Space) constrainLoops(n *names, level int, c *LevelConstraint, limits [][]limit) {
	temporal, spatial := s.factors(n, c, c.Temporal), s.factors(n, c, c.Spatial)
	var axes [2][]int
	axes[0], axes[1] = n.dimensions(c.Level, c.SpatialX), n.dimensions(c.Level, c.SpatialY)
	for d := range limits {
		for i, slot := range s.slots {
			if slot.level != level {
				continue
			}
			l := &limits[d][i]
			if !slot.spatial {
				if f, ok := temporal[d]; ok {
					s.narrow(n, c, d, l, f)
				} else if c.NoTemporal {
					s.narrow(n, c, d, l, Factor{Trips: 1})
				}
				continue
			}
			list, named := axes[0], c.SpatialX != nil
			if slot.alongY {
				list, named = axes[1], c.SpatialY != nil
			}
			if named && !slices.Contains(list, d) || c.NoSpatial && !has(spatial, d) {
				s.narrow(n, c, d, l, Factor{Trips: 1})
			}
		}
		if f, ok := spatial[d]; ok {
			s.constrainSpatial(n, level, c, d, f, limits[d])
		}
	}
}

func has(m map[int]Factor, d int) bool { _, ok := m[d]; return ok }

// constrainSpatial puts an exact spatial factor on one of the two axes of a level.
func (s *Space) constrainSpatial(n *names, level int, c *LevelConstraint, d int, f Factor, limits []limit) {
	placed := f.Max || f.Trips == 1
	trips := f.Trips
	if trips == 0 {
		trips = n.model.Problem().Dimensions[d].Size
	}
	for along := range 2 { // X first
		for i, slot := range s.slots {
			if slot.level != level || !slot.spatial || slot.alongY != (along == 1) {
				continue
			}
			switch {
			case f.Max || !placed && limits[i].high >= trips:
				s.narrow(n, c, d, &limits[i], f)
				placed = true
			default:
				s.narrow(n, c, d, &limits[i], Factor{Trips: 1})
			}
		}
	}
	if !placed {
		n.bad("level %q: %d trips of %q in space do not fit its fan-out or are excluded by its axes", c.Level, trips, n.model.Problem().Dimensions[d].Name)
	}
}

// factors resolves a list of factors.
func (s *Space) factors(n *names, c *LevelConstraint, list []Factor) map[int]Factor {
	known := map[int]Factor{}
	for _, f := range list {
		d, ok := n.dimension(c.Level, f.Dimension)
		if !ok {
			continue
		}
		if size := n.model.Problem().Dimensions[d].Size; f.Trips < 0 || f.Trips > size && !f.Max || f.Trips == 0 && f.Max {
			n.bad("level %q: factor %d of %q out of range [0, %d]", c.Level, f.Trips, f.Dimension, size)
			continue
		}
		if has(known, d) && known[d] != f {
			n.bad("level %q: two factors of %q", c.Level, f.Dimension)
		}
		known[d] = f
	}
	return known
}

// narrow applies a factor to a limit.
func (s *Space) narrow(n *names, c *LevelConstraint, d int, l *limit, f Factor) {
	name := n.model.Problem().Dimensions[d].Name
	switch {
	case f.Max:
		l.high = min(l.high, f.Trips)
	case f.Trips == 0:
		l.rest = true
	case f.Trips < l.low || f.Trips > l.high:
		n.bad("level %q: factor %d of %q contradicts another constraint or the fan-out: at least %d and at most %d are left", c.Level, f.Trips, name, l.low, l.high)
	default:
		l.low, l.high, l.exact = f.Trips, f.Trips, true
	}
	if l.low > l.high {
		n.bad("level %q: constraints of %q contradict each other: at least %d and at most %d trips", c.Level, name, l.low, l.high)
	}
}

// rest lets the slots that take all that is left take it: the free slots of the dimension get one trip.
func (s *Space) rest(n *names, limits [][]limit) {
	for d := range limits {
		count := 0
		for i := range limits[d] {
			if limits[d][i].rest {
				count++
			}
		}
		if count == 0 {
			continue
		}
		if count > 1 {
			n.bad("two factors of %q take all that is left", n.model.Problem().Dimensions[d].Name)
		}
		for i := range limits[d] {
			if l := &limits[d][i]; !l.rest && !l.exact {
				l.high = 1
			}
		}
	}
}

// keepAll is the largest set of tensors that a level may keep.
func (c *choice) keepAll() loopnest.TensorSet { return c.keep | c.free }
