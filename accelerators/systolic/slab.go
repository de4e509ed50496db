package systolic

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
