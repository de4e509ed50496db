package agents_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// line is one ordinal axis of three levels, and one constraint.
func line(t require.TestingT) agents.Problem {
	s, err := space.New(space.Param{Name: "x", Kind: space.Ordinal, Values: []float64{1, 2, 4}})
	require.NoError(t, err)
	return agents.Problem{Space: s, Objectives: 1, Constraints: 1}
}

func trial(id int, p ...int) agents.Trial {
	return agents.Trial{ID: id, Point: p, Objectives: []float64{0}, Violations: []float64{0, 0}}
}

func given(id int, p ...int) agents.Trial {
	t := trial(id, p...)
	t.Given = true
	return t
}

func TestWrongTrialsAreErrorsThatChangeNothing(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*agents.Trial)
		want   string
	}{
		{"outside the space", func(t *agents.Trial) { t.Point = space.Point{3} }, `trial 7: space: level 3 of "x" out of range [0, 3)`},
		{"another number of axes", func(t *agents.Trial) { t.Point = space.Point{0, 0} }, "trial 7: space: a point of 2 levels in a space of 1 axes"},
		{"told already", func(t *agents.Trial) { t.ID = 4 }, "trial 4: told already, or late: the last one told is 5, and IDs ascend"},
		{"not asked for", func(t *agents.Trial) { t.Point = space.Point{1} },
			"trial 7: not asked for and not given: the design is [1], the next one waited for is [0]"},
		{"objectives", func(t *agents.Trial) { t.Objectives = []float64{1, 2} }, "trial 7: 2 objectives: the problem has 1"},
		{"violations", func(t *agents.Trial) { t.Violations = []float64{1} }, "trial 7: 1 violations: the problem has 2, the simulator's own included"},
		{"not a number", func(t *agents.Trial) { t.Objectives = []float64{math.NaN()} }, "trial 7: objective 0 is NaN: must be finite"},
		{"infinite", func(t *agents.Trial) { t.Violations = []float64{0, math.Inf(-1)} }, "trial 7: violation 1 is -Inf: must be finite"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := agents.NewGuard(line(t))
			require.NoError(t, err)
			require.NoError(t, g.Tell([]agents.Trial{given(-1, 0), given(4, 0)}))
			g.Ask(space.Point{2}, space.Point{0})
			wrong := trial(7, 0)
			c.change(&wrong)
			require.ErrorContains(t, g.Tell([]agents.Trial{trial(5, 2), wrong}), c.want)
			require.Equal(t, []space.Point{{2}, {0}}, g.Pending())
			require.NoError(t, g.Tell([]agents.Trial{trial(5, 2), trial(7, 0)}))
			require.Empty(t, g.Pending())
			require.EqualError(t, g.Tell([]agents.Trial{trial(8, 0)}), "trial 8: not asked for and not given: no design is waited for")
		})
	}
}

func TestEveryMistakeIsReported(t *testing.T) {
	g, err := agents.NewGuard(line(t))
	require.NoError(t, err)
	wrong := trial(1, 5)
	wrong.Objectives = []float64{math.Inf(-1)}
	err = g.Tell([]agents.Trial{wrong, trial(2, 0)})
	for _, part := range []string{"trial 1: space: level 5", "objective 0 is -Inf", "trial 1: not asked for", "trial 2: not asked for"} {
		require.ErrorContains(t, err, part)
	}
}

func TestGuardKeepsCopies(t *testing.T) {
	g, err := agents.NewGuard(line(t))
	require.NoError(t, err)
	p := space.Point{2}
	g.Ask(p)
	p[0] = 1
	require.NoError(t, g.Tell([]agents.Trial{trial(0, 2)}))
}

func TestProblemsThatNoAgentCanHave(t *testing.T) {
	_, err := agents.NewGuard(agents.Problem{Constraints: -1, Budget: -5})
	require.EqualError(t, err, `a problem of 0 objectives: must be at least 1
a problem of -1 constraints: must be at least 0
a budget of -5 trials: must be at least 0, which is unknown`)
}

func TestSpacesTooLargeToEnumerate(t *testing.T) {
	p := line(t)
	for budget, want := range map[int]string{
		0: "", 3: "", 4: "",
		2: "grid: a space of 3 designs is too large to enumerate in a budget of 2 trials: raise the budget, fix some axes, or sample with sobol",
	} {
		p.Budget = budget
		err := agents.Factory{Name: "grid", Enumerates: true}.Enumerable(p)
		if want == "" {
			require.NoError(t, err)
		} else {
			require.EqualError(t, err, want)
		}
		require.NoError(t, agents.Factory{Name: "random"}.Enumerable(p))
	}
}

func BenchmarkGuard(b *testing.B) {
	g, err := agents.NewGuard(line(b))
	require.NoError(b, err)
	p, trials := space.Point{2}, []agents.Trial{trial(0, 2)}
	b.ReportAllocs()
	for b.Loop() {
		g.Ask(p)
		if err := g.Tell(trials); err != nil {
			b.Fatal(err)
		}
		trials[0].ID++
	}
}

func ExampleGuard() {
	s, err := space.New(space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16}})
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := agents.NewGuard(agents.Problem{Space: s, Objectives: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	g.Ask(space.Point{1})
	fmt.Println(g.Tell([]agents.Trial{{ID: 0, Point: space.Point{2}, Objectives: []float64{-3}, Violations: []float64{0}}}))
	fmt.Println(g.Tell([]agents.Trial{{ID: 0, Point: space.Point{1}, Objectives: []float64{-3}, Violations: []float64{0}}}))
	// Output:
	// trial 0: not asked for and not given: the design is [2], the next one waited for is [1]
	// <nil>
}
