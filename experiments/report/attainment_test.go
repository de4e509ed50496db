package report

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/chart"
)

// Four runs of one design each, both terms minimised: (1, 8), (2, 6), (3, 4) and (4, 2). A quarter of the runs, one, attain all four corners. Two attain (2, 8) by the first
// and the second, (3, 6) by the second and the third, and (4, 4). Three attain (3, 8) and (4, 6).
func TestAttainmentSurfacesOfFourRuns(t *testing.T) {
	terms := []objective.Term{{Name: "latency", Minimise: true}, {Name: "energy", Minimise: true}}
	runs := []Run{{Trials: 5, Front: [][]float64{{1, 8}}}, {Trials: 5, Front: [][]float64{{2, 6}}}, {}, {Trials: 5, Front: [][]float64{{3, 4}}}, {Trials: 5, Front: [][]float64{{4, 2}}}}
	a := newAttained(terms, runs)
	require.Equal(t, [3][][]float64{{{1, 8}, {2, 6}, {3, 4}, {4, 2}}, {{2, 8}, {3, 6}, {4, 4}}, {{3, 8}, {4, 6}}}, a.borders)
	inf := math.Inf(1)
	require.Equal(t, chart.Series{
		Mark: chart.Band, X: []float64{1, 2, 3, 4, 5}, Low: []float64{8, 6, 4, 2, 2}, Y: []float64{inf, 8, 6, 4, 4}, High: []float64{inf, inf, 8, 6, 6},
	}, a.series(chart.Axis{Low: 0, High: 5}))

	// The same with both terms maximised: values hold from the corner before.
	for i := range runs {
		for _, row := range runs[i].Front {
			row[0], row[1] = -row[0], -row[1]
		}
	}
	terms = []objective.Term{{Name: "speed"}, {Name: "accuracy"}}
	a = newAttained(terms, runs)
	require.Equal(t, [][]float64{{-4, -4}, {-3, -6}, {-2, -8}}, a.borders[1])
	require.Equal(t, chart.Series{
		Mark: chart.Band, X: []float64{-5, -4, -3, -2, -1}, Low: []float64{-6, -8, -inf, -inf, -inf}, Y: []float64{-4, -6, -8, -inf, -inf}, High: []float64{-2, -4, -6, -8, -inf},
	}, a.series(chart.Axis{Low: -5, High: 0}))

	scenario := Scenario{Name: "s", Objectives: terms}
	one := []contender{{AgentRuns: AgentRuns{Label: "ga", Runs: runs[:1]}, summary: summary{Seeds: 1}}}
	require.Nil(t, attainment("x", scenario, one), "one run has a front, and no quartiles")
	scenario.Objectives = terms[:1]
	require.Nil(t, attainment("x", scenario, []contender{{AgentRuns: AgentRuns{Runs: runs}, summary: summary{Seeds: 4}}}), "one objective")
}
