package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/stats"
)

func TestSignedRankEqualsPublishedValues(t *testing.T) {
	for _, c := range []struct {
		name string
		x, y []float64
		v, p float64
	}{
		// Hollander and Wolfe 1973, page 29: depression before and after; R's documentation of wilcox.test prints V = 40, p-value = 0.01953.
		{"depression scale",
			[]float64{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30}, []float64{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29}, 40, 0.01953},
		// All of 2^3 signs positive: 1/8.
		{"three larger", []float64{2, 4, 6}, []float64{1, 2, 3}, 6, 0.125},
		// The subsets of {1, 2, 3} with a sum of at least 4: {1,3}, {2,3}, {1,2,3}.
		{"ranks 1 and 3 of three", []float64{2, 0, 6}, []float64{1, 2, 3}, 4, 3.0 / 8},
		// Differences 1, 1, 0, -1: ranks 2 each, v = 4; variance 3·4·7/24 - 24/48 = 3; z = (4 - 3 - 0.5)/√3 = 0.288675.
		{"ties and a pair without difference", []float64{2, 3, 4, 5}, []float64{1, 2, 4, 6}, 4, 0.386415},
		{"no difference", []float64{1, math.Inf(1)}, []float64{1, math.Inf(1)}, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, p := stats.SignedRank(c.x, c.y)
			require.InDelta(t, c.v, v, 0)
			require.InEpsilon(t, c.p, p, 5e-4)
		})
	}
}

// Hollander and Wolfe 1973, page 140: three ways to round first base, 22 runners; R's documentation of friedman.test prints chi-squared = 11.143,
// p-value = 0.003805.
func TestFriedmanEqualsPublishedValue(t *testing.T) {
	blocks := [][]float64{
		{5.40, 5.50, 5.55}, {5.85, 5.70, 5.75}, {5.20, 5.60, 5.50}, {5.55, 5.50, 5.40}, {5.90, 5.85, 5.70}, {5.45, 5.55, 5.60},
		{5.40, 5.40, 5.35}, {5.45, 5.50, 5.35}, {5.25, 5.15, 5.00}, {5.85, 5.80, 5.70}, {5.25, 5.20, 5.10}, {5.65, 5.55, 5.45},
		{5.60, 5.35, 5.45}, {5.05, 5.00, 4.95}, {5.50, 5.50, 5.40}, {5.45, 5.55, 5.50}, {5.55, 5.55, 5.35}, {5.45, 5.50, 5.55},
		{5.50, 5.45, 5.25}, {5.65, 5.60, 5.40}, {5.70, 5.65, 5.55}, {6.30, 6.30, 6.25},
	}
	ranks, chiSquared, p := stats.Friedman(blocks)
	require.InDelta(t, 11.143, chiSquared, 5e-4)
	require.InDelta(t, 0.003805, p, 5e-7)
	require.InDelta(t, 6.0, ranks[0]+ranks[1]+ranks[2], 1e-9)
	require.Less(t, ranks[2], ranks[1])
}

func TestFriedmanOfNothing(t *testing.T) {
	ranks, chiSquared, p := stats.Friedman([][]float64{{1, 1}, {2, 2}})
	require.Equal(t, []float64{1.5, 1.5}, ranks)
	require.InDelta(t, 0.0, chiSquared, 0)
	require.InDelta(t, 1.0, p, 0)
	_, _, p = stats.Friedman(nil)
	require.InDelta(t, 1.0, p, 0)
}
