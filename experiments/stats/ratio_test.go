package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// t of 2 degrees of freedom at 97.5 % is 4.302653; the logarithms are ln 2 and twice 0: mean ln 2 / 3, deviation ln 2 / sqrt 3.
func TestPairedRatio(t *testing.T) {
	ratio, within := stats.PairedRatio([]float64{2, 3, 5}, []float64{1, 3, 5}, 0.95)
	require.InDelta(t, math.Cbrt(2), ratio, 1e-12)
	half := 4.302653 * math.Ln2 / 3 // t s / sqrt n = t ln 2 / sqrt 3 / sqrt 3
	require.InDelta(t, math.Exp(math.Ln2/3-half), within.Low, 1e-6)
	require.InDelta(t, math.Exp(math.Ln2/3+half), within.High, 1e-5)
	ratio, within = stats.PairedRatio([]float64{3}, []float64{2}, 0.95)
	require.InDelta(t, 1.5, ratio, 1e-12)
	require.Equal(t, stats.Interval{Low: 0, High: math.Inf(1)}, within)
}
