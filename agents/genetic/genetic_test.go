package genetic

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
)

func TestConformance(t *testing.T) {
	for _, f := range []agents.Factory{Factory(), NSGA2Factory()} {
		t.Run(f.Name, func(t *testing.T) { agenttest.Test(t, f) })
	}
}

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	for _, c := range []struct {
		factory agents.Factory
		zero    func(agents.Problem, Options, *rand.Rand) (*Agent, error)
		want    Options
	}{
		{Factory(), New, Options{20, 20, 1, Tournament, 3, 0.9, 0.25, 0, "lhs"}},
		{NSGA2Factory(), NewNSGA2, Options{20, 20, 1, Tournament, 2, 0.9, 0.25, 0, "lhs"}},
	} {
		settings := agenttest.Settings(t, c.factory, nil)
		p := agenttest.ZDT1().Problem(1000)
		got, err := c.factory.New(p, settings, seed.New(1))
		require.NoError(t, err)
		require.Equal(t, c.want, got.(*Agent).options)
		zero, err := c.zero(p, Options{}, seed.New(1))
		require.NoError(t, err)
		require.Equal(t, c.want, zero.options)
	}
}

func TestDefaultPopulationFollowsTheBudget(t *testing.T) {
	for budget, want := range map[int]int{0: 20, 1: 2, 5: 5, 100: 10, 500: 10, 1000: 20, 2500: 50, 1e6: 50} {
		require.Equal(t, want, DefaultPopulation(budget), "budget %d", budget)
		_, err := New(agenttest.Trap30().Problem(budget), Options{}, seed.New(1))
		require.NoError(t, err)
	}
}

func TestDefaultOffspring(t *testing.T) {
	for _, c := range []struct{ options, want Options }{
		{Options{Population: 8}, Options{Elites: 8, Offspring: 1}},
		{Options{Population: 8, Elites: 1}, Options{Elites: 1, Offspring: 8}},
		{Options{Population: 8, Elites: 5, Offspring: 3}, Options{Elites: 5, Offspring: 3}},
	} {
		got, err := c.options.withDefaults(0)
		require.NoError(t, err)
		require.Equal(t, c.want, Options{Elites: got.Elites, Offspring: got.Offspring})
	}
}

func TestProbabilityZeroOfAFileMeansNever(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), map[string]any{"crossover": 0.0, "blend": 0})
	got, err := options(settings).withDefaults(0)
	require.NoError(t, err)
	require.Zero(t, got.Crossover)
	require.Zero(t, got.Blend)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	bad := Options{Population: 1, Elites: 9, Offspring: -9, Tournament: -1, Crossover: 2, Blend: 3, Mutation: -1, Selection: "rnak"}
	_, err := New(agenttest.Trap30().Problem(10), bad, seed.New(1))
	agenttest.RequireMistakes(t, err,
		"ga: ", "population 1 must be at least 2", "elites 9 must be in [1, 1]", "offspring -9 must be at least 1", "tournament -1 must be at least 1",
		"crossover 2 must be at most 1", "blend 3 must be at most 1", "mutation -1 must be in [0, 1]", `unknown selection "rnak", did you mean "rank"?`,
	)
	_, err = New(agenttest.Trap30().Problem(50), Options{Population: 64}, seed.New(1))
	require.EqualError(t, err, "ga: population 64 must be at most 50, the budget in trials")
	_, err = NewNSGA2(agenttest.Trap30().Problem(0), Options{Population: 8, Offspring: -1}, seed.New(1))
	require.EqualError(t, err, "nsga2: offspring -1 must be at least 1")
	_, err = NewNSGA2(agenttest.Trap30().Problem(0), Options{Tournament: 3}, seed.New(1))
	require.EqualError(t, err, "nsga2: elites, selection and tournament are fixed: leave them zero")
	_, err = New(agenttest.Trap30().Problem(0), Options{Population: 8, Elites: 2, Offspring: 5}, seed.New(1))
	require.EqualError(t, err, "ga: elites 2 and offspring 5 must be at least 8 together, the population")
}

// Of four parents, rank selection has the weights 4, 3, 2, 1 of 10; the best of two draws is position 0, 1, 2, 3 in 7, 5, 3, 1 of 16 cases.
func TestSelectionOfParents(t *testing.T) {
	for _, c := range []struct {
		options Options
		want    []int
	}{
		{Options{Population: 4, Selection: Rank}, []int{4000, 3000, 2000, 1000}},
		{Options{Population: 4, Selection: Tournament, Tournament: 2}, []int{4375, 3125, 1875, 625}},
	} {
		t.Run(string(c.options.Selection), func(t *testing.T) {
			a, err := New(agenttest.Trap30().Problem(10), c.options, seed.New(1))
			require.NoError(t, err)
			require.Equal(t, c.options.Selection == Rank, a.byRank.chooser != nil, "only rank selection needs weights")
			for id := range 4 {
				answer(t, a, trial(id, float64(-id)))
			}
			var count [4]int
			for range 10_000 {
				count[a.parent().ID]++
			}
			for i, want := range c.want {
				require.InDelta(t, want, count[i], 200, "position %d", i)
			}
		})
	}
}

// Children of equal parents on 30 binary axes differ from them where they mutated.
func TestMutationIsTheRateOfEachAxis(t *testing.T) {
	for _, c := range []struct {
		mutation, want float64 // axes on average
	}{
		{0, 1}, {0.5, 15}, {1, 30},
	} {
		a, err := New(agenttest.Trap30().Problem(10), Options{Population: 2, Mutation: c.mutation}, seed.New(1))
		require.NoError(t, err)
		twin := trial(0, 1)
		twin.ID = 1
		answer(t, a, trial(0, 1), twin)
		changed := 0
		for range 1000 {
			for _, level := range a.child() {
				changed += level
			}
		}
		require.InDelta(t, c.want, float64(changed)/1000, 0.5, "mutation %v", c.mutation)
	}
}

func TestTheBestGivenTrialsBeginTheFirstGeneration(t *testing.T) {
	for _, c := range []struct {
		given   []float64
		parents []int // nil: the generation is not complete
		missing int
	}{
		{[]float64{5, 1, 9, 7, 3}, []int{2, 3, 0}, 0},
		{[]float64{5, 1, 9}, []int{2, 0, 1}, 0},
		{[]float64{5, 1}, nil, 1},
	} {
		a, err := New(agenttest.Trap30().Problem(10), Options{Population: 3}, seed.New(1))
		require.NoError(t, err)
		for id, value := range c.given {
			given := trial(id, value)
			given.Given = true
			require.NoError(t, a.Tell([]agents.Trial{given}))
		}
		points, err := a.Ask(1)
		require.NoError(t, err)
		require.Equal(t, c.parents, parents(a))
		for range c.missing {
			require.Empty(t, a.parents)
			require.NoError(t, a.Tell([]agents.Trial{{ID: 10, Point: points[0], Objectives: []float64{0}, Violations: []float64{0}}}))
		}
		require.Len(t, a.parents, 3)
	}
}

// trial is a result of a design on 30 binary axes, the id written in its first bits.
func trial(id int, value float64) agents.Trial {
	p := make(space.Point, 30)
	for bit := range 8 {
		p[bit] = id >> bit & 1
	}
	return agents.Trial{ID: id, Point: p, Objectives: []float64{value}, Violations: []float64{0}}
}

// answer tells the trials as if the agent had asked for them.
func answer(t *testing.T, a *Agent, trials ...agents.Trial) {
	for _, told := range trials {
		a.guard.Ask(told.Point)
	}
	require.NoError(t, a.Tell(trials))
}

func parents(a *Agent) []int {
	var ids []int
	for _, t := range a.parents {
		ids = append(ids, t.ID)
	}
	return ids
}

func TestSurvival(t *testing.T) {
	for _, c := range []struct {
		elites int
		want   []int // after two generations of values 5, 4, 3 and 1, 2, 4.5
	}{
		{1, []int{0, 5, 4}}, // 5 and 4.5, 2
		{2, []int{0, 5, 1}}, // 5, 4.5, 4
		{3, []int{0, 5, 1}},
	} {
		a, err := New(agenttest.Trap30().Problem(10), Options{Population: 3, Elites: c.elites, Offspring: 3}, seed.New(1))
		require.NoError(t, err)
		for id, value := range []float64{5, 4, 3, 1, 2, 4.5} {
			answer(t, a, trial(id, value))
			if id == 2 {
				require.Equal(t, []int{0, 1, 2}, parents(a))
			}
		}
		require.Equal(t, c.want, parents(a), "%d elites", c.elites)
	}
}

// One child at a time: each takes the place of the worst parent, or of none.
func TestSteadyState(t *testing.T) {
	a, err := New(agenttest.Trap30().Problem(10), Options{Population: 3}, seed.New(1))
	require.NoError(t, err)
	for id, value := range []float64{5, 4, 3, 1, 4.5, 6} {
		answer(t, a, trial(id, value))
		want := [][]int{nil, nil, {0, 1, 2}, {0, 1, 2}, {0, 4, 1}, {5, 0, 4}}[id]
		require.Equal(t, want, parents(a), "after trial %d", id)
	}
}

func TestNoDuplicatesWhileDesignsRemain(t *testing.T) {
	s, err := space.New(
		space.Param{Name: "a", Kind: space.Ordinal, Values: []float64{1, 2, 3, 4, 5, 6, 7, 8}},
		space.Param{Name: "b", Kind: space.Permutation, Labels: []string{"x", "y", "z"}},
	)
	require.NoError(t, err)
	a, err := New(agents.Problem{Space: s, Objectives: 1}, Options{Population: 6}, seed.New(1))
	require.NoError(t, err)
	study := agenttest.Study{Budget: 48, Evaluate: func(_ int, p space.Point) agents.Trial {
		return agents.Trial{Objectives: []float64{float64(p[0])}, Violations: []float64{0}}
	}}
	trials, err := study.Run(a, s)
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, trial := range trials {
		require.False(t, seen[s.Key(trial.Point)], "%v again", trial.Point)
		seen[s.Key(trial.Point)] = true
	}
	require.Len(t, seen, 48)
}

// Constrained dominance: violations come before objectives, and designs that were not evaluated last.
func TestNSGA2PutsConstraintsFirst(t *testing.T) {
	a, err := NewNSGA2(agents.Problem{Space: agenttest.Trap30().Space, Objectives: 2, Constraints: 1}, Options{Population: 2}, seed.New(1))
	require.NoError(t, err)
	for id, c := range []struct {
		objectives []float64
		violation  float64
		want       []int
	}{
		{nil, 1, nil},
		{[]float64{9, 9}, 3, []int{1, 0}},
		{[]float64{0, 0}, 2, []int{2, 1}},
		{[]float64{1, 2}, -1, []int{3, 2}},
		{[]float64{2, 1}, 0, []int{3, 4}},
		{[]float64{8, 8}, 1e-9, []int{3, 4}},
	} {
		told := trial(id, 0)
		told.Objectives, told.Violations = c.objectives, []float64{c.violation, 0}
		answer(t, a, told)
		require.Equal(t, c.want, parents(a), "after trial %d", id)
	}
}

// The two objectives 0 … and the other way round: the survivors are the front, its ends included.
func TestSeveralObjectivesKeepTheFront(t *testing.T) {
	a, err := New(agents.Problem{Space: agenttest.Trap30().Space, Objectives: 2}, Options{Population: 4, Offspring: 4}, seed.New(1))
	require.NoError(t, err)
	for id, o := range [][]float64{{0, 9}, {5, 5}, {1, 1}, {2, 2}, {9, 0}, {4, 4}, {4.9, 5.1}, {3, 3}} {
		told := trial(id, 0)
		told.Objectives = o
		answer(t, a, told)
	}
	require.ElementsMatch(t, []int{0, 4, 1, 6}, parents(a))
}

func ExampleNew() {
	f := agenttest.Knapsack30()
	agent, err := New(f.Problem(1000), Options{}, seed.New(1, "agent", "ga"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 1000)
	fmt.Printf("%d trials, within 10 %% of the optimum: %t %v\n", trials, least < f.Best*0.9, err)
	// Output: 1000 trials, within 10 % of the optimum: true <nil>
}

func ExampleNewNSGA2() {
	f := agenttest.ZDT1()
	agent, err := NewNSGA2(f.Problem(1000), Options{}, seed.New(1, "agent", "nsga2"))
	if err != nil {
		fmt.Println(err)
		return
	}
	study := agenttest.Study{Budget: 1000, Evaluate: func(_ int, p space.Point) agents.Trial { return f.Trial(p) }}
	trials, err := study.Run(agent, f.Space)
	near := map[int]bool{} // tenths of the first objective where a design is within 0.1 of the front
	for _, t := range trials {
		f1, f2 := -t.Objectives[0], -t.Objectives[1]
		if f2 < 1-math.Sqrt(f1)+0.1 {
			near[int(f1*9.99)] = true
		}
	}
	fmt.Printf("%d of 10 parts of the front %v\n", len(near), err)
	// Output: 10 of 10 parts of the front <nil>
}

func BenchmarkAskAndTell(b *testing.B) {
	for _, f := range []agenttest.Function{agenttest.Ackley20(), agenttest.ZDT1(), agenttest.DTLZ2()} {
		for _, population := range []int{20, 50} {
			b.Run(fmt.Sprintf("%s/population %d", f.Name, population), func(b *testing.B) {
				a, err := NewNSGA2(f.Problem(0), Options{Population: population}, seed.New(1))
				require.NoError(b, err)
				b.ReportAllocs()
				for b.Loop() {
					points, err := a.Ask(1)
					require.NoError(b, err)
					require.NoError(b, a.Tell([]agents.Trial{f.Trial(points[0])}))
				}
			})
		}
	}
}
