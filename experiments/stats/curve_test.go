package stats_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/experiments/stats"
)

func ExampleBands() {
	curves := []stats.Curve{
		{Trials: 4, Steps: []stats.Step{{Trials: 1, Best: 9}, {Trials: 2, Best: 7}, {Trials: 4, Best: 4}}},
		{Trials: 4, Steps: []stats.Step{{Trials: 2, Best: 6}, {Trials: 3, Best: 5}}},
		{Trials: 4, Steps: []stats.Step{{Trials: 3, Best: 9}, {Trials: 4, Best: 3}}},
	}
	for _, band := range stats.Bands(curves, stats.Grid(4, 4, false), true, 0, 1) {
		fmt.Println(band.Trials, band.Low, band.Median, band.High)
	}
	// Output:
	// 1 9 +Inf +Inf
	// 2 6 7 +Inf
	// 3 5 7 9
	// 4 3 4 5
}

func TestCurveIsKnownFromItsFirstStepToItsEnd(t *testing.T) {
	curve := stats.Curve{Trials: 10, Steps: []stats.Step{{Trials: 3, Best: 8}, {Trials: 6, Best: 4}}}
	for trials, want := range map[int]float64{3: 8, 5: 8, 6: 4, 10: 4} {
		got, ok := curve.At(trials)
		require.True(t, ok, "after %d trials", trials)
		require.Equal(t, want, got, "after %d trials", trials)
	}
	for _, trials := range []int{0, 1, 2, 11} {
		_, ok := curve.At(trials)
		require.False(t, ok, "after %d trials", trials)
	}
	final, ok := curve.Final()
	require.True(t, ok)
	require.Equal(t, 4.0, final)
	_, ok = stats.Curve{Trials: 5}.Final()
	require.False(t, ok)
}

func TestGrid(t *testing.T) {
	require.Equal(t, []int{1, 2, 3, 4, 5}, stats.Grid(5, 100, true))
	require.Equal(t, []int{1, 26, 51, 75, 100}, stats.Grid(100, 5, false)) // 1 + 99 i/4, rounded
	require.Equal(t, []int{1, 3, 10, 32, 100}, stats.Grid(100, 5, true))   // 100^(i/4), rounded
	require.Equal(t, []int{1}, stats.Grid(1, 5, true))
	require.Empty(t, stats.Grid(0, 5, false))
	rapid.Check(t, func(t *rapid.T) {
		trials, size := rapid.IntRange(2, 1e6).Draw(t, "trials"), rapid.IntRange(2, 300).Draw(t, "size")
		grid := stats.Grid(trials, size, rapid.Bool().Draw(t, "logarithmic"))
		require.LessOrEqual(t, len(grid), size)
		require.Equal(t, 1, grid[0])
		require.Equal(t, trials, grid[len(grid)-1])
		require.Len(t, slices.Compact(slices.Clone(grid)), len(grid))
		require.True(t, slices.IsSorted(grid))
	})
}

func TestBandsDropRunsThatEnded(t *testing.T) {
	curves := []stats.Curve{
		{Trials: 2, Steps: []stats.Step{{Trials: 1, Best: 1}, {Trials: 2, Best: 2}}},
		{Trials: 4, Steps: []stats.Step{{Trials: 1, Best: 5}, {Trials: 4, Best: 6}}},
	}
	require.Equal(t, []stats.Band{
		{Trials: 1, Runs: 2, Low: 2, Median: 3, High: 4},
		{Trials: 2, Runs: 2, Low: 2.75, Median: 3.5, High: 4.25},
		{Trials: 3, Runs: 1, Low: 5, Median: 5, High: 5},
		{Trials: 4, Runs: 1, Low: 6, Median: 6, High: 6},
	}, stats.Bands(curves, []int{1, 2, 3, 4, 8}, false, 0.25, 0.75))
	require.Empty(t, stats.Bands(nil, []int{1, 2}, false, 0.25, 0.75))
}

func TestBandsNeverGetWorseForRunsOfOneLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trials := rapid.IntRange(1, 30).Draw(t, "trials")
		minimise := rapid.Bool().Draw(t, "minimise")
		value := rapid.OneOf(rapid.Just(math.NaN()), rapid.Float64Range(-100, 100))
		curves := make([]stats.Curve, rapid.IntRange(1, 6).Draw(t, "runs"))
		for i := range curves {
			curves[i] = bestSoFar(rapid.SliceOfN(value, trials, trials).Draw(t, "values"), minimise)
		}
		bands := stats.Bands(curves, stats.Grid(trials, 100, false), minimise, 0.25, 0.75)
		require.Len(t, bands, trials)
		for i, band := range bands {
			require.LessOrEqual(t, band.Low, band.Median)
			require.LessOrEqual(t, band.Median, band.High)
			if i > 0 && minimise {
				require.LessOrEqual(t, band.Median, bands[i-1].Median)
			} else if i > 0 {
				require.GreaterOrEqual(t, band.Median, bands[i-1].Median)
			}
		}
	})
}

// bestSoFar is the curve of a run whose trials gave these values, NaN for a trial without a feasible design.
func bestSoFar(values []float64, minimise bool) stats.Curve {
	curve := stats.Curve{Trials: len(values)}
	for i, v := range values {
		best, known := curve.At(i)
		if !math.IsNaN(v) && (!known || minimise && v < best || !minimise && v > best) {
			curve.Steps = append(curve.Steps, stats.Step{Trials: i + 1, Best: v})
		}
	}
	return curve
}
