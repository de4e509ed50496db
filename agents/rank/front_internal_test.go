package rank

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
)

func valued(id int, objectives ...float64) agents.Trial {
	return agents.Trial{ID: id, Objectives: objectives, Violations: []float64{0}}
}

func ids(f Front[int]) []int {
	var list []int
	for _, held := range f {
		list = append(list, held.Trial.ID)
	}
	return list
}

func TestFrontHoldsWhatNothingBetters(t *testing.T) {
	infeasible := func(id int, violation float64) agents.Trial {
		return agents.Trial{ID: id, Violations: []float64{violation}, Infeasible: "does not fit"}
	}
	var f Front[int]
	for _, c := range []struct {
		name string
		told agents.Trial
		want []int
	}{
		{"the first", infeasible(0, 9), []int{0}},
		{"as far from feasible: the newest", infeasible(1, 9), []int{1}},
		{"farther", infeasible(2, 10), []int{1}},
		{"nearer", infeasible(3, 1), []int{3}},
		{"feasible", valued(4, 1, 1), []int{4}},
		{"infeasible ones are no better", infeasible(5, 0.1), []int{4}},
		{"a trade-off", valued(6, 0, 5), []int{4, 6}},
		{"as good in each objective", valued(7, 0, 5), []int{4, 6}},
		{"worse", valued(8, 0, 4), []int{4, 6}},
		{"betters one", valued(9, 2, 1), []int{6, 9}},
		{"betters all", valued(10, 5, 5), []int{10}},
	} {
		held := f.Admit(c.told)
		require.Equal(t, c.want, ids(f), c.name)
		require.Equal(t, slices.Contains(c.want, c.told.ID), held, c.name)
	}
}

// Designs in a row, 10 apart, but for number 50 at 491: the one more, at 485, leaves 6 to the neighbours of number 49, less than to anyone else's.
func TestFrontForgetsTheMostCrowded(t *testing.T) {
	var f Front[int]
	at := func(id int, value float64) agents.Trial { return valued(id, value, -value) }
	for id := range MaxFront {
		value := float64(10 * id)
		if id == 50 {
			value = 491
		}
		f.Admit(at(id, value))
	}
	f.Admit(at(500, 485))
	require.Len(t, f, MaxFront)
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

// Of (0, 8), (2, 6) and (4, 0) the last is the best in the first objective, and so on; what is not wanted is left out.
func TestNearestFollowsTheWeights(t *testing.T) {
	var f Front[int]
	for i, o := range [][]float64{{0, 8}, {2, 6}, {4, 0}} {
		require.True(t, f.Admit(valued(i, o...)))
	}
	require.Equal(t, 0, f.Nearest([]float64{0, 1}, nil))
	require.Equal(t, 1, f.Nearest([]float64{1, 1}, nil))
	require.Equal(t, 2, f.Nearest([]float64{1, 0}, nil))
	require.Equal(t, 1, f.Nearest([]float64{1, 0}, func(h Held[int]) bool { return h.Trial.ID < 2 }))
	require.Equal(t, -1, f.Nearest([]float64{1, 0}, func(Held[int]) bool { return false }))
}
