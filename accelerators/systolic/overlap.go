package systolic

// overlap fetches an ifmap that does not fit and whose windows overlap or hang over the edge, so that whether an access misses depends on
// what was read since the last swap. The order of accesses matters only inside the cycle of a swap: a slab of cycles is marked run by run; if the
// window would be swapped in it, the marks are undone and the slab is halved, down to one cycle that is read lane by lane.
//
// An operand that every column fold streams again is in the same state whenever a swap happens at the same place of a pass: what lies
// between two swaps at one place repeats, and is skipped.
type overlap struct {
	reading
	patches
	window
	block int64 // row-wise sparsity: depths of a block, which each of block/2 rows reads whole; 0 = none

	marks   *marks
	places  map[int64]place // of the swaps so far; nil once a place has returned
	held    int64
	colFold int64
	short   bool // the last two swaps lay less than shortCycles apart

	*locator
	recording *repeats // of a pass; nil = the window is in use
	passes    *[]int64 // takes the misses up to the end of each pass; nil = nobody asks
	work      int64    // elements read and runs marked so far, which take about as long
	stretches []run    // of the depths [from, to) of the fold
	from, to  int64
	fetched
}

// place is when a swap happened.
type place struct{ colFold, swaps int64 }

// shortCycles is the life of a window below which reading every element is faster than halving slabs: a slab costs a run for each lane, and takes
// some six halvings. Measured.
const shortCycles = 64

// run fetches everything.
func (o *overlap) run(r *repeats) fetched {
	listing := o.traversal == byRows && o.block == 0 && o.elements() < maxRepeats
	for o.colFold = 0; o.colFold < o.colFolds; o.colFold++ {
		if listing && o.places != nil && o.work > 2*o.elements() && o.colFold+2 < o.colFolds {
			return o.runRepeats(r, 2*o.colFold*o.elements()/(o.swaps+1)) // which takes as long as what has been done so far
		}
		for rowFold := range o.rowFolds {
			o.fold(rowFold)
		}
		o.endPass(o.swaps*o.period() + o.held)
		if o.traversal == byRows && o.swaps == 0 {
			break // everything has been read, and fits
		}
	}
	o.misses = o.swaps*o.period() + o.held
	return o.fetched
}

// endPass takes down what had been missed at the end of a pass.
func (o *overlap) endPass(misses int64) {
	if o.passes != nil {
		*o.passes = append(*o.passes, misses)
	}
}

// restart forgets the passes so far.
func (o *overlap) restart() {
	if o.passes != nil {
		*o.passes = (*o.passes)[:0]
	}
}

// runRepeats fetches everything from a list of one pass, given what a window will hardly outlast.
func (o *overlap) runRepeats(r *repeats, reach int64) fetched {
	o.restart()
	o.record(r, reach)
	swaps, last, held, complete := o.follow(r)
	if !complete {
		o.restart()
		o.record(r, 2*o.elements())
		swaps, last, held, _ = o.follow(r)
	}
	f := fetched{misses: swaps*o.period() + held, swaps: swaps}
	if swaps > 0 {
		reads := int64(r.reads)
		pass := (last - 1) / reads
		o.marks = nil // only count
		f.lastSwap = o.at(pass, 0) + o.date(last-pass*reads)
	}
	return f
}

// fold fetches one fold.
func (o *overlap) fold(rowFold int64) {
	o.prepare(rowFold)
	t, end := o.span(rowFold)
	start := o.at(o.colFold, rowFold)
	for swapBy := end + 1; t < end; { // the window is known to be swapped before cycle swapBy, if that is not after the fold
		if o.short && start+t-o.lastSwap < 2*shortCycles {
			o.lanes(rowFold, t)
			t++
			swapBy = end + 1
			continue
		}
		room := o.limit - 1 - o.held
		slab := swapBy - t
		if swapBy > end {
			slab = o.guess(rowFold, t, end, 2*o.limit)
		} else {
			slab = (slab + 1) / 2
		}
		journaling := o.accesses(rowFold, t, t+slab) > room
		added := o.slab(rowFold, t, t+slab, journaling)
		o.work += o.pixelsOf(slab) * int64(len(o.stretches))
		if added <= room {
			o.marks.journal = o.marks.journal[:0]
			o.held += added
			t += slab
			continue
		}
		o.marks.undo()
		if swapBy = t + slab; slab == 1 {
			o.lanes(rowFold, t)
			t++
			swapBy = end + 1
		}
	}
}

// date is the cycle of the n-th read, from 1, that finds an element.
func (o *overlap) date(n int64) int64 {
	for o.colFold = 0; ; o.colFold++ {
		for rowFold := range o.rowFolds {
			o.prepare(rowFold)
			from, to := o.span(rowFold)
			found := o.slab(rowFold, from, to, false)
			if found < n {
				n -= found
				continue
			}
			low, high := from, to-1
			for low < high {
				if middle := (low + high) / 2; o.slab(rowFold, from, middle+1, false) >= n {
					high = middle
				} else {
					low = middle + 1
				}
			}
			return o.at(o.colFold, rowFold) + low
		}
	}
}

// span is the cycles of a fold with accesses.
func (o *overlap) span(rowFold int64) (from, to int64) {
	if o.traversal == resting {
		return o.preloadStart(rowFold), int64(o.array.Rows)
	}
	s := o.stream(o.colFold, rowFold)
	return s.start, s.start + s.lanes + s.length - 1
}

// guess is a number of cycles from t on that make about the given number of accesses.
func (o *overlap) guess(rowFold, t, end, accesses int64) int64 {
	slab := end - t
	for slab > 1 && o.accesses(rowFold, t, t+slab) > accesses {
		slab = (slab + 1) / 2
	}
	return slab
}

// accesses is how many there are in the cycles [from, to) of a fold.
func (o *overlap) accesses(rowFold, from, to int64) int64 {
	if o.traversal == resting {
		return (to - from) * o.colsOf(o.array, o.colFold)
	}
	s := o.stream(o.colFold, rowFold)
	return (s.through(to-1) - s.through(from-1)) * max(1, o.block)
}

// slab marks what the cycles [from, to) of a fold read, and counts what is new; without marks it counts all elements.
func (o *overlap) slab(rowFold, from, to int64, journaling bool) (added int64) {
	rows, cols := int64(o.array.Rows), int64(o.array.Cols)
	if o.traversal == resting { // is: depths along the rows, last row first; pixels along the columns
		low, high := (rowFold+1)*rows-to, (rowFold+1)*rows-from
		pixel := o.cursor(o.colFold * cols)
		for range o.colsOf(o.array, o.colFold) {
			added += pixel.mark(o.marks, o.stretches, low, high, journaling)
			pixel.next()
		}
		return added
	}
	s := o.stream(o.colFold, rowFold)
	from, to = from-s.start, to-s.start
	if o.array.Dataflow == OutputStationary { // pixels along the rows, depths in time
		first := max(0, from-s.length+1)
		pixel := o.cursor(rowFold*rows + first)
		for lane := first; lane < min(s.lanes, to); lane++ {
			added += pixel.mark(o.marks, o.stretches, max(0, from-lane), min(s.length, to-lane), journaling)
			pixel.next()
		}
		return added
	}
	first := max(0, from-s.lanes+1)
	pixel := o.cursor(first)
	for step := first; step < min(s.length, to); step++ { // ws: depths along the rows, pixels in time
		low, high := max(0, from-step), min(s.lanes, to-step)
		if o.block > 0 {
			low, high = o.blocks(rowFold, low), o.blocks(rowFold, high-1)+o.block
		} else {
			low, high = rowFold*rows+low, rowFold*rows+high
		}
		added += pixel.mark(o.marks, o.stretches, low, high, journaling)
		pixel.next()
	}
	return added
}

// pixelsOf bounds the pixels that a slab of so many cycles reads.
func (o *overlap) pixelsOf(slab int64) int64 {
	if o.array.Dataflow == WeightStationary {
		return min(o.streamed, slab+int64(o.array.Rows))
	}
	return int64(o.array.Rows)
}

// prepare finds the runs of the depths that a fold reads.
func (o *overlap) prepare(rowFold int64) {
	first := rowFold * int64(o.array.Rows)
	last := first + o.rowsOf(o.array, rowFold)
	switch {
	case o.array.Dataflow == OutputStationary:
		first, last = 0, o.streamed
	case o.block > 0:
		first, last = min(o.blocks(rowFold, 0), o.depth), min(o.blocks(rowFold+1, 0), o.depth)
	}
	if first != o.from || last != o.to {
		o.stretches, o.from, o.to = o.runs(o.stretches[:0], first, last), first, last
	}
}

// blocks is the first depth of the block that a row reads.
func (o *overlap) blocks(rowFold, row int64) int64 {
	return rowFold*2*int64(o.array.Rows) + row/(o.block/2)*o.block
}

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
