package systolic

// prefetchTable says where the elements of each row of requests lie in the order of the prefetch. A row is what one cycle reads of one tile, and is prefetched in
// one piece: the lanes of a cycle lie on one anti-diagonal of the stacked tiles, those of a resting operand side by side.
type prefetchTable struct {
	rows    []rowPlace
	locator locator

	// Where some elements are prefetched several times, by place in the order of the prefetch: address, set, and the next place of the same element.
	order, sets, after []int32
	placed             int64
	// And by address: the first and the last place so far, −1 for none, and the copy that comes next.
	head, last []int32
	next       []next
}

// rowPlace is the elements [from, to) of the prefetch, and the sets of the first and the last of them.
type rowPlace struct{ from, to, low, high int32 }

// next is the first copy of an element that is not behind the window: its place, and its set counted through all rounds.
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
	t.order, t.placed = t.order[:0], 0
	if !a.different {
		t.order, t.sets, t.after = grow(t.order, a.reads), grow(t.sets, a.reads), grow(t.after, a.reads)
		t.head, t.last = grow(t.head, a.space), grow(t.last, a.space)
		for i := range t.last {
			t.last[i] = -1
		}
		if int64(cap(t.next)) < a.space {
			t.next = make([]next, a.space)
		}
		t.next = t.next[:a.space]
		t.locator.fill(&a.patches, a.pixels, a.patches.depth)
	}
	if p.traversal == resting {
		p.layResting(a)
	} else {
		p.layStream(a)
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
		p.append(a, e)
		end = p.table.placed
	}
	p.table.rows[row] = rowPlace{int32(at), int32(end), int32(at / p.set), int32((end - 1) / p.set)}
	return end
}

// append places the elements of a row that are not null.
func (p *prefetcher) append(a *layout, e piece) {
	t := p.table
	pixel, byPixel, depth, byDepth := e.lane, int64(1), e.step, e.byLane
	if !a.pixelLane {
		pixel, byPixel, depth, byDepth = e.step, e.byLane, e.lane, 1
	}
	at := t.placed
	set := at / p.set
	ends := (set + 1) * p.set // of the set
	for range e.lanes {
		pixelAt, depthAt := &t.locator.pixels[pixel], &t.locator.depths[depth]
		pixel += byPixel
		depth += byDepth
		if !t.locator.holds(pixelAt, depthAt) {
			continue
		}
		if at == ends {
			set, ends = set+1, ends+p.set
		}
		address := pixelAt.base + depthAt.offset
		t.order[at], t.sets[at], t.after[at] = int32(address), int32(set), -1
		if last := t.last[address]; last >= 0 {
			t.after[last] = int32(at)
		} else {
			t.head[address], t.next[address] = int32(at), next{int32(at), set}
		}
		t.last[address] = int32(at)
		at++
	}
	t.placed = at
}

// grow is a slice of n elements of any content, the given one if it is long enough.
func grow(s []int32, n int64) []int32 {
	if int64(cap(s)) < n {
		return make([]int32, n)
	}
	return s[:n]
}
