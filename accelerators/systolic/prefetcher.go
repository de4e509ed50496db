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

	resident            bool // the active window holds everything
	sets, active, moves int32
	at0                 int32 // first active set
	moveCycles          int64
	moved, last         int64
	start               int64
	table               *prefetchTable

	moving func(last int64) // sees the end of the transfer before each move; nil = nobody looks
}

// prefetchTable says in which set the elements of each row of requests lie. A row is the lanes of one cycle of one tile.
type prefetchTable struct {
	sets      []int32 // rows · lanes, −1 for null
	low, high []int32 // of each row
	addresses []int32 // parallel to sets, where elements are in several sets
	first     []int32 // by address, into others
	others    []int32 // sets of the copies
}

type userScratch [2]prefetchTable

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
	sets := n/p.set + 1 // the last may be empty
	active := min(ceilDiv(half, p.set), sets)
	p.sets, p.active, p.moves = int32(sets), int32(active), int32(min(sets-active, ceilDiv(p.capacity-half, p.set)))
	p.resident = active == sets
}

// rowsOfTable is the rows of requests of a tile: cycles of a stream, or depths of a resting operand.
func (p *prefetcher) rowsOfTable() int64 {
	if p.traversal == resting {
		return p.rowSpan
	}
	return p.streamed + p.lanes() - 1
}

// serve makes the reads of a cycle and returns when they are served, relative to now.
func (p *prefetcher) serve(at foldCycle, now int64) (offset int64) {
	offset = hitCycles
	row, from, to := p.row(at)
	if from >= to {
		return offset
	}
	if p.isActive(p.table.low[row]) && p.isActive(p.table.high[row]) && !p.straddles(p.table.low[row], p.table.high[row]) {
		return offset
	}
	lane0 := row * p.lanes()
	for i := lane0 + from; i < lane0+to; i++ {
		set := p.table.sets[i]
		if set < 0 {
			continue
		}
		for !p.isActive(set) && !p.copyActive(i) {
			offset = p.move(now, offset)
		}
	}
	return offset
}

// straddles tells whether the range of two active sets leaves the window: the window goes round the end.
func (p *prefetcher) straddles(low, high int32) bool {
	return low < p.at0 && high >= p.at0
}

func (p *prefetcher) isActive(set int32) bool {
	ahead := set - p.at0
	if ahead < 0 {
		ahead += p.sets
	}
	return ahead < p.active
}

// copyActive looks for the element in the other sets that hold it.
func (p *prefetcher) copyActive(i int64) bool {
	if len(p.table.addresses) == 0 {
		return false
	}
	address := p.table.addresses[i]
	for _, set := range p.table.others[p.table.first[address]:p.table.first[address+1]] {
		if p.isActive(set) {
			return true
		}
	}
	return false
}

// move moves the window on and returns when the request is served if that is the last move.
func (p *prefetcher) move(now, offset int64) int64 {
	if p.at0 += p.moves; p.at0 >= p.sets {
		p.at0 -= p.sets
	}
	if p.moving != nil {
		p.moving(p.last)
	}
	p.moved += p.moveCycles * p.words
	p.last += p.moveCycles + 1
	wait := p.last - (now + offset)
	if p.twice {
		offset += wait
	}
	if wait > 0 {
		offset += wait
	}
	return offset
}

// row is the row of the table that a cycle requests, and its lanes in use.
func (p *prefetcher) row(at foldCycle) (row, from, to int64) {
	tile, step, from, to := p.reading.request(at)
	return tile*p.rowsOfTable() + step, from, to
}

// port is what the SRAM has transferred.
func (p *prefetcher) port() Port { return Port{p.moved, p.start, p.last} }
