package measure_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/internal/learn/measure"
)

func ExampleOf() {
	e := measure.Of([]float64{1, 2, 3, 4}, []float64{1, 2, 3, 5})
	fmt.Printf("RMSE %.2f, %.0f %% of the mean, R2 %.2f, Spearman %.0f\n", e.RMSE, 100*e.RelativeToMean, e.R2, e.Spearman)
	// Output: RMSE 0.50, 20 % of the mean, R2 0.80, Spearman 1
}

func TestErrorsByHand(t *testing.T) {
	e := measure.Of([]float64{0, 2, 4}, []float64{1, 1, 4}) // errors 1, -1, 0; mean 2, range 4, spread 4+0+4
	require.InDelta(t, math.Sqrt(2.0/3), e.RMSE, 1e-15)
	require.InDelta(t, math.Sqrt(2.0/3)/2, e.RelativeToMean, 1e-15)
	require.InDelta(t, math.Sqrt(2.0/3)/4, e.RelativeToRange, 1e-15)
	require.InDelta(t, 0.25, e.MAPE, 1e-15) // |-1/2| and 0: the truth 0 is left out
	require.InDelta(t, 0.75, e.R2, 1e-15)
	require.InDelta(t, math.Sqrt(3)/2, e.Spearman, 1e-15) // ranks 0 1 2 and 0.5 0.5 2
	require.InDelta(t, 2/math.Sqrt(6), e.Kendall, 1e-15)  // C = 2, D = 0, P = 3, one tie
	constant := measure.Of([]float64{3, 3}, []float64{3, 4})
	require.True(t, math.IsNaN(constant.R2))
	require.True(t, math.IsNaN(constant.Spearman))
	require.True(t, math.IsNaN(constant.RelativeToRange))
	require.InDelta(t, 0.5, measure.Coverage([]float64{1, 2}, []float64{0, 3}, []float64{1, 4}), 1e-15)
}

func TestTopRegretByHand(t *testing.T) {
	truth := []float64{10, 20, 30, 40, 50} // least 10, median 30
	predicted := []float64{5, 1, 2, 3, 4}
	for k, want := range map[int]float64{1: 0.5, 3: 0.5, 5: 0, 9: 0} {
		require.InDelta(t, want, measure.TopRegret(truth, predicted, k), 1e-15, k)
	}
}

func TestClassesByHand(t *testing.T) {
	c := measure.Classify([]bool{true, true, false, false, true}, []float64{0.9, 0.5, 0.6, 0.1, 0.2})
	require.Equal(t, []int{2, 1, 1, 1}, []int{c.TruePositive, c.FalsePositive, c.TrueNegative, c.FalseNegative})
	require.InDelta(t, 2.0/3, c.F1(), 1e-15)
	require.InDelta(t, 0.6, c.PositiveFrac(), 1e-15)
	require.InDelta(t, (0.01+0.25+0.36+0.01+0.64)/5, c.Brier, 1e-15)
}

// TestKendallCountsPairs holds the fast count against all pairs.
func TestKendallCountsPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "n")
		draw := func(name string) []float64 {
			out := make([]float64, n)
			for i := range out {
				out[i] = float64(rapid.IntRange(0, 4).Draw(t, name))
			}
			return out
		}
		a, b := draw("a"), draw("b")
		s, pa, pb := 0.0, 0.0, 0.0
		for i := range a {
			for j := range i {
				x, y := a[i]-a[j], b[i]-b[j]
				if x != 0 {
					pa++
				}
				if y != 0 {
					pb++
				}
				if x*y > 0 {
					s++
				} else if x*y < 0 {
					s--
				}
			}
		}
		if pa*pb == 0 {
			require.True(t, math.IsNaN(measure.Kendall(a, b)))
			return
		}
		require.InDelta(t, s/math.Sqrt(pa*pb), measure.Kendall(a, b), 1e-12)
	})
}
