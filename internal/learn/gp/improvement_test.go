package gp

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Values by arithmetic of 600 digits.
func TestLogarithmsInTheTailsByHighPrecision(t *testing.T) {
	for _, c := range []struct{ z, improvement, probability float64 }{
		{3, 1.0987396653277078, -0.0013508099647481938},
		{0, -0.91893853320467274, -0.69314718055994531},
		{-1, -2.4851210257126413, -1.8410216450092635},
		{-4.9, -16.212816407897736, -14.551182689355313},
		{-5.1, -17.285185774704834, -15.588487091871466},
		{-10, -55.553122036122356, -53.231285150512471},
		{-40, -808.29856835661996, -804.60844201375379},
		{-1000, -500014.73445209116, -500007.82669481218},
	} {
		require.InEpsilon(t, c.improvement, LogExpectedImprovement(c.z, 1, 0), 1e-12, "z = %v", c.z)
		require.InEpsilon(t, c.improvement+math.Log(0.25), LogExpectedImprovement(2+c.z/4, 0.25, 2), 1e-11, "z = %v", c.z)
		require.InEpsilon(t, c.probability, LogNormalCDF(c.z), 1e-12, "z = %v", c.z)
	}
}

func TestExpectedImprovementIsThatOfSamples(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	const draws = 100_000
	for _, c := range []struct{ mean, sd, best float64 }{{0, 1, 0}, {1, 0.5, 2}, {3, 2, -1}, {-1, 1, 0.5}} {
		sum, squares := 0.0, 0.0
		for range draws {
			gain := max(c.mean+c.sd*rng.NormFloat64()-c.best, 0)
			sum += gain
			squares += gain * gain
		}
		mean := sum / draws
		standardError := math.Sqrt((squares/draws - mean*mean) / draws)
		require.InDelta(t, mean, math.Exp(LogExpectedImprovement(c.mean, c.sd, c.best)), 3*standardError, "%+v", c)
	}
}

func TestImprovementWithoutDoubt(t *testing.T) {
	require.Equal(t, math.Log(2), LogExpectedImprovement(3, 0, 1))
	require.Equal(t, math.Inf(-1), LogExpectedImprovement(1, 0, 1))
}

func TestLogarithmsRiseWithTheMean(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		z := rapid.Float64Range(-60, 30).Draw(r, "z")
		up := z + rapid.Float64Range(1e-3, 1).Draw(r, "more")
		require.Greater(r, LogExpectedImprovement(up, 1, 0), LogExpectedImprovement(z, 1, 0))
		require.GreaterOrEqual(r, LogNormalCDF(up), LogNormalCDF(z))
	})
}
