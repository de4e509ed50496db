package mapper

import "github.com/codesign-gym/codesign/accelerators/loopnest"

// start makes the genome whose loops stand as far outside as the space allows: the smallest tiles, one compute unit.
func (s *Space) start(g *genome) {
	for d, c := range s.cuts {
		n := c.root
		for i := range g.trips[d] {
			g.trips[d][i], n = n.steps[0].trips, n.steps[0].next
		}
	}
	for l := range s.levels {
		g.keep[l] = s.levels[l].keepAll()
		s.arrange(l, g.order[l], nil)
	}
}

// cutMove changes how one dimension is cut.
func (t *trial) cutMove(g *genome) {
	s := t.space
	d := t.rng.IntN(len(s.cuts))
	for range s.cuts {
		if s.cuts[d].count() > 1 {
			s.cuts[d].move(t.rng, g.trips[d])
			return
		}
		d = (d + 1) % len(s.cuts)
	}
}

// orderMove puts a random loop of more than one trip next to a random place among those of its level.
func (t *trial) orderMove(g *genome) {
	s := t.space
	slot := t.rng.IntN(len(s.slots))
	for range s.slots {
		if i := slot; !s.slots[i].spatial {
			if t.shift(g, i) {
				return
			}
		}
		slot = (slot + 1) % len(s.slots)
	}
}

// shift exchanges two loops of more than one trip in the order of a level, where there are two that may move.
func (t *trial) shift(g *genome, slot int) bool {
	level := t.space.slots[slot].level
	c, order := &t.space.levels[level], g.order[level]
	var places [loopnest.MaxDimensions]int
	n := 0
	for at := len(c.outermost); at < len(order)-len(c.innermost); at++ {
		if g.trips[order[at]][slot] > 1 {
			places[n] = at
			n++
		}
	}
	if n < 2 {
		return false
	}
	i := t.rng.IntN(n)
	j := (i + 1 + t.rng.IntN(n-1)) % n
	order[places[i]], order[places[j]] = order[places[j]], order[places[i]]
	return true
}

// keepMove lets one tensor stay in a level or pass it by.
func (t *trial) keepMove(g *genome) bool {
	free := 0
	for l := range t.space.levels {
		free += t.space.levels[l].free.Len()
	}
	if free == 0 {
		return false
	}
	pick := t.rng.IntN(free)
	for l := range t.space.levels {
		for set := t.space.levels[l].free; set != 0; set &= set - 1 {
			if pick--; pick < 0 {
				g.keep[l] ^= set & -set
				return true
			}
		}
	}
	return false
}

// parallelMove gives the instances that one dimension spreads over to another one.
func (t *trial) parallelMove(g *genome) bool {
	s := t.space
	slot := t.rng.IntN(len(s.slots))
	for range s.slots {
		if s.slots[slot].spatial {
			break
		}
		slot = (slot + 1) % len(s.slots)
	}
	if !s.slots[slot].spatial {
		return false
	}
	used := int64(1)
	for d := range g.trips {
		if n := g.trips[d][slot]; n > 1 {
			used *= n
			t.take(g, d, slot, 1)
		}
	}
	d := t.rng.IntN(len(s.cuts))
	for range s.cuts {
		if node := s.cuts[d].node(g.trips[d], slot); node.steps[len(node.steps)-1].trips > 1 {
			t.take(g, d, slot, max(used, s.slots[slot].fanout))
			return true
		}
		d = (d + 1) % len(s.cuts)
	}
	return true
}

// take makes the trips of a dimension in a slot the choice nearest to a number and lets the slots outside make up for it.
func (t *trial) take(g *genome, d, slot int, trips int64) {
	c := t.space.cuts[d]
	n := c.node(g.trips[d], slot)
	if pick := n.nearest(float64(trips)); n.steps[pick].trips != g.trips[d][slot] {
		c.set(t.rng, n, g.trips[d], slot, pick)
	}
}

// shrink is the repair of a genome that does not fit: it makes one loop that contributes to what is exceeded shorter.
func (t *trial) shrink(g *genome) bool {
	v, s := t.violated, t.space
	begin := t.rng.IntN(len(s.cuts) * len(s.slots))
	for k := range len(s.cuts) * len(s.slots) {
		at := (begin + k) % (len(s.cuts) * len(s.slots))
		d, i := at/len(s.slots), at%len(s.slots)
		slot := &s.slots[i]
		blame := slot.level >= v.Level
		if v.Cause != loopnest.OverCapacity {
			blame = slot.spatial && slot.level == v.Level && slot.alongY == (v.Cause == loopnest.OverFanoutY)
		}
		if !blame || g.trips[d][i] == 1 {
			continue
		}
		n := s.cuts[d].node(g.trips[d], i)
		pick := n.find(g.trips[d][i])
		if pick == 0 {
			continue
		}
		s.cuts[d].setOutside(n, g.trips[d], i, t.rng.IntN(pick))
		return true
	}
	return false
}
