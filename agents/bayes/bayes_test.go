package bayes

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	p := agenttest.Ackley20().Problem(0)
	got, err := options(settings).withDefaults(p)
	require.NoError(t, err)
	want := Options{Initial: 20, Start: "sobol", Candidates: 512, Restarts: 3, Points: 150, Warp: "power", Kernel: "mixed", Region: "auto", Several: "parego", Acquisition: "improvement"}
	require.Equal(t, want, got)
	zero, err := Options{}.withDefaults(p)
	require.NoError(t, err)
	require.Equal(t, want, zero)
	_, err = Factory().New(p, settings, seed.New(1))
	require.NoError(t, err)
}

func TestTheStartFitsTheProblem(t *testing.T) {
	for _, c := range []struct{ axes, budget, initial int }{{2, 0, 6}, {10, 0, 11}, {70, 0, 20}, {10, 20, 5}, {10, 4, 2}} {
		o, err := Options{}.withDefaults(agents.Problem{Space: binary(t, c.axes), Objectives: 1, Budget: c.budget})
		require.NoError(t, err)
		require.Equal(t, c.initial, o.Initial, "%+v", c)
		require.Equal(t, c.axes > 64, o.Start == "lhs", "a Sobol sequence has no more than 64 axes")
	}
}

func TestBadOptionsAreAllReported(t *testing.T) {
	_, err := New(agenttest.Trap30().Problem(10), Options{
		Initial: 1, Start: "sobl", Candidates: -1, Restarts: 9, Points: 2, Refit: -1, Warp: "powr", Kernel: "mix", Region: "no", Several: "evhi", Acquisition: "thomson",
	}, seed.New(1))
	agenttest.RequireMistakes(t, err,
		"bo: initial 1 must be at least 2", "candidates -1 must be at least 1", "restarts 9 must be in [1, 1], the candidates", "points 2 must be at least 8",
		"refit -1 must be at least 0", `unknown start "sobl", did you mean "sobol"?`, `unknown warp "powr", did you mean "power"?`,
		`unknown kernel "mix"`, `unknown region "no"`, `unknown acquisition "thomson", did you mean "thompson"?`, `unknown several "evhi", did you mean "ehvi"?`,
	)
}

// binary is a space of n axes of two labels.
func binary(t testing.TB, n int) space.Space {
	var params []space.Param
	for i := range n {
		params = append(params, space.Param{Name: fmt.Sprint("b", i), Kind: space.Nominal, Labels: []string{"no", "yes"}})
	}
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

// squares is a space of two ordinal axes of n levels.
func squares(t testing.TB, n int) space.Space {
	values := make([]float64, n)
	for i := range values {
		values[i] = float64(i)
	}
	s, err := space.New(space.Param{Name: "a", Values: values}, space.Param{Name: "b", Values: values})
	require.NoError(t, err)
	return s
}

func TestWrongTrialsAreRefusedAndLeaveNoTrace(t *testing.T) {
	p := agents.Problem{Space: squares(t, 9), Objectives: 1, Constraints: 1}
	ok := func(id int, point space.Point) agents.Trial {
		return agents.Trial{ID: id, Point: point, Objectives: []float64{1}, Violations: []float64{0, 0}, Given: true}
	}
	a, err := New(p, Options{}, seed.New(1))
	require.NoError(t, err)
	require.NoError(t, a.Tell([]agents.Trial{ok(0, space.Point{1, 1})}))
	for name, c := range map[string]struct {
		change func(*agents.Trial)
		want   string
	}{
		"told twice":        {func(t *agents.Trial) { t.ID = 0 }, "bo: trial 0: told already, or late: the last one told is 7"},
		"outside the space": {func(t *agents.Trial) { t.Point = space.Point{9, 0} }, `trial 8: space: level 9 of "a" out of range [0, 9)`},
		"not asked for":     {func(t *agents.Trial) { t.Given = false }, "bo: trial 8: not asked for and not given: no design is waited for"},
		"not a number":      {func(t *agents.Trial) { t.Objectives = []float64{math.NaN()} }, "bo: trial 8: objective 0 is NaN: must be finite"},
		"infinite":          {func(t *agents.Trial) { t.Objectives = []float64{math.Inf(1)} }, "bo: trial 8: objective 0 is +Inf: must be finite"},
		"objectives":        {func(t *agents.Trial) { t.Objectives = []float64{1, 2} }, "bo: trial 8: 2 objectives: the problem has 1"},
		"violations":        {func(t *agents.Trial) { t.Violations = []float64{0} }, "bo: trial 8: 1 violations: the problem has 2, the simulator's own included"},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := ok(8, space.Point{2, 2})
			c.change(&wrong)
			require.ErrorContains(t, a.Tell([]agents.Trial{ok(7, space.Point{3, 3}), wrong}), c.want)
			require.Len(t, a.rows, 1)
			require.False(t, a.seen.Has(space.Point{3, 3}))
		})
	}
	require.ErrorContains(t, a.Tell([]agents.Trial{ok(5, space.Point{4, 4}), ok(5, space.Point{5, 5})}), "trial 5: told already, or late: the last one told is 5")
	require.NoError(t, a.Tell([]agents.Trial{ok(7, space.Point{3, 3})}))
}

// study runs an agent on a made-up function and returns its trials.
func study(t testing.TB, p agents.Problem, o Options, s agenttest.Study) []agents.Trial {
	a, err := New(p, o, seed.New(1))
	require.NoError(t, err)
	trials, err := s.Run(a, p.Space)
	require.NoError(t, err)
	return trials
}

// far is minus the squared distance from levels 6 and 2 of squares.
func far(_ int, p space.Point) agents.Trial {
	a, b := float64(p[0]-6), float64(p[1]-2)
	return agents.Trial{Objectives: []float64{-a*a - b*b}, Violations: []float64{0}}
}

func TestEveryDesignOnceThenNone(t *testing.T) {
	for _, candidates := range []int{0, 4} { // enumerated, and searched
		for _, lag := range []int{1, 7} {
			trials := study(t, agents.Problem{Space: squares(t, 8), Objectives: 1}, Options{Candidates: candidates, Points: 20, Refit: 30},
				agenttest.Study{Evaluate: far, Budget: 100, Lag: lag})
			seen := map[string]bool{}
			for _, trial := range trials {
				seen[fmt.Sprint(trial.Point)] = true
			}
			require.Len(t, seen, 64)
			require.Len(t, trials, 64, "no design twice, and none when all were told")
		}
	}
}

// The optimum of a quadratic bowl is found in the first proposals after given designs, none of which is proposed again.
func TestGivenDesignsReplaceTheStart(t *testing.T) {
	s := squares(t, 30)
	rng := seed.New(3)
	var given []agents.Trial
	for id := range 20 {
		p := s.Sample(rng)
		trial := far(id, p)
		trial.ID, trial.Point, trial.Given = id, p, true
		given = append(given, trial)
	}
	trials := study(t, agents.Problem{Space: s, Objectives: 1}, Options{}, agenttest.Study{Evaluate: far, Budget: 6, Given: given})
	require.True(t, slices.ContainsFunc(trials, func(trial agents.Trial) bool { return slices.Equal(trial.Point, space.Point{6, 2}) }), "%v", trials)
}

// Designs with a > b have no result. Where the objective is best among them, the search has to follow their border to a = b = 29; where it is
// best at (6, 20), few trials are lost on the way.
func TestDesignsWithoutAResultAreAvoided(t *testing.T) {
	for _, c := range []struct {
		name  string
		value func(a, b float64) float64
		best  float64
		none  int // designs without a result after the start and before the best one, at most
	}{
		{"optimum on the border", func(a, b float64) float64 { return 2*a - b }, 29, 40},
		{"optimum inside", func(a, b float64) float64 { return -(a-6)*(a-6) - (b-20)*(b-20) }, 0, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			none, best := 0, math.Inf(-1)
			study(t, agents.Problem{Space: squares(t, 30), Objectives: 1}, Options{}, agenttest.Study{Budget: 60, Evaluate: func(id int, p space.Point) agents.Trial {
				if p[0] > p[1] {
					if best < c.best && id >= 6 {
						none++
					}
					return agents.Trial{Infeasible: "does not fit", Violations: []float64{0}}
				}
				value := c.value(float64(p[0]), float64(p[1]))
				best = max(best, value)
				return agents.Trial{Objectives: []float64{value}, Violations: []float64{0}}
			}})
			require.Equal(t, c.best, best)
			require.LessOrEqual(t, none, c.none)
		})
	}
}

// The only feasible design of 900 has both axes at 20: the slope of the violations leads there.
func TestViolationsLeadToTheFeasibleDesign(t *testing.T) {
	for name, unevaluated := range map[string]bool{"constraint": false, "distance of the simulator": true} {
		t.Run(name, func(t *testing.T) {
			problem := agents.Problem{Space: squares(t, 30), Objectives: 1, Constraints: 1}
			trials := study(t, problem, Options{}, agenttest.Study{Budget: 60, Evaluate: func(_ int, p space.Point) agents.Trial {
				distance := math.Abs(float64(p[0]-20)) + math.Abs(float64(p[1]-20))
				if distance > 0 && unevaluated {
					return agents.Trial{Infeasible: "does not fit", Violations: []float64{1, distance / 10}}
				}
				return agents.Trial{Objectives: []float64{0}, Violations: []float64{distance, 0}}
			}})
			require.True(t, slices.ContainsFunc(trials, agents.Trial.Feasible))
		})
	}
}

func TestTheOptimaOfFunctionsAreReached(t *testing.T) {
	const budget = 40
	for _, c := range []struct {
		f     agenttest.Function
		bound float64
	}{{agenttest.Branin(), 0.42}, {agenttest.TileAccel(), -7}} {
		trials := study(t, c.f.Problem(budget), Options{}, agenttest.Study{Budget: budget, Evaluate: func(_ int, p space.Point) agents.Trial { return c.f.Trial(p) }})
		best := math.Inf(1)
		for _, trial := range trials {
			if trial.Feasible() {
				best = min(best, -trial.Objectives[0])
			}
		}
		require.LessOrEqual(t, best, c.bound, c.f.Name)
	}
}

func ExampleNew() {
	f := agenttest.Hartmann6()
	agent, err := New(f.Problem(80), Options{}, seed.New(1, "agent", "bo"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 80)
	fmt.Printf("%d trials, within 5 %% of the optimum: %t %v\n", trials, least < f.Best*0.95, err)
	// Output: 80 trials, within 5 % of the optimum: true <nil>
}
