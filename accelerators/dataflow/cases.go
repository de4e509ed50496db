package dataflow

// cases walks the situations of a level: the cross product of the states of its loops. Loops that stay in one covering temporal state are folded
// into constants.
type cases struct {
	n        int
	loops    [NumDims]walked
	fixed    [3]int64 // of the operands: the product of the folded loops; the output written
	sums     int64    // partial sums of the folded loops
	shrunk   set      // what the folded loops hand down at their edge size
	innerAt  int      // the innermost walked loop that is past its first step; -1 = none
	times    int64
	firstOf  int    // the walked loop of the level's first spatial map
	lastOf   int    // of its last one
	tensorOf [3]int // of each operand's last one; -1 = none
}

// walked is a loop with its states on an extent.
type walked struct {
	of      set8
	dim     Dim
	spatial bool
	n, at   int
	states  [3]state
}

func (w *walked) state() *state { return &w.states[w.at] }

// start lists the states of the loops of level lv, whose extents come from the level above.
func (c *cases) start(lv, above *level, shrunk set, layer *[NumDims]int64) {
	c.n, c.sums, c.shrunk = 0, 1, 0
	c.fixed = [3]int64{1, 1, 1}
	for i := range lv.loops[:lv.n] {
		p := &lv.loops[i]
		w := &c.loops[c.n]
		w.n = lv.walk(p, handedDown(p.dim, above, shrunk, layer), &w.states)
		if s := &w.states[0]; w.n == 1 && !p.spatial && s.covering {
			c.fold(p, s)
			continue
		}
		w.of, w.dim, w.spatial, w.at = p.of, p.dim, p.spatial, 0
		if i == lv.first {
			c.firstOf = c.n
		}
		if i == lv.last {
			c.lastOf = c.n
		}
		for t, last := range lv.lastOf {
			if i == last {
				c.tensorOf[t] = c.n
			}
		}
		c.n++
	}
	for t, last := range lv.lastOf {
		if last < 0 {
			c.tensorOf[t] = -1
		}
	}
	c.settle()
}

// handedDown is the extent of a dimension: the layer's at the outermost level, else the full or the edge tile of the level above.
func handedDown(d Dim, above *level, shrunk set, layer *[NumDims]int64) int64 {
	if above == nil {
		return layer[d]
	}
	p := above.find(d)
	switch {
	case p == nil:
		return 1
	case shrunk.has(d):
		return p.in.edge
	}
	return p.in.full
}

// fold multiplies a loop that never moves into the constants.
func (c *cases) fold(p *loop, s *state) {
	if p.of.has(Input) {
		c.fixed[Input] *= s.start[first]
	}
	if p.of.has(Weight) {
		c.fixed[Weight] *= s.start[first]
	}
	if p.of.has(Output) {
		c.fixed[Output] *= s.out[first]
	}
	c.sums *= s.sums[first]
	if s.shrinks {
		c.shrunk |= 1 << p.dim
	}
}

// next moves to the next case; false after the last. The first case has all loops in their first state, the second all in their second; then the last
// loop is the fastest and the first state of each comes after its others. It is MAESTRO's order, which its off-chip bandwidth need depends on.
func (c *cases) next() bool {
	for i := c.n - 1; i >= 0; i-- {
		w := &c.loops[i]
		was := w.at
		if w.at++; w.at == w.n {
			w.at = 0
		}
		if was != 0 {
			break
		}
	}
	for i := range c.loops[:c.n] {
		if c.loops[i].at != 0 {
			c.settle()
			return true
		}
	}
	return false
}

// settle derives what depends on all states of the case.
func (c *cases) settle() {
	c.innerAt, c.times = -1, 1
	for i := range c.loops[:c.n] {
		s := c.loops[i].state()
		c.times *= s.times
		if s.at != begin {
			c.innerAt = i
		}
	}
}

// handsDown is the set of dimensions of which the units get the edge size: all units, and the partial one.
func (c *cases) handsDown() (full, part set) {
	full, part = c.shrunk, c.shrunk
	for i := range c.loops[:c.n] {
		w := &c.loops[i]
		if w.state().shrinks {
			full |= 1 << w.dim
		}
		if w.state().shrinksPartial {
			part |= 1 << w.dim
		}
	}
	return full, part
}

// traffic is what the link into the units carries of an input or a weight in this case.
func (c *cases) traffic(lv *level, t Tensor) int64 {
	inner := c.innerAt
	if inner >= 0 && !c.loops[inner].of.has(t) {
		return 0
	}
	restarted := c.restarted(t)
	v := every(c.fixed[t])
	edge := false
	for i := range c.loops[:c.n] {
		w := &c.loops[i]
		if !w.of.has(t) {
			continue
		}
		s := w.state()
		edge = edge || w.spatial && s.edge
		switch {
		case inner < 0:
			v.times(&s.start)
		case i > inner || i == inner && !restarted:
			v.times(&s.fresh)
		default:
			v.times(&s.keep)
		}
	}
	return c.fanOut(lv, t, &v, edge)
}

// restarted tells whether a loop of an operand inside the innermost moving loop is at its first step again.
func (c *cases) restarted(t Tensor) bool {
	for i := c.innerAt + 1; i < c.n; i++ {
		if w := &c.loops[i]; w.of.has(t) && !w.state().covering {
			return true
		}
	}
	return false
}

// written is what the link out of the units carries of the output in this case.
func (c *cases) written(lv *level) int64 {
	v := every(c.fixed[Output])
	edge := false
	for i := range c.loops[:c.n] {
		if w := &c.loops[i]; w.of.has(Output) {
			v.times(&w.state().out)
			edge = edge || w.spatial && w.state().edge
		}
	}
	return c.fanOut(lv, Output, &v, edge)
}

// partialSums are those of a unit, with what the case says about edges: of any spatial map, and of one of the output.
func (c *cases) partialSums() (v volumes, edge, outputEdge bool) {
	v = every(c.sums)
	for i := range c.loops[:c.n] {
		w := &c.loops[i]
		s := w.state()
		v.times(&s.sums)
		if w.spatial && s.edge {
			edge = true
			outputEdge = outputEdge || w.of.has(Output)
		}
	}
	return v, edge, outputEdge
}

// times multiplies the factors of a loop in.
func (v *volumes) times(w *volumes) {
	v[first] *= w[first]
	v[other] *= w[other]
	v[partial] *= w[partial]
	v[firstPartial] *= w[firstPartial]
}

// fanOut sums the volumes over the units of a level; edge = a spatial map of the operand is at its edge.
func (c *cases) fanOut(lv *level, t Tensor, v *volumes, edge bool) int64 {
	last := c.tensorOf[t]
	if last < 0 {
		return v[first]
	}
	if !edge {
		return v[first] + (lv.units-1)*v[other]
	}
	return lv.atEdge(v, c.loops[last].state().partial, v[first], v[other])
}

// atEdge sums volumes over the units in use at the edge, of which all but one of the partial ones count as given.
func (l *level) atEdge(v *volumes, hasPartial bool, leading, further int64) int64 {
	switch {
	case l.edgeUnits == 1 && hasPartial:
		return v[firstPartial]
	case l.edgeUnits == 1:
		return leading
	case hasPartial:
		return leading + max(l.edgeUnits-2, 0)*further + v[partial]
	}
	return leading + (l.edgeUnits-1)*further
}

// macs sums partial sums over the units of a level.
func (c *cases) macs(lv *level, v *volumes, edge bool) int64 {
	if !edge {
		return lv.units * v[first]
	}
	return lv.atEdge(v, c.loops[c.lastOf].state().partial, v[first], v[first])
}
