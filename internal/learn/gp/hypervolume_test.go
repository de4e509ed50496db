package gp

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
)

// steps is a front of three pairs above (0, 0), with one that is dominated, one that is a repeat, and one that is not above the reference.
func steps() Front {
	return NewFront([][2]float64{{2, 2}, {1, 3}, {3, 1}, {1, 1}, {2, 2}, {-1, 9}}, [2]float64{})
}

func TestTheFrontIsCutIntoStrips(t *testing.T) {
	require.Equal(t, []strip{{0, 1, 3}, {1, 2, 2}, {2, 3, 1}, {3, math.Inf(1), 0}}, steps().strips)
	require.Equal(t, []strip{{5, math.Inf(1), 7}}, NewFront(nil, [2]float64{5, 7}).strips)
}

func TestCertainPairsAddTheirArea(t *testing.T) {
	for _, c := range []struct {
		pair [2]float64
		area float64
	}{
		{[2]float64{2.5, 2.5}, 1.25}, // (1, 2] x (2, 2.5] and (2, 2.5] x (1, 2.5], and of (0, 1] nothing
		{[2]float64{4, 4}, 16 - 6},   // all but what is dominated: 3 + 2 + 1
		{[2]float64{3.5, 0.5}, 0.25}, // beyond the last step
		{[2]float64{1.5, 1.5}, 0},    // dominated
		{[2]float64{-1, 9}, 0},       // not above the reference
	} {
		got := steps().LogExpectedImprovement(c.pair, [2]float64{})
		require.InDelta(t, c.area, math.Exp(got), 1e-12, "%v", c.pair)
	}
}

// Of an empty front it is the product of two expected improvements; with 100,000 samples the mean of the added area is within four standard errors.
func TestTheExpectedAreaIsTheMeanOfSamples(t *testing.T) {
	one := NewFront(nil, [2]float64{1, 2}).LogExpectedImprovement([2]float64{0.5, 2.5}, [2]float64{1, 0.5})
	require.InDelta(t, LogExpectedImprovement(0.5, 1, 1)+LogExpectedImprovement(2.5, 0.5, 2), one, 1e-12)

	const samples = 100_000
	rng := seed.New(1)
	for _, c := range []struct{ mean, sd [2]float64 }{
		{[2]float64{2, 2}, [2]float64{1, 1}}, {[2]float64{0.5, 1}, [2]float64{0.7, 2}}, {[2]float64{3.5, 3}, [2]float64{0.2, 0.1}},
	} {
		sum, squares := 0.0, 0.0
		for range samples {
			pair := [2]float64{c.mean[0] + c.sd[0]*rng.NormFloat64(), c.mean[1] + c.sd[1]*rng.NormFloat64()}
			area := math.Exp(steps().LogExpectedImprovement(pair, [2]float64{}))
			sum, squares = sum+area, squares+area*area
		}
		mean := sum / samples
		deviation := math.Sqrt((squares/samples - mean*mean) / samples)
		require.InDelta(t, mean, math.Exp(steps().LogExpectedImprovement(c.mean, c.sd)), 4*deviation)
	}
}

func TestFarBelowTheFrontThereIsStillASlope(t *testing.T) {
	before := math.Inf(-1)
	for _, mean := range []float64{-90, -80, -60, -40} {
		got := steps().LogExpectedImprovement([2]float64{mean, mean}, [2]float64{1, 1})
		require.False(t, math.IsInf(got, 0))
		require.Greater(t, got, before)
		before = got
	}
}

func TestTheExpectedAreaAllocatesNothing(t *testing.T) {
	f := steps()
	require.Zero(t, testing.AllocsPerRun(100, func() { f.LogExpectedImprovement([2]float64{1, 1}, [2]float64{1, 1}) }))
}
