package genetic

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/seed"
)

// The clause that is skipped has one objective, where "nsga3" is "nsga2".
func TestConformanceOfNSGA3(t *testing.T) { agenttest.Test(t, NSGA3Factory(), "steady-work") }

func TestNSGA3DefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, NSGA3Factory(), nil)
	made, err := NSGA3Factory().New(agenttest.DTLZ2().Problem(1000), settings, seed.New(1))
	require.NoError(t, err)
	require.Equal(t, Options{20, 20, 1, Tournament, 2, 0.9, 0.25, 0, "lhs"}, made.(*Agent).options)
}

func TestBadOptionsOfNSGA3(t *testing.T) {
	p := agenttest.DTLZ2().Problem(100)
	_, err := NewNSGA3(p, Options{Tournament: 3}, -1, seed.New(1))
	require.EqualError(t, err, "nsga3: elites, selection and tournament are fixed: leave them zero\nnsga3: divisions -1 must be in [0, 1000]")
	_, err = NewNSGA3(p, Options{}, 1000, seed.New(1))
	require.EqualError(t, err, "nsga3: divisions 1000 of 3 objectives are 10001 directions: at most 10000")
	_, err = NewNSGA3(p, Options{Population: 1}, 0, seed.New(1))
	require.EqualError(t, err, "nsga3: population 1 must be at least 2")
}

func TestDirectionsByHand(t *testing.T) {
	// Multiples of 1/2 that sum to 1.
	require.Equal(t, [][]float64{{0, 0, 1}, {0, 0.5, 0.5}, {0, 1, 0}, {0.5, 0, 0.5}, {0.5, 0.5, 0}, {1, 0, 0}}, directions(3, 2, 1))
	// (p+2 over 2) of p = 4 is 15, of p = 5 21.
	require.Len(t, directions(3, 0, 20), 15)
	require.Len(t, directions(2, 0, 20), 20)
	// One division has 8 points of 8 objectives, two have 36: with room for 20 an inner layer of another 8 follows.
	two := directions(8, 0, 20)
	require.Len(t, two, 16)
	require.InDelta(t, 0.5+0.5/8, two[15][0], 1e-12)
	// Less room than objectives: one division all the same.
	require.Len(t, directions(5, 0, 3), 5)
	require.LessOrEqual(t, len(directions(3, 0, 1e6)), maxDirections)
}

func TestLayerSizeIsTheNumberOfPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		objectives, divisions := rapid.IntRange(2, 6).Draw(t, "objectives"), rapid.IntRange(1, 6).Draw(t, "divisions")
		points := layer(nil, objectives, divisions, 1)
		if len(points) != layerSize(objectives, divisions) {
			t.Fatalf("%d points, not %d", len(points), layerSize(objectives, divisions))
		}
		for _, p := range points {
			sum := 0.0
			for _, v := range p {
				sum += v
			}
			if math.Abs(sum-1) > 1e-12 {
				t.Fatalf("%v sums to %v", p, sum)
			}
		}
	})
}

// From (3, 4) to the line along (1, 0) it is 4; along (2, 2), |3-4|/√2.
func TestAwayByHand(t *testing.T) {
	require.InDelta(t, 4.0, away([]float64{3, 4}, []float64{1, 0}), 1e-12)
	require.InDelta(t, 1/math.Sqrt2, away([]float64{3, 4}, []float64{2, 2}), 1e-12)
}

// The plane through (4, 0) and (0, 2) meets the axes at 4 and 2; (1, 1) lies below it. Of points on one line through the origin there is no plane.
func TestInterceptsByHand(t *testing.T) {
	unit, ok := intercepts([][]float64{{4, 0}, {1, 1}, {0, 2}})
	require.True(t, ok)
	require.InDeltaSlice(t, []float64{4, 2}, unit, 1e-12)
	_, ok = intercepts([][]float64{{1, 1}, {2, 2}})
	require.False(t, ok)
}

func measured(id int, objectives ...float64) agents.Trial {
	return agents.Trial{ID: id, Objectives: objectives, Violations: []float64{0}}
}

// A front of five with directions (0, 1), (1/2, 1/2), (1, 0). Losses, normalised by intercepts 1 and 1: (0,1), (0.1,0.9), (0.5,0.5), (0.9,0.1), (1,0). The
// first survivor of each direction is the nearest one: trials 0, 2 and 4. The dominated trial 5 and the infeasible 6 stay out.
func TestTheNearestOfEachDirectionSurvives(t *testing.T) {
	pool := []agents.Trial{
		measured(0, 1, 0), measured(1, 0.9, 0.1), measured(2, 0.5, 0.5), measured(3, 0.1, 0.9), measured(4, 0, 1), measured(5, 0.4, 0.4),
		{ID: 6, Infeasible: "no", Violations: []float64{1}},
	}
	for root := range uint64(20) {
		s := newNiching(directions(2, 2, 3), seed.New(root))
		require.ElementsMatch(t, []int{0, 2, 4}, s.survive(pool, 3))
		require.Equal(t, []int{5, 6}, s.survive(pool, 7)[5:])
	}
}

// Whatever the pool, the survivors are so many different trials, and no one left out dominates one of them.
func TestSurvivorsAreTheFirstFronts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := seed.New(rapid.Uint64().Draw(t, "seed"))
		pool := make([]agents.Trial, rapid.IntRange(2, 20).Draw(t, "pool"))
		for i := range pool {
			pool[i] = measured(i, float64(rng.IntN(4)), float64(rng.IntN(4)), float64(rng.IntN(4)))
			if rng.IntN(4) == 0 {
				pool[i].Violations = []float64{float64(rng.IntN(3))}
			}
		}
		n := rapid.IntRange(1, len(pool)).Draw(t, "n")
		stays := map[int]bool{}
		for _, i := range newNiching(directions(3, 0, n), rng).survive(pool, n) {
			stays[i] = true
		}
		if len(stays) != n {
			t.Fatalf("%d survivors, not %d", len(stays), n)
		}
		for out := range pool {
			for in := range stays {
				if !stays[out] && rank.Compare(pool[out], pool[in]) < 0 {
					t.Fatalf("trial %d is out and better than %d", out, in)
				}
			}
		}
	})
}

func ExampleNewNSGA3() {
	f := agenttest.DTLZ2()
	agent, err := NewNSGA3(f.Problem(300), Options{}, 0, seed.New(1, "agent", "nsga3"))
	if err != nil {
		fmt.Println(err)
		return
	}
	points, err := agent.Ask(2)
	fmt.Println(len(points), err)
	// Output: 2 <nil>
}
