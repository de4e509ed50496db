package dataflow

// part is what a loop of the outermost level holds in one of its situations.
type part struct {
	at     position
	times  int64
	window int64 // elements in all units together
	unit   int64 // elements in the fullest unit
	time   int64 // elements that the busiest PE works on in turn
	pes    int64 // PEs that share them
}

// dimension is a dimension in its situations; a dimension that the outermost level does not cut has one.
type dimension struct {
	n, at int
	parts [3]part
}

func (d *dimension) part() *part { return &d.parts[d.at] }

// physical walks the situations of the outermost level of a plan.
type physical struct {
	plan plan
	dims [NumDims]dimension
	live set   // dimensions that are not one element
	c    int   // the innermost loop past its first step, in nest order; -1 = none
	step int64 // steps of the present case

	slides slides
}

// start derives the situations of all dimensions.
func (w *physical) start() {
	p := &w.plan
	top := &p.levels[0]
	w.live, w.slides.known = 0, 0
	for i := range w.dims {
		d, extent := Dim(i), p.extent[i]
		if kernel, slides := d.kernel(); extent > 1 || slides && p.extent[kernel] > 1 {
			w.live |= 1 << d
		}
		dim := &w.dims[i]
		dim.n, dim.at = 0, 0
		tile := top.tile[d]
		if tile == 0 {
			tile = extent
		}
		window := tile
		if top.tile[d] > 0 && top.over == d {
			window *= top.units
		}
		w.add(dim, d, begin, 1, min(window, extent), tile)
		if rounds := extent / window; rounds > 1 {
			w.add(dim, d, steady, rounds-1, window, tile)
		}
		if rest := extent % window; rest > 0 && extent > window {
			w.add(dim, d, end, 1, rest, tile)
		}
	}
	w.settle()
}

// add appends a situation: a window over the units, each with a tile but for what is left.
func (w *physical) add(dim *dimension, d Dim, at position, times, window, tile int64) {
	p := &w.plan
	full, rest := window/tile, window%tile
	x := part{at: at, times: times, window: window, unit: min(tile, window)}
	x.time = p.time(1, d, x.unit)
	if full > 0 {
		x.pes = full * p.pes(1, d, tile)
	}
	if rest > 0 {
		x.pes += p.pes(1, d, rest)
	}
	dim.parts[dim.n] = x
	dim.n++
}

// next moves to the next case, the last loop fastest; false after the last.
func (w *physical) next() bool {
	for i := w.plan.cuts - 1; i >= 0; i-- {
		dim := &w.dims[w.plan.order[i]]
		if dim.at++; dim.at < dim.n {
			w.settle()
			return true
		}
		dim.at = 0
	}
	return false
}

// settle derives what depends on all loops.
func (w *physical) settle() {
	w.c, w.step = -1, 1
	for i, d := range w.plan.order[:w.plan.cuts] {
		x := w.dims[d].part()
		w.step *= x.times
		if x.at != begin {
			w.c = i
		}
	}
}

// evaluate costs a checked layer under a checked mapping.
func (w *physical) evaluate(h Hardware, l *Layer, m Mapping) (st Stats) {
	if st.Infeasible = w.plan.prepare(h, l, m); st.Infeasible != Works {
		return st
	}
	lanes := int64(max(h.SIMDLanes, 1))
	all := w.plan.tensors.dims()
	macs := l.MACs()
	var busy, drain int64
	w.start()
	st.needs(w)
	for more := true; more; more = w.next() {
		in, weight := w.load(Input), w.load(Weight)
		arrive, resumed := w.outputs()
		work := w.product(all, timeOf)
		busy += w.step * work
		compute := (work + lanes - 1) / lanes
		ingress, egress := transfer(in.elements+weight.elements+resumed, h), transfer(arrive, h)
		cycles := max(compute, ingress, egress)
		if w.c < 0 {
			cycles, drain = ingress+compute, egress
		}
		st.RuntimeCycles += w.step * cycles
		for t, a := range [...]along{in, weight} {
			st.Operands[t].L2Reads += w.step * a.elements
			st.Operands[t].L1Writes += w.step * a.copies
		}
		st.Operands[Output].L2Writes += w.step * arrive
		st.Operands[Output].L2Reads += w.step * resumed
		st.track(w.step, max(in.elements+weight.elements+resumed, arrive), ingress, egress, compute)
	}
	st.MACs = macs
	st.activeUnits = ratio(float64(macs), float64(busy))
	st.RuntimeCycles += drain + 2*int64(h.HopCycles)*int64(w.plan.n)
	st.settle(h, l)
	st.buffers(h)
	return st
}

// transfer is the time that a link of the outermost level carries some elements.
func transfer(elements int64, h Hardware) int64 {
	b := int64(h.NoCBandwidth)
	return (elements + b - 1) / b
}

// needs sets the sizes of the buffers: twice what the units, and the busiest PE, hold in the first step, which is the largest.
func (st *Stats) needs(w *physical) {
	tensors := w.plan.tensors
	for t, dims := range tensors {
		shared, own := int64(1), int64(1)
		if Tensor(t) == Input {
			dims &^= dimSet(Y, X)
			if tensors[Input].has(Y) {
				for _, d := range [...]Dim{Y, X} {
					kernel, _ := d.kernel()
					y, r := w.dims[d].part(), w.dims[kernel].part()
					shared *= rows(y.window, r.window, w.plan.stride(d))
					own *= w.plan.held(1, d, y.unit, r.unit, counting{onePE: true})
				}
			}
		}
		st.L2Bytes += 2 * shared * w.product(dims, windowOf)
		st.L1Bytes += 2 * own * w.product(dims, timeOf)
	}
}

// track adds the delays and bandwidth needs of a case.
func (st *Stats) track(times, elements, ingress, egress, compute int64) {
	isFirst := st.Steps == 0
	st.Ingress.add(ingress, times, isFirst)
	st.Egress.add(egress, times, isFirst)
	st.Compute.add(compute, times, isFirst)
	st.NoCNeed = max(st.NoCNeed, (elements+compute-1)/compute)
	st.noCNeedSum += times * ((elements + compute - 1) / compute)
	st.Steps += times
}

// settle fills in the totals: each operand crosses the off-chip link once, in or out.
func (st *Stats) settle(h Hardware, l *Layer) {
	var offchip int64
	for t := range st.Operands {
		a, elements := &st.Operands[t], l.Elements(Tensor(t))
		offchip += elements
		a.L1Reads = st.MACs
		if Tensor(t) == Output {
			a.L1Writes = st.MACs
			a.L2Reads += elements
		} else {
			a.L2Writes = elements
		}
	}
	st.OffchipNeed = (offchip + st.Compute.Sum - 1) / st.Compute.Sum
	if b := int64(h.OffchipBandwidth); b > 0 {
		st.RuntimeCycles = max(st.RuntimeCycles, (offchip+b-1)/b)
	}
}
