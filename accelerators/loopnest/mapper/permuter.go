package mapper

// permuter tries the orders of a genome that can be best.
type permuter struct {
	t      *trial
	levels []*orders
	lists  [][][]int
	at     []int
	winner []int
	cut    bool // the budget ended before the last order

	bounded bool // leave out what no order can make better than the best mapping so far
}

func newPermuter(t *trial) *permuter {
	p := &permuter{t: t, lists: make([][][]int, len(t.space.levels)), at: make([]int, len(t.space.levels)), winner: make([]int, len(t.space.levels))}
	for range t.space.levels {
		p.levels = append(p.levels, newOrders(t.space))
	}
	return p
}

// best evaluates a genome under all orders that can be best and gives it the best one. A mapping that does not fit does so in any order.
func (p *permuter) best(g *genome) cost {
	s := p.t.space
	violation := s.permits(g)
	s.mapping(g, &p.t.mapping)
	if p.bounded && (violation > 0 || p.t.hopeless()) {
		p.cut = false
		return cost{violation: violation}
	}
	for i := range s.slots {
		if s.slots[i].spatial {
			continue
		}
		var loops uint32
		for d := range g.trips {
			if g.trips[d][i] > 1 {
				loops |= 1 << d
			}
		}
		level := s.slots[i].level
		p.lists[level], p.at[level] = p.levels[level].of(&s.levels[level], loops), 0
	}
	var lowest cost
	for first := true; first || !p.t.done(); first = false {
		for l, list := range p.lists {
			p.reorder(l, list[p.at[l]])
		}
		c := p.t.tryMapping(violation)
		if first || c.less(&lowest) {
			lowest = c
			copy(p.winner, p.at)
		}
		if c.violation > 0 || !p.next() {
			p.cut = false
			break
		}
		p.cut = true
	}
	for l, list := range p.lists {
		s.arrange(l, g.order[l], list[p.winner[l]])
	}
	return lowest
}

// next steps to the following combination of orders.
func (p *permuter) next() bool {
	for l := range p.at {
		if p.at[l]++; p.at[l] < len(p.lists[l]) {
			return true
		}
		p.at[l] = 0
	}
	return false
}

// reorder sorts the temporal loops of a level of the mapping.
func (p *permuter) reorder(level int, order []int) {
	loops := p.t.mapping.Levels[level].Temporal
	for i, d := range order {
		for j := i; j < len(loops); j++ {
			if loops[j].Dimension == d {
				loops[i], loops[j] = loops[j], loops[i]
				break
			}
		}
	}
}

// arrange puts an order of some dimensions into one of all: those without a loop stand outside, fixed places aside.
func (s *Space) arrange(level int, order, loops []int) {
	c := &s.levels[level]
	n := copy(order, c.outermost)
	for d := range s.cuts {
		if !contains(loops, d) && !contains(c.outermost, d) && !contains(c.innermost, d) {
			order[n] = d
			n++
		}
	}
	for _, d := range loops {
		if !contains(c.outermost, d) && !contains(c.innermost, d) {
			order[n] = d
			n++
		}
	}
	for i := len(c.innermost) - 1; i >= 0; i-- {
		order[n] = c.innermost[i]
		n++
	}
}
