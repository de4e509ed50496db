package stats_test

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/experiments/stats"
)

func ExampleMannWhitney() {
	genetic, random := []float64{19, 22, 16, 29, 24}, []float64{20, 11, 17, 12}
	c := stats.MannWhitney(genetic, random)
	fmt.Printf("U %g, better with probability %.2f, p %.4f\n", c.U, c.Improvement, c.PValue)
	// Output: U 17, better with probability 0.85, p 0.1111
}

// Expected values by scipy.stats.mannwhitneyu of SciPy 1.17.1: method "exact", PermutationMethod over all permutations for ties, and
// "asymptotic" for the large samples. The first case is the example of its manual.
func TestMannWhitneyAgainstSciPy(t *testing.T) {
	large, other := make([]float64, 40), make([]float64, 35)
	for i := range large {
		large[i] = float64(i * 37 % 101 / 2)
	}
	for i := range other {
		other[i] = float64(i*53%97/2 + 6)
	}
	for _, c := range []struct {
		name string
		x, y []float64
		u, p float64
	}{
		{"exact", []float64{19, 22, 16, 29, 24}, []float64{20, 11, 17, 12}, 17, 0.1111111111111111},
		{"all below", []float64{1, 2, 3}, []float64{4, 5, 6, 7}, 0, 0.05714285714285714},
		{"ties", []float64{1, 2, 2, 3, 5, 5, 5, 8}, []float64{2, 3, 3, 4, 5, 9, 9}, 21.5, 0.47987567987567986},
		{"few values, ties", []float64{1, 1, 2}, []float64{1, 3, 3, 4}, 2, 0.22857142857142856},
		{"normal approximation, ties", large, other, 605.5, 0.3179801337667004},
		{"one value throughout", []float64{3, 3, 3}, []float64{3, 3}, 3, 1},
		{"one value throughout, many", slices.Repeat([]float64{3}, 40), slices.Repeat([]float64{3}, 40), 800, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := stats.MannWhitney(c.x, c.y)
			require.Equal(t, c.u, got.U)
			require.InDelta(t, c.u/float64(len(c.x)*len(c.y)), got.Improvement, 1e-15)
			require.InEpsilon(t, c.p, got.PValue, 1e-12)
		})
	}
}

func TestMannWhitneyOfOddInput(t *testing.T) {
	for name, c := range map[string]stats.Comparison{
		"no x":  stats.MannWhitney(nil, []float64{1}),
		"no y":  stats.MannWhitney([]float64{1}, nil),
		"a NaN": stats.MannWhitney([]float64{1, math.NaN()}, []float64{2}),
	} {
		require.True(t, math.IsNaN(c.U) && math.IsNaN(c.Improvement) && math.IsNaN(c.PValue), name)
	}
	never := math.Inf(-1)
	require.Equal(t, 0.75, stats.MannWhitney([]float64{1, never}, []float64{never, never}).Improvement)
}

func TestMannWhitneyEqualsEveryPairAndEveryDeal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Map(rapid.IntRange(0, 4), func(i int) float64 { return float64(i) })
		x := rapid.SliceOfN(value, 1, 5).Draw(t, "x")
		y := rapid.SliceOfN(value, 1, 5).Draw(t, "y")
		got, mirrored := stats.MannWhitney(x, y), stats.MannWhitney(y, x)
		require.Equal(t, pairsWon(x, y), got.U)
		require.InDelta(t, everyDeal(x, y), got.PValue, 1e-12)
		require.Equal(t, float64(len(x)*len(y)), got.U+mirrored.U)
		require.InDelta(t, got.PValue, mirrored.PValue, 1e-12)
	})
}

func pairsWon(x, y []float64) float64 {
	won := 0.0
	for _, a := range x {
		for _, b := range y {
			switch {
			case a > b:
				won++
			case a == b:
				won += 0.5
			}
		}
	}
	return won
}

// everyDeal is the exact two-sided p-value by trying every way to deal the joint values out.
func everyDeal(x, y []float64) float64 {
	joint := slices.Concat(x, y)
	observed, all, below, beyond := pairsWon(x, y), 0.0, 0.0, 0.0
	for deal := range 1 << len(joint) {
		if bits.OnesCount(uint(deal)) != len(x) {
			continue
		}
		var a, b []float64
		for i, v := range joint {
			if deal>>i&1 == 1 {
				a = append(a, v)
			} else {
				b = append(b, v)
			}
		}
		all++
		if won := pairsWon(a, b); won <= observed {
			below++
		}
		if won := pairsWon(a, b); won >= observed {
			beyond++
		}
	}
	return min(1, 2*min(below, beyond)/all)
}
