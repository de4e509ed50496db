package loopnest

// scope says which iterations of the loops outside a level count.
type scope struct {
	inner  int    // the level whose tiles are visited; len(levels) = the compute units
	outer  int    // the level that serves it
	from   int    // spatial loops of levels outside this one stand at their first instance
	once   bool   // instances between outer and inner that hold the same tile count once, below the levels in shares
	shares uint32 // levels
	along  uint32 // the dimensions of which a tile is a part
	window int    // temporal loops inside this one in the list stand at their first trip
}

// counts tells whether a loop outside the inner level is taken through all its trips.
func (s *scope) counts(at int, l *loop) bool {
	if !l.spatial {
		return at >= s.window
	}
	if int(l.level) < s.from {
		return false
	}
	return !s.once || int(l.level) < s.outer || s.along>>l.dimension&1 != 0 || s.shares>>l.level&1 == 0
}

// visits is how often tiles along an uneven dimension are visited: n times, of which once, if cut, the last tile, which is smaller by missing.
type visits struct {
	n, missing int64
	cut        bool
}

// visit counts the tiles of an uneven dimension that the iterations of a scope reach. The tiles are numbered in mixed radix by the loops outside; the
// ones up to the last tile, whose digits that do not count are zero, are counted digit by digit.
func (m *Model) visit(n *nest, d int32, s *scope, skip int) visits {
	size, tile := m.size[d], n.tile[s.inner][d]
	last := (size - 1) / tile
	v := visits{n: 1, missing: tile - (size - last*tile), cut: true}
	all, rest := int64(1), last
	for i := n.start[s.inner]; i < len(n.loops); i++ {
		l := &n.loops[i]
		if l.dimension != d {
			continue
		}
		digit := rest % l.trips
		rest /= l.trips
		switch {
		case i != skip && s.counts(i, l):
			v.n += digit * all
			all *= l.trips
		case digit > 0:
			v.n, v.cut = all, false
		}
	}
	v.cut = v.cut && v.missing > 0
	return v
}
