package policygrad_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// designer makes designers of a grouping and options.
func designer(g env.Grouping, o policygrad.DesignOptions) agenttest.New {
	return func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		return policygrad.NewDesigner("ppo", p, string(g), o, rng)
	}
}

func TestDesignersOfSeveralAgentsConform(t *testing.T) {
	autoregressive := policygrad.DesignPPO()
	autoregressive.Form, autoregressive.Hidden = categorical.Autoregressive, []int{4}
	t.Run("subsystem", func(t *testing.T) {
		agenttest.TestNew(t, designer(env.Subsystem, autoregressive), "steady-work")
	})
	t.Run("axis", func(t *testing.T) { agenttest.TestNew(t, designer(env.PerAxis, policygrad.DesignPPO()), "steady-work") })
	every := policygrad.DesignPPO()
	every.Credit, every.Sequential, every.Population, every.Batch = policygrad.Difference, true, 2, 25
	t.Run("learned groups, difference rewards, sequential, a population", func(t *testing.T) {
		agenttest.TestNew(t, designer("learned", every), "steady-work")
	})
}

// Halfway from the median of random search after 200 trials, -6.821, to the optimum, -7.453.
func TestDesignersBeatRandomSearch(t *testing.T) {
	for _, g := range []env.Grouping{env.Single, env.PerAxis} {
		t.Run(string(g), func(t *testing.T) {
			agenttest.RequireMedian(t, agenttest.TileAccel(), designer(g, policygrad.DesignPPO()), 200, -7.137)
		})
	}
}

func TestRankAdvantages(t *testing.T) {
	value := func(v float64) agents.Trial {
		return agents.Trial{Objectives: []float64{v}, Violations: []float64{0}}
	}
	crash := agents.Trial{Infeasible: "crash", Violations: []float64{0}}
	for _, c := range []struct {
		name   string
		trials []agents.Trial
		want   []float64
	}{
		{"spread evenly, however far apart", []agents.Trial{value(3), value(-1e9), value(1), value(1e9), value(2)}, []float64{0.25, -0.5, -0.25, 0.5, 0}},
		{"equal ones share", []agents.Trial{value(1), value(2), value(1), crash, crash}, []float64{0.125, 0.5, 0.125, -0.375, -0.375}},
		{"nothing to tell apart", []agents.Trial{crash, crash}, []float64{0, 0}},
		{"one", []agents.Trial{value(1)}, []float64{0}},
		{"several objectives: designs that do not dominate each other are alike", []agents.Trial{
			{Objectives: []float64{0, 0}, Violations: []float64{0}}, {Objectives: []float64{2, 1}, Violations: []float64{0}},
			{Objectives: []float64{1, 2}, Violations: []float64{0}},
		}, []float64{-0.5, 0.25, 0.25}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, policygrad.RankAdvantages(c.trials)) })
	}
}

func TestMemoryKeepsTheBestDesignsOnce(t *testing.T) {
	m := policygrad.NewMemory(3)
	for id, v := range []float64{1, 5, 3, 5, 4, 2} {
		m.Add(policygrad.Deed{Trial: agents.Trial{ID: id, Point: space.Point{int(v)}, Objectives: []float64{v}, Violations: []float64{0}}})
	}
	var ids []int
	for _, d := range m.Best() {
		ids = append(ids, d.Trial.ID)
	}
	require.Equal(t, []int{1, 4, 2}, ids)
}

func switches(t testing.TB, n int) space.Space {
	params := make([]space.Param, n)
	for i := range params {
		params[i] = space.Param{Name: fmt.Sprintf("s%d", i), Kind: space.Nominal, Labels: []string{"off", "on"}}
	}
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

// ones runs a study that counts the switches that are on and returns the mean of the last 50 trials.
func ones(t testing.TB, agent agents.Agent, s space.Space, budget int, given []agents.Trial) float64 {
	study := agenttest.Study{Budget: budget, Given: given, Evaluate: func(_ int, p space.Point) agents.Trial { return counted(p) }}
	trials, err := study.Run(agent, s)
	require.NoError(t, err)
	sum := 0.0
	for _, trial := range trials[budget-50:] {
		sum += trial.Objectives[0] / 50
	}
	return sum
}

func counted(p space.Point) agents.Trial {
	on := 0.0
	for _, level := range p {
		on += float64(level)
	}
	return agents.Trial{Objectives: []float64{on}, Violations: []float64{0}}
}

// Given designs of which the first 11, 12, … 40 switches are on.
func TestGivenDesignsAreLearnedFrom(t *testing.T) {
	s := switches(t, 40)
	var given []agents.Trial
	for on := 11; on <= 40; on++ {
		p := make(space.Point, 40)
		for axis := range on {
			p[axis] = 1
		}
		g := counted(p)
		g.ID, g.Point, g.Given = on-41, p, true
		given = append(given, g)
	}
	for name, o := range map[string]policygrad.DesignOptions{"ppo": policygrad.DesignPPO(), "reinforce": policygrad.DesignREINFORCE()} {
		mean := func(given []agents.Trial) float64 {
			agent, err := policygrad.NewDesigner(name, agents.Problem{Space: s, Objectives: 1}, string(env.Single), o, seed.New(1))
			require.NoError(t, err)
			return ones(t, agent, s, 60, given)
		}
		with, without := mean(given), mean(nil)
		t.Logf("%s: %.1f with, %.1f without", name, with, without)
		require.Greater(t, with, without+1, name)
	}
}

// Of 32 designs all are asked before any is asked again.
func TestNoDuplicatesWhileDesignsRemain(t *testing.T) {
	s := switches(t, 5)
	agent, err := policygrad.NewDesigner("ppo", agents.Problem{Space: s, Objectives: 1}, string(env.PerAxis), policygrad.DesignPPO(), seed.New(1))
	require.NoError(t, err)
	seen := map[string]bool{}
	study := agenttest.Study{Budget: 32, Lag: 3, Evaluate: func(_ int, p space.Point) agents.Trial {
		seen[s.Key(p)] = true
		return counted(p)
	}}
	_, err = study.Run(agent, s)
	require.NoError(t, err)
	require.Len(t, seen, 32)
}

func TestDesignersAreSavedLoadedAndFrozen(t *testing.T) {
	s, problem := switches(t, 20), agents.Problem{Space: switches(t, 20), Objectives: 1}
	trained, err := policygrad.NewDesigner("ppo", problem, string(env.PerAxis), policygrad.DesignPPO(), seed.New(1))
	require.NoError(t, err)
	ones(t, trained, s, 300, nil)
	var file bytes.Buffer
	require.NoError(t, trained.SavePolicy(&file))
	loaded, err := policygrad.NewDesigner("ppo", problem, string(env.PerAxis), policygrad.DesignPPO(), seed.New(2))
	require.NoError(t, err)
	require.NoError(t, loaded.LoadPolicy(bytes.NewReader(file.Bytes())))
	loaded.Freeze()
	points, err := loaded.Ask(1)
	require.NoError(t, err)
	require.Equal(t, 20.0, counted(points[0]).Objectives[0], "the likeliest design comes first")
	answer := counted(points[0])
	answer.Point = points[0]
	require.NoError(t, loaded.Tell([]agents.Trial{answer}))
	var again bytes.Buffer
	require.NoError(t, loaded.SavePolicy(&again))
	require.Equal(t, file.Bytes(), again.Bytes())
	single, err := policygrad.NewDesigner("ppo", problem, string(env.Single), policygrad.DesignPPO(), seed.New(2))
	require.NoError(t, err)
	require.ErrorIs(t, single.LoadPolicy(&file), nn.ErrFile)
}

func TestTrialsThatAreNoAnswersAreErrors(t *testing.T) {
	s := switches(t, 3)
	agent, err := policygrad.NewDesigner("ppo", agents.Problem{Space: s, Objectives: 1}, string(env.Single), policygrad.DesignPPO(), seed.New(1))
	require.NoError(t, err)
	points, err := agent.Ask(2)
	require.NoError(t, err)
	answer := func(id int, p space.Point, objectives ...float64) agents.Trial {
		return agents.Trial{ID: id, Point: p, Objectives: objectives, Violations: []float64{0}}
	}
	for _, c := range []struct {
		name string
		tell []agents.Trial
		want string
	}{
		{"outside the space", []agents.Trial{answer(0, space.Point{2, 0, 0}, 1)}, `level 2 of "s0" out of range`},
		{"not finite", []agents.Trial{answer(0, points[0], math.NaN())}, "ppo: trial 0: objective 0 is NaN: must be finite"},
		{"too many objectives", []agents.Trial{answer(0, points[0], 1, 2)}, "trial 0: 2 objectives: the problem has 1"},
		{"another design", []agents.Trial{answer(0, points[1], 1)}, "trial 0: not asked for and not given"},
		{"too many", []agents.Trial{answer(0, points[0], 1), answer(1, points[1], 1), answer(2, points[1], 1)}, "trial 2: not asked for and not given: no design is waited for"},
		{"twice", []agents.Trial{answer(0, points[0], 1), answer(0, points[1], 1)}, "trial 0: told already, or late"},
	} {
		t.Run(c.name, func(t *testing.T) { require.ErrorContains(t, agent.Tell(c.tell), c.want) })
	}
	require.NoError(t, agent.Tell([]agents.Trial{answer(0, points[0], 1), answer(1, points[1], 1)}), "the errors changed nothing")
}

func TestBadDesignOptionsAreAllReported(t *testing.T) {
	p := agents.Problem{Space: switches(t, 3), Objectives: 1}
	_, err := policygrad.NewDesigner("ppo", p, string(env.Single), policygrad.DesignOptions{Elites: -1, Clip: 2, Imitation: -1, LearningRate: -1, Entropy: math.Inf(1), Population: -1, Credit: "some"}, seed.New(1))
	agenttest.RequireMistakes(t, err,
		"batch 0 must be at least 1", "epochs 0 must be at least 1", "elites -1 must be at least 0", "learning_rate -1 must be in [0, 10]",
		"clip 2 must be in [0, 1]", "entropy +Inf must be in", "imitation -1 must be in", "population -1 must be at least 0", `unknown credit "some"`,
	)
	_, err = policygrad.NewDesigner("ppo", p, "moduel", policygrad.DesignPPO(), seed.New(1))
	require.ErrorContains(t, err, `unknown grouping "moduel"`)
}

func BenchmarkAskAndTell(b *testing.B) {
	f := agenttest.Ackley20()
	agent, err := policygrad.NewDesigner("ppo", f.Problem(0), string(env.Single), policygrad.DesignPPO(), seed.New(1))
	require.NoError(b, err)
	b.ReportAllocs()
	id := 0
	for b.Loop() {
		points, err := agent.Ask(1)
		if err != nil {
			b.Fatal(err)
		}
		// A made-up result: evaluating the function would cost more than the agent.
		t := agents.Trial{ID: id, Point: points[0], Objectives: []float64{-float64(points[0][0])}, Violations: []float64{0}}
		if err := agent.Tell([]agents.Trial{t}); err != nil {
			b.Fatal(err)
		}
		id++
	}
}

func ExampleNewDesigner() {
	f := agenttest.TileAccel()
	agent, err := policygrad.NewDesigner("ppo", f.Problem(500), string(env.Single), policygrad.DesignPPO(), seed.New(1, "agent", "ppo"))
	if err != nil {
		fmt.Println(err)
		return
	}
	study := agenttest.Study{Budget: 500, Evaluate: func(_ int, p space.Point) agents.Trial { return f.Trial(p) }}
	trials, err := study.Run(agent, f.Space)
	best := math.Inf(1)
	for _, t := range trials {
		if t.Feasible() {
			best = min(best, -t.Objectives[0])
		}
	}
	fmt.Printf("among the best 0.01 %% of all designs: %t %v\n", best < -7.3041, err)
	// Output: among the best 0.01 % of all designs: true <nil>
}
