package golden

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// sample is a published figure and how the model composes it: fixed + ∑ constant·coefficient.
type sample struct {
	name, unit   string
	published    float64
	fixed        float64
	coefficients []float64
}

// model is what the composition gives under constants.
func (s sample) model(constants []float64) float64 {
	sum := s.fixed
	for i, c := range s.coefficients {
		sum += c * constants[i]
	}
	return sum
}

// fit is the constants of the least sum of squared relative errors.
func fit(samples []sample) ([]float64, error) {
	n := len(samples[0].coefficients)
	a, b := mat.NewDense(len(samples), n, nil), mat.NewDense(len(samples), 1, nil)
	for i, s := range samples {
		for j, c := range s.coefficients {
			a.Set(i, j, c/s.published)
		}
		b.Set(i, 0, (s.published-s.fixed)/s.published)
	}
	var x mat.Dense
	if err := x.Solve(a, b); err != nil {
		return nil, fmt.Errorf("chips: fit of %d figures: %w", len(samples), err)
	}
	return mat.Col(nil, 0, &x), nil
}

// leftOut is the rows of a fit: each figure under the given constants, and under those fitted to all others.
func leftOut(samples []sample, constants []float64) ([]Row, error) {
	rows := make([]Row, len(samples))
	for i, s := range samples {
		others, err := fit(slices.Concat(samples[:i], samples[i+1:]))
		if err != nil {
			return nil, err
		}
		rows[i] = Row{Name: s.name, Unit: s.unit, Published: s.published, Model: s.model(constants), LeftOut: s.model(others)}
	}
	return rows, nil
}
