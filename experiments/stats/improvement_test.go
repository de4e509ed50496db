package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/experiments/stats"
)

func TestImprovement(t *testing.T) {
	for _, c := range []struct {
		name string
		x, y [][]float64
		want float64
	}{
		// Pairs with x > y: 2>1; 4>1, 4>3: 3 of 4.
		{"one task", [][]float64{{2, 4}}, [][]float64{{1, 3}}, 0.75},
		// 3/4 and, equal values a half each, 1/2: mean 5/8.
		{"two tasks", [][]float64{{2, 4}, {5}}, [][]float64{{1, 3}, {5}}, 0.625},
		{"a task that only one has", [][]float64{{2, 4}, nil}, [][]float64{{1, 3}, {1}}, 0.75},
		{"never there against there", [][]float64{{1}}, [][]float64{{math.Inf(-1)}}, 1},
	} {
		t.Run(c.name, func(t *testing.T) { require.InDelta(t, c.want, stats.Improvement(c.x, c.y), 1e-12) })
	}
	require.True(t, math.IsNaN(stats.Improvement(nil, nil)))
}

func TestImprovementsOfBothAddUpToOne(t *testing.T) {
	values := rapid.SliceOfN(rapid.SliceOfN(rapid.Float64Range(0, 5), 1, 6), 3, 3)
	rapid.Check(t, func(t *rapid.T) {
		x, y := values.Draw(t, "x"), values.Draw(t, "y")
		require.InDelta(t, 1, stats.Improvement(x, y)+stats.Improvement(y, x), 1e-12)
	})
}

func TestProfile(t *testing.T) {
	// Above 0: 2/3 and 1; above 1/2: 1/3 and 1/2; above 1: none.
	got := stats.Profile([][]float64{{0, 0.5, 1}, {0.25, 0.75}}, []float64{0, 0.5, 1})
	require.InDeltaSlice(t, []float64{5.0 / 6, 5.0 / 12, 0}, got, 1e-12)
}

func TestRegret(t *testing.T) {
	require.InDelta(t, 0.25, stats.Regret(8, 10, true), 1e-12)
	require.InDelta(t, -0.25, stats.Regret(8, 10, false), 1e-12)
	require.InDelta(t, 0.25, stats.Regret(-8, -6, true), 1e-12)
	require.InDelta(t, 3.0, stats.Regret(0, 3, true), 1e-12)
	require.InDelta(t, math.Inf(1), stats.Regret(8, math.Inf(1), true), 0)
	// 100 (94 - 92) / 92 = 2.1739 %.
	require.InDelta(t, 0.021739, stats.RelativeImprovement(92, 94, false), 1e-6)
	require.InDelta(t, 0.2, stats.RelativeImprovement(10, 8, true), 1e-12)
}

func TestNormalised(t *testing.T) {
	require.InDelta(t, 0.75, stats.Normalised(4, 10, 2, true), 1e-12)
	require.InDelta(t, -1.0, stats.Normalised(1, 2, 3, false), 1e-12)
	require.InDelta(t, 1.0, stats.Normalised(3, 3, 3, true), 0)
	require.InDelta(t, 1.0, stats.Normalised(2, 3, 3, true), 0)
	require.InDelta(t, 0.0, stats.Normalised(4, 3, 3, true), 0)
}
