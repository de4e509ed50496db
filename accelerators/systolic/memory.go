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

// WindowTraffic is the DRAM traffic of one copy of a problem when its SRAMs are double-buffered: see the package documentation for the law. With
// the profiles of SCALE-Sim it is what CALC counts. ifmapElements is IfmapWindows of the problem, which takes longer than the rest and depends on less.
func WindowTraffic(c Config, p Problem, ifmapElements int64, s *Scratch) Traffic {
	if p.Count == 0 {
		return LowerBoundTraffic(c, p)
	}
	f := c.fold(p)
	_, filter := c.readings(f)
	t := Traffic{IfmapElements: ifmapElements}
	if p.Profile == Physical {
		t.FilterElements = filter.fetchUnrepeated(fitting(halfElements(c.FilterSRAMKiB, c.wordBits()))).misses
		t.OfmapElements, t.PartialElements = p.OfmapElements, c.partialElements(p)
	} else {
		t.FilterElements = filter.fetchUnrepeated(calcWindow(c.FilterSRAMKiB)).misses
		t.OfmapElements = calcOfmap(c, p.Profile, f, s).Elements
	}
	return t.times(p.Count)
}

// IfmapWindows is the ifmap elements that one product reads from DRAM through the windows of its SRAM. It depends on the array, the ifmap SRAM and
// the width of a word alone. Where windows of a convolution overlap and do not fit, it takes up to about two passes over the ifmap's reads.
func IfmapWindows(c Config, p Problem, s *Scratch) int64 {
	if p.Count == 0 {
		return p.IfmapElements
	}
	ifmap, _ := c.readings(c.fold(p))
	return ifmap.fetchIfmap(p, c.ifmapWindow(p), false, s).misses
}

// IfmapPasses is IfmapWindows of arrays with fewer column folds at once, os and ws: element i is that of an array as high, and so wide that the
// product has i + 1 column folds, up to those of the configuration. With is, and for a vector problem, it has IfmapWindows alone.
func IfmapPasses(c Config, p Problem, s *Scratch) []int64 {
	if p.Count == 0 || c.Dataflow == InputStationary {
		return []int64{IfmapWindows(c, p, s)}
	}
	ifmap, _ := c.readings(c.fold(p))
	w := c.ifmapWindow(p)
	passes := make([]int64, 0, ifmap.colFolds)
	if ifmap.walks(p, w) {
		o := overlap{reading: ifmap, patches: newPatches(p, kept{}), window: w, passes: &passes}
		o.fetch(p, s)
	}
	for len(passes) < int(ifmap.colFolds) {
		if len(passes) == 0 {
			passes = append(passes, ifmap.firstPass(p, w))
			continue
		}
		again := int64(0) // it fits
		if p.IfmapElements >= w.limit {
			again = passes[0] // every read misses, in every pass
		}
		passes = append(passes, passes[len(passes)-1]+again)
	}
	return passes
}

// ColumnFolds is the tiles of one product along the columns of an array.
func (a Array) ColumnFolds(p Problem) int64 { return a.fold(p).colFolds }

func (c Config) ifmapWindow(p Problem) window {
	if p.Profile == Physical {
		return fitting(halfElements(c.IfmapSRAMKiB, c.wordBits()))
	}
	return calcWindow(c.IfmapSRAMKiB)
}

// partialElements is the traffic of partial sums of one product: those that do not fit half of the SRAM go out and come back for each further row fold.
func (c Config) partialElements(p Problem) int64 {
	if c.Dataflow == OutputStationary {
		return 0
	}
	f := c.fold(p)
	return 2 * (f.rowFolds - 1) * f.tileExcess(int64(c.Cols), f.streamed, halfElements(c.OfmapSRAMKiB, AccumulatorBits))
}
