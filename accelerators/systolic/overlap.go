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
// some six halvings.
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
