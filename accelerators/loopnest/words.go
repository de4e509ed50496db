package loopnest

// words counts what enters the instances of a level in a scope, for one tensor: the tile once for each iteration of the temporal loops from the
// outermost one down to the innermost one along the tensor; the loops inside that one leave the tile where it is. If it is the innermost of all loops
// outside the level, tiles that follow each other share what they overlap in. Compute units keep nothing: a word enters at each step.
func (m *Model) words(n *nest, index int, s *scope) int64 {
	t := &m.tensors[index]
	count, at, last := m.trips(n, t, s)
	if n.anyOrder && s.inner < len(m.levels) {
		count, at = m.fewestTrips(n, t, s)
		last = at
	}
	switch {
	case s.inner == len(m.levels):
		s.window = 0
	case at < 0:
		s.window = len(n.loops)
	default:
		s.window = at
	}
	total := count
	if n.uneven == 0 {
		if s.inner < len(m.levels) {
			total *= n.words[s.inner][index]
		}
	} else {
		if s.once && t.sums {
			count = m.distinct(n, t, s, count)
		}
		for u := n.uneven &^ t.relevant; u != 0; u &= u - 1 {
			count *= m.visit(n, lowest(u), s, -1).n
		}
		total = count
		for _, axis := range t.axes {
			total *= m.axisWords(n, axis, s)
		}
	}
	if at >= 0 && at == last && t.sums { // plain axes never overlap
		total -= m.overlap(n, t, s, count, at)
	}
	return total
}

// served is what the outer level of a scope serves when the words that enter one inner instance are known and every dimension is even.
func (m *Model) served(n *nest, t *tensor, s *scope, moved int64) int64 {
	for i := n.start[s.inner]; i < n.start[s.outer]; i++ {
		if l := &n.loops[i]; l.spatial && s.counts(i, l) {
			moved *= l.trips
		}
	}
	if t.sums {
		moved = m.distinct(n, t, s, moved)
	}
	return moved
}

// trips multiplies the trips of the loops along even dimensions that count in a scope. It returns the innermost temporal loop along the tensor, −1 for
// none or for compute units, and the innermost of all temporal loops.
func (m *Model) trips(n *nest, t *tensor, s *scope) (count int64, at, last int) {
	all, moved, spread := int64(1), int64(1), int64(1)
	at, last = -1, -1
	for i := len(n.loops) - 1; i >= n.start[s.inner]; i-- {
		l := &n.loops[i]
		even := n.uneven>>l.dimension&1 == 0
		if l.spatial {
			if even && s.counts(i, l) {
				spread *= l.trips
			}
			continue
		}
		last = i
		if even {
			all *= l.trips
		}
		if t.relevant>>l.dimension&1 != 0 {
			at, moved = i, all
		}
	}
	if s.inner == len(m.levels) {
		return all * spread, -1, last
	}
	return moved * spread, at, last
}

// axisWords sums the extents of the tiles along an axis over the visited tiles of its uneven dimensions. An extent is linear in the sizes of the
// tile, so a cut last tile takes its missing part off once for every tile of the others.
func (m *Model) axisWords(n *nest, axis Axis, s *scope) int64 {
	full := extent(axis, &n.tile[s.inner])
	if n.uneven == 0 {
		return full
	}
	count, missing := int64(1), int64(0)
	for _, term := range axis {
		if n.uneven>>term.Dimension&1 == 0 {
			continue
		}
		v := m.visit(n, int32(term.Dimension), s, -1)
		missing *= v.n
		if v.cut {
			missing += term.Coefficient * v.missing * count
		}
		count *= v.n
	}
	return count*full - missing
}

// overlap counts what the tiles share with the ones before them along the loop at a place in the list.
func (m *Model) overlap(n *nest, t *tensor, s *scope, count int64, at int) int64 {
	l := &n.loops[at]
	moving := int(t.axisOf[l.dimension])
	axis := t.axes[moving]
	var coefficient int64
	for _, term := range axis {
		if term.Dimension == int(l.dimension) {
			coefficient = term.Coefficient
		}
	}
	shared := extent(axis, &n.tile[s.inner]) - coefficient*l.stride
	if shared <= 0 {
		return 0
	}
	if n.even(l.dimension) {
		count = count / l.trips * (l.trips - 1)
	} else {
		count *= m.visit(n, l.dimension, s, -1).n - m.visit(n, l.dimension, s, at).n
	}
	for a, axis := range t.axes {
		if a != moving {
			count *= m.axisWords(n, axis, s)
		}
	}
	return count * m.sharedWords(n, axis, s, l.dimension, shared)
}

// sharedWords sums the overlap along an axis over the visited tiles of its uneven dimensions but the moving one.
func (m *Model) sharedWords(n *nest, axis Axis, s *scope, moving int32, shared int64) int64 {
	for i, term := range axis {
		d := int32(term.Dimension)
		if d == moving || n.even(d) {
			continue
		}
		v := m.visit(n, d, s, -1)
		if !v.cut {
			return v.n * m.sharedWords(n, axis[i+1:], s, moving, shared)
		}
		return (v.n-1)*m.sharedWords(n, axis[i+1:], s, moving, shared) +
			m.sharedWords(n, axis[i+1:], s, moving, shared-term.Coefficient*v.missing)
	}
	return max(shared, 0)
}

// distinct corrects a count for instances below a level that hold the same tile of an axis that adds dimensions: kernel row r of output row p is the
// input row of r − 1 and p + 1. Two loops with strides a and b and m and n trips reach m·n − (m − b/g)⁺·(n − a/g)⁺ places, g their greatest common
// divisor. Axes along which one level spreads three loops or an uneven dimension are left alone.
func (m *Model) distinct(n *nest, t *tensor, s *scope, count int64) int64 {
	for level := s.outer; level < s.inner; level++ {
		if s.shares>>level&1 == 0 {
			continue
		}
		for _, axis := range t.axes {
			if len(axis) < 2 {
				continue
			}
			var trips, stride [2]int64
			loops := 0
			for i := n.start[level+1]; i < n.start[level] && n.loops[i].spatial; i++ {
				l := &n.loops[i]
				for _, term := range axis {
					if term.Dimension != int(l.dimension) {
						continue
					}
					if loops < 2 && n.even(l.dimension) {
						trips[loops], stride[loops] = l.trips, term.Coefficient*l.stride
						loops++
					} else {
						loops = 3
					}
				}
			}
			if loops == 2 {
				all, g := trips[0]*trips[1], gcd(stride[0], stride[1])
				same := max(trips[0]-stride[1]/g, 0) * max(trips[1]-stride[0]/g, 0)
				count = count / all * (all - same)
			}
		}
	}
	return count
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
