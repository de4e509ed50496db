package gp

import "gonum.org/v1/gonum/floats"

// Range is where a number lies.
type Range struct{ Least, Most float64 }

// leastSpread is below what the targets, of variance 1, can have unless all are equal up to rounding.
const leastSpread = 1e-6

// slack, of the prior variance, is what the bound of a variance is raised by, for the errors of rounding.
const slack = 1e-9

// anchor makes the base the anchor.
func (p *Probe) anchor() {
	m := p.m
	p.covary(p.matern, p.overlap)
	copy(p.solved, p.column)
	m.factor.forward(p.solved)
	p.explained, p.common = floats.Dot(p.solved, p.solved), floats.Dot(p.column, m.weights)
	m.factor.backward(p.solved)
	p.anchored, p.atBase = true, true
}

// Look predicts the mean at x and bounds the variance of the function there, without noise; Variance then has it exactly. The columns, each once, are
// those in which x may differ from the base; nil means in any. It allocates nothing.
//
// With the covariances c of the anchor, those c' = c + d of x, and V = A⁻¹ c, the variance at x is
//
//	s² - c'ᵀ A⁻¹ c' = s² + cᵀ V - 2 c'ᵀ V - dᵀ A⁻¹ d
//
// The last term is at most 2 (s² - k(x, anchor)), since the variance of f(x) - f(anchor) is not below 0; see explains for the bound from above.
func (p *Probe) Look(x []float64, columns []int) (mean float64, variance Range) {
	m, prior := p.m, p.m.variance()
	near := columns != nil && len(columns) <= fewColumns && p.step(x, columns)
	if !near {
		m.kernel.prepare(&p.query, x)
		for j := range p.column {
			p.column[j] = m.kernel.at(&p.query, &m.inputs[j])
		}
	}
	change, along := floats.Dot(p.column, m.weights), 0.0
	if p.anchored {
		along = floats.Dot(p.column, p.solved)
		if near && p.atBase {
			variance.Least = max(prior+p.explained-2*along-2*(prior-p.covariance(x, columns))-slack*prior, 0)
		}
	}
	variance.Most = max(prior-p.explains(along, change)+slack*prior, variance.Least)
	return m.mean + change, variance
}

// explains is at least how much of the prior variance the inputs explain at x, where c'ᵀ A⁻¹ c' is all that they do: its part in the plane of the
// covariances of the anchor and of the targets less their mean, under the product uᵀ A⁻¹ v, given the products with these two.
func (p *Probe) explains(anchor, targets float64) float64 {
	const least = 1e-6 // of the products: below, the two are one
	area := p.explained*p.spread - p.common*p.common
	switch {
	case p.anchored && area > least*p.explained*p.spread:
		return (anchor*anchor*p.spread - 2*anchor*targets*p.common + targets*targets*p.explained) / area
	case p.anchored && p.explained > 0:
		return anchor * anchor / p.explained
	case p.spread > 0:
		return targets * targets / p.spread
	}
	return 0
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
