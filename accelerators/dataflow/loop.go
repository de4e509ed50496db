package dataflow

// loop is a map of a prepared level with the sizes that follow from its static extent D.
type loop struct {
	dim        Dim
	spatial    bool
	of         set8 // the operands that lie along the dimension
	tile, step int64
	extent     int64 // D
	partial    bool  // the last window sticks out

	in, out sizes // along the dimension itself and along the output coordinate (the same for all but Y and X)
}

// sizes are the elements of a window along one dimension: full and at the edge, whole and the part that the window before it did not hold.
type sizes struct{ full, fresh, edge, freshEdge int64 }

// set8 is a set of operands.
type set8 uint8

func (s set8) has(t Tensor) bool { return s&(1<<t) != 0 }

// size derives the window sizes and the units at the edge.
func (l *level) size(extent *[NumDims]int64) {
	l.first, l.last = -1, -1
	for i := range l.loops[:l.n] {
		p := &l.loops[i]
		p.extent = extent[p.dim]
		p.size()
		if p.spatial {
			if l.first < 0 {
				l.first = i
			}
			l.last = i
		}
	}
	l.edgeUnits = l.loops[l.first].edgeUnits(l.units)
	for i := range l.loops[:l.n] {
		p := &l.loops[i]
		kernel, slides := p.dim.kernel()
		if !slides {
			continue
		}
		full, edge := int64(1), int64(1)
		if k := l.find(kernel); k != nil {
			full, edge = k.in.full, k.in.edge
		}
		p.out = sizes{full: p.in.full - full + 1, fresh: min(p.tile, p.step), edge: p.in.edge - edge + 1}
		p.out.freshEdge = min(p.step, p.out.edge)
	}
}

// size derives the sizes of a window from the tile s, the step o and the extent D.
func (p *loop) size() {
	s, o, D := p.tile, p.step, p.extent
	k := max((D-s)/o, 0)
	p.partial = k*o+s < D || s > D
	p.in = sizes{full: s, fresh: min(s, o), edge: s}
	if !p.spatial && D <= s {
		p.in.fresh = 0
	}
	edge := D - (k+1)*o
	if edge < 0 {
		edge = D
	}
	if p.partial {
		p.in.edge = edge
	}
	p.in.freshEdge = max(o-(s-edge), 0)
	p.out = p.in
}

// edgeUnits is the number of units that hold something in the last step of a spatial map over n units.
func (p *loop) edgeUnits(n int64) int64 {
	s, o, D := p.tile, p.step, p.extent
	switch {
	case D <= s:
		return 1
	case D > o*(n-1)+s:
		steps := ((D-s)/o+1)/n - 1
		rest := D - (steps+1)*o*n
		if rest < s {
			return 1
		}
		return (rest-s)/o + 1
	}
	units := (D-s)/o + 1
	if o*(units-1)+s < D {
		units++
	}
	return units
}

// relate finds which operands lie along each loop, and the spatial map of each operand that is last in the operand's own order of dimensions.
func (l *level) relate(tensors tensorDims, rank [NumDims]uint8) {
	for t := range tensors {
		l.lastOf[t] = -1
	}
	for i := range l.loops[:l.n] {
		p := &l.loops[i]
		for t, dims := range tensors {
			if dims.has(p.dim) {
				p.of |= 1 << t
				if p.spatial && (l.lastOf[t] < 0 || rank[p.dim] > rank[l.loops[l.lastOf[t]].dim]) {
					l.lastOf[t] = i
				}
			}
		}
	}
}
