package gp

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// factor is the lower Cholesky factor L of a symmetric matrix, A = L Lᵀ, grown by one row at a time: the packed rows of a prefix of A are the
// prefix of the packed rows, so that points are added in O(n²) and the latest ones are taken back for nothing.
type factor struct {
	n    int
	rows []float64 // row i: L_i0 … L_ii, from i(i+1)/2
}

// row is the packed row i.
func (f *factor) row(i int) []float64 {
	start := i * (i + 1) / 2
	return f.rows[start : start+i+1]
}

// truncate keeps the first n rows.
func (f *factor) truncate(n int) {
	f.n, f.rows = n, f.rows[:n*(n+1)/2]
}

// extend adds the row n of A: its covariances with the rows before, and the diagonal element. False, and no change, when A is then not
// positive definite.
func (f *factor) extend(covariances []float64, diagonal float64) bool {
	start := len(f.rows)
	f.rows = append(f.rows, covariances...)
	next := f.rows[start:]
	f.forward(next)
	left := diagonal - floats.Dot(next, next)
	if !(left > 0) || math.IsInf(left, 1) {
		f.rows = f.rows[:start]
		return false
	}
	f.rows = append(f.rows, math.Sqrt(left))
	f.n++
	return true
}

// forward overwrites b with L⁻¹ b.
func (f *factor) forward(b []float64) {
	start := 0
	for i := range b {
		row := f.rows[start : start+i+1]
		b[i] = (b[i] - floats.Dot(row[:i], b[:i])) / row[i]
		start += i + 1
	}
}

// backward overwrites b with L⁻ᵀ b.
func (f *factor) backward(b []float64) {
	for i := len(b) - 1; i >= 0; i-- {
		row := f.row(i)
		b[i] /= row[i]
		floats.AddScaled(b[:i], -b[i], row[:i])
	}
}

// logDet is ln |A|.
func (f *factor) logDet() float64 {
	sum := 0.0
	for i := range f.n {
		sum += math.Log(f.row(i)[i])
	}
	return 2 * sum
}

// inverse appends the packed lower triangle of A⁻¹ to dst[:0]; scratch is used for L⁻¹. Both are returned for reuse.
func (f *factor) inverse(dst, scratch []float64) (inverse, used []float64) {
	size := len(f.rows)
	dst, scratch = grown(dst, size), grown(scratch, size)
	clear(dst)
	clear(scratch)
	left := factor{n: f.n, rows: scratch} // L⁻¹, row by row: (e_i - sum_j<i L_ij (L⁻¹)_j) / L_ii
	sum := factor{n: f.n, rows: dst}
	for i := range f.n {
		row, into := f.row(i), left.row(i)
		for j := range i {
			floats.AddScaled(into[:j+1], -row[j], left.row(j))
		}
		into[i] = 1
		floats.Scale(1/row[i], into)
		for j, v := range into { // A⁻¹ = L⁻ᵀ L⁻¹ = sum over rows of the outer product
			floats.AddScaled(sum.row(j), v, into[:j+1])
		}
	}
	return dst, scratch
}

// grown is s with the given length; its contents are not kept when it has to be reallocated.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
