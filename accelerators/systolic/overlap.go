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
	fetched
}

// place is how much had been fetched at a swap.
type place struct{ colFold, misses, swaps int64 }

// run fetches everything.
func (o *overlap) run() fetched {
	for o.colFold = 0; o.colFold < o.colFolds; o.colFold++ {
		for rowFold := range o.rowFolds {
			o.fold(rowFold)
		}
	}
	return o.fetched
}

// fold fetches one fold.
func (o *overlap) fold(rowFold int64) {
	t, end := o.span(rowFold)
	for swapBy := end + 1; t < end; { // the window is known to be swapped before cycle swapBy, if that is not after the fold
		room := o.limit - 1 - o.held
		slab := swapBy - t
		if swapBy > end {
			slab = o.guess(rowFold, t, end, 2*o.limit)
		} else {
			slab = (slab + 1) / 2
		}
		journaling := o.accesses(rowFold, t, t+slab) > room
		added := o.slab(rowFold, t, t+slab, journaling)
		if added <= room {
			o.marks.journal = o.marks.journal[:0]
			o.held += added
			o.misses += added
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

// slab marks what the cycles [from, to) of a fold read, and counts what is new.
func (o *overlap) slab(rowFold, from, to int64, journaling bool) (added int64) {
	first := rowFold * int64(o.array.Rows)
	if o.traversal == resting { // is: depths along the rows, last row first; pixels along the columns
		pixel := o.colFold * int64(o.array.Cols)
		low, high := first+int64(o.array.Rows)-to, first+int64(o.array.Rows)-from
		for range o.colsOf(o.array, o.colFold) {
			added += o.mark(o.marks, pixel, low, high, journaling)
			pixel++
		}
		return added
	}
	s := o.stream(o.colFold, rowFold)
	from, to = from-s.start, to-s.start
	if o.array.Dataflow == OutputStationary { // pixels along the rows, depths in time
		for lane := range s.lanes {
			low, high := max(0, from-lane), min(s.length, to-lane)
			if low < high {
				added += o.mark(o.marks, first+lane, low, high, journaling)
			}
		}
		return added
	}
	for pixel := max(0, from-s.lanes+1); pixel < min(s.length, to); pixel++ { // ws: depths along the rows, pixels in time
		low, high := max(0, from-pixel), min(s.lanes, to-pixel)
		if o.block > 0 {
			low, high = o.blocks(rowFold, low), o.blocks(rowFold, high-1)+o.block
			added += o.mark(o.marks, pixel, min(low, o.depth), min(high, o.depth), journaling)
		} else {
			added += o.mark(o.marks, pixel, first+low, first+high, journaling)
		}
	}
	return added
}

// blocks is the first depth of the block that a row reads.
func (o *overlap) blocks(rowFold, row int64) int64 {
	return rowFold*2*int64(o.array.Rows) + row/(o.block/2)*o.block
}

// lanes reads one cycle of a fold lane by lane.
func (o *overlap) lanes(rowFold, t int64) {
	first := rowFold * int64(o.array.Rows)
	if o.traversal == resting {
		for column := range o.colsOf(o.array, o.colFold) {
			o.read(rowFold, t, column, o.colFold*int64(o.array.Cols)+column, first+int64(o.array.Rows)-1-t)
		}
		return
	}
	s := o.stream(o.colFold, rowFold)
	from, to := s.present(t)
	for lane := from; lane < to; lane++ {
		switch inTime := t - s.start - lane; {
		case o.array.Dataflow == OutputStationary:
			o.read(rowFold, t, lane, first+lane, inTime)
		case o.block == 0:
			o.read(rowFold, t, lane, inTime, first+lane)
		default:
			depth := o.blocks(rowFold, lane)
			for i := depth; i < min(depth+o.block, o.depth); i++ {
				o.read(rowFold, t, lane*o.block+i-depth, inTime, i)
			}
		}
	}
}

// read reads one element, and swaps the window when it is full.
func (o *overlap) read(rowFold, t, lane, pixel, depth int64) {
	address := o.address(pixel, depth)
	if address == null || !o.marks.add(address) {
		return
	}
	o.held++
	o.misses++
	if o.held < o.limit {
		return
	}
	o.marks.empty()
	if o.held = o.keep; o.keep == 1 {
		o.marks.add(address)
	}
	o.swaps++
	o.lastSwap = o.at(o.colFold, rowFold) + t
	if o.traversal == byRows && o.places != nil {
		o.skip(((rowFold*o.foldCycles)+t)*int64(o.array.Rows)*max(1, o.block) + lane)
	}
}

// skip goes over whole periods when a swap at this place of a pass is not the first.
func (o *overlap) skip(at int64) {
	before, returned := o.places[at]
	if !returned {
		o.places[at] = place{o.colFold, o.misses, o.swaps}
		return
	}
	o.places = nil
	passes := o.colFold - before.colFold
	periods := (o.colFolds - 1 - o.colFold) / passes
	o.misses += periods * (o.misses - before.misses)
	o.swaps += periods * (o.swaps - before.swaps)
	o.lastSwap += o.at(periods*passes, 0)
	o.colFold += periods * passes
}
