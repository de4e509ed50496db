package bayes

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// peak is a function of one peak, in a unit of its own.
func peak(x, y int, scale float64) func(p space.Point) float64 {
	return func(p space.Point) float64 { return -scale * float64((p[0]-x)*(p[0]-x)+(p[1]-y)*(p[1]-y)) }
}

// elsewhere is trials of another task on a coarse grid.
func elsewhere(task int, f func(p space.Point) float64) []agents.Trial {
	var trials []agents.Trial
	for x := 1; x < 40; x += 5 {
		for y := 1; y < 40; y += 5 {
			p := space.Point{x, y}
			trials = append(trials, agents.Trial{Point: p, Objectives: []float64{f(p)}, Violations: []float64{0}, Given: true, Task: task})
		}
	}
	return trials
}

// tell numbers trials below 0 and tells them.
func tell(t *testing.T, a *Agent, trials ...[]agents.Trial) {
	t.Helper()
	var all []agents.Trial
	for _, list := range trials {
		all = append(all, list...)
	}
	for i := range all {
		all[i].ID = i - len(all)
	}
	require.NoError(t, a.Tell(all))
}

func TestOtherTasksAreNotOwnTrials(t *testing.T) {
	a, err := New(agents.Problem{Space: squares(t, 40), Objectives: 1, Budget: 30}, Options{}, seed.New(1))
	require.NoError(t, err)
	tell(t, a, elsewhere(1, peak(11, 21, 1)), elsewhere(2, peak(36, 36, 1)))
	require.Empty(t, a.rows)
	require.Equal(t, int64(1600), a.left, "every design may be proposed")
	points, err := a.Ask(2)
	require.NoError(t, err)
	require.Equal(t, []space.Point{{11, 21}, {36, 36}}, points, "the best of each, by turns")
}

// A like task is believed: with six evaluations the search is at the peak, which lies a little beside the other task's and has values in another unit.
func TestALikeTaskSavesEvaluations(t *testing.T) {
	f := peak(14, 23, 1000)
	for _, o := range []Options{{}, {Acquisition: Thompson, Candidates: 128}} {
		a, err := New(agents.Problem{Space: squares(t, 40), Objectives: 1, Budget: 30}, o, seed.New(1))
		require.NoError(t, err)
		tell(t, a, elsewhere(1, peak(11, 21, 1)))
		best := -1e9
		for id := range 8 {
			points, err := a.Ask(1)
			require.NoError(t, err)
			best = max(best, f(points[0]))
			require.NoError(t, a.Tell([]agents.Trial{{ID: id, Point: points[0], Objectives: []float64{f(points[0])}, Violations: []float64{0}}}))
		}
		require.GreaterOrEqual(t, best, -3000.0, "%+v", o)
	}
}

// A task that ranks designs the other way is left alone: its slope is 0, and the optimum is found as without it.
func TestATaskThatMisleadsIsLeftAlone(t *testing.T) {
	const budget = 40
	p := agents.Problem{Space: squares(t, 40), Objectives: 1, Budget: budget}
	f := peak(30, 8, 1)
	a, err := New(p, Options{Refit: 8, Candidates: 64}, seed.New(1))
	require.NoError(t, err)
	tell(t, a, elsewhere(1, func(p space.Point) float64 { return -f(p) }))
	best := -1e9
	for id := range budget {
		points, err := a.Ask(1)
		require.NoError(t, err)
		best = max(best, f(points[0]))
		require.NoError(t, a.Tell([]agents.Trial{{ID: id, Point: points[0], Objectives: []float64{f(points[0])}, Violations: []float64{0}}}))
	}
	require.Equal(t, []float64{0}, a.model.objectives[0].prior.slopes)
	require.GreaterOrEqual(t, best, -1.0)
}

// By hand: the sources expect 1, 2, 3 where the targets are 0, 2, 4: (4 + 1)/(2 + 1), over two sources; the other one expects 3, 2, 1: (-4 + 1)/(2 + 1), so 0.
func TestTheRegressionOnOtherTasks(t *testing.T) {
	p := prior{sources: make([]*gp.Model, 2), means: [][]float64{{1, 3}, {2, 2}, {3, 1}}}
	p.regress([]int{0, 1, 2}, nil, []float64{0, 2, 4})
	require.InDeltaSlice(t, []float64{5.0 / 6, 0}, p.slopes, 1e-12)
	require.InDelta(t, 5.0/3, p.at(1), 1e-12)
	p.regress(nil, nil, nil)
	require.InDeltaSlice(t, []float64{0.5, 0.5}, p.slopes, 1e-12)
}

// Of 200 ordered trials the 75 best are kept, and 75 of the others.
func TestTheBestOfAnotherTaskAndSomeOfTheRestAreModelled(t *testing.T) {
	a, err := New(agents.Problem{Space: squares(t, 40), Objectives: 1}, Options{}, seed.New(1))
	require.NoError(t, err)
	trials := make([]agents.Trial, 200)
	for i := range trials {
		trials[i].ID = i
	}
	kept := a.spread(trials)
	require.Len(t, kept, 150)
	require.Equal(t, 74, kept[74].ID)
	require.Equal(t, 75, kept[75].ID)
	require.Greater(t, kept[149].ID, 195)
}
