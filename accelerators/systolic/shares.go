package systolic

import "fmt"

// Share is what one or several equal cores do of a problem.
type Share struct {
	Problem
	Cores int64 // that each run the Problem
}

// Shares splits one copy of a problem over cores that work at the same time, each an array with SRAMs of its own: products over groups of cores, and
// within a group pixels and filters, as evenly as they go. No sum is cut, so nothing is added between cores; cores without work are left out. Of all ways whose
// parts multiply to the number of cores it takes the one with the fewest cycles, of those the one that holds the fewest elements, copies included, and of
// those the first. Pixels of a convolution are split by rows of its output. A transposed convolution whose outputs overlap is not split within a product;
// the operations of a vector problem are.
func Shares(a Array, p Problem, cores int) ([]Share, error) {
	if err := inRange("cores", cores, 1, MaxCores, "arrays"); err != nil {
		return nil, err
	}
	if work := p.work() * float64(cores); work > maxWork {
		return nil, fmt.Errorf("systolic: problem too large for %d cores: a bound of %.3g on its counts, the limit is %.3g", cores, work, float64(maxWork))
	}
	if cores == 1 || p.Fused {
		return []Share{{p, 1}}, nil
	}
	if p.Count == 0 {
		return p.vectorShares(int64(cores)), nil
	}
	best := p.ways(a, cores)
	var shares []Share
	for _, products := range even(p.Count, best.products) {
		for _, pixels := range p.bands(best.pixels) {
			for _, filters := range even(p.N, best.filters) {
				s := Share{pixels.Problem, products.parts * pixels.Cores * filters.parts}
				s.Count, s.N = products.size, filters.size
				s.FilterElements = min(s.FilterElements, s.K*s.N)
				s.OfmapElements = min(s.OfmapElements, s.M*s.N)
				shares = append(shares, s)
			}
		}
	}
	return shares, nil
}

// way is a number of parts of each kind.
type way struct{ products, pixels, filters int64 }

// ways tries all ways and returns the best.
func (p Problem) ways(a Array, cores int) (best way) {
	var bestCycles, bestElements int64
	for products := int64(1); products <= int64(cores); products++ {
		if int64(cores)%products != 0 {
			continue
		}
		within := int64(cores) / products
		for filters := int64(1); filters <= within; filters++ {
			if within%filters != 0 {
				continue
			}
			w := way{products, within / filters, filters}
			if p.OfmapElements != p.M*p.N {
				w.pixels, w.filters = 1, 1 // its outputs overlap
			}
			largest := p
			largest.Count, largest.N = ceilDiv(p.Count, w.products), ceilDiv(p.N, w.filters)
			row := p.pixelRow()
			largest.M = ceilDiv(p.M/row, w.pixels) * row
			cycles := a.fold(largest).cycles(largest)
			elements := p.IfmapElements*min(w.filters, p.N) + p.FilterElements*min(w.pixels, p.M/row)
			if best.products == 0 || cycles < bestCycles || cycles == bestCycles && elements < bestElements {
				best, bestCycles, bestElements = w, cycles, elements
			}
		}
	}
	return best
}

// pixelRow is the pixels that stay together: a row of a convolution's output.
func (p Problem) pixelRow() int64 {
	if p.Ifmap.isMatrix() {
		return 1
	}
	return int64(p.Ifmap.OutWidth)
}

// bands splits the pixels. The cores of a share have the same numbers of pixels and elements, and borders alike.
func (p Problem) bands(parts int64) (shares []Share) {
	if parts == 1 {
		return []Share{{p, 1}}
	}
	row, first := p.pixelRow(), int64(0)
	for _, group := range even(p.M/row, parts) {
		for range group.parts {
			band := p.band(first, group.size)
			first += group.size
			if last := len(shares) - 1; last >= 0 && shares[last].Problem == band {
				shares[last].Cores++
				continue
			}
			shares = append(shares, Share{band, 1})
		}
	}
	return shares
}

// band is the product of some rows of pixels: of a convolution, those of its output, with the part of the ifmap that they read.
func (p Problem) band(first, rows int64) Problem {
	p.M = rows * p.pixelRow()
	if p.Ifmap.isMatrix() {
		p.IfmapElements = p.M * p.K
		return p
	}
	g := &p.Ifmap
	top := first*int64(g.StrideHeight) - int64(g.PadTop)
	reach := (rows-1)*int64(g.StrideHeight) + int64(g.KernelHeight-1)*int64(g.DilationHeight) + 1
	low, high := max(top, 0), min(top+reach, int64(g.Height))
	if low >= high { // it reads nothing but border: one row below it
		low, high, top = 0, 1, -reach
	}
	g.PadTop, g.Height, g.OutHeight = int32(max(0, -top)), int32(high-low), int32(rows)
	height, width := g.axes()
	p.IfmapElements = height.covered() * width.covered() * int64(g.Channels)
	return p
}

// vectorShares splits the operations of the vector unit, and what they read and write. Each element goes to one core.
func (p Problem) vectorShares(cores int64) (shares []Share) {
	cores = min(cores, p.VectorOps)
	done := int64(0)
	for _, group := range even(p.VectorOps, cores) {
		for range group.parts {
			s := Share{p, 1}
			s.VectorOps = group.size
			part := func(of int64) int64 { return of*(done+1)/cores - of*done/cores }
			s.IfmapElements, s.FilterElements, s.OfmapElements = part(p.IfmapElements), part(p.FilterElements), part(p.OfmapElements)
			done++
			shares = append(shares, s)
		}
	}
	return shares
}

// equal is so many parts of a size.
type equal struct{ parts, size int64 }

// even splits n into parts that differ by at most one, the larger ones first; empty ones are left out.
func even(n, parts int64) (groups []equal) {
	if large := n % parts; large > 0 {
		groups = append(groups, equal{large, n/parts + 1})
	}
	if size := n / parts; size > 0 {
		groups = append(groups, equal{parts - n%parts, size})
	}
	return groups
}

// SimulateCores runs the shares of one copy of a problem at the same time, behind one DRAM channel: counts are sums over the cores, cycles those of the core with
// the most to do. traffic gives what one core of a share moves.
func SimulateCores(c Config, shares []Share, traffic func(i int, p Problem) Traffic) Stats {
	var total Stats
	slowest := int64(0)
	for i, share := range shares {
		s := Simulate(c, share.Problem, traffic(i, share.Problem))
		slowest = max(slowest, s.Cycles)
		total.add(&s, share.Cores)
	}
	total.Cycles = slowest
	total.DRAMBytes = total.Bytes(c.wordBits())
	total.LatencyCycles = max(slowest, c.dramCycles(total.DRAMBytes))
	return total
}
