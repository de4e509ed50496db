package cmaes

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// triangle is a lower triangular matrix by rows, or the lower half of a symmetric one.
type triangle [][]float64

func identity(n int) triangle {
	t := make(triangle, n)
	all := make([]float64, n*(n+1)/2)
	for i := range t {
		t[i], all = all[:i+1:i+1], all[i+1:]
		t[i][i] = 1
	}
	return t
}

// times sets y = L z.
func (t triangle) times(y, z []float64) {
	for i, row := range t {
		y[i] = floats.Dot(row, z[:i+1])
	}
}

// solve sets z such that L z = y.
func (t triangle) solve(z, y []float64) {
	for i, row := range t {
		z[i] = (y[i] - floats.Dot(row[:i], z[:i])) / row[i]
	}
}

// multiply scales the matrix.
func (t triangle) multiply(by float64) {
	for _, row := range t {
		floats.Scale(by, row)
	}
}

// add adds by v vᵀ to the symmetric matrix.
func (t triangle) add(by float64, v []float64) {
	for i, row := range t {
		floats.AddScaled(row, by*v[i], v[:i+1])
	}
}

// factorise sets into to the Cholesky factor L of the symmetric matrix, L Lᵀ = C. A pivot that rounding has made too small is raised, in the
// matrix too: to floor of the diagonal entry.
func (t triangle) factorise(into triangle) {
	const floor = 1e-14
	for i, row := range t {
		l := into[i]
		for j := range i {
			l[j] = (row[j] - floats.Dot(l[:j], into[j][:j])) / into[j][j]
		}
		rest := row[i] - floats.Dot(l[:i], l[:i])
		least := max(floor*row[i], math.SmallestNonzeroFloat32)
		if rest < least {
			row[i] += least - rest
			rest = least
		}
		l[i] = math.Sqrt(rest)
	}
}
