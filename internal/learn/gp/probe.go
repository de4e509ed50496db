package gp

import "gonum.org/v1/gonum/floats"

// Probe predicts about one input, its base: others that differ from it in few columns cost O(n) a column, and bounds of their variance hardly more. It
// is of the model as it was when the probe was made.
type Probe struct {
	m       *Model
	numbers [][]float64 // by numeric column: of each held input, over the length-scale
	codes   [][]uint16  // by code column: of each held input

	base     []float64
	placed   bool      // what follows is of the base
	square   []float64 // r² by held input
	matern   []float64
	overlap  []float64
	solved   []float64 // A⁻¹ c
	variance float64

	query   input
	near    []float64 // scratch: a part of the kernel
	ratios  []float64 // scratch: by code, all 1
	column  []float64 // covariances of the input that was looked at last
	forward []float64 // scratch
}

// Range is where a number lies.
type Range struct{ Least, Most float64 }

// fewColumns is how many columns may differ from the base before it is cheaper to begin anew.
const fewColumns = 12

// slack, of the prior variance, is what the bound of a variance is raised by, for the errors of rounding.
const slack = 1e-9

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

// Move makes x the base; it is copied. It costs nothing until the next Look.
func (p *Probe) Move(x []float64) {
	p.base, p.placed = append(p.base[:0], x...), false
}

// place computes all that is of the base.
func (p *Probe) place() {
	m := p.m
	m.kernel.prepare(&p.query, p.base)
	for j := range p.square {
		b := &m.inputs[j]
		p.square[j], p.overlap[j] = m.kernel.square(&p.query, b), m.kernel.overlap(&p.query, b)
	}
	p.maternOf(p.matern, p.square)
	p.covary(p.matern, p.overlap)
	copy(p.solved, p.column)
	m.factor.forward(p.solved)
	p.variance = m.variance() - floats.Dot(p.solved, p.solved)
	m.factor.backward(p.solved)
	p.placed = true
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

// Look predicts the mean at x and bounds the variance of the function there, without noise; Variance then has it exactly. The columns are those in which
// x may differ from the base; nil means in any. It allocates nothing.
//
// With the covariances c of the base, V = A⁻¹ c, and those c' = c + d of x, the variance at x is
//
//	s² - c'ᵀ A⁻¹ c' = s² + cᵀ V - 2 c'ᵀ V - dᵀ A⁻¹ d
//
// where the last term is not below 0 and, since the variance of f(x) - f(base) is not either, not above 2 (s² - k(x, base)).
func (p *Probe) Look(x []float64, columns []int) (mean float64, variance Range) {
	m := p.m
	variance.Most = m.variance()
	if p.base == nil || columns == nil || len(columns) > fewColumns || !p.step(x, columns) {
		m.kernel.prepare(&p.query, x)
		for j := range p.column {
			p.column[j] = m.kernel.at(&p.query, &m.inputs[j])
		}
	} else {
		prior := m.variance()
		tangent := 2*prior - p.variance - 2*floats.Dot(p.column, p.solved)
		variance.Most = min(prior, max(tangent+slack*prior, 0))
		variance.Least = max(tangent-2*(prior-p.covariance(x, columns))-slack*prior, 0)
	}
	return m.mean + floats.Dot(p.column, m.weights), variance
}

// covariance is that of x and the base.
func (p *Probe) covariance(x []float64, columns []int) float64 {
	k := &p.m.kernel
	square, overlap, numbers := 0.0, 1.0, 1.0
	for _, column := range columns {
		was, is := p.base[column], x[column]
		if c := k.place[column]; c >= 0 {
			d := (is - was) * k.scale[c]
			square += d * d
		} else if was != is {
			overlap *= k.rho[^c]
		}
	}
	if square > 0 {
		numbers, _ = matern(square)
	}
	return k.signal * k.combine(numbers, overlap)
}

// Variance is the variance at the input that was looked at last.
func (p *Probe) Variance() float64 {
	copy(p.forward, p.column)
	p.m.factor.forward(p.forward)
	return max(p.m.variance()-floats.Dot(p.forward, p.forward), 0)
}

// step writes the covariances of x by what differs from the base; false when a length-scale is so short that it cannot.
func (p *Probe) step(x []float64, columns []int) bool {
	const shortest = 1e-100 // the least rho that is divided by
	k := &p.m.kernel
	if !p.placed {
		p.place()
	}
	matern, overlap := p.matern, p.overlap
	moved := false // whether p.near is the Matern part already
	for _, column := range columns {
		c := k.place[column]
		if was, is := p.base[column], x[column]; c >= 0 && was != is {
			if !moved {
				copy(p.near, p.square)
				moved = true
			}
			shift(p.near, p.numbers[c], was*k.scale[c], is*k.scale[c])
		}
	}
	if moved {
		p.maternOf(p.near, p.near)
		matern = p.near
	}
	for _, column := range columns {
		c := ^k.place[column]
		if was, is := p.base[column], x[column]; c >= 0 && was != is {
			if k.rho[c] < shortest {
				return false
			}
			p.turn(p.forward, overlap, p.codes[c], int(was), int(is), k.rho[c])
			overlap = p.forward
		}
	}
	p.covary(matern, overlap)
	return true
}

// shift changes squared distances where one number of the query is not was but is.
func shift(squares, numbers []float64, was, is float64) {
	by, both := is-was, is+was
	numbers = numbers[:len(squares)]
	for j := range squares {
		squares[j] += by * (both - 2*numbers[j])
	}
}

// turn writes the overlap part where one code of the query is not was but is: inputs of the one come to differ, and those of the other cease to.
func (p *Probe) turn(dst, overlap []float64, codes []uint16, was, is int, rho float64) {
	set := func(code int, ratio float64) {
		if code < len(p.ratios) {
			p.ratios[code] = ratio
		}
	}
	set(was, rho)
	set(is, 1/rho)
	dst, codes = dst[:len(overlap)], codes[:len(overlap)]
	for j, v := range overlap {
		dst[j] = v * p.ratios[codes[j]]
	}
	set(was, 1)
	set(is, 1)
}
