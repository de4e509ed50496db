package genetic

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings, err := simulators.NewSettings(Factory().Options, nil)
	require.NoError(t, err)
	got, err := options(settings).withDefaults()
	require.NoError(t, err)
	want := Options{Population: 20, Elites: 20, Selection: Tournament, Tournament: 3, Crossover: 0.9, Blend: 0.25, Start: "random"}
	require.Equal(t, want, got)
	zero, err := Options{Start: "random"}.withDefaults()
	require.NoError(t, err)
	require.Equal(t, want, zero)
}

func TestProbabilityZeroOfAFileMeansNever(t *testing.T) {
	settings, err := simulators.NewSettings(Factory().Options, map[string]any{"crossover": 0.0, "blend": 0})
	require.NoError(t, err)
	got, err := options(settings).withDefaults()
	require.NoError(t, err)
	require.Zero(t, got.Crossover)
	require.Zero(t, got.Blend)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	bad := Options{Population: 1, Elites: 9, Tournament: -1, Crossover: 2, Blend: 3, Mutation: -1, Selection: "rnak"}
	_, err := New(agenttest.Trap30().Problem(10), bad, seed.New(1))
	for _, part := range []string{
		"population 1 must be at least 2", "elites 9 must be in [1, 1]", "tournament -1 must be at least 1", "crossover 2 must be at most 1",
		"blend 3 must be at most 1", "mutation -1 must be in [0, 1]", `unknown selection "rnak", did you mean "rank"?`,
	} {
		require.ErrorContains(t, err, part)
	}
}

// Of four parents, rank selection has the weights 4, 3, 2, 1 of 10; the best of two draws is position 0, 1, 2, 3 in 7, 5, 3, 1 of 16 cases.
func TestSelectionOfParents(t *testing.T) {
	for _, c := range []struct {
		options Options
		want    []int
	}{
		{Options{Population: 4, Selection: Rank, Tournament: 2}, []int{4000, 3000, 2000, 1000}},
		{Options{Population: 4, Selection: Tournament, Tournament: 2}, []int{4375, 3125, 1875, 625}},
	} {
		t.Run(string(c.options.Selection), func(t *testing.T) {
			a, err := New(agenttest.Trap30().Problem(10), c.options, seed.New(1))
			require.NoError(t, err)
			require.Equal(t, c.options.Selection == Rank, a.byRank.chooser != nil, "only rank selection needs weights")
			for id := range 4 {
				require.NoError(t, a.Tell([]agents.Trial{trial(id, float64(-id))}))
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
		require.NoError(t, a.Tell([]agents.Trial{trial(0, 1), trial(0, 1)}))
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
		a, err := New(agenttest.Trap30().Problem(10), Options{Population: 3, Elites: c.elites}, seed.New(1))
		require.NoError(t, err)
		for id, value := range []float64{5, 4, 3, 1, 2, 4.5} {
			require.NoError(t, a.Tell([]agents.Trial{trial(id, value)}))
			if id == 2 {
				require.Equal(t, []int{0, 1, 2}, parents(a))
			}
		}
		require.Equal(t, c.want, parents(a), "%d elites", c.elites)
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

// The two objectives 0 … and the other way round: the survivors are the front, its ends included.
func TestSeveralObjectivesKeepTheFront(t *testing.T) {
	a, err := New(agents.Problem{Space: agenttest.Trap30().Space, Objectives: 2}, Options{Population: 4}, seed.New(1))
	require.NoError(t, err)
	for id, o := range [][]float64{{0, 9}, {5, 5}, {1, 1}, {2, 2}, {9, 0}, {4, 4}, {4.9, 5.1}, {3, 3}} {
		told := trial(id, 0)
		told.Objectives = o
		require.NoError(t, a.Tell([]agents.Trial{told}))
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
	study := agenttest.Study{Budget: 1000, Evaluate: func(_ int, p space.Point) agents.Trial { return f.Trial(p) }}
	trials, err := study.Run(agent, f.Space)
	best := 0.0
	for _, t := range trials {
		if t.Feasible() {
			best = max(best, t.Objectives[0])
		}
	}
	fmt.Printf("%d trials, within 10 %% of the optimum: %t %v\n", len(trials), -best < f.Best*0.9, err)
	// Output: 1000 trials, within 10 % of the optimum: true <nil>
}
