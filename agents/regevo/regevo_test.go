package regevo

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	for _, c := range []struct {
		problem            agents.Problem
		population, sample int
	}{
		{agents.Problem{Objectives: 1}, 40, 15},
		{agents.Problem{Objectives: 1, Budget: 1000}, 40, 15},
		{agents.Problem{Objectives: 1, Budget: 100}, 25, 15},
		{agents.Problem{Objectives: 1, Budget: 20}, 5, 5},
		{agents.Problem{Objectives: 1, Budget: 1}, 1, 1},
		{agents.Problem{Objectives: 2, Budget: 1000}, 40, 40},
	} {
		want := Options{c.population, c.sample, "lhs"}
		got, err := options(settings).withDefaults(c.problem)
		require.NoError(t, err)
		require.Equal(t, want, got)
		zero, err := Options{}.withDefaults(c.problem)
		require.NoError(t, err)
		require.Equal(t, want, zero)
	}
}

func TestBadOptionsAreAllReported(t *testing.T) {
	_, err := New(agenttest.Trap30().Problem(10), Options{Population: -1, Sample: 9}, seed.New(1))
	require.EqualError(t, err, "regevo: population -1 must be at least 1\nsample 9 must be in [1, -1], the population")
	_, err = New(agenttest.Trap30().Problem(10), Options{Start: "x"}, seed.New(1))
	require.ErrorContains(t, err, `unknown design "x"`)
	_, err = New(agenttest.Trap30().Problem(10), Options{Population: 50}, seed.New(1))
	require.EqualError(t, err, "regevo: population 50 must be at most 10, the budget in trials")
}

// trial is a feasible result on 30 binary axes, all 0 but the first level.
func trial(id int, value float64, given bool) agents.Trial {
	p := make(space.Point, 30)
	p[0], p[1], p[2], p[3] = id&1, id>>1&1, id>>2&1, id>>3&1
	return agents.Trial{ID: id, Point: p, Objectives: []float64{value}, Violations: []float64{0}, Given: given}
}

func members(a *Agent) []int {
	var ids []int
	for i := range a.queue {
		ids = append(ids, a.queue[(a.oldest+i)%len(a.queue)].ID)
	}
	return ids
}

func TestTheOldestLeavesEvenIfItIsTheBest(t *testing.T) {
	a, err := New(agenttest.Trap30().Problem(10), Options{Population: 3, Sample: 2}, seed.New(1))
	require.NoError(t, err)
	for id, value := range []float64{9, 1, 2, 3, 4} {
		a.guard.Ask(trial(id, value, false).Point)
		require.NoError(t, a.Tell([]agents.Trial{trial(id, value, false)}))
	}
	require.Equal(t, []int{2, 3, 4}, members(a))
}

func TestTheBestGivenTrialsEnterTheBestYoungest(t *testing.T) {
	a, err := New(agenttest.Trap30().Problem(10), Options{Population: 3}, seed.New(1))
	require.NoError(t, err)
	var given []agents.Trial
	for id, value := range []float64{5, 1, 9, 7, 3} {
		given = append(given, trial(id, value, true))
	}
	require.NoError(t, a.Tell(given))
	points, err := a.Ask(1)
	require.NoError(t, err)
	require.Equal(t, []int{0, 3, 2}, members(a))
	// The population is complete, so the point is a child: one axis away from one of its members.
	least := 30
	for _, m := range a.queue {
		distance := 0
		for axis := range points[0] {
			if points[0][axis] != m.Point[axis] {
				distance++
			}
		}
		least = min(least, distance)
	}
	require.Equal(t, 1, least)
}

// With the whole population as sample, every child descends from the best member.
func TestTheBestOfTheSampleIsTheParent(t *testing.T) {
	a, err := New(agenttest.Trap30().Problem(10), Options{Population: 8, Sample: 8}, seed.New(1))
	require.NoError(t, err)
	for id := range 8 {
		a.guard.Ask(trial(id, 0, false).Point)
		require.NoError(t, a.Tell([]agents.Trial{trial(id, float64(id%7), false)}))
	}
	for range 50 {
		child, parent, distance := a.child(), trial(6, 0, false).Point, 0
		for axis := range child {
			if child[axis] != parent[axis] {
				distance++
			}
		}
		require.Equal(t, 1, distance)
	}
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(500), Options{}, seed.New(1, "agent", "regevo"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 500)
	fmt.Printf("%d trials, within 2 %% of the optimum: %t %v\n", trials, least < f.Best*0.98, err)
	// Output: 500 trials, within 2 % of the optimum: true <nil>
}
