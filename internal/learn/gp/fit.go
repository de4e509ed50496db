package gp

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
)

// workspace is the memory of a fit.
type workspace struct {
	inverse, scratch []float64
	at               parameters // where value and slopes were computed last
	value            float64
	slopes           []float64
}

// Fit moves the parameters to a local maximum of their posterior density by at most so many iterations of L-BFGS. It begins at the present
// ones or, where that is better, at the modes of the priors. Without targets it does nothing.
func (m *Model) Fit(iterations int) error {
	if len(m.targets) == 0 {
		return nil
	}
	m.fitting.at = nil
	start := slices.Clone(m.parameters)
	if modes := atModes(m.kernel.axes, len(start), m.prior); m.loss(modes) < m.loss(start) {
		start = modes
	}
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return m.loss(x) },
		Grad: func(grad, x []float64) {
			m.loss(x)
			copy(grad, m.fitting.slopes)
		},
	}
	settings := &optimize.Settings{
		MajorIterations:   iterations,
		FuncEvaluations:   3 * iterations,
		GradientThreshold: 1e-2,
		Converger:         &optimize.FunctionConverge{Absolute: 1e-2, Iterations: 3},
	}
	best := start
	// An error is one of the line search, which leaves the best place that it has seen.
	if result, _ := optimize.Minimize(problem, start, settings, &optimize.LBFGS{}); result != nil && result.F < m.loss(start) {
		best = slices.Clone(result.X)
	}
	m.set(best)
	if !m.refactor() {
		return m.singular()
	}
	m.solve()
	return nil
}

// loss is minus ln of the posterior density of the parameters, up to a constant; its derivatives are left in m.fitting.slopes. It is +Inf where the
// covariance cannot be factored. It changes the parameters.
func (m *Model) loss(p parameters) float64 {
	w := &m.fitting
	if w.at != nil && slices.Equal(w.at, p) {
		return w.value
	}
	w.at = append(w.at[:0], p...)
	w.slopes = grown(w.slopes, len(p))
	clear(w.slopes)
	m.set(w.at)
	for i := range p {
		if !(math.Abs(p[i]) < 300) { // the exponentials overflow
			w.value = math.Inf(1)
			return w.value
		}
	}
	if !m.refactor() {
		w.value = math.Inf(1)
		return w.value
	}
	m.solve()
	fit := 0.0
	for i, weight := range m.weights {
		fit += weight * (m.targets[i] - m.mean)
	}
	likelihood := -fit/2 - m.factor.logDet()/2 - float64(len(m.targets))/2*math.Log(2*math.Pi)
	m.likelihoodSlopes(w.slopes)
	w.value = -likelihood - logPrior(p, m.kernel.axes, m.prior, w.slopes)
	floats.Scale(-1, w.slopes)
	return w.value
}

// likelihoodSlopes writes the derivatives of ln of the marginal likelihood by the parameters:
//
//	∂ ln p / ∂θ = 1/2 sum over i, j of (w_i w_j - (A⁻¹)_ij) ∂A_ij/∂θ
//
// The derivative of the mean drops out, since the likelihood is stationary in it.
func (m *Model) likelihoodSlopes(slopes []float64) {
	work, k := &m.fitting, &m.kernel
	work.inverse, work.scratch = m.factor.inverse(work.inverse, work.scratch)
	inverse := factor{n: m.factor.n, rows: work.inverse}
	squares := grown(m.column, k.axes) // sums of the terms of each axis
	m.column = squares
	clear(squares)
	signal, noise, mix := 0.0, 0.0, 0.0
	for i := range m.inputs {
		a, row := &m.inputs[i], inverse.row(i)
		for j := range i {
			outer := m.weights[i]*m.weights[j] - row[j]
			b := &m.inputs[j]
			matern, overlap := k.parts(a, b)
			signal += outer * k.combine(matern, overlap)
			byMatern, byOverlap := overlap, matern
			if k.both() {
				byMatern, byOverlap = (1-k.mix)/2+k.mix*overlap, (1-k.mix)/2+k.mix*matern
				mix += outer * (matern*overlap - (matern+overlap)/2)
			}
			k.addAxisSlopes(squares, outer*byMatern, outer*byOverlap*overlap, a, b)
		}
		outer := (m.weights[i]*m.weights[i] - row[i]) / 2
		signal += outer
		noise += outer
	}
	for i, v := range squares {
		slopes[i] = v * k.signal
	}
	for _, axis := range k.of {
		slopes[axis] *= math.Exp(-2 * m.parameters[axis]) // 1/l²
	}
	slopes[k.axes] = signal * k.signal
	slopes[k.axes+1] = noise * m.noise
	if len(slopes) > k.axes+2 {
		slopes[k.axes+2] = mix * k.signal * k.mix * (1 - k.mix)
	}
}

// addAxisSlopes adds to sums, one an axis, the derivatives of the two parts by ln l: of the Matern part 5/3 (1 + √5 r) exp(-√5 r) d²/l²,
// of the overlap part, where the codes differ, the part itself; the caller multiplies these by 1/l².
func (k *kernel) addAxisSlopes(sums []float64, byMatern, byOverlap float64, a, b *input) {
	if len(a.scaled) > 0 {
		square := 0.0
		for i, v := range a.scaled {
			d := v - b.scaled[i]
			square += d * d
		}
		r := sqrt5 * math.Sqrt(square)
		slope := byMatern * 5 / 3 * (1 + r) * math.Exp(-r)
		for i, v := range a.scaled {
			d := v - b.scaled[i]
			sums[k.axis[i]] += slope * d * d
		}
	}
	for i, v := range a.codes {
		if v != b.codes[i] {
			sums[k.of[i]] += byOverlap
		}
	}
}
