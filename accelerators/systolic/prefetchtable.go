package systolic

// prefetchTable says where the elements of each row of requests lie in the order of the prefetch. A row is what one cycle reads of one tile, and is prefetched in
// one piece: the lanes of a cycle lie on one anti-diagonal of the stacked tiles, those of a resting operand side by side.
type prefetchTable struct {
	rows    []rowPlace
	order   []int32 // addresses as they are prefetched, where some are there twice
	first   []int32 // by address, into copies
	copies  []int32 // sets that hold an address, in ascending order
	next    []next  // by address
	locator locator
}

// rowPlace is the elements [from, to) of the prefetch, and the sets of the first and the last of them.
type rowPlace struct{ from, to, low, high int32 }

// next is the first copy of an element that is not behind the window: its place in copies, and its set counted through all rounds.
type next struct {
	at  int32
	set int64
}

type userScratch [2]prefetchTable

// lay cuts the operand into sets and, unless all of it stays in the active window, writes down where its elements lie.
func (p *prefetcher) lay(a *layout) {
	p.window(a.reads)
	if p.resident {
		return
	}
	t := p.table
	if rows := int(p.tiles() * p.rowsOfTable()); cap(t.rows) < rows {
		t.rows = make([]rowPlace, rows)
	} else {
		t.rows = t.rows[:rows]
	}
	t.order = t.order[:0]
	if !a.different {
		t.first = grow(t.first, a.space+2)
		clear(t.first)
		t.locator.fill(&a.patches, a.pixels, a.patches.depth)
	}
	if p.traversal == resting {
		p.layResting(a)
	} else {
		p.layStream(a)
	}
	if !a.different {
		t.index(a.space, p.set)
	}
}

// layResting lays tiles one after another, row by row.
func (p *prefetcher) layResting(a *layout) {
	var at int64
	for tile := range p.tiles() {
		for depth := range p.rowSpan {
			at = p.put(a, at, tile*p.rowSpan+depth, piece{tile * p.lanes(), p.used(tile), depth, 0})
		}
	}
}

// layStream lays the stacked tiles along their anti-diagonals: lane x is x rows behind, and enters the next tile that much later.
func (p *prefetcher) layStream(a *layout) {
	var at int64
	lanes, length, rows := p.lanes(), p.depthOfTile(), p.rows()
	tileRows := p.rowsOfTable()
	for diagonal := range rows + lanes - 1 {
		// Rows diagonal − lane of the stack: the lanes that are inside it.
		lane, end := max(0, diagonal-rows+1), min(lanes, diagonal+1)
		tile, depth := (diagonal-lane)/length, (diagonal-lane)%length
		for ; lane < end; tile, depth = tile-1, length-1 {
			n := min(end-lane, depth+1) // lanes of the diagonal in this tile
			if used := min(n, p.used(tile)-lane); used > 0 {
				at = p.put(a, at, tile*tileRows+depth+lane, piece{tile*lanes + lane, used, depth, -1})
			}
			lane += n
		}
	}
}

// piece is a row of elements: the first lane, numbered through the tiles, how many there are, and the steps of their streams.
type piece struct{ lane, lanes, step, byLane int64 }

// put notes a row whose elements are prefetched from a place on, and returns the place behind it.
func (p *prefetcher) put(a *layout, at, row int64, e piece) int64 {
	end := at + e.lanes
	if !a.different {
		p.table.append(a, e)
		end = int64(len(p.table.order))
	}
	p.table.rows[row] = rowPlace{int32(at), int32(end), int32(at / p.set), int32((end - 1) / p.set)}
	return end
}

// append appends the addresses of a row that are not null.
func (t *prefetchTable) append(a *layout, e piece) {
	pixel, byPixel, depth, byDepth := e.lane, int64(1), e.step, e.byLane
	if !a.pixelLane {
		pixel, byPixel, depth, byDepth = e.step, e.byLane, e.lane, 1
	}
	for range e.lanes {
		p, d := &t.locator.pixels[pixel], &t.locator.depths[depth]
		if t.locator.holds(p, d) {
			address := int32(p.base + d.offset)
			t.order = append(t.order, address)
			t.first[address+2]++
		}
		pixel += byPixel
		depth += byDepth
	}
}

// index lists the sets of every address, and starts with the first of each.
func (t *prefetchTable) index(space, size int64) {
	for i := 2; i < len(t.first); i++ {
		t.first[i] += t.first[i-1]
	}
	t.copies = grow(t.copies, int64(len(t.order)))
	set, left := int32(0), size
	for _, address := range t.order {
		t.copies[t.first[address+1]] = set
		t.first[address+1]++
		if left--; left == 0 {
			left, set = size, set+1
		}
	}
	if int64(cap(t.next)) < space {
		t.next = make([]next, space)
	}
	t.next = t.next[:space]
	for address := range t.next {
		if at := t.first[address]; at < t.first[address+1] {
			t.next[address] = next{at, int64(t.copies[at])}
		}
	}
}

// grow is a slice of n elements of any content, the given one if it is long enough.
func grow(s []int32, n int64) []int32 {
	if int64(cap(s)) < n {
		return make([]int32, n)
	}
	return s[:n]
}
