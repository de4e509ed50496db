package boost_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// table draws rows of features in [0, 1) with a target that some of them explain, alone and in pairs.
func table(rows, features int) boost.Data[float32] {
	rng := seed.New(1, "boost")
	d := boost.Data[float32]{Features: features}
	for range rows {
		for range features {
			d.X = append(d.X, rng.Float32())
		}
		x := d.X[len(d.X)-features:]
		d.Y = append(d.Y, float64(x[0]+2*x[1]*x[2]-x[3]*x[4])+rng.NormFloat64()/10)
	}
	return d
}

// The bar of a large table: 250,000 rows of 30 features, 500 trees of depth 8, below 60 s on 2 cores.
func BenchmarkFit250kRowsOf30Features500TreesOfDepth8(b *testing.B) {
	if testing.Short() {
		b.Skip("takes half a minute")
	}
	d := table(250_000, 30)
	for b.Loop() {
		_, err := boost.Fit(d, boost.Options{Trees: 500, MaxDepth: 8, Workers: 2}, nil)
		require.NoError(b, err)
	}
}

// What an agent fits again and again.
func BenchmarkFit150RowsOf30Features(b *testing.B) {
	d := table(150, 30)
	b.ReportAllocs()
	for b.Loop() {
		_, err := boost.Fit(d, boost.Options{}, nil)
		require.NoError(b, err)
	}
}

func BenchmarkScores(b *testing.B) {
	for _, c := range []struct {
		name    string
		options boost.Options
	}{{"100 trees of depth 6", boost.Options{}}, {"500 trees of depth 8", boost.Options{Trees: 500, MaxDepth: 8}}} {
		b.Run(c.name, func(b *testing.B) {
			d := table(5000, 30)
			m, err := boost.Fit(d, c.options, nil)
			require.NoError(b, err)
			scores := make([]float64, len(d.Y))
			b.ReportAllocs()
			for b.Loop() {
				boost.Scores(m, d.X, scores)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(scores)), "ns/row")
		})
	}
}
