package systolic

// Port is what one operand moves between its SRAM and DRAM in one product: elements, and the cycles of the first and the last transfer,
// counted from the first cycle of the array. Cycles below 0 are a prefetch.
type Port struct{ Elements, StartCycle, StopCycle int64 }

// Bandwidth is elements per cycle of the port while it is in use.
func (p Port) Bandwidth() float64 {
	return float64(p.Elements) / float64(p.StopCycle-p.StartCycle+1)
}

// Run is one product on an array with SCALE-Sim's three double-buffered SRAMs, in that simulator's terms.
type Run struct {
	Compute                      // of one product, as the profile counts; Cycles without stalls
	StallCycles          int64   // in which the array waits for an SRAM
	Ifmap, Filter, Ofmap Port    // DRAM traffic
	SRAM                 [3]Span // of the array's accesses: ifmap and filter as they are delivered, ofmap; a read of the border counts as one
}

// TotalCycles is the compute cycles and the stalls: SCALE-Sim's Total Cycles.
func (r Run) TotalCycles() int64 { return r.Cycles + r.StallCycles }

// CyclesWithPrefetch lasts from the first read of a prefetch to the last write: SCALE-Sim v3's Total Cycles (incl. prefetch).
func (r Run) CyclesWithPrefetch() int64 {
	return r.Ofmap.StopCycle - min(r.Ifmap.StartCycle, r.Filter.StartCycle)
}

// What SCALE-Sim fixes in the code.
const (
	prefetchSets         = 100 // an SRAM is cut in so many sets; the window of CALC holds half of them
	prefetchWordsPerCyle = 10  // at which CALC assumes that the first window is filled
)

// Calc runs one product with a DRAM that is as fast as it has to be, SCALE-Sim's interface mode CALC: the array never waits, and the
// counts and cycles of the DRAM side say how fast that is. Both arguments must have passed their Check, and the problem must be a product.
func Calc(c Config, p Problem, s *Scratch) Run {
	p.Count = 1
	f := c.fold(p)
	r := Run{Compute: ComputeLayer(c.Array, p)}
	ifmap, filter := c.readings(f)
	r.Ifmap = ifmap.calcPort(c.IfmapSRAMKiB, ifmap.fetchIfmap(p, calcWindow(c.IfmapSRAMKiB), true, s))
	r.Filter = filter.calcPort(c.FilterSRAMKiB, filter.fetchUnrepeated(calcWindow(c.FilterSRAMKiB)))
	r.Ofmap = calcOfmap(c, p.Profile, f, s)
	r.SRAM = [3]Span{ifmap.span(), filter.span(), outputs{f, c.Array}.span()}
	return r
}

// sramElements is the capacity of an SRAM in SCALE-Sim's elements of one byte.
func sramElements(capacityKiB int) int64 { return int64(capacityKiB) * 1024 }

// calcWindow is the window of CALC. It is swapped as soon as it is full, also when nothing else is needed.
func calcWindow(capacityKiB int) window {
	return window{limit: prefetchSets / 2 * (sramElements(capacityKiB) / prefetchSets)}
}

// calcPort dates what was fetched. The first window is prefetched; the later ones are read while the array works.
func (r reading) calcPort(capacityKiB int, f fetched) Port {
	if f.swaps > 0 {
		return Port{f.misses, r.firstCycle() - ceilDiv(calcWindow(capacityKiB).limit, prefetchWordsPerCyle), f.lastSwap + 1}
	}
	set := sramElements(capacityKiB) / prefetchSets
	return Port{f.misses, -ceilDiv(ceilDiv(f.misses, set)*set, prefetchWordsPerCyle), -1}
}

// fetchIfmap fetches the ifmap of a dense product. Without dates the cycle of the last swap is not needed, nor given.
func (r reading) fetchIfmap(p Problem, w window, dates bool, s *Scratch) fetched {
	if p.IfmapElements < w.limit {
		return fetched{misses: p.IfmapElements}
	}
	reads := p.Ifmap.touches(p.M, p.K)
	o := overlap{reading: r, patches: newPatches(p, kept{}), window: w}
	switch {
	case r.walks(p, w):
		return o.fetch(p, s)
	case reads == p.M*p.K:
		return r.fetchUnrepeated(w)
	}
	f := fetched{misses: reads} // every read misses, but for those of the border
	if r.traversal == byRows {
		f.misses *= r.colFolds
	}
	var swap int64
	if f.swaps, swap, _ = w.all(0, f.misses); f.swaps > 0 && dates {
		pass := (swap - 1) / reads
		o.stretches = s.stretches
		f.lastSwap = r.at(pass, 0) + o.date(swap-pass*reads)
		s.stretches = o.stretches
	}
	return f
}

// walks tells whether it takes a walk to say what an ifmap misses: it does not fit, and not every read misses.
func (r reading) walks(p Problem, w window) bool {
	return p.IfmapElements >= w.limit && p.Ifmap.touches(p.M, p.K) != p.IfmapElements && r.reuseGap(p) < w.limit
}

// firstPass is what an ifmap misses in its first pass if that takes no walk.
func (r reading) firstPass(p Problem, w window) int64 {
	if p.IfmapElements < w.limit {
		return p.IfmapElements
	}
	return p.Ifmap.touches(p.M, p.K)
}

// fetch counts with the marks of a scratch.
func (o *overlap) fetch(p Problem, s *Scratch) fetched {
	s.marks.reset(p.Ifmap.elements(p.M, p.K))
	if s.places == nil {
		s.places = make(map[int64]place)
	}
	clear(s.places)
	s.locator.fill(&o.patches, p.M, o.kept.depths(p.K))
	o.marks, o.places, o.stretches, o.locator = &s.marks, s.places, s.stretches, &s.locator
	f := o.run(&s.repeats)
	s.stretches = o.stretches
	return f
}

// calcOfmap writes the outputs in lines as wide as the array.
func calcOfmap(c Config, profile Profile, f folding, s *Scratch) Port {
	d := newDrainer(sramElements(c.OfmapSRAMKiB), int64(c.Cols), profile, s)
	outputs{f, c.Array}.write(&d)
	s.partial = d.partial
	return Port{d.written, d.first, d.last}
}

func newDrainer(capacity, line int64, profile Profile, s *Scratch) drainer {
	return drainer{
		capacity: capacity, buffer: capacity / 2, line: line,
		keepAll: profile != ScaleSimV2, partial: s.partial[:0],
	}
}
