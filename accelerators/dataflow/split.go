package dataflow

// split says how a level of a plan cuts the dimensions that it gets: each into tiles, of which one dimension's go to the units and the others' follow
// each other in time. Y and X are output rows and columns here.
type split struct {
	units int64
	over  Dim            // the dimension that the units share
	tile  [NumDims]int64 // 0 = not cut
}

// plan is a mapping in output coordinates: every point of the loop nest is one multiply-accumulate, and each level cuts boxes into boxes.
type plan struct {
	levels  [MaxLevels]split
	n       int
	order   [NumDims]Dim // the cut dimensions of the outermost level, in nest order
	cuts    int
	extent  [NumDims]int64
	strideY int64
	strideX int64
	tensors tensorDims
}

// prepare fills a plan from a checked mapping. The verdict is other than Works when tiles overlap or leave gaps, when a level spreads two dimensions along a
// diagonal, or when a tile holds no kernel window.
func (p *plan) prepare(h Hardware, l *Layer, m Mapping) Verdict {
	p.n, p.cuts = len(m), 0
	p.strideY, p.strideX = int64(l.StrideY), int64(l.StrideX)
	p.tensors = l.Op.tensors(Physical)
	for d := range p.extent {
		p.extent[d] = int64(l.Size[d])
	}
	p.extent[Y], p.extent[X] = int64(l.OutHeight()), int64(l.OutWidth())
	extent := p.extent
	for i := range m {
		lv := &p.levels[i]
		*lv = split{units: int64(m[i].Units)}
		if i == 0 {
			lv.units = int64(h.PEs / m.ClusterPEs())
		}
		if v := p.fill(lv, m[i].Maps, &extent, i == 0); v != Works {
			return v
		}
		for d, tile := range lv.tile {
			if tile > 0 {
				extent[d] = min(extent[d], tile)
			}
		}
	}
	return Works
}

// fill fills a level from its maps; extent holds the largest tiles that it gets.
func (p *plan) fill(lv *split, maps []Map, extent *[NumDims]int64, outermost bool) Verdict {
	spread := 0
	for _, m := range maps {
		d := m.Dim.input()
		if !p.tensors.dims().has(d) {
			continue // K of a depthwise layer
		}
		tile, step, spatial := int64(m.Size), int64(m.Step), m.Spatial
		if m.Dim == Y || m.Dim == X {
			if tile, step, spatial = p.windows(lv, m, maps, extent); tile < 1 {
				return ComputesNothing
			}
		}
		if extent[d] > tile && step != tile {
			return NotOnce
		}
		if spatial {
			lv.over = d
			spread++
		} else if extent[d] <= tile {
			continue
		}
		lv.tile[d] = tile
		if outermost {
			p.order[p.cuts] = d
			p.cuts++
		}
	}
	if spread != 1 {
		return NotOnce
	}
	return Works
}

// windows turns a map on input rows or columns into one on outputs: tile, step and whether the units share them. Under a stride the tile moves by the
// outputs that it holds. Where a level spreads inputs and kernel along with each other, the units share the kernel, and the outputs stay.
func (p *plan) windows(lv *split, m Map, maps []Map, extent *[NumDims]int64) (tile, step int64, spatial bool) {
	kernel, _ := m.Dim.kernel()
	held, stride := extent[kernel], p.stride(m.Dim)
	along := false
	for _, other := range maps {
		if other.Dim == kernel {
			held = min(held, int64(other.Size))
			along = m.Spatial && other.Spatial && m.Step == other.Step
		}
	}
	if int64(m.Size) < held {
		return 0, 0, false
	}
	tile = (int64(m.Size)-held)/stride + 1
	switch {
	case along:
		step = lv.units * int64(m.Step) / stride
	case stride > 1:
		step = tile
	default:
		step = int64(m.Step)
	}
	return tile, step, m.Spatial && !along
}

// time is the number of elements along a dimension that the busiest PE under level i works on, one after the other.
func (p *plan) time(i int, d Dim, extent int64) int64 {
	for ; i < p.n; i++ {
		if tile := p.levels[i].tile[d]; tile > 0 && extent > tile {
			var sum int64
			for _, part := range p.levels[i].cut(d, extent, true) {
				if part.times > 0 {
					sum += part.times * p.time(i+1, d, part.size)
				}
			}
			return sum
		}
	}
	return extent
}

// pes is the number of PEs under level i that share a dimension.
func (p *plan) pes(i int, d Dim, extent int64) int64 {
	for ; i < p.n; i++ {
		lv := &p.levels[i]
		tile := lv.tile[d]
		switch {
		case tile == 0 || extent <= tile:
		case lv.over == d:
			window := min(extent, tile*lv.units)
			sum := window / tile * p.pes(i+1, d, tile)
			if rest := window % tile; rest > 0 {
				sum += p.pes(i+1, d, rest)
			}
			return sum
		default:
			extent = tile
		}
	}
	return 1
}

// counting says which input rows are counted: those that are new after a move along the input, by parts that hold all output rows; those of one PE, the busiest.
type counting struct{ moved, onePE bool }

// held is the number of input rows that the PEs under level i hold for y output rows and r kernel rows, each part into which the units cut them on its own.
func (p *plan) held(i int, d Dim, y, r int64, which counting) int64 {
	kernel, _ := d.kernel()
	t := p.stride(d)
	cutY, cutR := p.shared(i, d), p.shared(i, kernel)
	switch {
	case !cutY && !cutR && which.moved:
		return y * min(t, r)
	case !cutY && !cutR:
		return rows(y, r, t)
	}
	ys, rs := whole(y), whole(r)
	if cutY {
		ys = p.levels[i].cut(d, y, which.onePE)
	}
	if cutR {
		rs = p.levels[i].cut(kernel, r, which.onePE)
	}
	var sum int64
	for _, a := range ys {
		for _, b := range rs {
			if n := a.times * b.times; n > 0 {
				sum += n * p.held(i+1, d, a.size, b.size, which)
			}
		}
	}
	return sum
}

// stride is that of the kernel along an input coordinate.
func (p *plan) stride(d Dim) int64 {
	if d == X {
		return p.strideX
	}
	return p.strideY
}

// tiles are so many tiles of a size.
type tiles struct{ times, size int64 }

// whole is an extent as one tile.
func whole(extent int64) [2]tiles { return [2]tiles{{1, extent}, {}} }

// cut gives the tiles of a level: full ones and what is left; for one PE only those of the first unit.
func (lv *split) cut(d Dim, extent int64, onePE bool) [2]tiles {
	tile := lv.tile[d]
	if tile == 0 || extent <= tile {
		return whole(extent)
	}
	step := tile
	if onePE && lv.over == d {
		step *= lv.units
	}
	parts := [2]tiles{{extent / step, tile}, {}}
	if rest := min(extent%step, tile); rest > 0 {
		parts[1] = tiles{1, rest}
	}
	return parts
}

// rows is the number of input rows under y output rows with r kernel rows: windows of a kernel smaller than the stride t do not touch.
func rows(y, r, t int64) int64 {
	if r < t {
		return y * r
	}
	return (y-1)*t + r
}

// shared tells whether the units of level i or below share a dimension.
func (p *plan) shared(i int, d Dim) bool {
	for ; i < p.n; i++ {
		if p.levels[i].over == d && p.levels[i].tile[d] > 0 {
			return true
		}
	}
	return false
}
