package gp

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

func TestStandardise(t *testing.T) {
	z, shift, scale := Standardise([]float64{1, 3, 5, 3})
	require.InDeltaSlice(t, []float64{-math.Sqrt2, 0, math.Sqrt2, 0}, z, 1e-12)
	require.InDelta(t, 3, shift, 1e-12)
	require.InDelta(t, math.Sqrt2, scale, 1e-12)
	for name, y := range map[string][]float64{"equal": {7, 7, 7}, "zeros": {0, 0}, "none": {}} {
		t.Run(name, func(t *testing.T) {
			z, _, _ := Standardise(y)
			require.Equal(t, make([]float64, len(y)), z)
		})
	}
	z, _, _ = Standardise([]float64{-1e300, 1e300})
	require.InDeltaSlice(t, []float64{-1, 1}, z, 1e-12)
}

// Φ⁻¹ of 1/8, 3/8 and, shared by two, 3/4.
func TestRankGaussSharesTheRankOfEquals(t *testing.T) {
	require.InDeltaSlice(t, []float64{0.674490, -1.150349, -0.318639, 0.674490}, RankGauss([]float64{50, -9, 1, 50}), 1e-6)
	require.Empty(t, RankGauss(nil))
}

// Yeo and Johnson's formulas at powers 0, 1/2, 1 and 2.
func TestYeoJohnsonByHand(t *testing.T) {
	for _, c := range []struct{ v, power, want float64 }{
		{3, 0, math.Log(4)}, {3, 0.5, 2}, {3, 1, 3}, {3, 2, 7.5},
		{-3, 2, -math.Log(4)}, {-3, 1.5, -2}, {-3, 1, -3}, {-3, 0, -7.5},
	} {
		require.InDelta(t, c.want, yeoJohnson(c.v, c.power), 1e-12, "%+v", c)
	}
}

// The logarithm of a normal sample is a normal sample: the warp takes the skew of its exponential away.
func TestPowerWarpStraightensSkew(t *testing.T) {
	var y []float64
	for i := range 99 {
		y = append(y, math.Exp(math.Sqrt2*math.Erfinv(2*float64(i+1)/100-1)))
	}
	require.Greater(t, stat.Skew(y, nil), 2.5)
	require.InDelta(t, 0, stat.Skew(PowerWarp(y), nil), 0.35)
}

func TestWarpsKeepTheOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		y := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 30).Draw(r, "y")
		given := slices.Clone(y)
		for _, z := range [][]float64{RankGauss(y), PowerWarp(y)} {
			require.Len(r, z, len(y))
			for i := range y {
				require.False(r, math.IsNaN(z[i]) || math.IsInf(z[i], 0))
				for j := range y {
					if y[i] < y[j] {
						require.LessOrEqual(r, z[i], z[j])
					}
				}
			}
		}
		require.Equal(r, given, y)
	})
}
