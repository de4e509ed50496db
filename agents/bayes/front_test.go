package bayes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// arms is two objectives of two axes: design (a, b) has the values a - b²/40 and 39 - a - b²/40, so that the front is b = 0, a straight line of 40 designs.
func arms(_ int, p space.Point) agents.Trial {
	loss := float64(p[1]*p[1]) / 40
	return agents.Trial{Objectives: []float64{float64(p[0]) - loss, 39 - float64(p[0]) - loss}, Violations: []float64{0}}
}

func TestTwoObjectivesAreSearchedForTheHypervolume(t *testing.T) {
	a, err := New(agents.Problem{Space: squares(t, 40), Objectives: 2}, Options{}, seed.New(1))
	require.NoError(t, err)
	require.Len(t, a.model.objectives, 2)
	const budget = 30
	p := agents.Problem{Space: squares(t, 40), Objectives: 2, Budget: budget}
	front, least, greatest := 0, math.Inf(1), math.Inf(-1)
	for _, trial := range study(t, p, Options{}, agenttest.Study{Budget: budget, Evaluate: arms}) {
		if trial.Point[1] == 0 {
			front++
			least, greatest = min(least, trial.Objectives[0]), max(greatest, trial.Objectives[0])
		}
	}
	require.GreaterOrEqual(t, front, 15, "most of what is proposed lies on the front")
	require.LessOrEqual(t, least, 3.0, "from one end of it")
	require.GreaterOrEqual(t, greatest, 36.0, "to the other")
}

func TestThreeObjectivesAreParEGOs(t *testing.T) {
	p := agents.Problem{Space: squares(t, 4), Objectives: 3}
	a, err := New(p, Options{}, seed.New(1))
	require.NoError(t, err)
	require.Len(t, a.model.objectives, 1)
	_, err = New(p, Options{Several: EHVI}, seed.New(1))
	require.EqualError(t, err, `bo: several = "ehvi" is for 2 objectives, the problem has 3`)
}

// The reference of (0, 0), (4, 2) and (1, 3) lies a tenth of the extents 4 and 3 below (0, 0); of one pair a tenth of 1.
func TestTheReferenceLiesBelowAllFeasibleDesigns(t *testing.T) {
	got := referenceOf([][2]float64{{0, 0}, {4, 2}, {1, 3}})
	require.InDeltaSlice(t, []float64{-0.4, -0.3}, got[:], 1e-12)
	got = referenceOf([][2]float64{{2, 5}})
	require.InDeltaSlice(t, []float64{1.9, 4.9}, got[:], 1e-12)
}

// A design in flight is believed to have the values that are expected of it: it is hardly worth another look, and its neighbours are worth less.
func TestDesignsInFlightAreOnTheFront(t *testing.T) {
	a, err := New(agents.Problem{Space: squares(t, 40), Objectives: 2}, Options{}, seed.New(1))
	require.NoError(t, err)
	for id, p := range []space.Point{{0, 0}, {39, 0}, {0, 39}, {39, 39}, {20, 20}, {30, 20}, {10, 28}} {
		trial := arms(0, p)
		trial.ID, trial.Point, trial.Given = id, p, true
		require.NoError(t, a.Tell([]agents.Trial{trial}))
	}
	a.starts = 0
	points, err := a.Ask(1)
	require.NoError(t, err)
	v, err := a.view()
	require.NoError(t, err)
	require.Equal(t, 8, a.model.objectives[1].gp.Len())
	believed := valueOf(v, points[0])
	a.guard, err = agents.NewGuard(a.problem)
	require.NoError(t, err)
	v, err = a.view()
	require.NoError(t, err)
	require.Less(t, believed, valueOf(v, points[0])-1)
}
