package systolic

// window is the half of a double-buffered SRAM that the stream of reads fills: a set of distinct elements, swapped whole for an empty one.
type window struct {
	limit int64 // distinct elements with which it is swapped
	keep  int64 // 1 if the element that reached the limit opens the next window, 0 if it went with the full one
}

// fitting is a window for up to half elements: it is swapped when one more is needed.
func fitting(half int64) window { return window{half + 1, 1} }

// period is how many misses lie between two swaps.
func (w window) period() int64 { return w.limit - w.keep }

// fetched is what an operand takes from DRAM through windows.
type fetched struct {
	misses   int64 // elements read
	swaps    int64
	lastSwap int64 // cycle of the last swap, when there was one
}

// all makes n accesses miss when the window holds held elements; swap is the access, from 1, of the last swap.
func (w window) all(held, n int64) (swaps, swap, left int64) {
	if n == 0 {
		return 0, 0, held
	}
	swaps = (held + n - w.keep) / w.period()
	return swaps, swaps*w.period() + w.keep - held, (held+n-w.keep)%w.period() + w.keep
}

// fetchUnrepeated fetches an operand no element of which is read twice before all of its pass, or tile, has been read.
func (r reading) fetchUnrepeated(w window) fetched {
	elements := r.elements()
	if elements < w.limit {
		return fetched{misses: elements}
	}
	if r.traversal == byCols {
		return r.fetchTiles(w)
	}
	// Between two reads of an element lie all others, at least limit − 1: every access misses.
	f := fetched{misses: elements}
	if r.traversal == byRows {
		f.misses *= r.colFolds
	}
	var swap int64
	if f.swaps, swap, _ = w.all(0, f.misses); f.swaps > 0 {
		pass := (swap - 1) / elements
		f.lastSwap = r.cycle(pass, 0, swap-pass*elements)
	}
	return f
}

// fetchTiles fetches the tiles of the column folds, each of which is read once a row fold.
func (r reading) fetchTiles(w window) (f fetched) {
	var held int64
	for colFold := range r.colFolds {
		tile := r.colsOf(r.array, colFold) * r.streamed
		switch {
		case tile >= w.limit:
			swaps, swap, left := w.all(held, r.rowFolds*tile)
			f.misses += r.rowFolds * tile
			f.swaps += swaps
			held = left
			if swaps > 0 {
				rowFold := (swap - 1) / tile
				f.lastSwap = r.cycle(colFold, rowFold, swap-rowFold*tile)
			}
		case held+tile < w.limit:
			f.misses += tile
			held += tile
		default: // the window is swapped inside the first read; the second one misses what went with it, then the tile stays
			swap := w.limit - held
			gone := swap - w.keep
			f.swaps++
			f.lastSwap = r.cycle(colFold, 0, swap)
			f.misses += tile
			held = tile - gone
			if r.rowFolds > 1 {
				f.misses += gone
				held = tile
			}
		}
	}
	return f
}
