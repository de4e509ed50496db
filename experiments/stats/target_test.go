package stats_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/stats"
)

func falling() stats.Curve {
	return stats.Curve{Trials: 100, Steps: []stats.Step{{Trials: 2, Best: 10}, {Trials: 10, Best: 5}, {Trials: 50, Best: 1}}}
}

func TestTrialsTo(t *testing.T) {
	for _, c := range []struct {
		target  float64
		trials  int
		reached bool
	}{{12, 2, true}, {10, 2, true}, {9, 10, true}, {1, 50, true}, {0.5, 0, false}} {
		trials, reached := stats.TrialsTo(falling(), c.target, true)
		require.Equal(t, c.trials, trials, c.target)
		require.Equal(t, c.reached, reached, c.target)
	}
	trials, reached := stats.TrialsTo(stats.Curve{Trials: 9, Steps: []stats.Step{{Trials: 3, Best: 1}, {Trials: 4, Best: 7}}}, 6, false)
	require.Equal(t, 4, trials)
	require.True(t, reached)
}

func TestTargets(t *testing.T) {
	// Gaps of 100: 100, 10^-1.5 = 3.1623 times less, 0.1; then the optimum.
	require.InDeltaSlice(t, []float64{110, 10 + 3.16228, 10.1, 10}, stats.Targets(110, 10, 4), 1e-5)
	require.InDeltaSlice(t, []float64{5, 1}, stats.Targets(5, 1, 2), 1e-12)
}

func TestFixedTarget(t *testing.T) {
	var f stats.FixedTarget
	f.Add([]stats.Curve{falling(), {Trials: 100}}, []float64{9, 1}, true)
	// Hits of four pairs: after 10 and 50 trials.
	require.InDeltaSlice(t, []float64{0, 0.25, 0.25, 0.5}, f.At([]int{9, 10, 49, 50}), 1e-12)
	f.Add([]stats.Curve{{Trials: 7, Steps: []stats.Step{{Trials: 1, Best: 3}}}}, []float64{2}, false)
	require.InDeltaSlice(t, []float64{0.2, 0.6}, f.At([]int{1, 100}), 1e-12)
}

func TestExpectedTrials(t *testing.T) {
	// 10 trials of the run that got there and 100 of the one that did not.
	require.InDelta(t, 110.0, stats.ExpectedTrials([]stats.Curve{falling(), {Trials: 100}}, 5, true), 0)
	require.InDelta(t, math.Inf(1), stats.ExpectedTrials([]stats.Curve{{Trials: 100}}, 5, true), 0)
}

func TestArea(t *testing.T) {
	score := func(v float64) float64 { return 1 - v/10 }
	// Of ln 100: from 2 to 10 score 0, to 50 score 0.5, to 100 score 0.9.
	want := (0.5*math.Log(5) + 0.9*math.Log(2)) / math.Log(100)
	require.InDelta(t, want, stats.Area(falling(), score), 1e-12)
	require.InDelta(t, 1.0, stats.Area(stats.Curve{Trials: 30, Steps: []stats.Step{{Trials: 1, Best: -5}}}, score), 1e-12, "cut off at 1")
	require.InDelta(t, 0.3, stats.Area(stats.Curve{Trials: 1, Steps: []stats.Step{{Trials: 1, Best: 7}}}, score), 1e-12)
	require.InDelta(t, 0.0, stats.Area(stats.Curve{Trials: 5}, score), 0)
}
