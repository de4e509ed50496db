package systolic

// windowTrace writes the DRAM reads of CALC: the addresses of a window in the order of their first use, once it is known when the windows are swapped.
type windowTrace struct {
	*tracer
	stream    Stream
	offset    int64
	first     int64 // cycle of the first request
	set       int64
	window    window
	seen      map[int64]bool
	addresses []int64
	swaps     [2]int64 // cycles of the last two swaps, the later one second
	swapped   int
	words     []int64 // of a line
}

func newWindowTrace(t *tracer, s Stream, r reading, capacityKiB int) *windowTrace {
	return &windowTrace{
		tracer: t, stream: s, offset: t.offset(int(s - IfmapDRAM)), first: r.firstCycle(),
		set: sramElements(capacityKiB) / prefetchSets, window: calcWindow(capacityKiB), seen: map[int64]bool{},
	}
}

// use reads an element.
func (w *windowTrace) use(cycle, address int64) {
	if w.seen[address] {
		return
	}
	w.seen[address] = true
	w.addresses = append(w.addresses, address+w.offset)
	if int64(len(w.addresses)) < w.window.limit {
		return
	}
	w.swapped++
	w.write(w.swapped)
	w.swaps[0], w.swaps[1] = w.swaps[1], cycle
	clear(w.seen)
	w.addresses = w.addresses[:0]
}

// flush writes what is in the last window.
func (w *windowTrace) flush() {
	if len(w.addresses) > 0 {
		w.write(w.swapped + 1)
	}
}

// write writes window number n: the first one is prefetched, the second one is read while the first one is in use, and so on.
func (w *windowTrace) write(n int) {
	var from, to int64 // the cycles that the window has
	switch {
	case w.swapped == 0: // never full: sets of a fixed size, up to cycle −1
		to = 0
		from = -ceilDiv(ceilDiv(int64(len(w.addresses)), w.set)*w.set, prefetchWordsPerCyle)
	case n == 1:
		from, to = w.first-ceilDiv(w.window.limit, prefetchWordsPerCyle), w.first
	case n == 2:
		from, to = w.first, w.swaps[1]+2
	default:
		from, to = w.swaps[0]+2, w.swaps[1]+2
	}
	width := int64(prefetchWordsPerCyle)
	if n > 1 {
		width = ceilDiv(int64(len(w.addresses)), to-from)
	}
	w.tracer.window = n
	left := w.addresses
	for cycle := from; cycle < to; cycle++ {
		w.words = blank(w.words, width)
		left = left[copy(w.words, left):]
		w.emit(w.stream, cycle, w.words)
	}
	w.tracer.window = 0
}

// prefetchTrace writes the DRAM reads of USER: lines of the operand in the order of the prefetch. After the active half SCALE-Sim reads from wrong places on,
// always the same ones; the counts and cycles are right.
type prefetchTrace struct {
	*tracer
	port      *prefetcher
	stream    Stream
	addresses []int64 // of the operand, −1 for null; whole lines
	next      int64   // line with which the next move starts
	later     int64   // line with which all moves but the first start
}

// prefetch writes the first half and says where the moves read.
func (t *tracer) prefetch(s Stream, p *prefetcher, l layout) *prefetchTrace {
	w := &prefetchTrace{tracer: t, port: p, stream: s, addresses: p.inOrder(&l)}
	offset := t.offset(int(s - IfmapDRAM))
	for i := range w.addresses {
		if w.addresses[i] != null {
			w.addresses[i] += offset
		}
	}
	for int64(len(w.addresses))%p.words != 0 {
		w.addresses = append(w.addresses, null)
	}
	lines, half := -p.start, ceilDiv(p.capacity, 2)
	if lines*p.words > half { // what does not fit of the last line is lost
		for i := half; i < lines*p.words; i++ {
			w.addresses[i] = null
		}
	}
	for line := range lines {
		w.emit(s, line-lines, w.addresses[line*p.words:(line+1)*p.words])
	}
	w.next = w.after(lines, half)
	w.later = w.after(p.moveCycles, p.capacity-half)
	return w
}

// after is the line from which reading goes on after n lines for a half of the given size: one is skipped unless the last did not fit.
func (w *prefetchTrace) after(n, half int64) int64 {
	if n*w.port.words <= half {
		n++
	}
	return n % (int64(len(w.addresses)) / w.port.words)
}

// move writes the lines of one move; last is the cycle of the last line before it.
func (w *prefetchTrace) move(last int64) {
	lines := int64(len(w.addresses)) / w.port.words
	for i := range w.port.moveCycles {
		line := (w.next + i) % lines
		w.emit(w.stream, last+2+i, w.addresses[line*w.port.words:(line+1)*w.port.words])
	}
	w.next = w.later
}

// inOrder is the addresses of the operand as they are prefetched, nulls included.
func (p *prefetcher) inOrder(l *layout) (addresses []int64) {
	lanes, depth := p.lanes(), p.depthOfTile()
	element := func(row, lane int64) int64 {
		if tile := row / depth; lane < p.used(tile) {
			return l.address(tile*lanes+lane, row%depth)
		}
		return null
	}
	if p.traversal == resting {
		for row := range p.rows() {
			for lane := range lanes {
				addresses = append(addresses, element(row, lane))
			}
		}
		return addresses
	}
	for diagonal := range p.rows() + lanes - 1 {
		for lane := max(0, diagonal-p.rows()+1); lane < min(lanes, diagonal+1); lane++ {
			addresses = append(addresses, element(diagonal-lane, lane))
		}
	}
	return addresses
}
