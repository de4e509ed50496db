package systolic

// calcRowWise runs SCALE-Sim's optimised mapping. Of each block of B depths a filter keeps its own number, at most B/2, in B/2 stored rows. A row
// of the array is fed the whole block, so that each column can pick what its filter keeps.
func calcRowWise(c Config, p Problem, s Sparsity, scratch *Scratch) SparseRun {
	p.Count = 1
	block := int64(s.RowWiseBlock)
	stored := p
	stored.K = ceilDiv(p.K, 2*block) * block
	f := c.fold(stored)
	ifmap, filter := c.readings(f)
	r := newSparseRun(c, p, stored)
	r.SRAM = [3]Span{ifmap.span(), filter.span(), outputs{f, c.Array}.span()}
	r.ifmapReads = float64(f.rowFolds * f.colFolds * (f.streamed + int64(c.Rows) - 1) * int64(c.Rows) * block)
	o := overlap{reading: ifmap, patches: newPatches(p, kept{}), window: calcWindow(c.IfmapSRAMKiB), block: block}
	r.Ifmap = ifmap.calcPort(c.IfmapSRAMKiB, o.fetch(p, scratch))
	elements, fetched := filter.fetchRowWise(p, s, calcWindow(c.FilterSRAMKiB))
	r.Filter = filter.calcPort(c.FilterSRAMKiB, fetched)
	r.Ofmap = calcOfmap(c, p.Profile, f, scratch)
	r.MappingFrac = float64(elements) / (float64(f.rowFolds*f.colFolds) * float64(c.Rows) * float64(c.Cols))
	r.store(p, s, stored.K*p.N, elements)
	return r
}

// fetchRowWise fetches the kept elements, each once, row after row of the preloads, and counts them.
func (r reading) fetchRowWise(p Problem, s Sparsity, w window) (elements int64, f fetched) {
	half := int64(s.RowWiseBlock / 2)
	draws := newTwister(s.Seed)
	perRow := make([]int64, half) // filters of the column fold that keep more than so many depths of a block
	for colFold := range r.colFolds {
		clear(perRow)
		for range r.colsOf(r.array, colFold) {
			for row := range draws.below(half) + 1 {
				perRow[row]++
			}
		}
		for rowFold := range r.rowFolds {
			rows := r.rowsOf(r.array, rowFold)
			for i := rows - 1; i >= 0; i-- { // the last row is loaded first
				row := rowFold*int64(r.array.Rows) + i
				if depth := row/half*2*half + row%half; depth >= p.K {
					continue
				}
				swaps := elements / w.limit
				elements += perRow[row%half]
				if elements/w.limit > swaps {
					f.lastSwap = r.at(colFold, rowFold) + int64(r.array.Rows) - 1 - i
				}
			}
		}
	}
	f.misses, f.swaps = elements, elements/w.limit
	return elements, f
}
