package history_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
)

// row is a problem of one ordinal axis of n levels.
func row(n int) agents.Problem {
	return agents.Problem{Space: functions.MustSpace(functions.Ordinals(1, n, 0, 1)...), Objectives: 1}
}

// counting is a loop of a start of so many designs that chooses by the given function.
func counting(t *testing.T, p agents.Problem, designs int, choose func(past *history.History) (space.Point, error)) *history.Loop {
	var l history.Loop
	l, err := history.NewLoop("mine", p, history.Start{Design: sampling.Latin, Designs: designs}, seed.New(1), history.Steps{
		Starting: func() bool { return l.Past.Len() < designs },
		Choose:   func() (space.Point, error) { return choose(l.Past) },
	})
	require.NoError(t, err)
	return &l
}

// Four designs of the start, one in each quarter of sixteen levels; then the choice, level 9 or one that is drawn; and each level once.
func TestTheStartThenTheChoiceThenDraws(t *testing.T) {
	p, chosen := row(16), 0
	l := counting(t, p, 4, func(past *history.History) (space.Point, error) {
		if chosen++; past.Has(space.Point{9}) {
			return nil, nil
		}
		return space.Point{9}, nil
	})
	points, err := l.Ask(4)
	require.NoError(t, err)
	quarters := map[int]bool{}
	for id, x := range points {
		quarters[x[0]/4] = true
		require.NoError(t, l.Tell([]agents.Trial{{ID: id, Point: x, Objectives: []float64{1}, Violations: []float64{0}}}))
	}
	require.Len(t, quarters, 4)
	require.Zero(t, chosen)
	points, err = l.Ask(1)
	require.NoError(t, err)
	require.True(t, l.Past.Has(space.Point{9}))
	rest, err := l.Ask(11)
	require.NoError(t, err)
	require.True(t, l.Past.Exhausted(), "%v and %v", points, rest)
	require.Equal(t, 12, chosen)
	again, err := l.Ask(2)
	require.NoError(t, err)
	require.Len(t, again, 2, "it never finishes")
	require.Equal(t, 12, chosen, "nothing is left to choose")
}

func TestEachDesignOnce(t *testing.T) {
	p := row(20)
	agenttest.RequireEachOnce(t, p, counting(t, p, 3, func(*history.History) (space.Point, error) { return nil, nil }), 2)
}

// While no trial is told there is nothing to choose by: the start goes on.
func TestTheStartGoesOnUntilATrialIsTold(t *testing.T) {
	l := counting(t, row(16), 2, func(*history.History) (space.Point, error) { return nil, errors.New("chosen") })
	points, err := l.Ask(5)
	require.NoError(t, err)
	require.Len(t, points, 5)
}

func TestErrorsNameTheAgent(t *testing.T) {
	l := counting(t, row(16), 1, func(*history.History) (space.Point, error) { return nil, errors.New("no model") })
	require.ErrorContains(t, l.Tell([]agents.Trial{{Point: space.Point{3}, Objectives: []float64{1}, Violations: []float64{0}}}), "mine: trial 0: not asked for")
	_, err := l.Ask(1)
	require.NoError(t, err)
	require.NoError(t, l.Tell([]agents.Trial{{Point: l.Past.Pending()[0], Objectives: []float64{1}, Violations: []float64{0}}}))
	_, err = l.Ask(1)
	require.EqualError(t, err, "mine: no model")
	_, err = history.NewLoop("mine", row(2), history.Start{Design: "x"}, seed.New(1), history.Steps{})
	require.ErrorContains(t, err, `mine: unknown design "x"`)
	_, err = history.NewLoop("mine", agents.Problem{}, history.Start{}, seed.New(1), history.Steps{})
	require.EqualError(t, err, "mine: a problem of 0 objectives: must be at least 1")
}
