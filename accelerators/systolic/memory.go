package systolic

// Traffic is the lower bound on the DRAM traffic of one Problem, in elements: see the package documentation for the law.
type Traffic struct {
	IfmapElements   int64 // read
	FilterElements  int64 // read
	OfmapElements   int64 // written once, as words
	PartialElements int64 // partial sums written to DRAM and read back, AccumulatorBits wide
}

// Elements is the traffic in elements of whatever width.
func (t Traffic) Elements() int64 {
	return t.IfmapElements + t.FilterElements + t.OfmapElements + t.PartialElements
}

// Bytes is the traffic rounded up to whole bytes, with operands and final outputs of the given width.
func (t Traffic) Bytes(wordBits int) int64 {
	bits := (t.IfmapElements+t.FilterElements+t.OfmapElements)*int64(wordBits) + t.PartialElements*AccumulatorBits
	return ceilDiv(bits, 8)
}

// LowerBoundTraffic is the least DRAM traffic of one copy of a problem in the array's fold order.
func LowerBoundTraffic(c Config, p Problem) Traffic {
	if p.Count == 0 {
		return Traffic{IfmapElements: p.IfmapElements, FilterElements: p.FilterElements, OfmapElements: p.OfmapElements}
	}
	f := c.fold(p)
	cols := int64(c.Cols)
	t := Traffic{IfmapElements: p.IfmapElements, FilterElements: p.FilterElements, OfmapElements: p.OfmapElements}
	ifmapHalf := halfElements(c.IfmapSRAMKiB, c.wordBits())
	filterHalf := halfElements(c.FilterSRAMKiB, c.wordBits())
	t.PartialElements = c.partialElements(p)
	switch c.Dataflow {
	case OutputStationary: // every column fold streams the whole ifmap; its row folds stream the same filters
		t.IfmapElements += (f.colFolds - 1) * excess(p.IfmapElements, ifmapHalf)
		t.FilterElements += (f.rowFolds - 1) * f.tileExcess(cols, p.K, filterHalf)
	case WeightStationary: // every column fold streams the whole ifmap; its row folds update the same partial sums
		t.IfmapElements += (f.colFolds - 1) * excess(p.IfmapElements, ifmapHalf)
	case InputStationary: // every column fold streams all filters; its row folds update the same partial sums
		t.FilterElements += (f.colFolds - 1) * excess(p.FilterElements, filterHalf)
	}
	return t.times(p.Count)
}

// tileExcess sums, over the column folds, what of a tile of perColumn elements a column does not fit.
func (f folding) tileExcess(cols, perColumn, half int64) int64 {
	last := f.colSpan - (f.colFolds-1)*cols
	return (f.colFolds-1)*excess(cols*perColumn, half) + excess(last*perColumn, half)
}

// excess is what has to be moved again on every further pass over elements of which half can stay.
func excess(elements, half int64) int64 { return max(0, elements-half) }

func (t Traffic) times(n int64) Traffic {
	return Traffic{
		IfmapElements:   n * t.IfmapElements,
		FilterElements:  n * t.FilterElements,
		OfmapElements:   n * t.OfmapElements,
		PartialElements: n * t.PartialElements,
	}
}

// WindowTraffic is the DRAM traffic of one copy of a problem when the SRAMs are double-buffered: see the package documentation for the law. With the
// profiles of SCALE-Sim it is what CALC counts.
func WindowTraffic(c Config, p Problem, s *Scratch) Traffic {
	if p.Count == 0 {
		return LowerBoundTraffic(c, p)
	}
	if p.Profile != Physical {
		r := Calc(c, p, s)
		return Traffic{IfmapElements: r.Ifmap.Elements, FilterElements: r.Filter.Elements, OfmapElements: r.Ofmap.Elements}.times(p.Count)
	}
	t := Traffic{OfmapElements: p.OfmapElements, PartialElements: c.partialElements(p)}
	ifmap, filter := c.readings(c.fold(p))
	t.IfmapElements = ifmap.fetchIfmap(p, fitting(halfElements(c.IfmapSRAMKiB, c.wordBits())), false, s).misses
	t.FilterElements = filter.fetchUnrepeated(fitting(halfElements(c.FilterSRAMKiB, c.wordBits()))).misses
	return t.times(p.Count)
}

// partialElements is the traffic of partial sums of one product: those that do not fit half of the SRAM go out and come back for each further row fold.
func (c Config) partialElements(p Problem) int64 {
	if c.Dataflow == OutputStationary {
		return 0
	}
	f := c.fold(p)
	return 2 * (f.rowFolds - 1) * f.tileExcess(int64(c.Cols), f.streamed, halfElements(c.OfmapSRAMKiB, AccumulatorBits))
}
