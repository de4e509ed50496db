package screen_test

import (
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
	"github.com/codesign-gym/codesign/internal/functions"
)

// The classifier learns from all trials.
func TestConformance(t *testing.T) {
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		inner, err := regevo.New(p, regevo.Options{}, rng)
		if err != nil {
			return nil, err
		}
		return screen.New(p, inner, 0.3, rng)
	}, "steady-work")
}

// grid is four ordinal axes of 16 levels, of which a design has a result where the first two add up to at least 22: 45 of 256.
func grid() (space.Space, func(p space.Point) bool) {
	return functions.MustSpace(functions.Ordinals(4, 16, 0, 15)...), func(p space.Point) bool { return p[0]+p[1] >= 22 }
}

// run counts the trials without a result and finds the best of the others.
func run(t *testing.T, a agents.Agent, budget, lag int) (wasted int, best float64) {
	s, feasible := grid()
	_, err := agenttest.Study{Budget: budget, Lag: lag, Evaluate: func(_ int, p space.Point) agents.Trial {
		if !feasible(p) {
			wasted++
			return agents.Trial{Infeasible: "does not fit", Violations: []float64{0}}
		}
		best = max(best, float64(p[2]-p[0]))
		return agents.Trial{Objectives: []float64{float64(p[2] - p[0])}, Violations: []float64{0}}
	}}.Run(a, s)
	require.NoError(t, err)
	return wasted, best
}

// Random draws waste 82 % of the trials; behind the classifier, of 300 trials, less than half of that.
func TestFewTrialsAreWasted(t *testing.T) {
	s, _ := grid()
	p := agents.Problem{Space: s, Objectives: 1, Budget: 300}
	plain, err := random.New(p, seed.New(1))
	require.NoError(t, err)
	without, _ := run(t, plain, 300, 1)
	require.InDelta(t, 247, without, 25)
	for _, lag := range []int{1, 8} {
		inner, err := random.New(p, seed.New(1))
		require.NoError(t, err)
		a, err := screen.New(p, inner, 0.1, seed.New(2))
		require.NoError(t, err)
		with, _ := run(t, a, 300, lag)
		t.Logf("lag %d: %d of 300 trials wasted, %d without the screen", lag, with, without)
		require.Less(t, with, without/2)
	}
}

// The best design, 15 - 7, is found behind the screen too.
func TestNothingIsLost(t *testing.T) {
	s, _ := grid()
	p := agents.Problem{Space: s, Objectives: 1, Budget: 400}
	inner, err := regevo.New(p, regevo.Options{}, seed.New(1))
	require.NoError(t, err)
	a, err := screen.New(p, inner, 0.05, seed.New(2))
	require.NoError(t, err)
	_, best := run(t, a, 400, 1)
	require.InDelta(t, 8, best, 0)
}

func TestOffer(t *testing.T) {
	s, _ := grid()
	p := agents.Problem{Space: s, Objectives: 1}
	f := screen.Offer(regevo.Factory())
	make := func(limit float64) agents.Agent {
		o := agenttest.Settings(t, f, map[string]any{screen.Option: limit})
		a, err := f.New(p, o, seed.New(1))
		require.NoError(t, err)
		return a
	}
	require.IsType(t, &regevo.Agent{}, make(0), "the agent as it is")
	require.IsType(t, &screen.Agent{}, make(0.05))
	require.Equal(t, agents.Factory{Name: "policy"}, screen.Offer(agents.Factory{Name: "policy"}))
	policy := screen.Offer(random.Factory())
	o := agenttest.Settings(t, policy, map[string]any{screen.Option: 0.1})
	_, err := policy.NewPolicy(nil, o, seed.New(1))
	require.ErrorContains(t, err, "random: screen is for agents that search whole designs")
	require.Len(t, f.Options, len(regevo.Factory().Options)+1)
	_, err = screen.New(p, nil, 1, seed.New(1))
	require.EqualError(t, err, "screen 1 must be in (0, 1)")
	_, err = screen.New(agents.Problem{}, nil, 0.5, seed.New(1))
	require.ErrorContains(t, err, "screen: a problem of 0 objectives")
}

func ExampleNew() {
	s := functions.MustSpace(functions.Ordinals(2, 32, 0, 31)...)
	p := agents.Problem{Space: s, Objectives: 1, Budget: 200}
	inner, err := random.New(p, seed.New(1, "agent", "random"))
	if err != nil {
		fmt.Println(err)
		return
	}
	agent, err := screen.New(p, inner, 0.1, seed.New(1, "screen"))
	if err != nil {
		fmt.Println(err)
		return
	}
	late := 0
	_, err = agenttest.Study{Budget: 200, Evaluate: func(id int, p space.Point) agents.Trial {
		if p[0] < 24 { // three of four designs crash
			if id >= 100 {
				late++
			}
			return agents.Trial{Infeasible: "crash", Violations: []float64{0}}
		}
		return agents.Trial{Objectives: []float64{float64(p[1])}, Violations: []float64{0}}
	}}.Run(agent, s)
	fmt.Println("less than 10 of the last 100 crash:", late < 10, err)
	// Output: less than 10 of the last 100 crash: true <nil>
}
