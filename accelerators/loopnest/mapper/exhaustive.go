package mapper

import "github.com/codesign-gym/codesign/accelerators/loopnest"

// exhaustive tries every way to cut every dimension and every set of tensors, each with the orders that can be best. It leaves out what cannot fit: the
// dimensions are cut one after the other, and tiles only grow with each.
func (t *trial) exhaustive() {
	e := &enumeration{trial: t, genome: t.space.newGenome(), permuter: newPermuter(t), whole: true}
	t.space.start(e.genome)
	e.tensors(0)
	t.complete = e.whole && t.broken == nil
}

// enumeration walks a space in order.
type enumeration struct {
	trial    *trial
	genome   *genome
	permuter *permuter
	whole    bool // nothing was left out for want of budget
}

// tensors goes through the sets of tensors of the levels from one on.
func (e *enumeration) tensors(level int) {
	s := e.trial.space
	if level == len(s.levels) {
		for d := range e.genome.trips {
			for i := range e.genome.trips[d] {
				e.genome.trips[d][i] = 1
			}
		}
		e.cut(0)
		return
	}
	c := &s.levels[level]
	for free := c.free; ; free = (free - 1) & c.free {
		e.genome.keep[level] = c.keep | free
		e.tensors(level + 1)
		if free == 0 || !e.whole {
			return
		}
	}
}

// cut goes through the cuts of the dimensions from one on.
func (e *enumeration) cut(d int) {
	s := e.trial.space
	if d == len(s.cuts) {
		if e.trial.done() {
			e.whole = false
			return
		}
		e.permuter.best(e.genome)
		e.whole = !e.permuter.cut
		return
	}
	e.slot(d, 0, s.cuts[d].root)
}

// slot goes through the trips of a dimension in the slots from one on.
func (e *enumeration) slot(d, i int, n *node) {
	s := e.trial.space
	if i == len(s.slots) {
		e.cut(d + 1)
		return
	}
	for j := range n.steps {
		e.genome.trips[d][i] = n.steps[j].trips
		if e.fits(d, i) {
			e.slot(d, i+1, n.steps[j].next)
		}
		if !e.whole {
			break
		}
	}
	e.genome.trips[d][i] = 1
}

// fits tells whether the genome may still fit when a dimension has just been cut up to a slot and later ones stand at one trip.
func (e *enumeration) fits(d, i int) bool {
	s := e.trial.space
	slot := &s.slots[i]
	if slot.spatial {
		used := int64(1)
		for x := range e.genome.trips {
			used *= e.genome.trips[x][i]
		}
		return used <= slot.fanout
	}
	return e.trial.space.model.TilesFit(slot.level, e.genome.keep[slot.level], e.tile(slot.level))
}

// tile multiplies the trips of the slots of a level and those inside it.
func (e *enumeration) tile(level int) *[loopnest.MaxDimensions]int64 {
	var tile [loopnest.MaxDimensions]int64
	for d := range e.genome.trips {
		tile[d] = 1
		for i := 0; i < len(e.trial.space.slots) && e.trial.space.slots[i].level >= level; i++ {
			tile[d] *= e.genome.trips[d][i]
		}
		tile[d] = min(tile[d], e.trial.space.model.Problem().Dimensions[d].Size)
	}
	return &tile
}
