package dataflow

// level is a prepared cluster level.
type level struct {
	units     int64
	edgeUnits int64 // units in use in the last step of the first spatial map
	loops     [NumDims]loop
	n         int
	first     int    // the first spatial map, in nest order
	last      int    // the last one
	lastOf    [3]int // of each operand the spatial map of its last dimension; -1 = none
	memo      [1 << NumDims]memo
	cases     cases
}

// find returns the loop over a dimension, nil when the nest leaves it out because its extent is 1.
func (l *level) find(d Dim) *loop {
	for i := range l.loops[:l.n] {
		if l.loops[i].dim == d {
			return &l.loops[i]
		}
	}
	return nil
}

// tile is the tile of a dimension.
func (l *level) tile(d Dim) int64 {
	if found := l.find(d); found != nil {
		return found.in.full
	}
	return 1
}

// prepare turns a checked mapping into levels with sizes: rules (a) to (d) of the package documentation.
func (s *maestro) prepare(h Hardware, l *Layer, m Mapping) {
	s.tensors = l.Op.tensors(Maestro)
	s.dims = s.tensors.dims()
	for d := range s.layer {
		s.layer[d] = int64(l.Size[d])
	}
	extent := s.layer
	s.n = len(m)
	kept := slid(l, m)
	for i := range m {
		lv := &s.levels[i]
		lv.units = int64(m[i].Units)
		var above *level
		if i == 0 {
			lv.units = int64(h.PEs / m.ClusterPEs())
		} else {
			above = &s.levels[i-1]
			for d := range extent {
				extent[d] = min(extent[d], tileOf(above, Dim(d), extent[d]))
			}
		}
		lv.lay(m[i].Maps, above, l, s.dims)
		lv.stride(l, i == 0)
		lv.drop(above, &extent, kept)
		lv.size(&extent)
		lv.relate(s.tensors, l.Op.ranks())
	}
}

// tileOf is the tile of a dimension in a level, all of its extent when the level leaves it out.
func tileOf(l *level, d Dim, extent int64) int64 {
	if found := l.find(d); found != nil {
		return found.tile
	}
	return extent
}

// lay writes the maps of a level in nest order: what it inherits in front, its own, and in the outermost level what it leaves out.
func (l *level) lay(maps []Map, above *level, layer *Layer, dims set) {
	var own set
	for _, m := range maps {
		own |= 1 << m.Dim.input()
	}
	l.n = 0
	if above != nil {
		for i := above.n - 1; i >= 0; i-- {
			if a := &above.loops[i]; !own.has(a.dim) {
				l.add(a.dim, false, a.tile, a.step)
			}
		}
	}
	for _, m := range maps {
		if !dims.has(m.Dim.input()) {
			continue // K of a depthwise layer
		}
		l.add(m.Dim.input(), m.Spatial, inputTile(m, maps, above, layer), int64(m.Step))
	}
	if above == nil {
		for d := range Dim(NumDims) {
			if dims.has(d) && !own.has(d) {
				l.add(d, false, int64(layer.Size[d]), int64(layer.Size[d]))
			}
		}
	}
}

func (l *level) add(d Dim, spatial bool, tile, step int64) {
	l.loops[l.n] = loop{dim: d, spatial: spatial, tile: tile, step: step}
	l.n++
}

// inputTile is the tile of a map along the input: a tile of outputs needs the kernel tile of the same level around it. A level that does not map the
// kernel has that of the level above, the outermost the whole kernel.
func inputTile(m Map, maps []Map, above *level, layer *Layer) int64 {
	if m.Dim != OutY && m.Dim != OutX {
		return int64(m.Size)
	}
	kernel, _ := m.Dim.input().kernel()
	for _, other := range maps {
		if other.Dim == kernel {
			return int64(m.Size) + int64(other.Size) - 1
		}
	}
	tile := int64(layer.Size[kernel])
	if above != nil {
		tile = tileOf(above, kernel, 1)
	}
	return int64(m.Size) + tile - 1
}

// stride widens the windows of Y and X for a stride t > 1: a tile that holds m windows of the kernel keeps the elements that they use, and moves by m windows.
func (l *level) stride(layer *Layer, outermost bool) {
	for i := range l.loops[:l.n] {
		p := &l.loops[i]
		kernel, slides := p.dim.kernel()
		if !slides {
			continue
		}
		t, k := int64(layer.StrideY), int64(layer.Size[kernel])
		if p.dim == X {
			t = int64(layer.StrideX)
		}
		if t == 1 || p.tile < k {
			continue
		}
		windows := (p.tile + t - k) / t
		p.tile = windows*min(t, k) + max(k-t, 0)
		p.step = windows * t
		if !outermost && k < t {
			p.step = windows * k
		}
	}
}

// drop leaves out the temporal maps over what is always one element: they change nothing. Dimensions in kept stay.
func (l *level) drop(above *level, extent *[NumDims]int64, kept set) {
	n := 0
	for i := range l.n {
		p := l.loops[i]
		single := !p.spatial && p.tile == 1 && extent[p.dim] == 1 && !kept.has(p.dim)
		if single && above != nil {
			from := above.find(p.dim)
			single = from == nil || max(from.in.full, from.in.edge) <= 1
		}
		if !single {
			l.loops[n] = p
			n++
		}
	}
	l.n = n
}

// slid is the set of input coordinates along which some level has a kernel tile of more than one element, so that outputs differ from inputs.
func slid(l *Layer, m Mapping) (dims set) {
	for _, d := range [...]Dim{Y, X} {
		kernel, _ := d.kernel()
		largest := l.Size[kernel]
		for _, level := range m {
			for _, p := range level.Maps {
				if p.Dim == kernel {
					largest = max(largest, p.Size)
				}
			}
		}
		if largest > 1 {
			dims |= 1 << d
		}
	}
	return dims
}
