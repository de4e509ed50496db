package dataflow

// change says what an operand needs in a step.
type change uint8

const (
	stays change = iota // the units hold it already
	moves               // the windows moved along one dimension in time
	anew                // all of it
)

// change of an operand that lies along some dimensions: everything after a loop of it started again or its shared loop moved, the new part after a move in
// time along it, nothing while only other loops move. Units that share the kernel of a moving input each hold other rows: they load theirs anew.
func (w *physical) change(dims set) change {
	if w.c < 0 {
		return anew
	}
	for _, d := range w.plan.order[w.c+1 : w.plan.cuts] {
		if dims.has(d) && w.dims[d].n > 1 {
			return anew
		}
	}
	c, over := w.plan.order[w.c], w.plan.levels[0].over
	kernel, slides := c.kernel()
	switch {
	case !dims.has(c):
		return stays
	case over == c || slides && over == kernel:
		return anew
	}
	return moves
}

// of returns the dimensions of an operand as loops: an input lies along the kernel as well.
func (p *plan) of(t Tensor) set {
	dims := p.tensors[t]
	if t != Input {
		return dims
	}
	for _, d := range [...]Dim{Y, X} {
		if kernel, _ := d.kernel(); dims.has(d) {
			dims |= 1 << kernel
		}
	}
	return dims
}

// along is a number of elements and of copies: an element in the L1s of three PEs is one element and three copies.
type along struct{ elements, copies int64 }

// load is what an operand needs in this case: elements over the link from the L2, and copies into the L1s.
func (w *physical) load(t Tensor) along {
	p := &w.plan
	dims := p.of(t)
	how := w.change(dims)
	if how == stays {
		return along{}
	}
	moving := Dim(NumDims)
	if how == moves {
		moving = p.order[w.c]
	}
	sum := along{1, 1}
	for d := range w.live.all() {
		x := w.dims[d].part()
		switch {
		case !dims.has(d):
			sum.copies *= x.pes
		case t == Input && (d == R || d == S):
		case t == Input && (d == Y || d == X):
			a := w.slide(d, moving == d)
			sum.elements *= a.elements
			sum.copies *= a.copies
		default:
			sum.elements *= x.window
			sum.copies *= x.window
		}
	}
	return sum
}

// slides are the counts of slide that this evaluation has made: by axis, situation of the two loops, and whether they moved.
type slides struct {
	known uint64
	count [2 * 3 * 3 * 2]along
}

// slide counts input rows or columns under the windows of a step. After a move along them, of those in one piece the new part; PEs that share them load
// theirs anew.
func (w *physical) slide(d Dim, moved bool) along {
	kernel, _ := d.kernel()
	at := (int(d-X)*3+w.dims[d].at)*3 + w.dims[kernel].at
	if moved {
		at += len(w.slides.count) / 2
	}
	if w.slides.known&(1<<at) == 0 {
		w.slides.known |= 1 << at
		w.slides.count[at] = w.slideAnew(d, kernel, moved)
	}
	return w.slides.count[at]
}

// slideAnew is slide for counts that are not known.
func (w *physical) slideAnew(d, kernel Dim, moved bool) along {
	y, r, t := w.dims[d].part().window, w.dims[kernel].part().window, w.plan.stride(d)
	if !moved {
		return along{rows(y, r, t), w.plan.held(0, d, y, r, counting{})}
	}
	return along{y * min(t, r), w.plan.held(0, d, y, r, counting{moved: !w.plan.shared(0, d)})}
}

// product multiplies one number of each dimension.
func (w *physical) product(dims set, of func(*part) int64) int64 {
	product := int64(1)
	for d := range (dims & w.live).all() {
		product *= of(w.dims[d].part())
	}
	return product
}

func windowOf(x *part) int64 { return x.window }
func timeOf(x *part) int64   { return x.time }

// outputs are the elements of the output that arrive in the units in this case, and how many of them hold sums of earlier steps.
func (w *physical) outputs() (arrive, resumed int64) {
	dims := w.plan.tensors[Output]
	if w.change(dims) == stays {
		return 0, 0
	}
	arrive = w.product(dims, windowOf)
	for _, d := range w.plan.order[:w.plan.cuts] {
		if !dims.has(d) && w.dims[d].part().at != begin {
			return arrive, arrive
		}
	}
	return arrive, 0
}
