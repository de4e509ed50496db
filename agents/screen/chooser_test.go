package screen_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/agents/regevo"
	"github.com/codesign-gym/codesign/agents/screen"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// guessing is a model of made-up results for a problem.
func guessing(p agents.Problem) screen.Guess {
	return func(points []space.Point) ([]agents.Trial, error) {
		var out []agents.Trial
		for _, q := range points {
			t := agents.Trial{Violations: make([]float64, p.Constraints+1)}
			sum := 0
			for _, level := range q {
				sum += level
			}
			for range p.Objectives {
				t.Objectives = append(t.Objectives, float64(sum))
			}
			if sum%5 == 1 {
				t.Objectives, t.Infeasible = nil, "guessed"
			}
			out = append(out, t)
		}
		return out, nil
	}
}

func TestChooserConformance(t *testing.T) {
	for _, feasible := range []bool{false, true} {
		t.Run(fmt.Sprint("feasible=", feasible), func(t *testing.T) {
			agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
				inner, err := regevo.New(p, regevo.Options{}, rng)
				if err != nil {
					return nil, err
				}
				return screen.Choose(p, inner, guessing(p), screen.ChooserOptions{Propose: 4, Feasible: feasible})
			}, "steady-work")
		})
	}
}

// chosen runs random search behind a model that knows the truth of the grid.
func chosen(t *testing.T, o screen.ChooserOptions, lag int) (wasted int, best float64) {
	s, feasible := grid()
	p := agents.Problem{Space: s, Objectives: 1, Budget: 100}
	inner, err := random.New(p, seed.New(1))
	require.NoError(t, err)
	a, err := screen.Choose(p, inner, func(points []space.Point) ([]agents.Trial, error) {
		var out []agents.Trial
		for _, q := range points {
			if !feasible(q) {
				out = append(out, agents.Trial{Infeasible: "guessed", Violations: []float64{1}})
				continue
			}
			out = append(out, agents.Trial{Objectives: []float64{float64(q[2] - q[0])}, Violations: []float64{0}})
		}
		return out, nil
	}, o)
	require.NoError(t, err)
	return run(t, a, 100, lag)
}

// One design in six has a result: of ten proposals hardly ever none, and the best of fifty is close to the best of all, 8.
func TestTheBestProposalsAreEvaluated(t *testing.T) {
	for _, lag := range []int{1, 8} {
		wasted, best := chosen(t, screen.ChooserOptions{Propose: 50, Feasible: false}, lag)
		require.Less(t, wasted, 3)
		require.GreaterOrEqual(t, best, 7.0)
		wasted, _ = chosen(t, screen.ChooserOptions{Propose: 50, Feasible: true}, lag)
		require.Less(t, wasted, 3)
	}
}

func TestChooserReportsErrors(t *testing.T) {
	s, _ := grid()
	p := agents.Problem{Space: s, Objectives: 1}
	inner, err := random.New(p, seed.New(1))
	require.NoError(t, err)
	_, err = screen.Choose(p, inner, nil, screen.ChooserOptions{Propose: 1})
	require.EqualError(t, err, "screen: 1 proposals: there must be at least 2 to choose from")
	_, err = screen.Choose(agents.Problem{}, inner, nil, screen.ChooserOptions{Propose: 2})
	require.ErrorContains(t, err, "screen: a problem of 0 objectives")
	broken := errors.New("broken")
	for _, feasible := range []bool{false, true} {
		a, err := screen.Choose(p, inner, func([]space.Point) ([]agents.Trial, error) { return nil, broken }, screen.ChooserOptions{Propose: 2, Feasible: feasible})
		require.NoError(t, err)
		_, err = a.Ask(1)
		require.ErrorIs(t, err, broken)
	}
}
