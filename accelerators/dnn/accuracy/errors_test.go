package accuracy_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
)

func TestErrorsByHand(t *testing.T) {
	e := accuracy.Compare([]float64{1, 2, 3, 4}, []float64{1, 3, 2, 6})
	require.Equal(t, 4, e.Rows)
	require.InDelta(t, 4.0/6, e.Kendall, 1e-12)                // five pairs agree, one does not
	require.InDelta(t, 0.8, e.Spearman, 1e-12)                 // 1 - 6·(1 + 1)/(4·15)
	require.InDelta(t, math.Sqrt(6.0/4), e.RMSEPercent, 1e-12) // 0, 1, 1, 4
	tied := accuracy.Compare([]float64{1, 1, 2}, []float64{5, 6, 7})
	require.InDelta(t, 2/math.Sqrt(6), tied.Kendall, 1e-12) // of three pairs two agree, one ties on one side
	require.Equal(t, accuracy.Errors{Rows: 2, RMSEPercent: 1}, accuracy.Compare([]float64{4, 4}, []float64{3, 5}))
	require.Equal(t, accuracy.Errors{}, accuracy.Compare(nil, nil))
}

// TestKendallEqualsAllPairs compares the sorting method with the definition, on few values so that there are ties.
func TestKendallEqualsAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "n")
		draw := func(name string) []float64 {
			return rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 6), func(v int) float64 { return float64(v) }), n, n).Draw(t, name)
		}
		a, b := draw("a"), draw("b")
		var agree, onlyA, onlyB, pairs float64
		for i := range n {
			for j := range i {
				x, y := (a[i]-a[j])*(b[i]-b[j]), 1.0
				switch {
				case a[i] == a[j] && b[i] == b[j]:
					y = 0
				case a[i] == a[j]:
					onlyA, y = onlyA+1, 0
				case b[i] == b[j]:
					onlyB, y = onlyB+1, 0
				}
				pairs += y
				if x > 0 {
					agree++
				} else if x < 0 {
					agree--
				}
			}
		}
		want := 0.0
		if norm := math.Sqrt((pairs + onlyA) * (pairs + onlyB)); norm > 0 {
			want = agree / norm
		}
		require.InDelta(t, want, accuracy.Compare(a, b).Kendall, 1e-12)
	})
}

func ExampleCompare() {
	e := accuracy.Compare([]float64{91, 92, 94}, []float64{90, 93, 94})
	fmt.Printf("tau %.2f, RMSE %.2f points\n", e.Kendall, e.RMSEPercent)
	// Output: tau 1.00, RMSE 0.82 points
}
