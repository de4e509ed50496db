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
	pairs            []pair          // of each input with those before it, from triangle(i)
	steep            []float64       // by the same pairs: derivative of the likelihood by half their r²
	sums             []float64       // of these by input
	tally            [][many]float64 // derivative by minus half of 1/l² of the overlap part, by the lanes that differ
	at               parameters      // where value and slopes were computed last
	value            float64
	slopes           []float64
}

// pair is what two inputs are to each other.
type pair struct{ matern, steep, overlap float64 }

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
		Converger:         &optimize.FunctionConverge{Absolute: 3e-2, Iterations: 3},
	}
	best, least := start, m.loss(start)
	// An error is one of the line search, which leaves the best place that it has seen.
	if result, _ := optimize.Minimize(problem, start, settings, &optimize.LBFGS{}); result != nil && result.F < least {
		best = slices.Clone(result.X)
	}
	if math.IsInf(m.loss(best), 1) { // which conditions the model
		return m.singular()
	}
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
	m.relate()
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

// relate computes the pairs and the covariances of the inputs under the present parameters.
func (m *Model) relate() {
	work, k := &m.fitting, &m.kernel
	work.pairs = grown(work.pairs, triangle(len(m.inputs)+1))
	at := 0
	for i := range m.inputs {
		a := &m.inputs[i]
		for j := range i {
			q, b := pair{matern: 1}, &m.inputs[j]
			if len(a.scaled) > 0 {
				q.matern, q.steep = matern(k.square(a, b))
			}
			q.overlap = k.overlap(a, b)
			work.pairs[at], m.covariances[at] = q, k.signal*k.combine(q.matern, q.overlap)
			at++
		}
	}
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
	work.steep, work.sums, work.tally = grown(work.steep, len(work.pairs)), grown(work.sums, len(m.inputs)), grown(work.tally, len(k.groups))
	clear(work.sums)
	clear(work.tally)
	signal, noise, mix := 0.0, 0.0, 0.0
	for i := range m.inputs {
		row, steep := inverse.row(i), work.steep[triangle(i):triangle(i+1)]
		for j, q := range work.pairs[triangle(i):triangle(i+1)] {
			outer := m.weights[i]*m.weights[j] - row[j]
			signal += outer * k.combine(q.matern, q.overlap)
			byMatern, byOverlap := q.overlap, q.matern
			if k.both() {
				byMatern, byOverlap = (1-k.mix)/2+k.mix*q.overlap, (1-k.mix)/2+k.mix*q.matern
				mix += outer * (q.matern*q.overlap - (q.matern+q.overlap)/2)
			}
			steep[j] = outer * byMatern * q.steep
			work.sums[i] += steep[j]
			work.sums[j] += steep[j]
			k.addOverlap(work.tally, outer*byOverlap*q.overlap, &m.inputs[i], &m.inputs[j])
		}
		outer := (m.weights[i]*m.weights[i] - row[i]) / 2
		signal += outer
		noise += outer
	}
	m.lengthSlopes(slopes)
	slopes[k.axes] = signal * k.signal
	slopes[k.axes+1] = noise * m.noise
	if len(slopes) > k.axes+2 {
		slopes[k.axes+2] = mix * k.signal * k.mix * (1 - k.mix)
	}
}

// addOverlap adds a derivative by minus half of 1/l² to the tally of every word of two inputs.
func (k *kernel) addOverlap(tally [][many]float64, slope float64, a, b *input) {
	x, y := a.codes, b.codes[:len(a.codes)]
	for g := range tally {
		tally[g][differing(x[g], y[g])&(many-1)] += slope
	}
}

// lengthSlopes writes the derivatives by ln l. Those of the Matern part, by pairs i > j of steepness S, are
//
//	sum of S_ij (x_i - x_j)² = sum over i of x_i² sum_j S_ij - 2 sum over i of x_i sum over j < i of S_ij x_j
//
// with the scaled numbers x of a column; those of the overlap part the tallies of the words in which the lane of the axis differs, over l².
func (m *Model) lengthSlopes(slopes []float64) {
	work, k := &m.fitting, &m.kernel
	column := grown(m.column, len(m.inputs))
	m.column = column
	for c, axis := range k.axis {
		sum := 0.0
		for i := range m.inputs {
			x := m.inputs[i].scaled[c]
			sum += x * (x*work.sums[i] - 2*floats.Dot(work.steep[triangle(i):triangle(i+1)], column[:i]))
			column[i] = x
		}
		slopes[axis] += sum * k.signal
	}
	for c, axis := range k.of {
		sum := 0.0
		for differ, v := range work.tally[c/lanes] {
			if differ>>(c%lanes)&1 == 1 {
				sum += v
			}
		}
		slopes[axis] += sum * k.signal * math.Exp(-2*m.parameters[axis])
	}
}
