package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/stats"
)

func TestInterquartileMean(t *testing.T) {
	inf := math.Inf(-1)
	for _, c := range []struct {
		name   string
		values []float64
		want   float64
	}{
		// (4 + 5 + 6 + 7) / 4: two of eight are cut at each end.
		{"eight values", []float64{100, 1, 5, 3, 7, 6, 4, 50}, 5.5},
		// A quarter cut at each end leaves 5 … 14.
		{"twenty values", []float64{19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, 9.5},
		{"too few to cut", []float64{1, 2, 6}, 3},
		{"an infinite quarter is cut", []float64{inf, 1, 2, 3}, 1.5},
		{"half of them infinite", []float64{inf, inf, 2, 3}, inf},
	} {
		t.Run(c.name, func(t *testing.T) { require.InDelta(t, c.want, stats.InterquartileMean(c.values), 1e-12) })
	}
	require.InDelta(t, -1.0, stats.InterquartileMean([]float64{-1}), 0)
	require.True(t, math.IsNaN(stats.InterquartileMean(nil)))
	require.InDelta(t, 2.5, stats.InterquartileMeanOf([][]float64{{1, 2}, {3, 100}}), 1e-12)
	// Means 2, 10 and 6.
	require.InDelta(t, 6.0, stats.MedianOf([][]float64{{1, 3}, {10}, {6, 6, 6}}), 1e-12)
}

// The interval of a statistic over strata draws from each stratum only: what differs between strata does not widen it.
func TestStratifiedKeepsTheStrata(t *testing.T) {
	strata := [][]float64{{1, 1, 1}, {100, 100, 100}}
	got := stats.Stratified(strata, stats.InterquartileMeanOf, 0.95, 200, seed.New(1, "stratified"))
	require.Equal(t, stats.Interval{Low: 50.5, High: 50.5}, got)
	require.Equal(t, [][]float64{{1, 1, 1}, {100, 100, 100}}, strata)
	pooled := stats.Bootstrap([]float64{1, 1, 1, 100, 100, 100}, stats.InterquartileMean, 0.95, 200, seed.New(1, "pooled"))
	require.Less(t, pooled.Low, 50.5)
}

// With one stratum of two values, 0 and 1, the mean of a resample is 0, 1/2 or 1 with probability 1/4, 1/2, 1/4.
func TestStratifiedQuantilesAreThoseOfTheResamples(t *testing.T) {
	mean := func(s [][]float64) float64 { return stats.Mean(s[0]) }
	wide := stats.Stratified([][]float64{{0, 1}}, mean, 0.6, 4000, seed.New(1, "two"))
	require.Equal(t, stats.Interval{Low: 0, High: 1}, wide, "1/5 and 4/5 lie inside the outer quarters")
	narrow := stats.Stratified([][]float64{{0, 1}}, mean, 0.4, 4000, seed.New(1, "two"))
	require.Equal(t, stats.Interval{Low: 0.5, High: 0.5}, narrow, "3/10 and 7/10 lie between them")
}

func TestMeansLieWithinTheValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 40).Draw(t, "values")
		iqm := stats.InterquartileMean(values)
		require.LessOrEqual(t, stats.Quantile(values, 0)-1e-6, iqm)
		require.GreaterOrEqual(t, stats.Quantile(values, 1)+1e-6, iqm)
	})
}
