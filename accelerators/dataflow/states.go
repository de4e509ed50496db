package dataflow

// position says where a loop stands.
type position uint8

const (
	begin  position = iota // its first step
	steady                 // a full step after the first
	end                    // the last step, with what is left
)

// kind is what a unit is among those that share a dimension.
type kind uint8

const (
	first        kind = iota // the first unit, which holds its whole window
	other                    // further units, whose windows overlap those before
	partial                  // the last unit, whose window sticks out
	firstPartial             // the only unit, whose window sticks out
	numKinds
)

// volumes are the factors that one loop in one state gives to the elements of each kind of unit.
type volumes [numKinds]int64

// state is one of the situations in which a loop can be, with the factors that follow.
type state struct {
	at       position
	covering bool  // the loop has this step only
	edge     bool  // not every window is full
	partial  bool  // one unit has a window that sticks out (q)
	times    int64 // steps

	start       volumes // operands in, all loops at their first step
	fresh, keep volumes // operands in, later: the part that is new, all of the window
	out         volumes // outputs written
	sums        volumes // partial sums

	shrinks, shrinksPartial bool // what the level below gets: the edge size in all units, in the partial one
}

// walk lists the states of a loop on an extent, of which the static one is the largest.
func (l *level) walk(p *loop, extent int64, states *[3]state) int {
	n := 0
	add := func(s state) {
		l.fill(p, &s)
		states[n] = s
		n++
	}
	s, o, D := p.tile, p.step, extent
	if !p.spatial {
		k := (D - s) / o
		add(state{times: 1, covering: D <= s, edge: D < s})
		if s < D && k > 0 {
			add(state{at: steady, times: k})
		}
		if D >= s && k*o+s < D {
			add(state{at: end, times: 1, edge: true})
		}
		return n
	}
	cover := s + o*(l.units-1)
	steps := ((D-s)/o+1)/l.units - 1
	add(state{times: 1, covering: D <= cover, edge: D < cover, partial: D < cover})
	if cover < D && steps > 0 {
		add(state{at: steady, times: steps})
	}
	if D > cover && (steps+1)*o*l.units+cover > D && steps*o*l.units+cover != D {
		rest := D - (steps+1)*o*l.units
		units := int64(1)
		if rest >= s {
			units = (rest-s)/o + 1
		}
		add(state{at: end, times: 1, edge: true, partial: (units-1)*o+s < rest})
	}
	return n
}

// fill derives the factors of a state.
func (l *level) fill(p *loop, s *state) {
	alone := l.edgeUnits == 1
	if !p.spatial {
		size, out := p.in.full, p.out.full
		if s.edge {
			size, out = p.in.edge, p.out.edge
			s.shrinks, s.shrinksPartial = p.in.edge != p.in.full, p.in.edge != p.in.full
		}
		s.start, s.fresh, s.keep = every(size), every(size), every(size)
		if s.at != begin {
			s.fresh, s.keep = every(max(p.in.fresh, 1)), every(p.in.full)
		}
		s.out, s.sums = every(out), every(out)
		return
	}
	if s.edge {
		s.shrinksPartial = p.in.edge != p.in.full
		s.shrinks = alone && s.shrinksPartial
	}
	s.start = every(p.in.full)
	if s.edge {
		s.start[partial], s.start[firstPartial] = p.in.edge, p.in.edge
		if alone {
			s.start = every(p.in.edge)
		}
	}
	s.keep = volumes{first: p.in.full, other: p.in.full, partial: p.in.edge, firstPartial: p.in.edge}
	s.fresh = volumes{first: p.in.full, other: p.in.fresh, partial: p.in.freshEdge, firstPartial: p.in.edge}
	s.out = l.produced(p, s, alone, p.out.freshEdge)
	s.sums = l.produced(p, s, alone, p.out.edge)
}

// produced gives the factors of a spatial map for outputs; atStart is that of a partial unit in the first step.
func (l *level) produced(p *loop, s *state, alone bool, atStart int64) volumes {
	further := p.out.fresh
	if further == 0 {
		further = 1
	}
	v := volumes{first: p.out.full, other: further, partial: further, firstPartial: p.out.full}
	switch {
	case s.edge && s.at == begin && alone:
		v[partial], v[firstPartial] = p.out.edge, p.out.edge
	case s.edge && s.at == begin:
		v[partial] = atStart
	case s.at == end && alone:
		return every(p.in.edge)
	case s.at == end:
		v[partial] = p.out.freshEdge
	}
	return v
}

func every(x int64) volumes { return volumes{x, x, x, x} }
