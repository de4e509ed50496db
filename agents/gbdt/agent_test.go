package gbdt

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// Learning grows with the trials up to the memory. Small models of few trials keep the test fast.
func TestConformance(t *testing.T) {
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		startup := 60
		if p.Budget > 0 {
			startup = max(p.Budget*3/4, 1)
		}
		return New(p, Options{Startup: startup, Trees: 1, Depth: 1, Challengers: 3, Leaders: -1, Memory: 6}, rng)
	}, "steady-work")
}

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	for _, c := range []struct{ budget, startup int }{{0, 20}, {1000, 20}, {40, 10}, {1, 1}} {
		p := agents.Problem{Budget: c.budget, Objectives: 1}
		got, err := options(settings).withDefaults(p)
		require.NoError(t, err)
		want := Options{
			Startup: c.startup, Start: "random", Trees: 30, Depth: 4, LearningRate: 0.2, FeatureFrac: 0.5, PruneFrac: 0.3, Challengers: 1000, Leaders: 10, Memory: 1000,
		}
		require.Equal(t, want, got)
		zero, err := Options{Start: "random"}.withDefaults(p)
		require.NoError(t, err)
		require.Equal(t, want, zero)
	}
}

func TestZeroOfAFileMeansNone(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), map[string]any{"prune_frac": 0.0, "leaders": 0})
	got, err := options(settings).withDefaults(agents.Problem{})
	require.NoError(t, err)
	require.Zero(t, got.PruneFrac)
	require.Zero(t, got.Leaders)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	bad := Options{Startup: -1, Trees: -2, Depth: 17, LearningRate: 2, FeatureFrac: -1, PruneFrac: 1, Challengers: -3, Memory: 1}
	_, err := New(agenttest.Trap30().Problem(10), bad, seed.New(1))
	agenttest.RequireMistakes(t, err,
		"gbdt: ", "startup -1 must be at least 1", "trees -2 must be at least 1", "depth 17 must be in [1, 16]", "learning_rate 2 must be in (0, 1]",
		"feature_frac -1 must be in (0, 1]", "prune_frac 1 must be in [0, 1)", "challengers -3 must be at least 1", "memory 1 must be at least 2",
	)
	_, err = New(agenttest.Trap30().Problem(10), Options{Start: "x"}, seed.New(1))
	require.ErrorContains(t, err, `gbdt: unknown design "x"`)
}

// A model of one split on the second axis, 3 lower up to its first two levels of four: these levels contribute -1.5, the others 1.5; the first axis nothing.
func TestPruningByHand(t *testing.T) {
	s := functions.MustSpace(
		space.Param{Name: "a", Kind: space.Ordinal, Values: []float64{0, 1, 2}}, space.Param{Name: "b", Kind: space.Ordinal, Values: []float64{0, 1, 2, 3}},
	)
	e := predictor.NewEncoder(s)
	leaf := func(at int32) boost.Node { return boost.Node{Threshold: math.Inf(1), Left: at} }
	m := &boost.Model{Features: 2, Trees: []boost.Tree{{
		Nodes: []boost.Node{{Threshold: 0.5, Feature: 1, Left: 1}, leaf(1), leaf(2)}, Values: []float64{1, 0, 3}, Gains: []float64{1, 0, 0}, Weights: []float64{2, 1, 1}, Depth: 1,
	}}}
	require.NoError(t, m.Check())
	background := []space.Point{{0, 0}, {2, 3}}
	list := contributions(s, e, m, background)
	require.Equal(t, []contribution{{1, 0, -1.5}, {1, 1, -1.5}, {0, 0, 0}, {0, 1, 0}, {0, 2, 0}, {1, 2, 1.5}, {1, 3, 1.5}}, list)
	require.Equal(t, [][]bool{{true, true, true}, {false, true, true, true}}, prune(s, e, m, background, 0.2), "the worst one of seven levels")
	require.Equal(t, [][]bool{{true, true, true}, {false, false, true, true}}, prune(s, e, m, background, 0.9), "what does no harm stays")
	b := belief{space: s, kept: [][]bool{{true, true, true}, {false, false, true, true}}}
	rng := seed.New(1)
	for range 50 {
		require.True(t, b.keeps(b.sample(rng)))
	}
	require.False(t, b.keeps(space.Point{0, 1}))
}

// Half of the designs crash, those of an odd first level: after the start few are proposed.
func TestDesignsWithoutResultsAreAvoided(t *testing.T) {
	s := functions.MustSpace(append(functions.Ordinals(3, 21, 0, 20), space.Param{Name: "kind", Kind: space.Nominal, Labels: []string{"good", "bad"}})...)
	a, err := New(agents.Problem{Space: s, Objectives: 1, Budget: 50}, Options{Challengers: 50, Trees: 20}, seed.New(4))
	require.NoError(t, err)
	crashes := 0
	_, err = agenttest.Study{Budget: 50, Evaluate: func(id int, p space.Point) agents.Trial {
		if p[3] == 1 {
			if id >= 20 {
				crashes++
			}
			return agents.Trial{Infeasible: "crash", Violations: []float64{0}}
		}
		return agents.Trial{Objectives: []float64{float64(p[0] - p[1])}, Violations: []float64{0}}
	}}.Run(a, s)
	require.NoError(t, err)
	require.Less(t, crashes, 8, "of 30, where random draws would have 15")
}

// With trials in flight too.
func TestNoDesignTwiceWhileOthersRemain(t *testing.T) {
	p := agents.Problem{Space: functions.MustSpace(functions.Ordinals(2, 6, 0, 1)...), Objectives: 1}
	a, err := New(p, Options{Startup: 5}, seed.New(1))
	require.NoError(t, err)
	agenttest.RequireEachOnce(t, p, a, 4)
}

// cells are six edges of five operations of which the third counts most, all the more beside another one: a small stand-in for a search space of networks.
func cells() (s space.Space, value func(p space.Point) float64) {
	var params []space.Param
	for edge := range 6 {
		params = append(params, space.Param{Name: fmt.Sprint("edge", edge), Kind: space.Nominal, Labels: []string{"none", "skip", "conv1", "conv3", "pool"}})
	}
	worth := []float64{0, 1, 2, 3, 0.5}
	return functions.MustSpace(params...), func(p space.Point) float64 {
		total := 0.0
		for edge, op := range p {
			total += worth[op] * float64(3+edge%3)
		}
		if p[3] == 1 && p[0] == 3 { // a skip beside a convolution is the best there
			total += 10
		}
		return total
	}
}

// The best of 15,625 cells, by one of two seeds in 60 trials; random search would need about 8,000.
func TestTheBestCellIsFoundInFewTrials(t *testing.T) {
	s, value := cells()
	best := space.Point{3, 3, 3, 1, 3, 3}
	var needed []int
	for root := range uint64(2) {
		a, err := New(agents.Problem{Space: s, Objectives: 1, Budget: 60}, Options{Challengers: 100, Trees: 20}, seed.New(root))
		require.NoError(t, err)
		trials, err := agenttest.Study{Budget: 60, Evaluate: func(_ int, p space.Point) agents.Trial {
			return agents.Trial{Objectives: []float64{value(p)}, Violations: []float64{0}}
		}}.Run(a, s)
		require.NoError(t, err)
		at := slices.IndexFunc(trials, func(t agents.Trial) bool { return slices.Equal(t.Point, best) })
		if at < 0 {
			at = 60
		}
		needed = append(needed, at)
	}
	t.Log(needed)
	require.Less(t, slices.Min(needed), 60)
}

func BenchmarkAskAndTellAfter1000Trials(b *testing.B) {
	f := agenttest.Ackley20()
	a, err := New(f.Problem(0), Options{}, seed.New(1, "bench"))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, a, 1000)
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(50), Options{Challengers: 200}, seed.New(1, "agent", "gbdt"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 50)
	fmt.Printf("%d trials, within 6 %% of the optimum: %t %v\n", trials, least < f.Best*0.94, err)
	// Output: 50 trials, within 6 % of the optimum: true <nil>
}
