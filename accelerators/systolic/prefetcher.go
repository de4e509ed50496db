package systolic

// hitCycles is the latency of an SRAM.
const hitCycles = 1

// prefetcher is a double-buffered SRAM of USER. Its operand is cut into sets in the order of the prefetch; a window of active sets goes round
// over them. A request outside the window moves it on by the prefetched sets, until the element is inside, and each move takes the time
// to transfer half of the SRAM.
type prefetcher struct {
	reading
	words    int64 // a cycle from DRAM
	capacity int64 // elements
	set      int64 // elements of a set
	twice    bool  // v3: a wait counts twice, and a transfer that is done before it is needed earns the time

	resident     bool  // the active window holds everything
	sets, active int64 // of the operand, and of the window
	step         int64 // sets of a move
	from         int64 // first active set, counted on through all rounds
	round        int64 // the sets of the rounds before that of from
	moveCycles   int64
	moved, last  int64
	start        int64
	table        *prefetchTable

	moving func(last int64) // sees the end of the transfer before each move; nil = nobody looks
}

func (r reading) prefetcher(capacity, words int64, t *prefetchTable) prefetcher {
	p := prefetcher{reading: r, words: words, capacity: capacity, set: ceilDiv(capacity, prefetchSets), table: t}
	half := ceilDiv(capacity, 2)
	first := min(ceilDiv(half, words), ceilDiv(p.rows()*p.lanes(), words))
	p.start, p.moved, p.last = -first, first*words, -1
	p.moveCycles = ceilDiv(capacity-half, words)
	return p
}

// tiles is how many tiles of the operand are stacked.
func (p *prefetcher) tiles() int64 {
	if p.traversal == byRows {
		return p.rowFolds
	}
	return p.colFolds
}

// depthOfTile is the rows of a tile.
func (p *prefetcher) depthOfTile() int64 {
	if p.traversal == resting {
		return p.rowSpan
	}
	return p.streamed
}

// rows of the stacked tiles.
func (p *prefetcher) rows() int64 { return p.tiles() * p.depthOfTile() }

// used is how many lanes of a tile carry elements.
func (p *prefetcher) used(tile int64) int64 {
	if p.traversal == byRows {
		return p.rowsOf(p.array, tile)
	}
	return p.colsOf(p.array, tile)
}

// window cuts n elements into sets and sizes the active window.
func (p *prefetcher) window(n int64) {
	half := ceilDiv(p.capacity, 2)
	p.sets = n/p.set + 1 // the last may be empty
	p.active = min(ceilDiv(half, p.set), p.sets)
	p.step = min(p.sets-p.active, ceilDiv(p.capacity-half, p.set))
	p.resident = p.active == p.sets
}

// rowsOfTable is the rows of requests of a tile: cycles of a stream, or depths of a resting operand.
func (p *prefetcher) rowsOfTable() int64 {
	if p.traversal == resting {
		return p.rowSpan
	}
	return p.streamed + p.lanes() - 1
}

// requests are the rows of the table that a fold reads: one a cycle, from first to last.
type requests struct {
	first, last int64
	row, step   int64 // row of the first cycle, and from each to the next
}

func (p *prefetcher) requests(colFold, rowFold int64) requests {
	if p.traversal == resting {
		first, rows := p.preloadStart(rowFold), int64(p.array.Rows)
		return requests{first, rows - 1, colFold*p.rowSpan + (rowFold+1)*rows - 1 - first, -1}
	}
	tile := colFold
	if p.traversal == byRows {
		tile = rowFold
	}
	s := p.stream(colFold, rowFold)
	return requests{s.start, s.last(), tile * p.rowsOfTable(), 1}
}

// serve makes the reads of cycle t of a fold, from first to last, and returns when they are served, relative to now.
func (p *prefetcher) serve(r *requests, t, now int64) (offset int64) {
	offset = hitCycles
	row := p.table.rows[r.row+r.step*(t-r.first)]
	if row.from == row.to {
		return offset
	}
	low, high := p.ahead(int64(row.low)), p.ahead(int64(row.high))
	if low <= high && high < p.active {
		return offset // so are all between
	}
	if len(p.table.order) > 0 {
		for _, address := range p.table.order[row.from:row.to] {
			if ahead := p.nextCopy(address) - p.from; ahead >= p.active {
				offset = p.move(ahead, now, offset)
			}
		}
		return offset
	}
	for set := row.low; set <= row.high; set++ {
		if ahead := p.ahead(int64(set)); ahead >= p.active {
			offset = p.move(ahead, now, offset)
		}
	}
	return offset
}

// ahead is how many sets lie between the first active one and another.
func (p *prefetcher) ahead(set int64) int64 {
	if set += p.round - p.from; set < 0 {
		set += p.sets
	}
	return set
}

// nextCopy is the first set from the active ones on that holds an element, counted through all rounds.
func (p *prefetcher) nextCopy(address int32) int64 {
	n, t := &p.table.next[address], p.table
	for n.set < p.from {
		at := t.after[n.at]
		if at < 0 {
			at = t.head[address]
			n.set += p.sets
		}
		n.set += int64(t.sets[at] - t.sets[n.at])
		n.at = at
		if behind := p.from - n.set; behind > p.sets {
			n.set += behind / p.sets * p.sets // whole rounds
		}
	}
	return n.set
}

// move moves the window on until it holds a set so far ahead, and returns when that is served.
func (p *prefetcher) move(ahead, now, offset int64) int64 {
	for ; ahead >= p.active; ahead -= p.step {
		if p.moving != nil {
			p.moving(p.last)
		}
		p.from += p.step
		p.moved += p.moveCycles * p.words
		p.last += p.moveCycles + 1
		wait := p.last - (now + offset)
		if p.twice {
			offset += wait
		}
		if wait > 0 {
			offset += wait
		}
	}
	if p.from >= p.round+p.sets {
		p.round = p.from / p.sets * p.sets
	}
	return offset
}

// port is what the SRAM has transferred.
func (p *prefetcher) port() Port { return Port{p.moved, p.start, p.last} }
