package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/experiments/stats"
)

func TestMannWhitneyEqualsPublishedValues(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name string
		x, y []float64
		u, p float64
	}{
		// 1 of the (6 choose 3) = 20 arrangements.
		{"largest three of six", []float64{4, 5, 6}, []float64{1, 2, 3}, 9, 1.0 / 20},
		{"smallest three of six", []float64{1, 2, 3}, []float64{4, 5, 6}, 0, 1},
		// The two arrangements with u >= 8 of 20.
		{"second largest arrangement", []float64{3, 5, 6}, []float64{1, 2, 4}, 8, 2.0 / 20},
		// Hollander and Wolfe 1973, page 69; R's documentation of wilcox.test prints W = 35, p-value = 0.1272.
		{"permeability of membranes", []float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}, []float64{1.15, 0.88, 0.90, 0.74, 1.21}, 35, 0.1272},
		// SciPy's documentation of mannwhitneyu: U = 17, two-sided p = 0.1111 = 2 * 7/126.
		{"age at diagnosis", []float64{19, 22, 16, 29, 24}, []float64{20, 11, 17, 12}, 17, 7.0 / 126},
		// R's airquality, ozone in August against May: ties. R prints W = 127.5 for May, 26*26 - 127.5 = 548.5; two-sided p-value = 0.0001208.
		{
			"ozone in August and May",
			[]float64{39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85},
			[]float64{41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37},
			548.5, 0.0001208 / 2,
		},
		{"all equal", []float64{5, 5, 5}, []float64{5, 5}, 3, 1},
		// Ranks 1, 3.5 and 3.5, 3.5, 3.5: U = 4.5 - 3 = 1.5; σ² = 6/12 (6 - (4³-4)/20) = 1.5; z = (1.5 - 3 - 0.5)/√1.5 = -1.632993.
		{"never feasible", []float64{1, inf}, []float64{inf, inf, inf}, 1.5, 0.948765},
		{"nothing measured", nil, []float64{1}, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			u, p := stats.MannWhitney(c.x, c.y)
			require.Equal(t, c.u, u)
			require.InEpsilon(t, c.p, p, 5e-4)
		})
	}
}

// Every pair is counted once from either side, and both tails cover everything.
func TestMannWhitneyTailsBelongTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 30), 1, 60)
		draw := func(name string) []float64 {
			var out []float64
			for _, v := range values.Draw(t, name) {
				out = append(out, float64(v))
			}
			return out
		}
		x, y := draw("x"), draw("y")
		u, p := stats.MannWhitney(x, y)
		v, q := stats.MannWhitney(y, x)
		require.InDelta(t, float64(len(x)*len(y)), u+v, 1e-9)
		require.GreaterOrEqual(t, p+q, 1-1e-12)
		require.True(t, p >= 0 && p <= 1 && q >= 0 && q <= 1)
	})
}

// Without ties the approximation, from 50 values on, continues the exact test: 49 and 50 values with the same share of ordered pairs.
func TestExactAndNormalTailsMeet(t *testing.T) {
	p := func(n int) float64 {
		var x, y []float64
		for i := range n {
			x, y = append(x, float64(2*i+4)+0.5), append(y, float64(2*i))
		}
		_, p := stats.MannWhitney(x, y)
		return p
	}
	require.InEpsilon(t, p(49), p(50), 0.03)
	require.NotEqual(t, p(49), p(50))
}

func TestAverageRanks(t *testing.T) {
	require.Equal(t, []float64{2.5, 1, 4, 2.5, 5}, stats.AverageRanks([]float64{3, -1, 7, 3, math.Inf(1)}))
	require.Empty(t, stats.AverageRanks(nil))
}

func TestHolm(t *testing.T) {
	for _, c := range []struct {
		name    string
		p, want []float64
	}{
		// 4*0.01, then 3*0.02, then 2*0.03 = 0.06, then 0.04 raised to the largest before it.
		{"raised to the largest before", []float64{0.01, 0.02, 0.03, 0.04}, []float64{0.04, 0.06, 0.06, 0.06}},
		// Sorted 0.005, 0.1, 0.6: 3*0.005, 2*0.1, 0.6.
		{"order of the arguments", []float64{0.6, 0.005, 0.1}, []float64{0.6, 0.015, 0.2}},
		{"at most 1", []float64{0.7, 0.8}, []float64{1, 1}},
		{"one", []float64{0.3}, []float64{0.3}},
		{"none", nil, []float64{}},
	} {
		t.Run(c.name, func(t *testing.T) { require.InDeltaSlice(t, c.want, stats.Holm(c.p), 1e-12) })
	}
}
