package mapper

import "github.com/codesign-gym/codesign/accelerators/loopnest"

// exhaustive tries every way to cut every dimension and every set of tensors, each with the orders that can be best. It leaves out what cannot fit and
// what cannot be better: the dimensions are cut one after the other, and tiles and fan-outs only grow with each; no order beats the bound of a mapping.
// A short genetic search beforehand finds a mapping that most bounds do not reach.
func (t *trial) exhaustive() {
	budget, victory := t.budget, t.victory
	t.budget, t.victory = min(budget/4, scoutEvaluations), 0
	t.genetic()
	t.budget, t.victory = budget, victory
	e := &enumeration{trial: t, genome: t.space.newGenome(), permuter: newPermuter(t), whole: true}
	e.permuter.bounded = true
	t.space.start(e.genome)
	e.tensors(0)
	t.complete = e.whole && t.broken == nil
}

// scoutEvaluations is the budget of the search before an exhaustive one.
const scoutEvaluations = 4000

// enumeration walks a space in order.
type enumeration struct {
	trial    *trial
	genome   *genome
	permuter *permuter
	reach    [loopnest.MaxLevels][loopnest.MaxDimensions]int64 // of the tiles of a level along the dimensions cut so far
	spread   []int64                                           // by slot: the trips in space of the dimensions cut so far
	whole    bool                                              // nothing was left out for want of budget
}

// tensors goes through the sets of tensors of the levels from one on.
func (e *enumeration) tensors(level int) {
	s := e.trial.space
	if level == len(s.levels) {
		e.clear()
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

// clear cuts nothing.
func (e *enumeration) clear() {
	for l := range e.reach {
		for d := range e.reach[l] {
			e.reach[l][d] = 1
		}
	}
	e.spread = e.spread[:0]
	for range e.trial.space.slots {
		e.spread = append(e.spread, 1)
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
	e.slot(d, 0, s.cuts[d].root, 1)
}

// slot goes through the trips of a dimension in the slots from one on, whose iterations reach that far.
func (e *enumeration) slot(d, i int, n *node, reach int64) {
	s := e.trial.space
	if i == len(s.slots) {
		e.cut(d + 1)
		return
	}
	slot := &s.slots[i]
	for j := 0; j < len(n.steps) && e.whole; j++ {
		trips := n.steps[j].trips
		e.genome.trips[d][i] = trips
		if slot.spatial {
			if e.spread[i]*trips > slot.fanout {
				break // the next ones are larger
			}
			e.spread[i] *= trips
			e.slot(d, i+1, n.steps[j].next, reach*trips)
			e.spread[i] /= trips
			continue
		}
		e.reach[slot.level][d] = min(reach*trips, s.model.Problem().Dimensions[d].Size)
		if !s.model.TilesFit(slot.level, e.genome.keep[slot.level], &e.reach[slot.level]) {
			break
		}
		e.slot(d, i+1, n.steps[j].next, reach*trips)
	}
	if !slot.spatial {
		e.reach[slot.level][d] = 1
	}
}
