package gp

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
)

// Joint is the posterior of a process at some inputs together, ready to be drawn from: with L Lᵀ the covariance of the function at them,
//
//	draw = mean + L z,   z independent standard normal numbers
type Joint struct {
	mean   []float64
	factor factor
	z      []float64 // scratch
}

// Joint prepares draws of the function, without noise, at the inputs: O(m² (n + m)) for m of them.
func (m *Model) Joint(inputs [][]float64) (*Joint, error) {
	j := &Joint{mean: make([]float64, len(inputs)), z: make([]float64, len(inputs))}
	prepared, solved := make([]input, len(inputs)), make([][]float64, len(inputs))
	n := len(m.targets)
	for i, x := range inputs {
		if len(x) != m.kernel.width {
			return nil, fmt.Errorf("gp: an input of %d numbers: the axes have %d", len(x), m.kernel.width)
		}
		m.kernel.prepare(&prepared[i], x)
		solved[i] = make([]float64, n)
		for k := range n {
			solved[i][k] = m.kernel.at(&prepared[i], &m.inputs[k])
		}
		j.mean[i] = m.mean + floats.Dot(solved[i], m.weights)
		m.factor.forward(solved[i])
	}
	for jitter := leastJitter; jitter < 2*mostJitter; jitter *= 10 {
		if j.factor.truncate(0); j.extend(m, prepared, solved, jitter) {
			return j, nil
		}
	}
	return nil, fmt.Errorf("gp: the covariance of %d inputs given %d is not positive definite with a jitter of %g", len(inputs), n, mostJitter)
}

// extend factors the covariance; false when the jitter is not enough.
func (j *Joint) extend(m *Model, inputs []input, solved [][]float64, jitter float64) bool {
	row := make([]float64, len(inputs))
	for i := range inputs {
		for k := range i {
			row[k] = m.kernel.at(&inputs[i], &inputs[k]) - floats.Dot(solved[i], solved[k])
		}
		if !j.factor.extend(row[:i], max(m.variance()-floats.Dot(solved[i], solved[i]), 0)+jitter) {
			return false
		}
	}
	return true
}

// Shift adds a known function to the process: its value at each input.
func (j *Joint) Shift(at func(i int) float64) {
	for i := range j.mean {
		j.mean[i] += at(i)
	}
}

// Draw writes one draw of the function at the inputs into dst, which has as many places.
func (j *Joint) Draw(dst []float64, rng *rand.Rand) {
	for i := range j.z {
		j.z[i] = rng.NormFloat64()
	}
	for i := range dst {
		dst[i] = j.mean[i] + floats.Dot(j.factor.row(i), j.z[:i+1])
	}
}
