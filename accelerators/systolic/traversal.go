package systolic

// traversal is the order in which an operand is read over all folds of a product. Column folds are the outer loop, row folds the inner one.
type traversal uint8

const (
	byRows  traversal = iota // every column fold streams the whole operand through the rows: os and ws ifmap, is filter
	byCols                   // every row fold streams the tile of its columns: os filter
	resting                  // each tile is preloaded once: ws filter, is ifmap
)

// reading is one read operand of a product on an array.
type reading struct {
	folding
	traversal traversal
	array     Array
}

// readings are how the product reads its ifmap and its filter.
func (a Array) readings(f folding) (ifmap, filter reading) {
	order := [...][2]traversal{OutputStationary: {byRows, byCols}, WeightStationary: {byRows, resting}, InputStationary: {resting, byRows}}[a.Dataflow]
	return reading{f, order[0], a}, reading{f, order[1], a}
}

// rowsOf and colsOf are the rows and columns that a fold uses.
func (f folding) rowsOf(a Array, rowFold int64) int64 {
	return min(int64(a.Rows), f.rowSpan-rowFold*int64(a.Rows))
}

func (f folding) colsOf(a Array, colFold int64) int64 {
	return min(int64(a.Cols), f.colSpan-colFold*int64(a.Cols))
}

// foldCycle is a cycle of a fold.
type foldCycle struct{ colFold, rowFold, t int64 }

// at is the cycle in which fold (colFold, rowFold) starts.
func (f folding) at(colFold, rowFold int64) int64 {
	return (colFold*f.rowFolds + rowFold) * f.foldCycles
}

// elements is the number of accesses before anything is read again.
func (r reading) elements() int64 {
	switch r.traversal {
	case byRows:
		return r.rowSpan * r.streamed
	case byCols:
		return r.colSpan * r.streamed
	}
	return r.rowSpan * r.colSpan
}

// firstCycle is when the first element is requested.
func (r reading) firstCycle() int64 {
	if r.traversal == resting {
		return r.preloadStart(0)
	}
	return r.streamStart()
}

// streamStart is the cycle of a fold in which its streams start: after the preload.
func (r reading) streamStart() int64 {
	if r.array.Dataflow == OutputStationary {
		return 0
	}
	return int64(r.array.Rows)
}

// preloadStart is the cycle of a fold in which the row that is preloaded first arrives: the last one that the fold uses.
func (r reading) preloadStart(rowFold int64) int64 {
	return int64(r.array.Rows) - r.rowsOf(r.array, rowFold)
}

// stream is the skewed stream of a fold; the operand does not rest.
func (r reading) stream(colFold, rowFold int64) skew {
	lanes := r.rowsOf(r.array, rowFold)
	if r.traversal == byCols {
		lanes = r.colsOf(r.array, colFold)
	}
	return skew{lanes, r.streamed, r.streamStart()}
}

// cycle is when the n-th access (from 1) of a pass over a fold's elements is made: n counts within the column fold's visit for byCols, within a
// column fold for byRows, over all folds for a resting operand.
func (r reading) cycle(colFold, rowFold, n int64) int64 {
	switch r.traversal {
	case byRows:
		full := int64(r.array.Rows) * r.streamed
		rowFold = (n - 1) / full
		n -= rowFold * full
	case resting:
		stripe := r.rowSpan * int64(r.array.Cols)
		colFold = (n - 1) / stripe
		n -= colFold * stripe
		cols := r.colsOf(r.array, colFold)
		rowFold = (n - 1) / (int64(r.array.Rows) * cols)
		n -= rowFold * int64(r.array.Rows) * cols
		return r.at(colFold, rowFold) + r.preloadStart(rowFold) + ceilDiv(n, cols) - 1
	}
	return r.at(colFold, rowFold) + r.stream(colFold, rowFold).cycle(n)
}

// lanes is the width of the operand's port: that of the array, also where an edge tile leaves lanes unused.
func (r reading) lanes() int64 {
	if r.traversal == byRows {
		return int64(r.array.Rows)
	}
	return int64(r.array.Cols)
}

// request is what a cycle reads: lanes [from, to) of a tile, each at the given step of its stream; skewed streams are a step behind for each lane.
func (r reading) request(at foldCycle) (tile, step, from, to int64) {
	if r.traversal == resting {
		if at.t < r.preloadStart(at.rowFold) || at.t >= int64(r.array.Rows) {
			return 0, 0, 0, 0
		}
		return at.colFold, (at.rowFold+1)*int64(r.array.Rows) - 1 - at.t, 0, r.colsOf(r.array, at.colFold)
	}
	tile = at.colFold
	if r.traversal == byRows {
		tile = at.rowFold
	}
	s := r.stream(at.colFold, at.rowFold)
	from, to = s.present(at.t)
	return tile, at.t - s.start, from, to
}
