package de

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }

func TestConformanceOfTheOtherBases(t *testing.T) {
	for _, base := range []Base{Random, Best} {
		t.Run(string(base), func(t *testing.T) {
			agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
				return New(p, Options{Base: base}, rng)
			}, "steady-work")
		})
	}
}

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	p := agenttest.Trap30().Problem(1000)
	made, err := Factory().New(p, settings, seed.New(1))
	require.NoError(t, err)
	require.Equal(t, Options{25, "pbest", 0.2, "lhs"}, made.(*Agent).options)
	zero, err := New(p, Options{}, seed.New(1))
	require.NoError(t, err)
	require.Equal(t, made.(*Agent).options, zero.options)
}

func TestDefaultPopulationFollowsTheBudget(t *testing.T) {
	for budget, want := range map[int]int{0: 20, 1: 4, 7: 7, 100: 10, 1000: 25, 1e6: 50} {
		require.Equal(t, want, DefaultPopulation(budget), "budget %d", budget)
		_, err := New(agenttest.Trap30().Problem(budget), Options{}, seed.New(1))
		require.NoError(t, err)
	}
}

func TestBadOptionsAreAllReported(t *testing.T) {
	p := agenttest.Trap30().Problem(10)
	_, err := New(p, Options{Population: 3, Base: "bset", Best: 2}, seed.New(1))
	agenttest.RequireMistakes(t, err, "de: population 3 must be at least 4", `unknown base "bset", did you mean "best"?`, "best 2 must be above 0 and at most 1")
	_, err = New(p, Options{Population: 11}, seed.New(1))
	require.EqualError(t, err, "de: population 11 must be at most 10, the budget in trials")
	_, err = New(p, Options{Start: "x"}, seed.New(1))
	require.ErrorContains(t, err, `de: unknown design "x"`)
}

func TestMutantByHand(t *testing.T) {
	rng := seed.New(2, "de")
	rows := space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}
	flow := space.Param{Name: "flow", Kind: space.Nominal, Labels: []string{"is", "os", "ws"}}
	for range 100 {
		// 3 + 1 ((7 - 3) + (4 - 6)) = 5; 3 + 0.5 · 3 = 4.5 is 4 or 5.
		require.Equal(t, 5, mutant(rows, 3, [2]pair{{7, 3}, {4, 6}}, 1, rng))
		require.Contains(t, []int{4, 5}, mutant(rows, 3, [2]pair{{3, 3}, {5, 2}}, 0.5, rng))
		// Beyond an end: from 3 to -2 is half-way to 0, from 8 to 13 half-way to 10.
		require.Equal(t, 1, mutant(rows, 3, [2]pair{{3, 3}, {0, 5}}, 1, rng))
		require.Equal(t, 9, mutant(rows, 8, [2]pair{{8, 8}, {5, 0}}, 1, rng))
		// The second difference comes last; none moves nothing.
		require.Equal(t, 2, mutant(flow, 0, [2]pair{{1, 0}, {2, 1}}, 1, rng))
		require.Equal(t, 1, mutant(flow, 0, [2]pair{{1, 0}, {2, 2}}, 1, rng))
		require.Equal(t, 0, mutant(flow, 0, [2]pair{{0, 0}, {2, 2}}, 1, rng))
	}
}

func TestMutantsAreLevels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := rapid.IntRange(1, 20).Draw(t, "levels")
		level := rapid.IntRange(0, levels-1)
		p := space.Param{Kind: space.Ordinal, Values: make([]float64, levels)}
		from := level.Draw(t, "from")
		got := mutant(p, from, [2]pair{{level.Draw(t, "goal"), from}, {level.Draw(t, "plus"), level.Draw(t, "minus")}},
			rapid.Float64Range(0.1, 1).Draw(t, "scale"), seed.New(rapid.Uint64().Draw(t, "seed")))
		if got < 0 || got >= levels {
			t.Fatalf("level %d of %d", got, levels)
		}
	})
}

// filled is an agent whose population was told with these values, one a member.
func filled(t *testing.T, values ...float64) *Agent {
	a, err := New(agenttest.Trap30().Problem(1000), Options{Population: len(values)}, seed.New(3))
	require.NoError(t, err)
	points, err := a.Ask(len(values))
	require.NoError(t, err)
	var trials []agents.Trial
	for i, v := range values {
		trials = append(trials, agents.Trial{ID: i, Point: points[i], Objectives: []float64{v}, Violations: []float64{0}})
	}
	require.NoError(t, a.Tell(trials))
	return a
}

func TestARivalTakesThePlaceOfItsMemberAlone(t *testing.T) {
	a := filled(t, 5, 1, 7, 3)
	require.Equal(t, []int{2, 0, 3, 1}, a.order)
	points, err := a.Ask(2) // rivals of members 0 and 1
	require.NoError(t, err)
	require.NoError(t, a.Tell([]agents.Trial{
		{ID: 4, Point: points[0], Objectives: []float64{4}, Violations: []float64{0}}, // better than 1 and 3, but not than 5
		{ID: 5, Point: points[1], Objectives: []float64{1}, Violations: []float64{0}}, // as good
	}))
	var ids []int
	for _, m := range a.members {
		ids = append(ids, m.trial.ID)
	}
	require.Equal(t, []int{0, 5, 2, 3}, ids)
}

func TestOthersAreDifferentMembers(t *testing.T) {
	a := filled(t, 5, 1, 7, 3)
	for range 200 {
		plus, minus := a.others(2)
		require.NotEqual(t, plus, minus)
		require.NotEqual(t, a.members[2].trial.Point, plus)
		require.NotEqual(t, a.members[2].trial.Point, minus)
	}
}

func BenchmarkAskAndTell(b *testing.B) {
	f := agenttest.Ackley20()
	agent, err := New(f.Problem(1000), Options{}, seed.New(1))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, agent, 1000)
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(500), Options{}, seed.New(1, "agent", "de"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 500)
	fmt.Printf("%d trials, within 2 %% of the optimum: %t %v\n", trials, least < f.Best*0.98, err)
	// Output: 500 trials, within 2 % of the optimum: true <nil>
}
