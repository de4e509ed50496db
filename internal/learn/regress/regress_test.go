package regress_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/learn/measure"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// curved is rows of y = 5 + 3 x0 - x1 + 2 x0 x2 with x in [0, 1]; axis 1 has two columns.
func curved(rows int, rng *rand.Rand) regress.Data {
	d := regress.Data{Axes: []int{1, 2}}
	for range rows {
		x := []float64{rng.Float64(), rng.Float64(), rng.Float64()}
		d.X, d.Y = append(d.X, x...), append(d.Y, 5+3*x[0]-x[1]+2*x[0]*x[2])
	}
	return d
}

// TestEveryKindLearns holds each kind to an error on new rows, and to its form in a file.
func TestEveryKindLearns(t *testing.T) {
	atMost := map[regress.Kind]float64{ // RMSE over the mean
		regress.Ridge: 0.03, regress.Neighbours: 0.06, regress.Forest: 0.1, regress.Boost: 0.06, regress.Process: 0.005, regress.Nets: 0.01,
	}
	rng := rand.New(rand.NewPCG(1, 2))
	train, test := curved(150, rng), curved(200, rng)
	for _, name := range regress.Kinds() {
		t.Run(name, func(t *testing.T) {
			kind := regress.Kind(name)
			if kind == regress.Summed {
				t.Skip("needs axes of levels: TestTables")
			}
			m, err := regress.Fit(kind, train, regress.Options{Trees: 100}, rand.New(rand.NewPCG(3, 4)))
			require.NoError(t, err)
			f := make([]float64, 200)
			m.Predict(test.X, f)
			require.Less(t, measure.Of(test.Y, f).RelativeToMean, atMost[kind])

			text, err := json.Marshal(regress.Encode(m))
			require.NoError(t, err)
			var e regress.Encoded
			require.NoError(t, json.Unmarshal(text, &e))
			again, err := e.Model(3)
			require.NoError(t, err)
			g := make([]float64, 200)
			again.Predict(test.X, g)
			require.Equal(t, f, g)
			_, err = e.Model(4)
			require.ErrorContains(t, err, "a model of 3 features for rows of 4")
		})
	}
}

func TestFittingIsDeterministic(t *testing.T) {
	d := curved(100, rand.New(rand.NewPCG(1, 2)))
	for _, kind := range []regress.Kind{regress.Boost, regress.Forest} {
		var texts [2]string
		for i := range texts {
			m, err := regress.Fit(kind, d, regress.Options{Trees: 10, Workers: i + 1}, rand.New(rand.NewPCG(3, 4)))
			require.NoError(t, err)
			text, err := json.Marshal(regress.Encode(m))
			require.NoError(t, err)
			texts[i] = string(text)
		}
		require.Equal(t, texts[0], texts[1])
	}
}

func TestFitRefuses(t *testing.T) {
	good := regress.Data{Axes: []int{1}, X: []float64{1, 2}, Y: []float64{1, 2}}
	tests := []struct {
		name string
		kind regress.Kind
		d    regress.Data
		want string
	}{
		{"kind", "svm", good, `unknown kind of model "svm"`},
		{"constant", "", regress.Data{Axes: []int{1}, X: []float64{1, 2}, Y: []float64{4, 4}}, "the target is 4 in all 2 rows"},
		{"missing feature", "", regress.Data{Axes: []int{1}, X: []float64{1, math.NaN()}, Y: []float64{1, 2}}, "row 1: feature 0 is NaN"},
		{"missing target", "", regress.Data{Axes: []int{1}, X: []float64{1, 2}, Y: []float64{1, math.NaN()}}, "row 1: the target is NaN"},
		{"one row", "", regress.Data{Axes: []int{1}, X: []float64{1}, Y: []float64{1}}, "1 rows, need at least 2"},
		{"shape", "", regress.Data{Axes: []int{2}, X: []float64{1, 2}, Y: []float64{1, 2}}, "2 numbers for 2 rows of 2 features"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := regress.Fit(test.kind, test.d, regress.Options{}, nil)
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestTransforms(t *testing.T) {
	for _, tr := range []regress.Transform{{}, {Name: regress.Log}, {Name: regress.BoxCox, Lambda: 0.5}, {Name: regress.BoxCox, Lambda: -1.5}} {
		require.NoError(t, tr.Check())
		for _, y := range []float64{0.25, 1, 9} {
			require.InDelta(t, y, tr.Inverse(tr.Forward(y)), 1e-12)
		}
	}
	require.InDelta(t, 4, regress.Transform{Name: regress.BoxCox, Lambda: 0.5}.Forward(9), 1e-15) // (3 - 1) / 0.5
	require.Error(t, regress.Transform{Name: regress.BoxCox}.Check())

	rng := rand.New(rand.NewPCG(5, 6))
	d := regress.Data{Axes: []int{1}}
	var groups []uint64
	for i := range 200 {
		x := rng.Float64()
		d.X, d.Y, groups = append(d.X, x), append(d.Y, math.Exp(6*x)), append(groups, uint64(i))
	}
	tr, err := regress.ChooseTransform(regress.Ridge, d, groups, regress.Options{}, rng) // linear in the logarithm
	require.NoError(t, err)
	require.Equal(t, regress.Log, tr.Name)
	d.Y[0] = 0
	tr, err = regress.ChooseTransform(regress.Ridge, d, groups, regress.Options{}, rng)
	require.NoError(t, err)
	require.Equal(t, regress.Identity, tr.Name)
}

// TestHalfWidthCovers holds the promise of conformal prediction: on average over calibrations at least the chance asked for.
func TestHalfWidthCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	covered := 0
	for range 400 {
		residuals := make([]float64, 60)
		for i := range residuals {
			residuals[i] = rng.NormFloat64()
		}
		w := regress.HalfWidth(residuals, 0.9)
		for range 50 {
			if math.Abs(rng.NormFloat64()) <= w {
				covered++
			}
		}
	}
	require.InDelta(t, 0.9, float64(covered)/20000, 0.015)
	require.True(t, math.IsInf(regress.HalfWidth([]float64{1, 2, 3}, 0.9), 1))
	require.Equal(t, 2.0, regress.HalfWidth([]float64{-2, 1, 0.5}, 0.75))
}

func ExampleFit() {
	d := regress.Data{Axes: []int{1}, X: []float64{0, 1, 2, 3}, Y: []float64{1, 3, 5, 7}}
	m, err := regress.Fit(regress.Ridge, d, regress.Options{}, nil)
	if err != nil {
		panic(err)
	}
	f := make([]float64, 1)
	m.Predict([]float64{10}, f)
	fmt.Printf("%.3f\n", f[0])
	// Output: 21.000
}

func BenchmarkPredict(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	d := curved(300, rng)
	for _, kind := range regress.Kinds() {
		m, err := regress.Fit(regress.Kind(kind), d, regress.Options{Trees: 100}, rng)
		require.NoError(b, err)
		f := make([]float64, 300)
		b.Run(kind, func(b *testing.B) {
			for b.Loop() {
				m.Predict(d.X, f)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/300, "ns/row")
		})
	}
}
