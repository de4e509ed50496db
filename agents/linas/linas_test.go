package linas

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// Learning grows with the trials up to the memory. Small models of few trials keep the test fast.
func TestConformance(t *testing.T) {
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		population := 40
		if p.Budget > 0 {
			population = min(population, p.Budget)
		}
		return New(p, Options{Population: population, Batch: 8, Inner: 5, Trees: 1, Depth: 1, Memory: 8}, rng)
	}, "steady-work")
}

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	for _, c := range []struct{ budget, population, batch int }{{0, 20, 10}, {1000, 20, 10}, {40, 10, 10}, {20, 5, 5}, {1, 1, 1}} {
		p := agents.Problem{Budget: c.budget, Objectives: 2}
		want := Options{
			Population: c.population, Batch: c.batch, Start: "lhs", Inner: 1000, Trees: 100, Depth: 4, LearningRate: 0.1, Memory: 2000,
		}
		got, err := options(settings).withDefaults(p)
		require.NoError(t, err)
		require.Equal(t, want, got)
		zero, err := Options{}.withDefaults(p)
		require.NoError(t, err)
		require.Equal(t, want, zero)
	}
}

func TestBadOptionsAreAllReported(t *testing.T) {
	bad := Options{Population: 20, Batch: -1, Inner: -1, Trees: -2, Depth: 17, LearningRate: 2, Memory: 1}
	_, err := New(agenttest.Trap30().Problem(10), bad, seed.New(1))
	agenttest.RequireMistakes(t, err,
		"linas: ", "population 20 must be at most 10, the budget in trials", "batch -1 must be at least 1", "inner -1 must be at least 1", "trees -2 must be at least 1",
		"depth 17 must be in [1, 16]", "learning_rate 2 must be in (0, 1]", "memory 1 must be at least 2",
	)
	_, err = New(agenttest.Trap30().Problem(10), Options{Start: "x"}, seed.New(1))
	require.ErrorContains(t, err, `linas: unknown design "x"`)
}

// plane is two ordinal axes of 21 levels and one of 4 labels.
func plane() space.Space {
	return functions.MustSpace(append(functions.Ordinals(2, 21, 0, 20), space.Param{Name: "kind", Kind: space.Nominal, Labels: []string{"a", "b", "c", "d"}})...)
}

// Of 1,764 designs a fifth is feasible: those of kind b whose first axis is at most 16, which alone have the costly metric.
func staged(costly *int) func(id int, p space.Point) agents.Trial {
	return func(_ int, p space.Point) agents.Trial {
		if p[2] != 1 || p[0] > 16 {
			return agents.Trial{Infeasible: "too slow", Violations: []float64{float64(1 + p[0])}}
		}
		*costly++
		return agents.Trial{Objectives: []float64{float64(p[0]), float64(p[1] - p[0])}, Violations: []float64{0}}
	}
}

// The first population is feasible throughout, where uniform draws waste four of five; every costly evaluation is of a design of it.
func TestTheFirstPopulationIsFeasible(t *testing.T) {
	s, costly := plane(), 0
	a, err := New(agents.Problem{Space: s, Objectives: 2, Budget: 400}, Options{Inner: 50}, seed.New(3))
	require.NoError(t, err)
	evaluate := staged(&costly)
	for id := 0; a.starting(); id++ {
		points, err := a.Ask(1)
		require.NoError(t, err)
		trial := evaluate(id, points[0])
		trial.ID, trial.Point = id, points[0]
		require.NoError(t, a.Tell([]agents.Trial{trial}))
	}
	feasible := 0
	for _, t := range a.Past.Trials() {
		if t.Feasible() {
			feasible++
		}
	}
	require.Equal(t, 20, feasible)
	require.Equal(t, 20, costly)
	require.Greater(t, a.Past.Len(), 60, "the others were cheap")
}

func TestTheFirstPopulationEnds(t *testing.T) {
	s := plane()
	for name, c := range map[string]struct {
		budget, tried int
		options       Options
	}{
		"half of the budget":      {100, 50, Options{}},
		"twenty times its size":   {0, 100, Options{Population: 5}},
		"its size, no early exit": {0, 5, Options{Population: 5, NoEarlyExit: true}},
	} {
		a, err := New(agents.Problem{Space: s, Objectives: 1, Budget: c.budget}, c.options, seed.New(3))
		require.NoError(t, err)
		id := 0
		for ; a.starting(); id++ {
			points, err := a.Ask(1)
			require.NoError(t, err)
			require.NoError(t, a.Tell([]agents.Trial{{ID: id, Point: points[0], Infeasible: "never", Violations: []float64{0}}}))
		}
		require.Equal(t, c.tried, id, name)
	}
}

// After the start the predictors keep to the kind and the range that have results.
func TestBatchesAreFeasible(t *testing.T) {
	s, costly := plane(), 0
	a, err := New(agents.Problem{Space: s, Objectives: 2, Budget: 200}, Options{Inner: 200}, seed.New(3))
	require.NoError(t, err)
	trials, err := agenttest.Study{Budget: 200, Evaluate: staged(&costly)}.Run(a, s)
	require.NoError(t, err)
	feasible := 0
	for _, t := range trials[120:] {
		if t.Feasible() {
			feasible++
		}
	}
	require.Greater(t, feasible, 70, "of 80")
}

// The pool's best come first; what was measured, or seen, or is the same design is left out, what a measured design dominates comes late.
func TestBatchByHand(t *testing.T) {
	s := plane()
	a, err := New(agents.Problem{Space: s, Objectives: 2}, Options{Batch: 3}, seed.New(1))
	require.NoError(t, err)
	trial := func(x int, objectives ...float64) agents.Trial {
		return agents.Trial{Point: space.Point{x, 0, 0}, Objectives: objectives, Violations: []float64{0}}
	}
	a.Past.Ask(space.Point{7, 0, 0}) // in flight
	pool := []agents.Trial{trial(1, 5, 5), trial(2, 4, 4), trial(3, 9, 1), trial(3, 9, 1), trial(4, 1, 9), trial(7, 6, 6), trial(5, 0, 0)}
	require.ElementsMatch(t, []space.Point{{3, 0, 0}, {4, 0, 0}, {2, 0, 0}}, a.best(pool, 1))
	require.Equal(t, space.Point{2, 0, 0}, a.best(pool, 1)[2])
}

// Of three evaluated trials the middle one is at 0, the others at ∓Φ⁻¹(5/6) = ∓0.9674; equal values share their quantile. What was told stays as it is.
func TestObjectivesInQuantiles(t *testing.T) {
	told := []agents.Trial{{Objectives: []float64{-900, 2}}, {Infeasible: "crash"}, {Objectives: []float64{3, 2}}, {Objectives: []float64{4, 2}}}
	list := inQuantiles(told, 2)
	require.InDeltaSlice(t, []float64{-0.9674, 0}, list[0].Objectives, 1e-4)
	require.Nil(t, list[1].Objectives)
	require.InDeltaSlice(t, []float64{0, 0}, list[2].Objectives, 1e-4)
	require.InDeltaSlice(t, []float64{0.9674, 0}, list[3].Objectives, 1e-4)
	require.Equal(t, []float64{-900, 2}, told[0].Objectives)
	require.Equal(t, told[2:], inQuantiles(told[2:], 1))
}

func TestPredictionsOfConstraintsAndResults(t *testing.T) {
	s, rng := plane(), seed.New(2)
	p := agents.Problem{Space: s, Objectives: 1, Constraints: 1}
	var trials []agents.Trial
	for range 300 {
		x := s.Sample(rng)
		t := agents.Trial{Point: x, Objectives: []float64{float64(x[1])}, Violations: []float64{float64(x[0] - 10), 0}}
		if x[2] == 3 {
			t = agents.Trial{Point: x, Infeasible: "crash", Violations: []float64{1, 0}}
		}
		trials = append(trials, t)
	}
	o, err := newOracle(p, predictor.NewEncoder(s), trials, predictor.Options{Options: boost.Options{MaxDepth: 4}}, rng)
	require.NoError(t, err)
	predicted := func(x, y, kind int) agents.Trial {
		t := agents.Trial{Point: space.Point{x, y, kind}}
		o.predict(&t)
		return t
	}
	require.True(t, predicted(3, 5, 0).Feasible())
	require.InDelta(t, 17, predicted(3, 17, 0).Objectives[0], 2)
	require.InDelta(t, 8, predicted(18, 17, 1).Violation(), 2)
	crash := predicted(3, 5, 3)
	require.Nil(t, crash.Objectives)
	require.Greater(t, crash.Violation(), 0.5)
	require.Negative(t, rank.Compare(predicted(18, 17, 1), crash))
	o, err = newOracle(p, predictor.NewEncoder(s), trials[:0], predictor.Options{}, rng)
	require.NoError(t, err)
	require.Nil(t, o, "nothing is known")
}

// With trials in flight too.
func TestNoDesignTwiceWhileOthersRemain(t *testing.T) {
	p := agents.Problem{Space: functions.MustSpace(functions.Ordinals(2, 6, 0, 1)...), Objectives: 2}
	a, err := New(p, Options{Population: 5, Inner: 30}, seed.New(1))
	require.NoError(t, err)
	agenttest.RequireEachOnce(t, p, a, 4)
}

func BenchmarkAskAndTellAfter1000Trials(b *testing.B) {
	f := agenttest.Ackley20()
	a, err := New(f.Problem(0), Options{}, seed.New(1, "bench"))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, a, 1000)
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(80), Options{Inner: 300}, seed.New(1, "agent", "linas"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 80)
	fmt.Printf("%d trials, within 10 %% of the optimum: %t %v\n", trials, least < f.Best*0.9, err)
	// Output: 80 trials, within 10 % of the optimum: true <nil>
}
