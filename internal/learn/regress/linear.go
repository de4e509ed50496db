package regress

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Linear is a ridge regression.
type Linear struct {
	Intercept float64   `json:"intercept"`
	Weights   []float64 `json:"weights"` // one a feature
	L2        float64   `json:"l2"`      // the chosen penalty λ
}

// Predict implements Model.
func (m *Linear) Predict(x, into []float64) {
	n := len(m.Weights)
	for i := range into {
		sum := m.Intercept
		for j, w := range m.Weights {
			sum += w * x[i*n+j]
		}
		into[i] = sum
	}
}

// fitLinear works on the eigenvectors of X^T X, in which every penalty costs little.
func fitLinear(d Data) (*Linear, error) {
	n, features := len(d.Y), d.Features()
	mean, scale := columnScales(d)
	x := mat.NewDense(n, features, nil)
	for i := range n {
		for j, v := range d.Row(i) {
			x.Set(i, j, (v-mean[j])/scale[j])
		}
	}
	center := meanOf(d.Y)
	y := mat.NewVecDense(n, nil)
	for i, v := range d.Y {
		y.SetVec(i, v-center)
	}
	var gram mat.SymDense
	gram.SymOuterK(1, x.T())
	var eigen mat.EigenSym
	if !eigen.Factorize(&gram, true) {
		return nil, fmt.Errorf("%w: ridge: the features have no eigenvectors", ErrData)
	}
	values := eigen.Values(nil)
	var vectors, turned mat.Dense
	eigen.VectorsTo(&vectors)
	turned.Mul(x, &vectors)
	var along mat.VecDense
	along.MulVec(turned.T(), y)
	best, m := math.Inf(1), &Linear{}
	coefficients := mat.NewVecDense(features, nil)
	for power := -8.0; power <= 4; power++ {
		l2 := math.Pow(10, power)
		shrink := make([]float64, features)
		for j, v := range values {
			shrink[j] = 1 / (math.Max(v, 0) + l2*float64(n))
			coefficients.SetVec(j, along.AtVec(j)*shrink[j])
		}
		if e := leftOut(&turned, y, coefficients, shrink); e < best {
			best, m.L2 = e, l2
			var weights mat.VecDense
			weights.MulVec(&vectors, coefficients)
			m.Weights, m.Intercept = make([]float64, features), center
			for j := range m.Weights {
				m.Weights[j] = weights.AtVec(j) / scale[j]
				m.Intercept -= m.Weights[j] * mean[j]
			}
		}
	}
	return m, nil
}

// leftOut is the sum of the squared errors of each row when it is left out.
func leftOut(turned *mat.Dense, y, coefficients *mat.VecDense, shrink []float64) float64 {
	n, features := turned.Dims()
	total := 0.0
	for i := range n {
		row := turned.RawRowView(i)
		f, h := 0.0, 1/float64(n)
		for j := range features {
			f += row[j] * coefficients.AtVec(j)
			h += row[j] * row[j] * shrink[j]
		}
		e := (y.AtVec(i) - f) / math.Max(1-h, 1e-9)
		total += e * e
	}
	return total
}

// columnScales are the mean and the deviation of each feature; 1 for the deviation of a constant one.
func columnScales(d Data) (mean, scale []float64) {
	features := d.Features()
	mean, scale = make([]float64, features), make([]float64, features)
	n := float64(len(d.Y))
	for i := range d.Y {
		for j, v := range d.Row(i) {
			mean[j] += v / n
		}
	}
	for i := range d.Y {
		for j, v := range d.Row(i) {
			scale[j] += (v - mean[j]) * (v - mean[j]) / n
		}
	}
	for j, v := range scale {
		if scale[j] = math.Sqrt(v); scale[j] < 1e-12 {
			scale[j] = 1
		}
	}
	return mean, scale
}

func meanOf(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
