package gp

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Model is a Gaussian process conditioned on inputs and targets. Memory: 8 n² bytes, and 24 n² more from the first Fit on.
// A Model serves one goroutine.
type Model struct {
	mix        Mix
	prior      Noise
	parameters parameters
	kernel     kernel
	noise      float64
	jitter     float64 // added to the diagonal beside the noise

	raw         [][]float64 // the inputs as given
	inputs      []input     // prepared
	covariances []float64   // of each input with those before it, from triangle(i)
	factor      factor      // of the covariance of the inputs plus noise and jitter

	targets []float64
	mean    float64   // the constant mean
	weights []float64 // A⁻¹ (targets - mean)

	query   input     // scratch
	column  []float64 // scratch
	fitting workspace
}

// New makes a model of inputs with the given axes. Its parameters are the modes of their priors until Fit.
func New(axes []Axis, mix Mix, noise Noise) (*Model, error) {
	if noise == 0 {
		noise = FunctionNoise
	}
	if mix == "" {
		mix = Mixed
	}
	if mix != Mixed && mix != Product && mix != Sum {
		return nil, fmt.Errorf("gp: mix %q is not one of %q", mix, Mixes())
	}
	l, err := newLayout(axes)
	if err != nil {
		return nil, err
	}
	count := len(axes) + 2
	if l.both() && mix == Mixed {
		count++
	}
	m := &Model{mix: mix, prior: noise, kernel: kernel{layout: l}, jitter: leastJitter}
	m.set(atModes(len(axes), count, noise))
	return m, nil
}

// set takes the parameters and prepares the inputs again; the factor is then out of date.
func (m *Model) set(p parameters) {
	m.parameters = p
	m.kernel.apply(p, m.mix)
	m.noise = math.Exp(p.noise(m.kernel.axes))
	for i, x := range m.raw {
		m.kernel.prepare(&m.inputs[i], x)
	}
}

// Len is the number of inputs.
func (m *Model) Len() int { return len(m.raw) }

// LengthScales are the length-scales of the axes, in their order.
func (m *Model) LengthScales() []float64 {
	lengths := make([]float64, m.kernel.axes)
	for i, theta := range m.parameters.lengths(m.kernel.axes) {
		lengths[i] = math.Exp(theta)
	}
	return lengths
}

// The jitter ladder: what is added to the diagonal at first, and at most.
const (
	leastJitter = 1e-8
	mostJitter  = 1e-4
)

// triangle is where row i begins among packed rows of 0, 1, 2, … numbers.
func triangle(i int) int { return i * (i - 1) / 2 }

// related are the covariances of input i with those before it.
func (m *Model) related(i int) []float64 { return m.covariances[triangle(i):triangle(i+1)] }

// Add appends an input in O(n²); x is kept. The targets must then be set anew. On an error the model is without its inputs.
func (m *Model) Add(x []float64) error {
	if err := m.append(x); err != nil {
		return err
	}
	n := len(m.raw) - 1
	row := m.related(n)
	for j := range row {
		row[j] = m.kernel.at(&m.inputs[n], &m.inputs[j])
	}
	return m.complete()
}

// append appends an input whose covariances are still to be written.
func (m *Model) append(x []float64) error {
	if len(x) != m.kernel.width {
		return fmt.Errorf("gp: an input of %d numbers: the axes have %d", len(x), m.kernel.width)
	}
	for i, column := range m.kernel.codes {
		if v := x[column]; !(v >= 0 && v <= MostCode) {
			return fmt.Errorf("gp: code %v of axis %d out of range [0, %d]", v, m.kernel.of[i], MostCode)
		}
	}
	n := len(m.raw)
	m.raw = append(m.raw, x)
	if n < cap(m.inputs) {
		m.inputs = m.inputs[:n+1] // with the buffers that Truncate left
	} else {
		m.inputs = append(m.inputs, input{})
	}
	m.kernel.prepare(&m.inputs[n], x)
	m.covariances = append(m.covariances, make([]float64, n)...)
	return nil
}

// complete brings the factor up to date with the inputs behind it; with more jitter, with all.
func (m *Model) complete() error {
	if m.extend() || m.refactor() {
		return nil
	}
	return m.singular()
}

// singular forgets the inputs, whose covariance cannot be factored.
func (m *Model) singular() error {
	n := len(m.raw)
	m.factor.truncate(0)
	m.Truncate(0)
	return fmt.Errorf("gp: the covariance of %d inputs is not positive definite with a jitter of %g", n, mostJitter)
}

// extend adds the inputs that the factor is without.
func (m *Model) extend() bool {
	diagonal := m.variance() + m.noise + m.jitter
	for m.factor.n < len(m.inputs) {
		if !m.factor.extend(m.related(m.factor.n), diagonal) {
			return false
		}
	}
	return true
}

// variance is the prior variance of any input.
func (m *Model) variance() float64 { return m.kernel.signal }

// refactor factors the covariance of all inputs with as little jitter as it takes; false when the most is not enough.
func (m *Model) refactor() bool {
	for m.jitter = leastJitter; m.jitter < 2*mostJitter; m.jitter *= 10 {
		m.factor.truncate(0)
		if m.extend() {
			return true
		}
	}
	return false
}

// Truncate keeps the first n inputs, in no time. The targets must then be set anew.
func (m *Model) Truncate(n int) {
	m.raw, m.inputs, m.covariances, m.targets = m.raw[:n], m.inputs[:n], m.covariances[:triangle(n)], nil
	m.factor.truncate(min(n, m.factor.n))
}

// Arrange makes x the inputs, which are kept; x[i] is the present input of[i], or another one where of[i] is negative. Covariances of present inputs are
// not computed again, and those in front that stay in place keep their part of the factor. The targets must then be set anew. On an error the
// model is without its inputs.
func (m *Model) Arrange(x [][]float64, of []int) error {
	same := 0
	for same < len(x) && same < len(m.raw) && of[same] == same {
		same++
	}
	before := m.covariances
	m.covariances = append(make([]float64, 0, triangle(len(x)+1)), before[:triangle(same)]...)
	m.Truncate(same)
	for i := same; i < len(x); i++ {
		if err := m.append(x[i]); err != nil {
			m.Truncate(0)
			return err
		}
		row := m.related(i)
		for j := range row {
			if from, to := min(of[i], of[j]), max(of[i], of[j]); from >= 0 {
				row[j] = before[triangle(to)+from]
			} else {
				row[j] = m.kernel.at(&m.inputs[i], &m.inputs[j])
			}
		}
	}
	return m.complete()
}

// SetTargets sets the values at the inputs, one each, in O(n²). They are best of mean 0 and variance 1, which the priors of the parameters assume.
func (m *Model) SetTargets(y []float64) error {
	if len(y) != len(m.raw) {
		return fmt.Errorf("gp: %d targets for %d inputs", len(y), len(m.raw))
	}
	m.targets = append(m.targets[:0], y...)
	m.solve()
	return nil
}

// solve computes the mean and the weights.
func (m *Model) solve() {
	n := len(m.targets)
	ones := grown(m.column, n)
	m.column = ones
	for i := range ones {
		ones[i] = 1
	}
	m.weights = append(m.weights[:0], m.targets...)
	m.factor.forward(ones)
	m.factor.forward(m.weights)
	m.mean = 0
	if n > 0 {
		m.mean = floats.Dot(ones, m.weights) / floats.Dot(ones, ones)
	}
	floats.AddScaled(m.weights, -m.mean, ones)
	m.factor.backward(m.weights)
}

// Predict is the mean and the variance of the function, without noise, at x. It allocates nothing.
func (m *Model) Predict(x []float64) (mean, variance float64) {
	m.kernel.prepare(&m.query, x)
	m.column = grown(m.column, len(m.targets))
	for i := range m.column {
		m.column[i] = m.kernel.at(&m.query, &m.inputs[i])
	}
	mean = m.mean + floats.Dot(m.column, m.weights)
	m.factor.forward(m.column)
	return mean, max(m.variance()-floats.Dot(m.column, m.column), 0)
}

// Correlation is the prior correlation of two inputs, from 0 (far) to 1 (equal).
func (m *Model) Correlation(a, b []float64) float64 {
	var one, other input
	m.kernel.prepare(&one, a)
	m.kernel.prepare(&other, b)
	return m.kernel.combine(m.kernel.parts(&one, &other))
}
