package stats_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/experiments/stats"
)

func ExampleQuantile() {
	trialsToSpec := []float64{120, 80, 310, 95, math.Inf(1)} // one of five seeds never got there
	fmt.Println(stats.Quantile(trialsToSpec, 0.25), stats.Median(trialsToSpec), stats.Quantile(trialsToSpec, 1))
	// Output: 95 120 +Inf
}

// Expected values by numpy.quantile 2.4.6 (method "linear").
func TestQuantileAgainstNumPy(t *testing.T) {
	values := []float64{7.1, 1.5, 3.2, 9.9, 4.4, 4.4, 8.0}
	for p, want := range map[float64]float64{0: 1.5, 0.1: 2.52, 0.25: 3.8, 0.5: 4.4, 0.75: 7.55, 0.9: 8.76, 1: 9.9} {
		require.InDelta(t, want, stats.Quantile(values, p), 1e-12, "quantile at %g", p)
	}
	require.InDelta(t, 4.4, stats.Median(values), 1e-12)
	require.Equal(t, []float64{7.1, 1.5, 3.2, 9.9, 4.4, 4.4, 8.0}, values, "arguments stay as they are")
}

func TestQuantileOfOddInput(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, got := range map[string]float64{
		"median of nothing":       stats.Median(nil),
		"median with a NaN":       stats.Median([]float64{1, nan, 3}),
		"upper quantile of a NaN": stats.Quantile([]float64{1, 2, 3, nan}, 1),
	} {
		require.True(t, math.IsNaN(got), name)
	}
	require.Equal(t, inf, stats.Median([]float64{1, inf}), "between a number and never is never")
	require.Equal(t, -inf, stats.Median([]float64{-inf, 1}))
	require.Equal(t, -inf, stats.Median([]float64{-inf, -inf, 1, 2}))
	require.Equal(t, 5.0, stats.Median([]float64{5}))
	require.PanicsWithValue(t, "stats: quantile at 1.5 out of range [0, 1]", func() { stats.Quantile([]float64{1}, 1.5) })
}

func TestQuantileIsMonotoneAndInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 30).Draw(t, "values")
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		q := rapid.Float64Range(0, 1).Draw(t, "q")
		low, high := stats.Quantile(values, min(p, q)), stats.Quantile(values, max(p, q))
		require.LessOrEqual(t, low, high+1e-6)
		require.GreaterOrEqual(t, low, stats.Quantile(values, 0))
		require.LessOrEqual(t, high, stats.Quantile(values, 1)+1e-6)
	})
}
