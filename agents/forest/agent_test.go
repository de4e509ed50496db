package forest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
)

// Training grows with the trials up to the memory. Small forests of few trials keep the test fast.
func TestConformance(t *testing.T) {
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		return New(p, Options{Trees: 2, Challengers: 5, Leaders: 2, Memory: 30}, rng)
	}, "steady-work")
}

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	for _, c := range []struct{ budget, startup int }{{0, 20}, {1000, 20}, {40, 10}, {1, 1}} {
		p := agents.Problem{Budget: c.budget, Objectives: 1}
		got, err := options(settings).withDefaults(p)
		require.NoError(t, err)
		want := Options{
			Startup: c.startup, Start: "random", Trees: 10, Transform: Rank, RandomFrac: 0.1, Challengers: 1000, Leaders: 10, Memory: 2000,
		}
		require.Equal(t, want, got)
		zero, err := Options{Start: "random"}.withDefaults(p)
		require.NoError(t, err)
		require.Equal(t, want, zero)
	}
}

func TestZeroOfAFileMeansNone(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), map[string]any{"random_frac": 0.0, "leaders": 0})
	got, err := options(settings).withDefaults(agents.Problem{})
	require.NoError(t, err)
	require.Zero(t, got.RandomFrac)
	require.Zero(t, got.Leaders)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	bad := Options{Startup: -1, Trees: -2, Transform: "rnak", RandomFrac: 2, Challengers: -3, Memory: 1}
	_, err := New(agenttest.Trap30().Problem(10), bad, seed.New(1))
	agenttest.RequireMistakes(t, err,
		"rf: ", "startup -1 must be at least 1", "trees -2 must be at least 1", `unknown transform "rnak", did you mean "rank"?`,
		"random_frac 2 must be in [0, 1]", "challengers -3 must be at least 1", "memory 1 must be at least 2",
	)
	_, err = New(agenttest.Trap30().Problem(10), Options{Start: "x"}, seed.New(1))
	require.ErrorContains(t, err, `rf: unknown design "x"`)
}

// line is one ordinal axis of 41 levels.
func line() space.Space { return functions.MustSpace(functions.Ordinals(1, 41, 0, 40)...) }

func told(id, level int, objectives ...float64) agents.Trial {
	return agents.Trial{ID: id, Point: space.Point{level}, Objectives: objectives, Violations: []float64{0}, Given: true}
}

func TestWrongTrialsAreErrors(t *testing.T) {
	a, err := New(agents.Problem{Space: line(), Objectives: 1}, Options{}, seed.New(1))
	require.NoError(t, err)
	require.ErrorContains(t, a.Tell([]agents.Trial{told(0, 3, math.Inf(1))}), "rf: trial 0: objective 0 is +Inf")
}

// Every even level is given, the best ones around 30: the first design asked for is an odd level there.
func TestGivenDesignsAreLearned(t *testing.T) {
	near := 0
	for root := range uint64(20) {
		a, err := New(agents.Problem{Space: line(), Objectives: 1}, Options{RandomFrac: -1}, seed.New(root))
		require.NoError(t, err)
		for id := range 21 {
			require.NoError(t, a.Tell([]agents.Trial{told(id, 2*id, -math.Abs(float64(2*id-30)))}))
		}
		points, err := a.Ask(1)
		require.NoError(t, err)
		require.Equal(t, 1, points[0][0]%2)
		if level := points[0][0]; level >= 27 && level <= 33 {
			near++
		}
	}
	require.GreaterOrEqual(t, near, 18, "of 20, where uniform draws would hit 4")
}

// The optimum of x in 0 … 40 under x <= 25 is 25. Beyond 30 designs are not evaluated at all.
func TestTheFeasibilityForestKeepsToTheFeasible(t *testing.T) {
	s := functions.MustSpace(functions.Ordinals(2, 41, 0, 40)...)
	a, err := New(agents.Problem{Space: s, Objectives: 1, Constraints: 1, Budget: 80}, Options{RandomFrac: -1}, seed.New(4))
	require.NoError(t, err)
	trials, err := agenttest.Study{Budget: 80, Evaluate: func(_ int, p space.Point) agents.Trial {
		if p[0] > 30 {
			return agents.Trial{Infeasible: "too large", Violations: []float64{1, float64(p[0] - 30)}}
		}
		return agents.Trial{Objectives: []float64{float64(p[0] - p[1])}, Violations: []float64{float64(p[0] - 25), 0}}
	}}.Run(a, s)
	require.NoError(t, err)
	count, best := 0, math.Inf(-1)
	for _, t := range trials[20:] {
		if t.Feasible() {
			count++
			best = max(best, t.Objectives[0])
		}
	}
	require.Greater(t, count, 25, "of 60")
	require.GreaterOrEqual(t, best, 24.0)
}

// No design up to 35 is feasible: the margin leads to the few that are.
func TestTheMarginLeadsToTheFirstFeasibleDesign(t *testing.T) {
	s := functions.MustSpace(functions.Ordinals(4, 41, 0, 40)...)
	a, err := New(agents.Problem{Space: s, Objectives: 1, Constraints: 1, Budget: 120}, Options{}, seed.New(2))
	require.NoError(t, err)
	trials, err := agenttest.Study{Budget: 120, Evaluate: func(_ int, p space.Point) agents.Trial {
		return agents.Trial{Objectives: []float64{1}, Violations: []float64{float64(150 - p[0] - p[1] - p[2] - p[3]), 0}} // 1 design in 2,800
	}}.Run(a, s)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(trials, agents.Trial.Feasible))
}

// With trials in flight too.
func TestNoDesignTwiceWhileOthersRemain(t *testing.T) {
	p := agents.Problem{Space: functions.MustSpace(functions.Ordinals(2, 8, 0, 1)...), Objectives: 1}
	a, err := New(p, Options{Startup: 5}, seed.New(1))
	require.NoError(t, err)
	agenttest.RequireEachOnce(t, p, a, 4)
}

func BenchmarkAskAndTellAfter1000Trials(b *testing.B) {
	f := agenttest.Ackley20()
	a, err := New(f.Problem(0), Options{RandomFrac: -1}, seed.New(1, "bench"))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, a, 1000)
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(80), Options{}, seed.New(1, "agent", "rf"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 80)
	fmt.Printf("%d trials, within 4 %% of the optimum: %t %v\n", trials, least < f.Best*0.96, err)
	// Output: 80 trials, within 4 % of the optimum: true <nil>
}
