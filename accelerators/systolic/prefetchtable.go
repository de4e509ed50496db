package systolic

import "math"

// lay cuts the operand into sets and, unless all of it stays in the active window, writes down where its elements lie.
func (p *prefetcher) lay(a *layout) {
	p.window(a.reads)
	if p.resident {
		return
	}
	t := p.table
	rows := p.tiles() * p.rowsOfTable()
	t.sets = grow(t.sets, rows*p.lanes())
	t.low, t.high = grow(t.low, rows), grow(t.high, rows)
	t.addresses = t.addresses[:0]
	if !a.different {
		t.addresses = grow(t.addresses, rows*p.lanes())
		for i := range t.addresses {
			t.addresses[i] = null
		}
	}
	for i := range t.low {
		t.low[i], t.high[i] = math.MaxInt32, -1
	}
	if p.traversal == resting {
		p.layResting(a)
	} else {
		p.layStream(a)
	}
	if !a.different {
		t.index(a)
	}
}

// layResting lays tiles one after another, row by row.
func (p *prefetcher) layResting(a *layout) {
	left, set, lanes := p.set, int32(0), p.lanes()
	for tile := range p.tiles() {
		used := p.used(tile)
		for depth := range p.rowSpan {
			row := tile*p.rowSpan + depth
			for lane := range used {
				if p.table.put(a, row, row*lanes+lane, set, tile*lanes+lane, depth) {
					if left--; left == 0 {
						left, set = p.set, set+1
					}
				}
			}
		}
	}
}

// layStream lays the stacked tiles along their anti-diagonals: lane x is x rows behind, and enters the next tile that much later.
func (p *prefetcher) layStream(a *layout) {
	lanes, length := p.lanes(), p.depthOfTile()
	left, set := p.set, int32(0)
	tileRows := p.rowsOfTable()
	for diagonal := range p.rows() + lanes - 1 {
		// Rows diagonal − lane of the stack: the lanes that are inside it.
		from, to := max(0, diagonal-p.rows()+1), min(lanes, diagonal+1)
		tile, depth := (diagonal-from)/length, (diagonal-from)%length
		used := p.used(tile)
		for lane := from; lane < to; lane++ {
			if lane < used {
				row := tile*tileRows + depth + lane
				if p.table.put(a, row, row*lanes+lane, set, tile*lanes+lane, depth) {
					if left--; left == 0 {
						left, set = p.set, set+1
					}
				}
			}
			if depth--; depth < 0 {
				depth = length - 1
				if tile--; tile >= 0 {
					used = p.used(tile)
				}
			}
		}
	}
}

// put notes the set of one element, and reports whether it is one.
func (t *prefetchTable) put(a *layout, row, at int64, set int32, lane, step int64) bool {
	if !a.different {
		address := a.address(lane, step)
		if address == null {
			t.sets[at] = null
			return false
		}
		t.addresses[at] = int32(address)
	}
	t.sets[at] = set
	t.low[row] = min(t.low[row], set)
	t.high[row] = max(t.high[row], set)
	return true
}

// index lists the sets of every address.
func (t *prefetchTable) index(a *layout) {
	t.first = grow(t.first, a.space+2)
	clear(t.first)
	var total int64
	for _, address := range t.addresses {
		if address != null {
			t.first[address+2]++
			total++
		}
	}
	for i := 2; i < len(t.first); i++ {
		t.first[i] += t.first[i-1]
	}
	t.others = grow(t.others, total)
	for i, address := range t.addresses {
		if address != null {
			t.others[t.first[address+1]] = t.sets[i]
			t.first[address+1]++
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
