package systolic

// drainer is the write side of a double-buffered SRAM: outputs are gathered in lines of one DRAM transfer, and when more than
// the drain buffer is held, that many lines go out, one a cycle. As SCALE-Sim does it, a line closed early counts as full unless it is the last.
type drainer struct {
	capacity, buffer int64 // elements of the SRAM and of its drain half
	line             int64 // elements of a line
	keepAll          bool  // v3: the range of the service covers every drain; v2: first of the first to last of the last

	held          int64 // elements by the drainer's own account
	open          int64 // of them in the line that is being filled
	closed, taken int64 // lines so far
	partial       []partialLine
	end           int64 // cycle of the last line of the latest drain
	written       int64
	first, last   int64 // range of the service
	drained       bool

	sink func(cycle, elements int64) // sees every line that goes out; nil = nobody looks
}

// partialLine is a line that was closed before it was full.
type partialLine struct{ number, elements int64 }

// append takes n elements into lines.
func (d *drainer) append(n int64) {
	d.held += n
	d.open += n
	if d.open >= 4*d.line {
		d.closed += d.open / d.line
		d.open %= d.line
	}
	for d.open >= d.line { // which is faster than a division
		d.open -= d.line
		d.closed++
	}
}

// closeLine closes the line that is being filled.
func (d *drainer) closeLine() {
	if d.open > 0 {
		d.partial = append(d.partial, partialLine{d.closed, d.open})
		d.closed++
		d.open = 0
	}
}

// drain sends lines from a cycle on.
func (d *drainer) drain(cycle int64) {
	lines := min(ceilDiv(d.buffer, d.line), d.closed-d.taken)
	if lines == 0 {
		return
	}
	if d.sink != nil {
		d.show(cycle, lines)
	}
	sent := lines * d.line
	d.taken += lines
	dropped := 0
	for dropped < len(d.partial) && d.partial[dropped].number < d.taken {
		if d.partial[dropped].number == d.taken-1 {
			sent -= d.line - d.partial[dropped].elements
		}
		dropped++
	}
	d.partial = d.partial[:copy(d.partial, d.partial[dropped:])]
	d.end = cycle + lines - 1
	d.written += sent
	d.held -= sent
	if !d.drained {
		d.first, d.last, d.drained = cycle, d.end, true
	}
	if d.keepAll {
		d.first, d.last = min(d.first, cycle), max(d.last, d.end)
	} else {
		d.last = d.end
	}
}

// show tells the sink of the next lines.
func (d *drainer) show(cycle, lines int64) {
	next := 0
	for i := range lines {
		elements := d.line
		if next < len(d.partial) && d.partial[next].number == d.taken+i {
			elements = d.partial[next].elements
			next++
		}
		d.sink(cycle+i, elements)
	}
}

// finish sends what is left, from the cycle of the last output on.
func (d *drainer) finish(cycle int64) {
	d.closeLine()
	for d.closed > d.taken {
		d.drain(cycle)
		cycle = d.end + 1
	}
}

// outputs are the results of a product in the order in which they leave the array.
type outputs struct {
	folding
	array Array
}

// stream is how the outputs of a fold leave.
func (o outputs) stream(colFold, rowFold int64) skew {
	cols := o.colsOf(o.array, colFold)
	if o.array.Dataflow == OutputStationary {
		rows := o.rowsOf(o.array, rowFold)
		return skew{cols, rows, o.streamed - 1 + int64(o.array.Rows) - rows} // one row a cycle, from the last row up
	}
	return skew{cols, o.streamed, 2*int64(o.array.Rows) - 1}
}

// perColumn is how many outputs leave by one column of the array in one column fold.
func (o outputs) perColumn() int64 {
	if o.array.Dataflow == OutputStationary {
		return o.rowSpan
	}
	return o.rowFolds * o.streamed
}

// cycle is when the n-th output leaves, n from 1.
func (o outputs) cycle(n int64) int64 {
	stripe := o.perColumn() * int64(o.array.Cols)
	colFold := (n - 1) / stripe
	n -= colFold * stripe
	fold := o.colsOf(o.array, colFold) * o.perFold()
	rowFold := (n - 1) / fold
	return o.at(colFold, rowFold) + o.stream(colFold, rowFold).cycle(n-rowFold*fold)
}

// perFold is perColumn in one full row fold.
func (o outputs) perFold() int64 {
	if o.array.Dataflow == OutputStationary {
		return int64(o.array.Rows)
	}
	return o.streamed
}

// before is the number of outputs that left before a cycle.
func (o outputs) before(cycle int64) int64 {
	fold := cycle / o.foldCycles
	colFold, rowFold := fold/o.rowFolds, fold%o.rowFolds
	if colFold >= o.colFolds {
		return o.perColumn() * o.colSpan
	}
	count := colFold*int64(o.array.Cols)*o.perColumn() + rowFold*o.colsOf(o.array, colFold)*o.perFold()
	return count + o.stream(colFold, rowFold).through(cycle-fold*o.foldCycles-1)
}

// write drains all outputs of a product that never waits: lines are as wide as the array, so a drain frees as fast as outputs arrive.
func (o outputs) write(d *drainer) {
	total := o.perColumn() * o.colSpan
	var arrived int64
	for {
		next := arrived + max(1, d.buffer-d.held+1) // the element with which more than the buffer is held
		if d.drained {
			next = max(next, o.before(d.end)+1)
		}
		if next > total {
			break
		}
		d.append(next - arrived)
		arrived = next
		d.closeLine()
		d.drain(o.cycle(next))
	}
	d.append(total - arrived)
	d.finish(o.at(o.colFolds, 0) - 1)
}
