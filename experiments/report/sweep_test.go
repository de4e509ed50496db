package report_test

import (
	"fmt"
	"io"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/stats"
)

func ExampleFront() {
	terms := []objective.Term{{Name: "accuracy_frac"}, {Name: "energy_pj", Minimise: true}}
	designs := [][]float64{{0.91, 70}, {0.91, 60}, {0.94, 90}, {0.88, 65}, {0.91, 60}}
	fmt.Println(report.Front(terms, designs))
	// Output: [[0.91 60] [0.94 90]]
}

func TestTradeoff(t *testing.T) {
	latency := objective.Term{Name: "latency_ns", Minimise: true}
	energy := objective.Term{Name: "energy_pj", Minimise: true}
	power := objective.Term{Name: "power_mw", Bound: 10}
	accuracy := objective.Term{Name: "accuracy_frac", Bound: 0.9, AtLeast: true}
	for _, c := range []struct {
		name                    string
		objectives, constraints []objective.Term
		want                    []objective.Term
	}{
		{"one objective alone", []objective.Term{latency}, nil, nil},
		{"several objectives, constraints left out", []objective.Term{latency, energy}, []objective.Term{power}, []objective.Term{latency, energy}},
		{"at most: lower is better", []objective.Term{latency}, []objective.Term{power, accuracy},
			[]objective.Term{latency, {Name: "power_mw", Bound: 10, Minimise: true}}},
		{"at least: higher is better", []objective.Term{latency}, []objective.Term{accuracy}, []objective.Term{latency, accuracy}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, report.Scenario{Objectives: c.objectives, Constraints: c.constraints}.Tradeoff())
		})
	}
}

func TestInconsistentSweepsAreRefused(t *testing.T) {
	step := func(trials int, best float64) stats.Step { return stats.Step{Trials: trials, Best: best} }
	for _, c := range []struct {
		name string
		run  report.Run
		want string
	}{
		{"step beyond the run", report.Run{Repeat: 3, Trials: 5, Curve: []stats.Step{step(6, 1)}},
			`report: scenario "s": agent "ga": repeat 3: curve: step at trial 6 out of order or range [1, 5]`},
		{"steps out of order", report.Run{Trials: 5, Curve: []stats.Step{step(2, 3), step(2, 2)}}, "curve: step at trial 2 out of order or range [1, 5]"},
		{"trial zero", report.Run{Trials: 5, Curve: []stats.Step{step(0, 3)}}, "curve: step at trial 0 out of order"},
		{"not a number", report.Run{Trials: 5, Curve: []stats.Step{step(1, math.NaN())}}, "curve: value NaN at trial 1 is not a finite one"},
		{"no improvement", report.Run{Trials: 5, Curve: []stats.Step{step(1, 2), step(2, 4)}}, "curve: value 4 at trial 2 is not a finite one better than 2"},
		{"spec beyond the run", report.Run{Trials: 5, FirstSpec: 6}, "first trial to spec 6 out of range [0, 5]"},
		{"front without a trade-off", report.Run{Front: [][]float64{{1, 2}}}, "front: row 0 is [1 2]: want 0 finite values"},
		{"front without values", report.Run{Front: [][]float64{{}}}, "front: row 0 is []"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sweep := report.Sweep{Scenarios: []report.Scenario{{
				Name: "s", Objectives: []objective.Term{{Name: "x", Minimise: true}},
				Agents: []report.AgentRuns{{Label: "ga", Runs: []report.Run{c.run}}},
			}}}
			require.ErrorContains(t, report.Table(io.Discard, sweep), c.want)
			require.ErrorContains(t, report.HTML(io.Discard, sweep, report.Scripts{}), c.want)
		})
	}
	joint := report.Sweep{Scenarios: []report.Scenario{{
		Name: "s", Objectives: []objective.Term{{Name: "x"}, {Name: "y"}}, FrontSize: 1, FrontDesigns: []report.Design{{Objectives: []float64{1}}},
	}}}
	require.EqualError(t, report.Table(io.Discard, joint), `report: scenario "s": joint front: design 0 has the objectives [1]: want 2 finite values`)
	two := report.Sweep{Scenarios: []report.Scenario{{Name: "a"}, {Name: "b"}}}
	require.EqualError(t, report.Table(io.Discard, two), "report: scenario \"a\" has no objective\nreport: scenario \"b\" has no objective")
}
