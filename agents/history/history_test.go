package history_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// line is one ordinal axis of three levels, and one constraint.
func line(t require.TestingT) agents.Problem {
	s, err := space.New(space.Param{Name: "x", Kind: space.Ordinal, Values: []float64{1, 2, 4}})
	require.NoError(t, err)
	return agents.Problem{Space: s, Objectives: 1, Constraints: 1}
}

func trial(id, level int) agents.Trial {
	return agents.Trial{ID: id, Point: space.Point{level}, Objectives: []float64{0}, Violations: []float64{0, 0}}
}

func TestWrongTrialsAreErrorsAndChangeNothing(t *testing.T) {
	given := func(id, level int) agents.Trial {
		t := trial(id, level)
		t.Given = true
		return t
	}
	for _, c := range []struct {
		name   string
		change func(*agents.Trial)
		want   string
	}{
		{"outside the space", func(t *agents.Trial) { t.Point = space.Point{3} }, `trial 7: space: level 3 of "x" out of range [0, 3)`},
		{"another number of axes", func(t *agents.Trial) { t.Point = space.Point{0, 0} }, "trial 7: space: a point of 2 levels in a space of 1 axes"},
		{"told already", func(t *agents.Trial) { t.ID = 4 }, "trial 4 was told already, or late: the last one told was 5"},
		{"not asked for", func(t *agents.Trial) { t.Point = space.Point{1} }, "trial 7 was not asked for and is not given: point [1]"},
		{"objectives", func(t *agents.Trial) { t.Objectives = []float64{1, 2} }, "trial 7: 2 objectives, the problem has 1"},
		{"violations", func(t *agents.Trial) { t.Violations = []float64{1, 2, 3} }, "trial 7: 3 violations, the problem has 1 constraints"},
		{"not a number", func(t *agents.Trial) { t.Objectives = []float64{math.NaN()} }, "trial 7: objective 0 is NaN: it must be finite"},
		{"infinite", func(t *agents.Trial) { t.Violations[1] = math.Inf(1) }, "trial 7: violation 1 is +Inf: it must be finite"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := history.New(line(t))
			require.NoError(t, h.Tell([]agents.Trial{given(-1, 0), given(4, 0)}))
			h.Ask(space.Point{2})
			wrong := trial(7, 2)
			c.change(&wrong)
			require.ErrorContains(t, h.Tell([]agents.Trial{trial(5, 2), wrong}), c.want)
			require.Len(t, h.Trials(), 2)
			require.Equal(t, []space.Point{{2}}, h.Pending())
			require.NoError(t, h.Tell([]agents.Trial{trial(5, 2)}))
			require.Empty(t, h.Pending())
			require.Len(t, h.Trials(), 3)
		})
	}
}

func TestEveryMistakeIsReported(t *testing.T) {
	h := history.New(line(t))
	wrong := trial(1, 5)
	wrong.Objectives = []float64{math.Inf(-1)}
	err := h.Tell([]agents.Trial{wrong, trial(2, 0)})
	for _, part := range []string{"level 5", "objective 0 is -Inf", "trial 2 was not asked for"} {
		require.ErrorContains(t, err, part)
	}
	require.Zero(t, h.Len())
}

func TestPointsOfTheCallerAreCopies(t *testing.T) {
	h := history.New(line(t))
	h.Ask(space.Point{2})[0] = 1
	require.Equal(t, []space.Point{{2}}, h.Pending())
	require.True(t, h.Has(space.Point{2}))
	require.False(t, h.Has(space.Point{1}))
}

func TestExhaustedOnceEveryDesignIsSeen(t *testing.T) {
	h := history.New(line(t))
	for level := range 3 {
		require.False(t, h.Exhausted())
		h.Ask(space.Point{level})
		h.Ask(space.Point{level})
	}
	require.True(t, h.Exhausted())
}

// Two of three levels are seen: the third is found whatever is proposed.
func TestFreshAvoidsToldAndPendingDesigns(t *testing.T) {
	h, rng := history.New(line(t)), seed.New(1)
	h.Ask(space.Point{2})
	require.NoError(t, h.Tell([]agents.Trial{{ID: 0, Point: space.Point{0}, Given: true}}))
	require.Equal(t, space.Point{1}, h.Fresh(func() space.Point { return space.Point{2} }, rng))
}

func ExampleHistory_Tell() {
	s, err := space.New(space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16}})
	if err != nil {
		fmt.Println(err)
		return
	}
	h := history.New(agents.Problem{Space: s, Objectives: 1})
	h.Ask(space.Point{1})
	fmt.Println(h.Tell([]agents.Trial{{ID: 0, Point: space.Point{2}, Objectives: []float64{-3}}}))
	fmt.Println(h.Tell([]agents.Trial{{ID: 0, Point: space.Point{1}, Objectives: []float64{-3}}}), h.Len())
	// Output:
	// trial 0 was not asked for and is not given: point [2] is not among the 1 pending
	// <nil> 1
}
