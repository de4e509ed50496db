package report

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/objective"
)

// fronts is a scenario of one agent with a run of each front.
func fronts(terms []objective.Term, list ...[][]float64) Scenario {
	s := Scenario{Objectives: terms, Agents: []AgentRuns{{Label: "agent"}}}
	for _, front := range list {
		s.Agents[0].Runs = append(s.Agents[0].Runs, Run{Trials: 1, Front: front})
	}
	return s
}

func scores(s Scenario) []float64 {
	scored := s.measure()
	var values []float64
	for _, run := range s.Agents[0].Runs {
		value, found := scored.of(run)
		if !found {
			value = math.NaN()
		}
		values = append(values, value)
	}
	return values
}

func TestScoreOfSeveralObjectivesIsTheHypervolumeInTheFrameOfAllRuns(t *testing.T) {
	two := []objective.Term{{Name: "latency_ns", Minimise: true}, {Name: "accuracy_frac"}}
	// The frame: latency 10 (best) to 110, accuracy 0.9 (best) to 0.4. A step of a tenth of the range is 1/11 of the side.
	s := fronts(two,
		[][]float64{{10, 0.4}, {110, 0.9}}, // u = (1, 1/11) and (1/11, 1): 21/121
		[][]float64{{60, 0.65}},            // u = (6/11, 6/11)
		[][]float64{{110, 0.4}},            // the worst corner of the box: u = (1/11, 1/11)
		[][]float64{{10, 0.9}},             // the best one
		nil,
	)
	got := scores(s)
	require.InDeltaSlice(t, []float64{21. / 121, 36. / 121, 1. / 121, 1}, got[:4], 1e-12)
	require.True(t, math.IsNaN(got[4]), "a run without a feasible design has no score")

	three := append(two, objective.Term{Name: "energy_pj", Minimise: true})
	s = fronts(three, [][]float64{{10, 0.4, 7}, {110, 0.9, 7}}, [][]float64{{60, 0.65, 7}})
	require.InDeltaSlice(t, []float64{21. / 121, 36. / 121}, scores(s), 1e-12, "an objective in which all fronts agree changes nothing")
	s = fronts(three, [][]float64{{10, 0.4, 3}, {110, 0.9, 5}}, [][]float64{{60, 0.65, 4}})
	require.InDeltaSlice(t, []float64{21./121 - 10./121*10/11, 216. / 1331}, scores(s), 1e-12, "of the third objective u is 1, 1/11 and 6/11")
}

func TestOnlyDesignOfAllFrontsScoresOne(t *testing.T) {
	require.Equal(t, []float64{1}, scores(fronts([]objective.Term{{Name: "a"}, {Name: "b"}}, [][]float64{{3, -4}})))
}

func TestScoreOfOneObjectiveIsItsBestValue(t *testing.T) {
	s := fronts([]objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}})
	scored := s.measure()
	require.Equal(t, []any{"latency_ns", "ns", true, "ns"}, []any{scored.Name, scored.Unit, scored.Minimise, scored.Under})
}

func TestScoreIsAPartForAnyFiniteValues(t *testing.T) {
	value := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-2, 2), rapid.SampledFrom([]float64{0, 5e-324, -math.MaxFloat64, math.MaxFloat64}))
	finite := rapid.Map(value, func(v float64) float64 { return min(max(v, -math.MaxFloat64), math.MaxFloat64) })
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "objectives")
		terms := make([]objective.Term, n)
		for i := range terms {
			terms[i].Minimise = rapid.Bool().Draw(t, "minimise")
		}
		front := rapid.SliceOfN(rapid.SliceOfN(finite, n, n), 1, 6)
		a, b := front.Draw(t, "a"), front.Draw(t, "b")
		got := scores(fronts(terms, a, b, append(append([][]float64{}, a...), b...)))
		for _, v := range got {
			require.Greater(t, v, 0.0)
			require.LessOrEqual(t, v, 1+1e-12)
		}
		require.GreaterOrEqual(t, got[2], max(got[0], got[1])*(1-1e-12), "more designs never score less")
	})
}

func TestFrontsOfManyObjectivesAreThinned(t *testing.T) {
	front := make([][]float64, 3000)
	for i := range front {
		v := float64(i)
		front[i] = []float64{v, -v, v * v, -v * v, math.Sin(v)}
	}
	score := scores(fronts(make([]objective.Term, 5), front))[0] // thousands of designs would take minutes
	require.Greater(t, score, 0.0)
	require.Less(t, score, 1.0)
}
