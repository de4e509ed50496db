package systolic

// patches gives the addresses of an ifmap as runs: contiguous elements of one kernel row, or of one kernel column where it is dilated.
type patches struct {
	geometry Geometry
	depth    int64 // K
	kept     kept  // which depths there are; the zero value keeps all
}

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

// mark adds the elements of pixel m at the kept depths [from, to) and counts the new ones.
func (p *patches) mark(s *marks, m, from, to int64, journaling bool) (added int64) {
	if p.kept.of == 0 {
		return p.markDense(s, m, from, to, journaling)
	}
	for from < to {
		block := min(to, (from/p.kept.keep+1)*p.kept.keep)
		first := p.kept.depth(from)
		added += p.markDense(s, m, first, first+block-from, journaling)
		from = block
	}
	return added
}

func (p *patches) markDense(s *marks, m, from, to int64, journaling bool) (added int64) {
	g := &p.geometry
	if g.isMatrix() {
		return s.addRun(m*p.depth+from, m*p.depth+to, journaling)
	}
	channels, out := int64(g.Channels), int64(g.OutWidth)
	top := m/out*int64(g.StrideHeight) - int64(g.PadTop)
	left := m%out*int64(g.StrideWidth) - int64(g.PadLeft)
	width, run := int64(g.Width), channels
	if g.DilationWidth == 1 {
		run *= int64(g.KernelWidth)
	}
	for from < to {
		i := from / run // which run
		end := min(to, (i+1)*run)
		r, column := i, int64(0)
		if g.DilationWidth != 1 {
			r, column = i/int64(g.KernelWidth), i%int64(g.KernelWidth)*int64(g.DilationWidth)
		}
		h := top + r*int64(g.DilationHeight)
		if h >= 0 && h < int64(g.Height) {
			row, start := h*width*channels, (left+column)*channels-i*run // of the row, and of depth 0 were the run long enough
			low, high := max(start+from, 0), min(start+end, width*channels)
			added += s.addRun(row+low, row+high, journaling)
		}
		from = end
	}
	return added
}

// address is the element of pixel m at the i-th kept depth, or null.
func (p *patches) address(m, i int64) int64 {
	return p.geometry.address(m, p.kept.depth(i), p.depth)
}
