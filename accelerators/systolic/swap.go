package systolic

// lanes reads one cycle of a fold lane by lane.
func (o *overlap) lanes(rowFold, t int64) {
	rows := int64(o.array.Rows)
	first := rowFold * rows
	if o.traversal == resting {
		pixel, cols := o.colFold*int64(o.array.Cols), o.colsOf(o.array, o.colFold)
		o.read(beam{rowFold, t, 0, cols, pixel, 1, first + rows - 1 - t, 0})
		return
	}
	s := o.stream(o.colFold, rowFold)
	from, to := s.present(t)
	step := t - s.start - from
	switch {
	case o.array.Dataflow == OutputStationary:
		o.read(beam{rowFold, t, from, to, first + from, 1, step, -1})
	case o.block == 0:
		o.read(beam{rowFold, t, from, to, step, -1, first + from, 1})
	default:
		for lane := from; lane < to; lane++ { // a block each: the place of a swap is told by its elements
			depth := o.blocks(rowFold, lane)
			o.read(beam{rowFold, t, lane * o.block, lane*o.block + max(0, min(o.block, o.depth-depth)), t - s.start - lane, 0, depth, 1})
		}
	}
}

// beam is a line of reads in one cycle: lanes [from, to), the first at a pixel and a depth, each next one a step on.
type beam struct {
	rowFold, t, from, to int64
	pixel, pixelStep     int64
	depth, depthStep     int64
}

// read reads a line of elements, and swaps the window when it is full.
func (o *overlap) read(b beam) {
	m := o.marks
	o.work += b.to - b.from
	for lane := b.from; lane < b.to; lane++ {
		pixel, depth := &o.pixels[b.pixel], &o.depths[b.depth]
		b.pixel += b.pixelStep
		b.depth += b.depthStep
		if !o.holds(pixel, depth) {
			continue
		}
		address := uint64(pixel.base + depth.offset)
		if o.recording != nil {
			o.recording.note(address)
			continue
		}
		word, bit := address/64, uint64(1)<<(address%64)
		if m.stamps[word] != m.epoch {
			m.stamps[word], m.words[word] = m.epoch, bit
		} else if m.words[word]&bit == 0 {
			m.words[word] |= bit
		} else {
			continue
		}
		o.held++
		if o.held == o.limit {
			o.swap(b.rowFold, b.t, lane, int64(address))
		}
	}
}

// swap empties the window when the element of a lane has filled it.
func (o *overlap) swap(rowFold, t, lane, address int64) {
	o.marks.empty()
	if o.held = o.keep; o.keep == 1 {
		o.marks.add(address)
	}
	now := o.at(o.colFold, rowFold) + t
	o.swaps, o.short, o.lastSwap = o.swaps+1, now-o.lastSwap < shortCycles, now
	if o.traversal == byRows && o.places != nil {
		o.skip(((rowFold*o.foldCycles)+t)*int64(o.array.Rows)*max(1, o.block) + lane)
	}
}

// skip goes over whole periods when a swap at this place of a pass is not the first.
func (o *overlap) skip(at int64) {
	before, returned := o.places[at]
	if !returned {
		o.places[at] = place{o.colFold, o.swaps}
		return
	}
	o.places = nil
	passes := o.colFold - before.colFold
	periods := (o.colFolds - 1 - o.colFold) / passes
	swaps := o.swaps - before.swaps
	for range periods * passes {
		if o.passes != nil { // the pass ends as the one a period before it did
			o.endPass((*o.passes)[int64(len(*o.passes))-passes] + swaps*o.period())
		}
	}
	o.swaps += periods * swaps
	o.lastSwap += o.at(periods*passes, 0)
	o.colFold += periods * passes
}
