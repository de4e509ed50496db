package dataset

import (
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// array is a simulator of 3 axes and 2 metrics: its dataset has 22 columns.
func array(t testing.TB) simulators.Spec {
	s, err := space.New(
		space.Param{Name: "rows", Unit: "PE", Doc: "rows of the array", Values: []float64{8, 16, 32, 64}},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"off", "on"}},
		space.Param{Name: "cache_kib", Unit: "KiB", Values: []float64{0.5, 1, 2}, When: []space.Cond{{Param: "cache", In: []string{"on"}}}},
	)
	require.NoError(t, err)
	return simulators.Spec{Name: "array", Version: "1.2", Space: s, Metrics: []simulators.Metric{
		{Name: "latency", Unit: "ns", Doc: "of one frame"}, {Name: "energy", Unit: "pJ"},
	}}
}

// arrayStudy minimises latency under a bound on energy.
func arrayStudy(t testing.TB) Study {
	return Study{
		Scenario: "alexnet", Spec: array(t), Settings: map[string]any{"workload": "alexnet", "batch": 4}, Agent: "ga",
		Hyperparameters: map[string]any{"population": 16, "mutation": 0.05}, Seed: 1<<63 + 7, Repeat: 2,
		Objectives:  []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}},
		Constraints: []objective.Term{{Name: "energy_pj", Unit: "pJ", Bound: 100}},
	}
}

// arrayRow is trial t of a study of array: every design in turn, every tenth infeasible, every 25th failed.
func arrayRow(s space.Space, t int) Row {
	p := space.Point{t % 4, t / 4 % 2, t / 8 % 3}
	r := Row{Trial: t, Given: t == 0, Point: s.Canonical(p)}
	switch {
	case t%10 == 9:
		r.Result = simulators.Infeasible(fmt.Sprintf("too large by %d", t%3), 0.5)
		r.Score.Violations = []float64{0, 0.5}
	case t%25 == 24:
		r.Result = simulators.Failed("panic: index out of range")
	default:
		latency, energy := 1000/float64(1+t%97), 90+float64(t%31)
		r.Result = simulators.OK(latency, energy)
		r.Score = objective.Score{Objectives: []float64{-latency}, Violations: []float64{energy - 100, 0}}
	}
	return r
}

// arrayRows are the trials from to to.
func arrayRows(t testing.TB, from, to int) iter.Seq2[Row, error] {
	s := array(t).Space
	return func(yield func(Row, error) bool) {
		for trial := from; trial < to; trial++ {
			if !yield(arrayRow(s, trial), nil) {
				return
			}
		}
	}
}
