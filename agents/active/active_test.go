package active

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/simulators"
)

// The forests learn from all told trials.
func TestConformance(t *testing.T) {
	for _, by := range Acquisitions() {
		t.Run(by, func(t *testing.T) {
			agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
				return New(p, Options{Trees: 2, Candidates: 10, Startup: 5, Acquisition: Acquisition(by)}, rng)
			}, "steady-work")
		})
	}
}

// edge is two axes of 32 levels with a step: its value is 0 where x < 20, and there 100 + y.
func edge() (space.Space, func(id int, p space.Point) agents.Trial) {
	return functions.MustSpace(functions.Ordinals(2, 32, 0, 31)...), func(_ int, p space.Point) agents.Trial {
		v := 0.0
		if p[0] >= 20 {
			v = 100 + float64(p[1]*p[1])
		}
		return agents.Trial{Objectives: []float64{v, 1}, Violations: []float64{0}}
	}
}

func studied(t *testing.T, o Options, budget int) (*Agent, []agents.Trial) {
	s, evaluate := edge()
	a, err := New(agents.Problem{Space: s, Objectives: 2, Budget: budget}, o, seed.New(3))
	require.NoError(t, err)
	trials, err := agenttest.Study{Budget: budget, Evaluate: evaluate}.Run(a, s)
	require.NoError(t, err)
	return a, trials
}

// Where x < 20 everything is equal, three designs of eight are not: a uniform draw spends 62 % there (124 of 200).
func TestLearnsWhereThereIsSomethingToLearn(t *testing.T) {
	for _, by := range Acquisitions() {
		_, trials := studied(t, Options{Acquisition: Acquisition(by), Startup: 40, RandomFrac: -1}, 240)
		flat := 0
		for _, trial := range trials[40:] {
			if trial.Point[0] < 19 {
				flat++
			}
		}
		t.Logf("%s: %d of 200 designs where nothing changes", by, flat)
		require.Less(t, flat, 100, by)
	}
}

// The error that it tells is that of uniformly drawn designs, and it finishes when that is small enough.
func TestFinishesWhenEnoughIsKnown(t *testing.T) {
	a, trials := studied(t, Options{ErrorFrac: 0.2, RandomFrac: 0.5}, 900)
	require.Less(t, len(trials), 900)
	require.LessOrEqual(t, a.ErrorFrac(0), 0.2)
	require.Zero(t, a.ErrorFrac(1), "of a constant")
	points, err := a.Ask(3)
	require.NoError(t, err)
	require.Empty(t, points)
}

func TestDesignsOfABatchDiffer(t *testing.T) {
	_, trials := studied(t, Options{RandomFrac: -1, Batch: 10, Startup: 30}, 130)
	seen := map[string]bool{}
	for _, trial := range trials {
		key := fmt.Sprint(trial.Point)
		require.False(t, seen[key], key)
		seen[key] = true
	}
	least := math.Inf(1)
	for i, a := range trials[30:40] {
		for _, b := range trials[31+i : 40] {
			least = min(least, math.Hypot(float64(a.Point[0]-b.Point[0]), float64(a.Point[1]-b.Point[1])))
		}
	}
	require.Greater(t, least, 2.0, "levels between any two designs of the first batch")
}

func TestBadOptionsAreAllReported(t *testing.T) {
	_, err := New(agents.Problem{}, Options{Startup: -1, Batch: -1, Candidates: -1, Trees: -1, RandomFrac: 2, Acquisition: "varience", ErrorFrac: -1}, seed.New(1))
	for _, part := range []string{
		"active: ", "startup -1 must be at least 1", "batch -1 must", "candidates -1 must", "trees -1 must", "random_frac 2 must be in [0, 1]",
		`unknown acquisition "varience", did you mean "variance"?`, "error_frac -1 must be at least 0",
	} {
		require.ErrorContains(t, err, part)
	}
	_, err = New(agents.Problem{Objectives: 1}, Options{RandomFrac: -1, ErrorFrac: 0.1}, seed.New(1))
	require.ErrorContains(t, err, "needs designs that judge")
}

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings, err := simulators.NewSettings(Factory().Options, nil)
	require.NoError(t, err)
	got, err := options(settings).withDefaults(100)
	require.NoError(t, err)
	zero, err := Options{}.withDefaults(100)
	require.NoError(t, err)
	require.Equal(t, zero, got)
	require.Equal(t, Options{25, 20, 0.25, 500, 20, Variance, 0}, got)
	settings, err = simulators.NewSettings(Factory().Options, map[string]any{"random_frac": 0.0})
	require.NoError(t, err)
	none, err := options(settings).withDefaults(0)
	require.NoError(t, err)
	require.Zero(t, none.RandomFrac)
	require.Equal(t, DefaultStartup, none.Startup)
}

func ExampleNew() {
	s := functions.MustSpace(functions.Ordinals(2, 32, 0, 31)...)
	agent, err := New(agents.Problem{Space: s, Objectives: 1, Budget: 400}, Options{ErrorFrac: 0.1}, seed.New(1, "agent", "active"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, err := agenttest.Study{Budget: 900, Evaluate: func(_ int, p space.Point) agents.Trial {
		return agents.Trial{Objectives: []float64{float64(p[0] + p[1])}, Violations: []float64{0}}
	}}.Run(agent, s)
	fmt.Println("it stopped early:", len(trials) < 900, err)
	// Output: it stopped early: true <nil>
}
