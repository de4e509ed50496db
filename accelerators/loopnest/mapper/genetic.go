package mapper

import (
	"math"
	"slices"
)

// The rates of the operators and the shares of a generation, as GAMMA ships them.
const (
	crossoverFrac = 0.57 // of the children: one dimension's tiles come from another parent
	reorderFrac   = 0.47 // two loops of a level change places
	tileFrac      = 0.53 // three cuts change
	parallelFrac  = 0.10 // another dimension spreads over the instances
	growthFrac    = 0.57 // a level gets loops or a tensor
	ageingFrac    = 0.27 // a level loses its loops
	eliteFrac     = 0.05
	parentFrac    = 0.40
	repairs       = 4 // shorter loops that a child that does not fit gets at most
)

// member is a mapping of a generation.
type member struct {
	genes *genome
	cost  cost
}

// genetic evolves generations of mappings. A new best one is tried under every order that can be best.
func (t *trial) genetic() {
	size := min(max(t.budget/100, 10), 100)
	population := make([]member, 0, size)
	for i := 0; i < size && !t.done(); i++ {
		g := t.space.newGenome()
		if i == 0 {
			t.space.start(g)
		} else {
			t.space.draw(t.rng, g)
		}
		population = append(population, member{g, t.repaired(g)})
	}
	next := make([]member, len(population))
	for i := range next {
		next[i].genes = t.space.newGenome()
	}
	polish, polished := newPermuter(t), cost{violation: math.Inf(1)}
	for !t.done() {
		rank(population)
		if best := &population[0]; best.cost.violation == 0 && best.cost.less(&polished) {
			best.cost = polish.best(best.genes)
			polished = best.cost
		}
		elite, parents := max(1, int(eliteFrac*float64(len(population)))), max(2, int(parentFrac*float64(len(population))))
		parents = min(parents, len(population))
		for i := range next {
			if i < elite || t.done() {
				next[i].genes.copyFrom(population[i].genes)
				next[i].cost = population[i].cost
				continue
			}
			t.child(next[i].genes, population[:parents])
			next[i].cost = t.repaired(next[i].genes)
		}
		population, next = next, population
	}
}

// rank sorts a generation, the best first, and moves mappings that cost the same as an earlier one behind all others.
func rank(population []member) {
	compare := func(a, b member) int {
		switch {
		case a.cost.less(&b.cost):
			return -1
		case b.cost.less(&a.cost):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(population, compare)
	unique := make([]member, 0, len(population))
	var twins []member
	for i, m := range population {
		if i > 0 && m.cost == population[i-1].cost {
			twins = append(twins, m)
		} else {
			unique = append(unique, m)
		}
	}
	copy(population[copy(population, unique):], twins)
}

// child makes a mapping from parents.
func (t *trial) child(g *genome, parents []member) {
	g.copyFrom(parents[t.rng.IntN(len(parents))].genes)
	if t.rng.Float64() < crossoverFrac {
		other := parents[t.rng.IntN(len(parents))].genes
		d := t.rng.IntN(len(g.trips))
		copy(g.trips[d], other.trips[d])
	}
	if t.rng.Float64() < reorderFrac {
		t.orderMove(g)
	}
	if t.rng.Float64() < tileFrac {
		for range 3 {
			t.cutMove(g)
		}
	}
	if t.rng.Float64() < parallelFrac {
		t.parallelMove(g)
	}
	if t.rng.Float64() < growthFrac {
		t.grow(g)
	}
	if t.rng.Float64() < ageingFrac {
		t.age(g)
	}
}

// grow gives a level a loop that it did not have, or changes what it keeps.
func (t *trial) grow(g *genome) {
	if t.rng.IntN(2) == 0 && t.keepMove(g) {
		return
	}
	s := t.space
	d, slot := t.rng.IntN(len(s.cuts)), t.rng.IntN(len(s.slots))
	n := s.cuts[d].node(g.trips[d], slot)
	if g.trips[d][slot] == 1 && len(n.steps) > 1 {
		s.cuts[d].set(t.rng, n, g.trips[d], slot, 1+t.rng.IntN(len(n.steps)-1))
	}
}

// age takes all loops in time from a level; those outside take them over.
func (t *trial) age(g *genome) {
	s := t.space
	slot := t.rng.IntN(len(s.slots))
	for d := range g.trips {
		if !s.slots[slot].spatial && g.trips[d][slot] > 1 {
			t.take(g, d, slot, 1)
		}
	}
}

// repaired evaluates a mapping and, as long as it does not fit, makes loops shorter.
func (t *trial) repaired(g *genome) cost {
	c := t.try(g)
	for range repairs {
		if c.violation == 0 || t.violated.Cause == 0 || t.done() || !t.shrink(g) {
			break
		}
		c = t.try(g)
	}
	return c
}
