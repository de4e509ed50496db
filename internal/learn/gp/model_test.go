package gp

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// plain is a model with all length-scales and the signal 1 and the given noise.
func plain(t *testing.T, axes []Axis, mix Mix, noise float64) *Model {
	m, err := New(axes, mix, FunctionNoise)
	require.NoError(t, err)
	p := make(parameters, len(m.parameters))
	p[len(axes)+1] = math.Log(noise)
	m.set(p)
	return m
}

// One number axis at 0 and 1: M(1) = (1 + √5 + 5/3) exp(-√5) = 0.523994. The mean of targets 1 and -1 is 0 by symmetry, and with noise 0.5
// A⁻¹ y = y / (1.5 - 0.523994), so mean(0) = (1 - 0.523994) / 0.976006 = 0.487708 and variance(0) = 1 - cᵀ A⁻¹ c with c = (1, 0.523994):
// (1.5 + 1.5·0.274570 - 2·0.274570) / (2.25 - 0.274570) = 0.689832, 1 - that = 0.310168.
func TestPredictionOfTwoPointsByHand(t *testing.T) {
	m := plain(t, []Axis{{Columns: 1}}, Mixed, 0.5)
	require.NoError(t, m.Add([]float64{0}))
	require.NoError(t, m.Add([]float64{1}))
	require.NoError(t, m.SetTargets([]float64{1, -1}))
	mean, variance := m.Predict([]float64{0})
	require.InDelta(t, 0.487708, mean, 1e-6)
	require.InDelta(t, 0.310168, variance, 1e-6)
	mean, variance = m.Predict([]float64{1e9})
	require.InDelta(t, 0, mean, 1e-12, "far away: the constant mean")
	require.InDelta(t, 1, variance, 1e-12)
}

// With unit length-scales: M(1) = 0.523994, one differing code exp(-1/2) = 0.606531, two exp(-1) = 0.367879.
func TestKernelsByHand(t *testing.T) {
	axes := []Axis{{Columns: 1}, {Columns: 1, Overlap: true}, {Columns: 1, Overlap: true}}
	for _, c := range []struct {
		name string
		axes []Axis
		mix  Mix
		a, b []float64
		want float64
	}{
		{"equal", axes, Mixed, []float64{3, 1, 2}, []float64{3, 1, 2}, 1},
		{"matern only", axes, Product, []float64{0, 1, 2}, []float64{1, 1, 2}, 0.523994},
		{"product of both", axes, Product, []float64{0, 1, 2}, []float64{1, 0, 2}, 0.317819},     // 0.523994 · 0.606531
		{"sum of both", axes, Sum, []float64{0, 1, 2}, []float64{1, 0, 2}, 0.565262},             // half of the sum
		{"mixture, w = 1/2", axes, Mixed, []float64{0, 1, 2}, []float64{1, 0, 2}, 0.441540},      // half of 0.317819 + 0.565262
		{"two codes", axes[1:], Mixed, []float64{1, 2}, []float64{2, 1}, 0.367879},               // numbers of codes do not matter
		{"codes far apart", axes[1:], Mixed, []float64{0, 2}, []float64{9, 1}, 0.367879},         // the same
		{"a group", []Axis{{Columns: 2}}, Mixed, []float64{0, 0}, []float64{0.6, 0.8}, 0.523994}, // distance 1
		{"two axes", []Axis{{Columns: 1}, {Columns: 1}}, "", []float64{0, 0}, []float64{1, 0}, 0.523994},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := plain(t, c.axes, c.mix, 1)
			require.InDelta(t, c.want, m.Correlation(c.a, c.b), 1e-6)
		})
	}
}

// The formulas of the package comment, by gonum's dense algebra.
func TestPredictionsAreThoseOfDenseAlgebra(t *testing.T) {
	x, y := sample(mixedAxes(), 30, 1)
	m := fitted(t, mixedAxes(), Mixed, x[:25], y[:25])
	require.NoError(t, m.Fit(20))
	n := 25
	a := mat.NewSymDense(n, nil)
	for i := range n {
		for j := range i + 1 {
			a.SetSym(i, j, m.kernel.signal*m.Correlation(x[i], x[j]))
		}
		a.SetSym(i, i, a.At(i, i)+m.noise+m.jitter)
	}
	var inverse mat.Dense
	require.NoError(t, inverse.Inverse(a))
	ones := mat.NewVecDense(n, nil)
	for i := range n {
		ones.SetVec(i, 1)
	}
	constant := mat.Inner(ones, &inverse, mat.NewVecDense(n, y[:n])) / mat.Inner(ones, &inverse, ones)
	rest := mat.NewVecDense(n, nil)
	for i := range n {
		rest.SetVec(i, y[i]-constant)
	}
	for _, q := range x[25:] {
		c := mat.NewVecDense(n, nil)
		for i := range n {
			c.SetVec(i, m.kernel.signal*m.Correlation(q, x[i]))
		}
		mean, variance := m.Predict(q)
		require.InDelta(t, constant+mat.Inner(c, &inverse, rest), mean, 1e-8)
		require.InDelta(t, m.kernel.signal-mat.Inner(c, &inverse, c), variance, 1e-8)
	}
}

// A model that grew, was cut and grew again is the one that was made at once.
func TestPointsAreAddedAndTakenBack(t *testing.T) {
	x, y := sample(mixedAxes(), 60, 2)
	rapid.Check(t, func(r *rapid.T) {
		m, err := New(mixedAxes(), Mixed, FunctionNoise)
		require.NoError(r, err)
		var held []int
		for range rapid.IntRange(1, 6).Draw(r, "rounds") {
			keep := rapid.IntRange(0, len(held)).Draw(r, "keep")
			m.Truncate(keep)
			held = held[:keep]
			for _, i := range rapid.SliceOfN(rapid.IntRange(0, 59), 1, 10).Draw(r, "rows") {
				require.NoError(r, m.Add(x[i]))
				held = append(held, i)
			}
		}
		targets := make([]float64, len(held))
		again, err := New(mixedAxes(), Mixed, FunctionNoise)
		require.NoError(r, err)
		for k, i := range held {
			targets[k] = y[i]
			require.NoError(r, again.Add(x[i]))
		}
		require.NoError(r, m.SetTargets(targets))
		require.NoError(r, again.SetTargets(targets))
		mean, variance := m.Predict(x[7])
		wantMean, wantVariance := again.Predict(x[7])
		require.InDelta(r, wantMean, mean, 1e-9)
		require.InDelta(r, wantVariance, variance, 1e-9)
	})
}

// Twice the same input without noise is singular. Next to a signal of 1 the first rung of the ladder is enough, next to 1e9 it drowns in rounding, and next
// to 1e16 all of them do.
func TestJitterClimbsTheLadder(t *testing.T) {
	twice := func(signal float64) (*Model, error) {
		m, err := New([]Axis{{Columns: 1}}, Mixed, FunctionNoise)
		require.NoError(t, err)
		m.set(parameters{0, math.Log(signal), -60})
		require.NoError(t, m.Add([]float64{0.5}))
		return m, m.Add([]float64{0.5})
	}
	m, err := twice(1)
	require.NoError(t, err)
	require.Equal(t, 1e-8, m.jitter)
	m, err = twice(1e9)
	require.NoError(t, err)
	require.Greater(t, m.jitter, 5e-8)
	require.Less(t, m.jitter, 2e-4)
	m, err = twice(1e16)
	require.EqualError(t, err, "gp: the covariance of 2 inputs is not positive definite with a jitter of 0.0001")
	require.Zero(t, m.Len())
}

func TestWrongInputsAreRefused(t *testing.T) {
	_, err := New([]Axis{{Columns: 0}, {Columns: 2, Overlap: true}}, Mixed, FunctionNoise)
	require.EqualError(t, err, "gp: axis 0 has 0 columns: must be at least 1\ngp: axis 1 has 2 columns: an overlap axis has 1")
	_, err = New(nil, "both", FunctionNoise)
	require.EqualError(t, err, `gp: mix "both" is not one of ["mixed" "product" "sum"]`)
	m, err := New([]Axis{{Columns: 2}}, Mixed, FunctionNoise)
	require.NoError(t, err)
	require.EqualError(t, m.Add([]float64{1}), "gp: an input of 1 numbers: the axes have 2")
	require.NoError(t, m.Add([]float64{1, 2}))
	require.EqualError(t, m.SetTargets(nil), "gp: 0 targets for 1 inputs")
}

func TestPredictAllocatesNothing(t *testing.T) {
	x, y := sample(mixedAxes(), 40, 2)
	m := fitted(t, mixedAxes(), Mixed, x, y)
	m.Predict(x[0])
	require.Zero(t, testing.AllocsPerRun(100, func() { m.Predict(x[1]) }))
}

func ExampleModel() {
	m, err := New([]Axis{{Columns: 1}}, Mixed, FunctionNoise)
	if err != nil {
		fmt.Println(err)
		return
	}
	var y []float64
	for i := range 12 {
		x := float64(i) / 11
		if err := m.Add([]float64{x}); err != nil {
			fmt.Println(err)
			return
		}
		y = append(y, math.Sin(6*x))
	}
	y, shift, scale := Standardise(y)
	if err := m.SetTargets(y); err != nil {
		fmt.Println(err)
		return
	}
	if err := m.Fit(50); err != nil {
		fmt.Println(err)
		return
	}
	mean, variance := m.Predict([]float64{0.5})
	fmt.Printf("sin 3 = %.3f: %.2f ± %.2f\n", math.Sin(3), shift+scale*mean, scale*math.Sqrt(variance))
	// Output: sin 3 = 0.141: 0.14 ± 0.03
}

// A model that is arranged is the one that was made of these inputs at once, whatever it held before.
func TestArrangedModelsAreThoseMadeAnew(t *testing.T) {
	x, y := sample(mixedAxes(), 40, 5)
	rapid.Check(t, func(r *rapid.T) {
		m, err := New(mixedAxes(), Mixed, FunctionNoise)
		require.NoError(r, err)
		var held []int
		for range rapid.IntRange(1, 5).Draw(r, "rounds") {
			next := rapid.SliceOfNDistinct(rapid.IntRange(0, 39), 1, 20, rapid.ID[int]).Draw(r, "rows")
			inputs, of := make([][]float64, len(next)), make([]int, len(next))
			targets := make([]float64, len(next))
			again, err := New(mixedAxes(), Mixed, FunctionNoise)
			require.NoError(r, err)
			for i, row := range next {
				inputs[i], of[i], targets[i] = x[row], slices.Index(held, row), y[row]
				require.NoError(r, again.Add(x[row]))
			}
			require.NoError(r, m.Arrange(inputs, of))
			held = next
			require.NoError(r, m.SetTargets(targets))
			require.NoError(r, again.SetTargets(targets))
			mean, variance := m.Predict(x[0])
			wantMean, wantVariance := again.Predict(x[0])
			require.InDelta(r, wantMean, mean, 1e-9)
			require.InDelta(r, wantVariance, variance, 1e-9)
		}
	})
}
