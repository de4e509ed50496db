package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/experiments/stats"
)

func TestAttainment(t *testing.T) {
	fronts := [][][]float64{
		{{1, 5}, {4, 2}},
		{{2, 4}, {3, 3}},
		{{2, 1}},
	}
	for _, c := range []struct {
		k    int
		want [][]float64
	}{
		{1, [][]float64{{1, 5}, {2, 4}, {3, 3}, {4, 2}}},
		// Two runs have reached (1, 4): the first by (1, 5), the second by (2, 4); (2, 2) and (3, 2) likewise, of which (3, 2) stays.
		{2, [][]float64{{1, 4}, {3, 2}}},
		{3, [][]float64{{2, 1}}},
		{4, nil},
	} {
		require.Equal(t, c.want, stats.Attainment(fronts, c.k), "k = %d", c.k)
	}
	require.Nil(t, stats.Attainment([][][]float64{nil, {{1, 1}}}, 2), "a run without a design has reached nothing")
}

// The border of one run is its front, and that of any number is reached by at least as many runs.
func TestAttainmentIsReachedByAtLeastKRuns(t *testing.T) {
	vectors := rapid.SliceOfN(rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 5), func(i int) float64 { return float64(i) }), 2, 2), 0, 5)
	rapid.Check(t, func(t *rapid.T) {
		fronts := rapid.SliceOfN(vectors, 1, 5).Draw(t, "fronts")
		k := rapid.IntRange(1, len(fronts)).Draw(t, "k")
		reaches := func(front [][]float64, v []float64) bool {
			for _, d := range front {
				if d[0] >= v[0] && d[1] >= v[1] {
					return true
				}
			}
			return false
		}
		border := stats.Attainment(fronts, k)
		for x := range 6 {
			for y := range 6 {
				v, runs := []float64{float64(x), float64(y)}, 0
				for _, front := range fronts {
					if reaches(front, v) {
						runs++
					}
				}
				require.Equal(t, runs >= k, reaches(border, v), "%v of %d runs", v, runs)
			}
		}
		require.Len(t, stats.Front(border), len(border))
	})
}

func TestFrontDistances(t *testing.T) {
	reference := [][]float64{{0, 4}, {4, 0}}
	// (0, 4) is missed by (1, 2) by 2 in the second objective; (4, 0) by 3 in the first.
	require.InDelta(t, 3.0, stats.Epsilon([][]float64{{1, 2}}, reference), 1e-12)
	require.InDelta(t, 2.5, stats.InvertedDistance([][]float64{{1, 2}}, reference), 1e-12)
	require.InDelta(t, -1.0, stats.Epsilon([][]float64{{1, 5}, {5, 1}}, reference), 1e-12)
	require.InDelta(t, 0.0, stats.InvertedDistance([][]float64{{1, 5}, {5, 1}}, reference), 1e-12)
	require.InDelta(t, math.Inf(1), stats.Epsilon(nil, reference), 0)
}
