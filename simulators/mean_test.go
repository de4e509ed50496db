package simulators_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// answering is a simulator of one axis that gives each design the same results.
func answering(t *testing.T, results ...simulators.Result) *part {
	t.Helper()
	s, err := space.New(space.Param{Name: "rows", Values: []float64{4, 8, 16}})
	require.NoError(t, err)
	p := &part{spec: simulators.Spec{Name: "noisy", Version: "1", Space: s, Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}, {Name: "area", Unit: "mm2"}}}}
	p.evaluate = func(points []space.Point) ([]simulators.Result, error) {
		list := make([]simulators.Result, len(points))
		for i, q := range points {
			list[i] = results[q[0]%len(results)]
		}
		return list, nil
	}
	return p
}

// 10, 12 and 17 have the mean 13 and the squared distances 9 + 1 + 16 = 26: SEM = sqrt(26 / 2 / 3) = 2.0816660.
func TestMeanAndStandardError(t *testing.T) {
	s, err := simulators.Mean(answering(t, simulators.OK(10, 0.1)), answering(t, simulators.OK(12, 0.1)), answering(t, simulators.OK(17, 0.1)))
	require.NoError(t, err)
	require.Equal(t, []string{"latency_ns", "area_mm2", "latency_sem_ns", "area_sem_mm2"}, s.Spec().Keys())
	results, err := s.Evaluate(t.Context(), []space.Point{{0}, {2}})
	require.NoError(t, err)
	for _, r := range results {
		require.InDeltaSlice(t, []float64{13, 0.1, 2.0816659994661326, 0}, r.Values, 1e-12)
		require.Equal(t, 0.1, r.Values[1], "the mean of equal values is their value, bit by bit")
		require.Zero(t, r.Values[3])
	}
}

func TestTheFirstEvaluationWithoutValuesDecides(t *testing.T) {
	ok, no, lost := simulators.OK(1, 2), simulators.Infeasible("no", 2), simulators.Failed("lost")
	tests := []struct {
		name  string
		parts [3]simulators.Result
		want  simulators.Result
	}{
		{"infeasible at once", [3]simulators.Result{no, lost, ok}, no},
		{"infeasible later", [3]simulators.Result{ok, no, lost}, simulators.Infeasible("evaluation 2 of 3: no", 2)},
		{"failed at once", [3]simulators.Result{lost, no, ok}, lost},
		{"failed at last", [3]simulators.Result{ok, ok, lost}, simulators.Failed("evaluation 3 of 3: lost")},
		{"too few values", [3]simulators.Result{ok, simulators.OK(1), ok}, simulators.Failed("evaluation 2 of 3: 1 values for 2 metrics")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var parts []simulators.Simulator
			for _, r := range test.parts {
				parts = append(parts, answering(t, ok, r)) // the first design is fine
			}
			s, err := simulators.Mean(parts...)
			require.NoError(t, err)
			results, err := s.Evaluate(t.Context(), []space.Point{{1}, {0}})
			require.NoError(t, err)
			require.Equal(t, []simulators.Result{test.want, simulators.OK(1, 2, 0, 0)}, results)
		})
	}
	costly := answering(t, ok)
	s, err := simulators.Mean(answering(t, no), costly)
	require.NoError(t, err)
	_, err = s.Evaluate(t.Context(), []space.Point{{0}})
	require.NoError(t, err)
	require.Empty(t, costly.asked, "a trial that is decided costs no further evaluation")
}

func TestMeanReportsMistakes(t *testing.T) {
	one, two := answering(t, simulators.OK(1, 2)), answering(t, simulators.OK(1, 2))
	_, err := simulators.Mean(one)
	require.EqualError(t, err, "mean: 1 evaluations: a mean with its standard error needs 2")
	two.spec.Version = "2"
	_, err = simulators.Mean(one, two)
	require.EqualError(t, err, "mean: evaluation 2 is of noisy@2, the first of noisy@1: they must have the same axes and metrics")
	one.spec.Metrics[1] = simulators.Metric{Name: "latency_sem", Unit: "ns"}
	_, err = simulators.Mean(one, one)
	require.EqualError(t, err, `mean: noisy has a metric "latency_sem_ns", which is the name of a standard error: rename it`)
}

func TestReseededSettings(t *testing.T) {
	declared := []simulators.Setting{
		{Name: "load", Default: 0.5}, {Name: "seed", Default: 1, Min: 0, Max: 1 << 31}, {Name: "noise_seed", Default: 7, Min: 1, Max: 9}, {Name: "seeds", Default: 3},
	}
	settings, err := simulators.NewSettings(declared, map[string]any{"seed": 42})
	require.NoError(t, err)
	sets, err := settings.Reseeded(9)
	require.NoError(t, err)
	require.Equal(t, map[string]any{"load": 0.5, "seed": 42, "noise_seed": 7, "seeds": 3}, sets[0], "the first evaluation is of the given seeds")
	var seeds, few []int
	for _, set := range sets {
		_, err := simulators.NewSettings(declared, set)
		require.NoError(t, err, "every seed is in its range")
		require.Equal(t, 3, set["seeds"])
		seeds, few = append(seeds, set["seed"].(int)), append(few, set["noise_seed"].(int))
	}
	slices.Sort(few)
	require.Equal(t, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}, few, "none twice")
	more, err := settings.Reseeded(3)
	require.NoError(t, err)
	require.Equal(t, fmt.Sprint(seeds[:3]), fmt.Sprint([]any{more[0]["seed"], more[1]["seed"], more[2]["seed"]}), "more evaluations leave the first ones as they are")
	_, err = settings.Reseeded(10)
	require.EqualError(t, err, `setting "noise_seed" has the range [1, 9], too small for 10 different seeds`)

	none, err := simulators.NewSettings(declared[:1], nil)
	require.NoError(t, err)
	sets, err = none.Reseeded(3)
	require.NoError(t, err)
	require.Nil(t, sets)
}
