package history_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// line is a history of one ordinal axis of three levels.
func line(t require.TestingT) *history.History {
	s, err := space.New(space.Param{Name: "x", Kind: space.Ordinal, Values: []float64{1, 2, 4}})
	require.NoError(t, err)
	h, err := history.New(agents.Problem{Space: s, Objectives: 1})
	require.NoError(t, err)
	return h
}

func trial(id, level int) agents.Trial {
	return agents.Trial{ID: id, Point: space.Point{level}, Objectives: []float64{0}, Violations: []float64{0}}
}

func TestRefusedTrialsChangeNothing(t *testing.T) {
	h := line(t)
	given := trial(-1, 0)
	given.Given = true
	require.NoError(t, h.Tell([]agents.Trial{given}))
	h.Ask(space.Point{2})
	require.ErrorContains(t, h.Tell([]agents.Trial{trial(0, 2), trial(1, 1)}), "trial 1: not asked for")
	require.Len(t, h.Trials(), 1)
	require.Equal(t, []space.Point{{2}}, h.Pending())
	require.False(t, h.Has(space.Point{1}))
	require.NoError(t, h.Tell([]agents.Trial{trial(0, 2)}))
	require.Empty(t, h.Pending())
	require.Len(t, h.Trials(), 2)
	require.Equal(t, 2, h.Len())
}

func TestAProblemWithoutObjectivesIsAnError(t *testing.T) {
	_, err := history.New(agents.Problem{})
	require.EqualError(t, err, "a problem of 0 objectives: must be at least 1")
}

func TestPointsOfTheCallerAreCopies(t *testing.T) {
	h := line(t)
	h.Ask(space.Point{2})[0] = 1
	require.Equal(t, []space.Point{{2}}, h.Pending())
	require.True(t, h.Has(space.Point{2}))
	require.False(t, h.Has(space.Point{1}))
}

func TestExhaustedOnceEveryDesignIsSeen(t *testing.T) {
	h := line(t)
	for level := range 3 {
		require.False(t, h.Exhausted())
		h.Ask(space.Point{level})
		h.Ask(space.Point{level})
	}
	require.True(t, h.Exhausted())
}

// Two of three levels are seen: the third is found whatever is proposed.
func TestFreshAvoidsToldAndPendingDesigns(t *testing.T) {
	h, rng := line(t), seed.New(1)
	h.Ask(space.Point{2})
	given := trial(0, 0)
	given.Given = true
	require.NoError(t, h.Tell([]agents.Trial{given}))
	require.Equal(t, space.Point{1}, h.Fresh(func() space.Point { return space.Point{2} }, rng))
}

func ExampleHistory_Tell() {
	s, err := space.New(space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16}})
	if err != nil {
		fmt.Println(err)
		return
	}
	h, err := history.New(agents.Problem{Space: s, Objectives: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	h.Ask(space.Point{1})
	fmt.Println(h.Tell([]agents.Trial{{ID: 0, Point: space.Point{1}, Objectives: []float64{-3}, Violations: []float64{0}}}), h.Len())
	// Output: <nil> 1
}

// Of six trials a memory of four holds the best two, 5 and 0, and the newest two of the others.
func TestTheMemoryHoldsTheBestAndTheNewest(t *testing.T) {
	order := []int{5, 0, 3, 1, 4, 2}
	require.Equal(t, []int{0, 3, 4, 5}, history.Remembered(order, 4))
	require.Equal(t, []int{0, 1, 2, 3, 4, 5}, history.Remembered(order, 6))
	require.Equal(t, []int{5, 0, 3, 1, 4, 2}, order)
}
