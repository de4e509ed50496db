package gp

import "slices"

// Probe predicts about one input, its base: others that differ from it in few columns cost O(n) a column, and bounds of their variance hardly more. It
// is of the model as it was when the probe was made.
type Probe struct {
	m       *Model
	numbers [][]float64 // by numeric column: of each held input, over the length-scale
	codes   [][]uint16  // by code column: of each held input

	base    []float64
	placed  bool      // what follows is of the base
	square  []float64 // r² by held input
	matern  []float64
	overlap []float64
	next    []float64 // the base to come
	pending []int     // columns in which it may differ
	looks   int       // since the base was moved

	anchored  bool      // there is an anchor: the base of now or of earlier, that variances are bounded from
	atBase    bool      // it is that of now
	solved    []float64 // A⁻¹ c of the anchor
	explained float64   // cᵀ A⁻¹ c of the anchor
	common    float64   // cᵀ A⁻¹ y of the anchor, with the targets y less their mean
	spread    float64   // yᵀ A⁻¹ y

	query   input
	near    []float64 // scratch: a part of the kernel
	ratios  []float64 // scratch: by code, all 1
	column  []float64 // covariances of the input that was looked at last
	forward []float64 // scratch
}

// The law of the base: of how many columns that differ from it is cheaper to begin anew, and after how many looks from it it pays to make it the anchor.
const (
	fewColumns = 12
	patience   = 16
)

// Probe makes a probe without a base.
func (m *Model) Probe() *Probe {
	n, k := len(m.targets), &m.kernel
	p := &Probe{m: m, numbers: make([][]float64, len(k.numeric)), codes: make([][]uint16, len(k.codes))}
	numbers, codes := make([]float64, n*len(k.numeric)), make([]uint16, n*len(k.codes))
	for c := range p.numbers {
		p.numbers[c] = numbers[c*n : (c+1)*n]
	}
	for c := range p.codes {
		p.codes[c] = codes[c*n : (c+1)*n]
	}
	most := 0.0
	for j, x := range m.raw[:n] {
		for c, v := range m.inputs[j].scaled {
			p.numbers[c][j] = v
		}
		for c, column := range k.codes {
			p.codes[c][j] = uint16(x[column])
			most = max(most, x[column])
		}
	}
	for j, weight := range m.weights[:n] {
		p.spread += weight * (m.targets[j] - m.mean)
	}
	if p.spread < leastSpread {
		p.spread = 0
	}
	p.ratios = make([]float64, int(most)+1)
	for i := range p.ratios {
		p.ratios[i] = 1
	}
	scratch := make([]float64, 7*n)
	for i, s := range []*[]float64{&p.square, &p.matern, &p.overlap, &p.solved, &p.near, &p.column, &p.forward} {
		*s = scratch[i*n : (i+1)*n]
	}
	return p
}

// Move makes x the base; it is copied. The columns are those in which it may differ from the base before; nil means in any. It costs nothing until
// the next Look.
func (p *Probe) Move(x []float64, columns []int) {
	p.next, p.looks = append(p.next[:0], x...), 0
	for _, column := range columns {
		if !slices.Contains(p.pending, column) {
			p.pending = append(p.pending, column)
		}
	}
	p.placed = p.placed && columns != nil && len(p.pending) <= 2*fewColumns
}

// follow moves the base to where it was told to be.
func (p *Probe) follow() {
	if p.placed && len(p.pending) == 0 {
		return
	}
	p.atBase = false
	if !p.placed || !p.walk() {
		p.place()
	}
	p.pending, p.placed = p.pending[:0], true
}

// place begins anew at the next base.
func (p *Probe) place() {
	p.base = append(p.base[:0], p.next...)
	k := &p.m.kernel
	k.prepare(&p.query, p.base)
	for j := range p.square {
		b := &p.m.inputs[j]
		p.square[j], p.overlap[j] = k.square(&p.query, b), k.overlap(&p.query, b)
	}
	p.maternOf(p.matern, p.square)
}

// walk goes to the next base column by column; false when it has to begin anew.
func (p *Probe) walk() bool {
	const least = 1e-200 // overlaps that came so near to nothing do not come back
	moved := p.shift(p.square, p.square, p.next, p.pending)
	turned, ok := p.turn(p.overlap, p.next, p.pending)
	if turned {
		for _, v := range p.overlap {
			ok = ok && v > least
		}
	}
	if ok && moved {
		p.maternOf(p.matern, p.square)
	}
	for _, column := range p.pending {
		p.base[column] = p.next[column]
	}
	return ok
}

// maternOf writes the Matern part of squared distances.
func (p *Probe) maternOf(dst, squares []float64) {
	if len(p.numbers) == 0 {
		for j := range dst {
			dst[j] = 1
		}
		return
	}
	for j, v := range squares {
		dst[j], _ = matern(max(v, 0))
	}
}

// covary combines the parts to the covariances.
func (p *Probe) covary(matern, overlap []float64) {
	k := &p.m.kernel
	alone, product := k.signal*(1-k.mix)/2, k.signal*k.mix
	if !k.both() {
		alone, product = 0, k.signal
	}
	matern, overlap = matern[:len(p.column)], overlap[:len(p.column)]
	for j := range p.column {
		a, b := matern[j], overlap[j]
		p.column[j] = alone*(a+b) + product*(a*b)
	}
}

// step writes the covariances of x by what differs from the base; false when a length-scale is so short that it cannot.
func (p *Probe) step(x []float64, columns []int) bool {
	p.follow()
	if p.looks++; p.looks == patience {
		p.anchor()
	}
	matern, overlap := p.matern, p.overlap
	if p.shift(p.near, p.square, x, columns) {
		p.maternOf(p.near, p.near)
		matern = p.near
	}
	copy(p.forward, p.overlap)
	turned, ok := p.turn(p.forward, x, columns)
	if turned {
		overlap = p.forward
	}
	if ok {
		p.covary(matern, overlap)
	}
	return ok
}

// shift writes the squared distances of x, where it differs from the base in numbers; false where it does not.
func (p *Probe) shift(dst, squares, x []float64, columns []int) (moved bool) {
	k := &p.m.kernel
	for _, column := range columns {
		c := k.place[column]
		if c < 0 || p.base[column] == x[column] {
			continue
		}
		was, is := p.base[column]*k.scale[c], x[column]*k.scale[c]
		by, both, numbers := is-was, is+was, p.numbers[c][:len(dst)]
		squares = squares[:len(dst)]
		for j, v := range squares {
			dst[j] = v + by*(both-2*numbers[j])
		}
		moved, squares = true, dst
	}
	return moved
}

// turn changes the overlaps to those of x where it differs from the base in codes: inputs of the code of the base come to differ, and those of the code of x
// cease to. It is not ok where that would divide by next to nothing.
func (p *Probe) turn(overlaps, x []float64, columns []int) (turned, ok bool) {
	const shortest = 1e-100
	k := &p.m.kernel
	set := func(code float64, ratio float64) {
		if int(code) < len(p.ratios) {
			p.ratios[int(code)] = ratio
		}
	}
	for _, column := range columns {
		c := ^k.place[column]
		if c < 0 || p.base[column] == x[column] {
			continue
		}
		if k.rho[c] < shortest {
			return turned, false
		}
		set(p.base[column], k.rho[c])
		set(x[column], 1/k.rho[c])
		codes := p.codes[c][:len(overlaps)]
		for j := range overlaps {
			overlaps[j] *= p.ratios[codes[j]]
		}
		set(p.base[column], 1)
		set(x[column], 1)
		turned = true
	}
	return turned, true
}
