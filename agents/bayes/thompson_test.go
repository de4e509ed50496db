package bayes

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// A batch of draws is of designs that differ and that are near each other where the models are sure: about the best design.
func TestABatchIsOfDifferentDrawsOfOneModel(t *testing.T) {
	a, err := New(agents.Problem{Space: squares(t, 40), Objectives: 1}, Options{Acquisition: Thompson}, seed.New(1))
	require.NoError(t, err)
	id := 0
	for x := 0; x < 40; x += 6 {
		for y := 0; y < 40; y += 6 {
			p := space.Point{x, y}
			loss := float64((x-20)*(x-20) + (y-11)*(y-11))
			require.NoError(t, a.Tell([]agents.Trial{{ID: id, Point: p, Objectives: []float64{-loss}, Violations: []float64{0}, Given: true}}))
			id++
		}
	}
	a.starts = 0
	points, err := a.Ask(8)
	require.NoError(t, err)
	require.Len(t, points, 8)
	seen := map[string]bool{}
	near := 0
	for _, p := range points {
		seen[fmt.Sprint(p)] = true
		if (p[0]-20)*(p[0]-20)+(p[1]-11)*(p[1]-11) <= 25 {
			near++
		}
	}
	require.Len(t, seen, 8)
	require.GreaterOrEqual(t, near, 6, "%v", points)
	require.Equal(t, id, a.model.objectives[0].gp.Len(), "no lies")
}

// Of constraints a draw decides first: the optimum of the product within a + b <= 20 is at the bound.
func TestDrawsKeepToTheConstraints(t *testing.T) {
	const budget = 40
	p := agents.Problem{Space: squares(t, 40), Objectives: 1, Constraints: 1, Budget: budget}
	best := 0.0
	for _, trial := range study(t, p, Options{Acquisition: Thompson, Candidates: 48, Refit: 8}, agenttest.Study{Budget: budget, Evaluate: func(_ int, p space.Point) agents.Trial {
		return agents.Trial{Objectives: []float64{float64(p[0] * p[1])}, Violations: []float64{float64(p[0] + p[1] - 20), 0}}
	}}) {
		if trial.Feasible() {
			best = max(best, trial.Objectives[0])
		}
	}
	require.GreaterOrEqual(t, best, 96.0, "8 * 12; 100 is the best")
}

// Two objectives are drawn together, and the draw that adds most to the front is taken.
func TestDrawsOfTwoObjectivesFillTheFront(t *testing.T) {
	const budget = 30
	p := agents.Problem{Space: squares(t, 40), Objectives: 2, Budget: budget}
	front := 0
	for _, trial := range study(t, p, Options{Acquisition: Thompson, Candidates: 48, Refit: 8}, agenttest.Study{Budget: budget, Evaluate: arms}) {
		if trial.Point[1] <= 1 {
			front++
		}
	}
	require.GreaterOrEqual(t, front, 8, "of 30; by chance 1 or 2")
}
