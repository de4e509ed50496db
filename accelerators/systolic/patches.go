package systolic

// kept is N:M sparsity along the depth: of every block of `of` depths the first `keep` are there. The zero value keeps all.
type kept struct{ keep, of int64 }

// depths is how many of k depths are kept.
func (s kept) depths(k int64) int64 {
	if s.of == 0 {
		return k
	}
	return k/s.of*s.keep + min(k%s.of, s.keep)
}

// depth is the original depth of the i-th kept one.
func (s kept) depth(i int64) int64 {
	if s.of == 0 {
		return i
	}
	return i/s.keep*s.of + i%s.keep
}

// patches gives the addresses of an ifmap, one by one or as runs of contiguous ones.
type patches struct {
	geometry Geometry
	depth    int64 // K
	kept     kept  // which depths there are
}

func newPatches(p Problem, k kept) patches {
	return patches{geometry: p.Ifmap.filled(p.M, p.K), depth: p.K, kept: k}
}

// address is the element of pixel m at the i-th kept depth, or null.
func (p *patches) address(m, i int64) int64 {
	return p.geometry.address(m, p.kept.depth(i), p.depth)
}

// run is a range of kept depths that lie side by side in one row of the feature map: depth i of a pixel whose window starts at (top, left) is
// element left·Channels + start + i of row top + row.
type run struct{ from, to, row, start int64 }

// runs appends the runs of the kept depths [from, to).
func (p *patches) runs(list []run, from, to int64) []run {
	for from < to {
		end := to
		if p.kept.of != 0 {
			end = min(to, (from/p.kept.keep+1)*p.kept.keep)
		}
		depth := p.kept.depth(from)
		for from < end {
			length, row, start := p.stretch(depth)
			length = min(length, end-from)
			list = append(list, run{from, from + length, row, start - from})
			from += length
			depth += length
		}
	}
	return list
}

// stretch is how many depths from one on lie side by side, and where.
func (p *patches) stretch(depth int64) (length, row, start int64) {
	g := &p.geometry
	channels, kernelWidth := int64(g.Channels), int64(g.KernelWidth)
	if g.DilationWidth == 1 {
		across := channels * kernelWidth
		return across - depth%across, depth / across * int64(g.DilationHeight), depth % across
	}
	position := depth / channels
	return channels - depth%channels, position / kernelWidth * int64(g.DilationHeight),
		position%kernelWidth*int64(g.DilationWidth)*channels + depth%channels
}

// cursor goes over pixels one after another without divisions.
type cursor struct {
	top, left, column  int64 // where the window starts, and which of its row it is
	width, height, out int64 // of the feature map, its rows in elements; windows of a row
	stepDown, stepLeft int64
	leftmost           int64
}

func (p *patches) cursor(m int64) cursor {
	g := &p.geometry
	channels, out := int64(g.Channels), int64(g.OutWidth)
	c := cursor{
		width: int64(g.Width) * channels, height: int64(g.Height), out: out, column: m % out,
		stepDown: int64(g.StrideHeight), stepLeft: int64(g.StrideWidth) * channels, leftmost: -int64(g.PadLeft) * channels,
	}
	c.top = m/out*c.stepDown - int64(g.PadTop)
	c.left = c.leftmost + c.column*c.stepLeft
	return c
}

// next goes to the next pixel.
func (c *cursor) next() {
	c.left += c.stepLeft
	if c.column++; c.column == c.out {
		c.column, c.left = 0, c.leftmost
		c.top += c.stepDown
	}
}

// mark adds the elements of the pixel that lie in some runs, at depths [from, to), and counts the new ones; with nil it counts all.
func (c *cursor) mark(s *marks, runs []run, from, to int64, journaling bool) (added int64) {
	for i := range runs {
		r := &runs[i]
		h := c.top + r.row
		if uint64(h) >= uint64(c.height) {
			continue
		}
		low, high := max(r.from, from), min(r.to, to)
		low, high = max(0, c.left+r.start+low), min(c.width, c.left+r.start+high)
		switch {
		case low >= high:
		case s == nil:
			added += high - low
		default:
			added += s.addRun(h*c.width+low, h*c.width+high, journaling)
		}
	}
	return added
}
