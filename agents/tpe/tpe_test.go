package tpe

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

// The estimator holds every told design, so its work grows with them.
func TestConformance(t *testing.T) { agenttest.Test(t, Factory(), "steady-work", "in-flight") }

// The longest clause, with few candidates.
func TestConformanceInFlight(t *testing.T) {
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		return New(p, Options{Candidates: 3}, rng)
	}, "steady-work", "points", "determinism", "asking", "infeasible", "given", "objectives", "finished", "ownership")
}

func TestConformanceOfTheUnivariateEstimator(t *testing.T) {
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		return New(p, Options{Univariate: true, Bandwidth: Range, Candidates: 6}, rng)
	}, "steady-work", "in-flight", "infeasible", "given", "objectives", "finished") // these do not depend on the estimator
}

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	got, err := options(settings).withDefaults()
	require.NoError(t, err)
	want := Options{Startup: 10, Start: "random", Candidates: 24, GoodFrac: 0.1, MaxGood: 25, PriorWeight: 1, Bandwidth: Spread}
	require.Equal(t, want, got)
	zero, err := Options{Start: "random"}.withDefaults()
	require.NoError(t, err)
	require.Equal(t, want, zero)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	bad := Options{Startup: -1, Candidates: -2, GoodFrac: 1.5, MaxGood: -3, PriorWeight: math.NaN(), Bandwidth: "rnage"}
	_, err := New(agenttest.Trap30().Problem(10), bad, seed.New(1))
	agenttest.RequireMistakes(t, err,
		"tpe: ", "startup -1 must be at least 1", "candidates -2 must be at least 1", "good_frac 1.5 must be in (0, 1]",
		"max_good -3 must be at least 1", "prior_weight NaN must be in (0, 1000000]", `unknown bandwidth "rnage", did you mean "range"?`,
	)
	_, err = New(agenttest.Trap30().Problem(10), Options{Start: "x"}, seed.New(1))
	require.ErrorContains(t, err, `tpe: unknown design "x"`)
}

// line is one ordinal axis of 41 levels.
func line() space.Space { return functions.MustSpace(functions.Ordinals(1, 41, 0, 40)...) }

func told(id, level int, objectives ...float64) agents.Trial {
	return agents.Trial{ID: id, Point: space.Point{level}, Objectives: objectives, Violations: []float64{0}, Given: true}
}

func TestWrongTrialsAreErrors(t *testing.T) {
	a, err := New(agents.Problem{Space: line(), Objectives: 1}, Options{}, seed.New(1))
	require.NoError(t, err)
	require.ErrorContains(t, a.Tell([]agents.Trial{told(0, 3, math.NaN())}), "tpe: trial 0: objective 0 is NaN")
	require.Zero(t, a.records.len())
}

// Given designs count towards the start: with ten of them, the first design is drawn near the best, which are at 30.
func TestGivenDesignsAreLearned(t *testing.T) {
	near := 0
	for root := range uint64(50) {
		a, err := New(agents.Problem{Space: line(), Objectives: 1}, Options{GoodFrac: 0.3}, seed.New(root))
		require.NoError(t, err)
		for id, level := range []int{0, 5, 10, 15, 20, 25, 29, 30, 31, 40} {
			require.NoError(t, a.Tell([]agents.Trial{told(id, level, -math.Abs(float64(level-30)))}))
		}
		points, err := a.Ask(1)
		require.NoError(t, err)
		if level := points[0][0]; level >= 26 && level <= 34 {
			near++
		}
	}
	require.Greater(t, near, 40, "of 50, where uniform draws would hit 11")
}

// Pending designs count as bad: what is asked for together spreads.
func TestPendingDesignsAreAvoided(t *testing.T) {
	a, err := New(agents.Problem{Space: line(), Objectives: 1}, Options{}, seed.New(1))
	require.NoError(t, err)
	for id := range 20 {
		require.NoError(t, a.Tell([]agents.Trial{told(id, 2*id, -math.Abs(float64(2*id-30)))}))
	}
	points, err := a.Ask(15)
	require.NoError(t, err)
	seen := map[int]bool{}
	for _, p := range points {
		require.True(t, p[0]%2 == 1 || p[0] == 40, "even levels up to 38 are told, not %d", p[0])
		require.False(t, seen[p[0]])
		seen[p[0]] = true
	}
}

// Ten told designs, a share of 0.3: three are good, feasible ones first, then by violation; both parts by age.
func TestGoodDesignsByRank(t *testing.T) {
	a, err := New(agents.Problem{Space: line(), Objectives: 1, Constraints: 1}, Options{}, seed.New(1))
	require.NoError(t, err)
	for id, violation := range []float64{5, 0, 3, 9, 8, 0, 7, 6, 4, 9} {
		trial := told(id, id, float64(10+id))
		trial.Violations = []float64{violation, 0}
		require.NoError(t, a.Tell([]agents.Trial{trial}))
	}
	good, bad := a.records.part(0.3, 25)
	require.Equal(t, []int{1, 2, 5}, levels(good))
	require.Equal(t, []int{0, 3, 4, 6, 7, 8, 9}, levels(bad))
	good, _ = a.records.part(0.3, 2)
	require.Equal(t, []int{1, 5}, levels(good))
}

// Of two objectives the non-dominated designs are good.
func TestGoodDesignsOfTwoObjectives(t *testing.T) {
	a, err := New(agents.Problem{Space: line(), Objectives: 2}, Options{MaxGood: 3}, seed.New(1))
	require.NoError(t, err)
	for id, f := range [][]float64{{0, 0}, {1, 4}, {4, 1}, {1, 1}, {3, 3}, {0, 1}, {2, 2}, {1, 0}} {
		require.NoError(t, a.Tell([]agents.Trial{told(id, id, f...)}))
	}
	good, bad := a.records.part(0.3, 3)
	require.Equal(t, []int{1, 2, 4}, levels(good))
	require.Equal(t, []int{0, 3, 5, 6, 7}, levels(bad))
}

func levels(list []design) []int {
	var levels []int
	for _, d := range list {
		levels = append(levels, d.point[0])
	}
	return levels
}

// Rosenbrock in ten dimensions after 100 trials, 101 levels on [-5, 5]: one estimator for all axes is far better than one an axis.
func TestTheJointEstimatorSeesInteractions(t *testing.T) {
	s := functions.MustSpace(functions.Ordinals(10, 101, -5, 5)...)
	rosenbrock := func(p space.Point) (sum float64) {
		for axis := range len(p) - 1 {
			x, next := s.Param(axis).Values[p[axis]], s.Param(axis + 1).Values[p[axis+1]]
			sum += 100*(next-x*x)*(next-x*x) + (1-x)*(1-x)
		}
		return sum
	}
	median := func(o Options) float64 {
		var best []float64
		for root := range uint64(3) {
			a, err := New(agents.Problem{Space: s, Objectives: 1, Budget: 100}, o, seed.New(root, "joint"))
			require.NoError(t, err)
			least := math.Inf(1)
			_, err = agenttest.Study{Budget: 100, Evaluate: func(_ int, p space.Point) agents.Trial {
				v := rosenbrock(p)
				least = min(least, v)
				return agents.Trial{Objectives: []float64{-v}, Violations: []float64{0}}
			}}.Run(a, s)
			require.NoError(t, err)
			best = append(best, least)
		}
		slices.Sort(best)
		return best[1]
	}
	joint, alone := median(Options{}), median(Options{Univariate: true})
	t.Logf("joint %.4g, univariate %.4g", joint, alone)
	require.Less(t, joint, alone/2)
}

func BenchmarkAskAndTellAfter1000Trials(b *testing.B) {
	f := agenttest.Ackley20()
	a, err := New(f.Problem(0), Options{}, seed.New(1, "bench"))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, a, 1000)
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(150), Options{}, seed.New(1, "agent", "tpe"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 150)
	fmt.Printf("%d trials, within 4 %% of the optimum: %t %v\n", trials, least < f.Best*0.96, err)
	// Output: 150 trials, within 4 % of the optimum: true <nil>
}
