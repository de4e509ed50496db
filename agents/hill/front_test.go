package hill

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func ids(f front) []int {
	var list []int
	for _, held := range f {
		list = append(list, held.trial.ID)
	}
	return list
}

func TestFrontHoldsWhatNothingBetters(t *testing.T) {
	infeasible := func(id int, violation float64) agents.Trial {
		return agents.Trial{ID: id, Point: space.Point{id}, Violations: []float64{violation}, Infeasible: "does not fit"}
	}
	var f front
	for _, c := range []struct {
		name string
		told agents.Trial
		want []int
	}{
		{"the first", infeasible(0, 9), []int{0}},
		{"as far from feasible: the newest", infeasible(1, 9), []int{1}},
		{"farther", infeasible(2, 10), []int{1}},
		{"nearer", infeasible(3, 1), []int{3}},
		{"feasible", valued(4, 4, 1, 1), []int{4}},
		{"infeasible ones are no better", infeasible(5, 0.1), []int{4}},
		{"a trade-off", valued(6, 6, 0, 5), []int{4, 6}},
		{"as good in each objective", valued(7, 7, 0, 5), []int{4, 6}},
		{"worse", valued(8, 8, 0, 4), []int{4, 6}},
		{"betters one", valued(9, 9, 2, 1), []int{6, 9}},
		{"betters all", valued(10, 10, 5, 5), []int{10}},
	} {
		f.add(c.told)
		require.Equal(t, c.want, ids(f), c.name)
	}
}

// Designs in a row, 10 apart, but for number 50 at 491: the one more, at 485, leaves 6 to the neighbours of number 49, less than to anyone else's.
func TestFrontForgetsTheMostCrowded(t *testing.T) {
	var f front
	at := func(id int, value float64) agents.Trial { return valued(id, id%100, value, -value) }
	for id := range maxFront {
		value := float64(10 * id)
		if id == 50 {
			value = 491
		}
		f.add(at(id, value))
	}
	f.add(at(500, 485))
	require.Len(t, f, maxFront)
	require.NotContains(t, ids(f), 49)
	require.Contains(t, ids(f), 500)
}

// Distances from the best are (0, 1), (1, 0) and (0.5, 0.25) of the ranges 4 and 8; the augmentation is 0.05 of the weighted sum.
func TestChebyshevByHand(t *testing.T) {
	low, high := []float64{0, 0}, []float64{4, 8}
	for _, c := range []struct {
		objectives []float64
		want       float64
	}{
		{[]float64{4, 0}, 3 + 0.05*3},
		{[]float64{0, 8}, 1 + 0.05*1},
		{[]float64{2, 6}, 0.75 + 0.05*(0.5+0.75)},
		{nil, 0},
	} {
		require.InDelta(t, c.want, chebyshev(c.objectives, low, high, []float64{1, 3}), 1e-12)
	}
	require.Zero(t, chebyshev([]float64{1, 1}, []float64{1, 1}, []float64{1, 1}, []float64{1, 1}), "objectives without a range do not count")
}

// The number of starts follows from objectives and budget; given designs stand for starts.
func TestAClimbOnSeveralObjectivesBeginsWithStarts(t *testing.T) {
	for _, c := range []struct{ objectives, budget, given, want int }{
		{2, 0, 0, 20}, {3, 0, 0, 30}, {2, 40, 0, 10}, {2, 1, 0, 1}, {2, 0, 15, 5}, {2, 0, 25, 0}, {1, 0, 0, 0},
	} {
		a, err := New(agents.Problem{Space: cube(t), Objectives: c.objectives, Budget: c.budget}, Options{}, seed.New(1))
		require.NoError(t, err)
		for id := range c.given {
			require.NoError(t, a.Tell([]agents.Trial{{
				ID: id, Point: space.Point{id, 0, 0}, Objectives: make([]float64, c.objectives), Violations: []float64{0}, Given: true,
			}}))
		}
		require.Equal(t, c.want, a.starts, "%+v", c)
	}
}

// The objectives pull to opposite ends of a line, so that every design is an incumbent: all are proposed, none twice.
func TestEveryTradeOffIsFound(t *testing.T) {
	s := line(t)
	for _, lag := range []int{1, 8} {
		a, err := New(agents.Problem{Space: s, Objectives: 2, Budget: 100}, Options{}, seed.New(1))
		require.NoError(t, err)
		seen := map[int]bool{}
		study := agenttest.Study{Budget: 100, Lag: lag, Evaluate: func(_ int, p space.Point) agents.Trial {
			seen[p[0]] = true
			return agents.Trial{Objectives: []float64{float64(p[0]), float64(-p[0])}, Violations: []float64{0}}
		}}
		_, err = study.Run(a, s)
		require.NoError(t, err)
		require.Len(t, seen, 100, "%d in flight", lag)
		require.Len(t, a.front, 100)
		require.Zero(t, a.climb)
	}
}
