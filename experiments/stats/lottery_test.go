package stats_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/stats"
)

func TestLottery(t *testing.T) {
	// Medians 2, 5, 9, 4, 7; chances 1/3, 1, 1, 0, 2/3.
	got := stats.NewLottery([][]float64{{1, 2, 3}, {5, 5, 5}, {9, 1, 9}, {4, 4, 4}, {7, 6, 8}}, []int{1, 3, 3, 0, 2})
	require.InDelta(t, 0.6, got.ReachedFrac, 1e-12)
	require.Equal(t, stats.Lottery{Settings: 5, Best: 9, High: 7, Median: 5, Low: 4, Worst: 2, ReachedFrac: got.ReachedFrac}, got)
}

func TestExpectedBest(t *testing.T) {
	values := []float64{4, 1, 3, 2}
	require.InDelta(t, 2.5, stats.ExpectedBest(values, 1), 1e-12, "of one: the mean")
	// Of the six pairs three have 4 as the larger one, two 3, one 2: (12 + 6 + 2) / 6.
	require.InDelta(t, 20.0/6, stats.ExpectedBest(values, 2), 1e-12)
	require.InDelta(t, 3.75, stats.ExpectedBest(values, 3), 1e-12)
	require.InDelta(t, 4.0, stats.ExpectedBest(values, 4), 1e-12)
}

func TestMoreDrawsAreNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-10, 10), 2, 30).Draw(t, "values")
		for k := 2; k <= len(values); k++ {
			require.GreaterOrEqual(t, stats.ExpectedBest(values, k)+1e-9, stats.ExpectedBest(values, k-1))
		}
		require.InDelta(t, stats.Quantile(values, 1), stats.ExpectedBest(values, len(values)), 1e-9)
	})
}

// On a full grid of f(x, y, z) = 4x + y with levels 0 … 3 each, x has 16/17 of the variance, y 1/17, and there is no interaction.
func TestImportancesOfAKnownFunction(t *testing.T) {
	factors := []stats.Factor{{Name: "x", Levels: 4}, {Name: "y", Levels: 4, Nominal: true}, {Name: "z", Levels: 4}}
	var rows [][]int
	var values []float64
	for x := range 4 {
		for y := range 4 {
			for z := range 4 {
				rows, values = append(rows, []int{x, y, z}), append(values, float64(4*x+y))
			}
		}
	}
	list, err := stats.Importances(factors, rows, values, seed.New(1, "importance"))
	require.NoError(t, err)
	require.Len(t, list, 6)
	require.InDelta(t, 16.0/17, list[0].Frac, 0.02)
	require.InDelta(t, 1.0/17, list[1].Frac, 0.02)
	require.InDelta(t, 0, list[2].Frac, 0.02)
	require.Equal(t, stats.Importance{Name: "x", Other: "y", Frac: list[3].Frac}, list[3])
	require.InDelta(t, 0, list[3].Frac, 0.02)

	none, err := stats.Importances(factors, rows, make([]float64, len(rows)), seed.New(1, "importance"))
	require.NoError(t, err)
	require.Nil(t, none)
}
