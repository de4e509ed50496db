package aco

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestConformance(t *testing.T) {
	for _, f := range Factories() {
		t.Run(f.Name, func(t *testing.T) { agenttest.Test(t, f) })
		t.Run(f.Name+" on edges", func(t *testing.T) {
			for i, o := range f.Options {
				if o.Name == "trails" {
					f.Options[i].Default = string(Edges)
				}
			}
			agenttest.Test(t, f)
		})
	}
}

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	for _, f := range Factories() {
		settings := agenttest.Settings(t, f, nil)
		p := agenttest.Trap30().Problem(100)
		listed, err := f.New(p, settings, seed.New(1))
		require.NoError(t, err)
		zero := map[string]func() (*Agent, error){
			"acs":  func() (*Agent, error) { return NewACS(p, Options{}, seed.New(1)) },
			"mmas": func() (*Agent, error) { return NewMMAS(p, Options{}, seed.New(1)) },
		}[f.Name]
		want, err := zero()
		require.NoError(t, err)
		got := listed.(*Agent)
		require.Equal(t, want.rule, got.rule)
		want.options.Decay, want.options.PBest = got.options.Decay, got.options.PBest // of the other kind
		require.Equal(t, want.options, got.options)
	}
}

func TestZeroOfAFileMeansNone(t *testing.T) {
	settings := agenttest.Settings(t, ACSFactory(), map[string]any{"greediness": 0, "smoothing": 0.0, "decay": 0})
	a, err := ACSFactory().New(agenttest.Trap30().Problem(100), settings, seed.New(1))
	require.NoError(t, err)
	require.Zero(t, a.(*Agent).greed)
	require.Zero(t, a.(*Agent).options.Smoothing)
	require.Equal(t, acs{0.1, 0}, a.(*Agent).rule)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	bad := Options{Ants: -1, Evaporation: 1.5, Greediness: 2, Decay: 3, PBest: 1, Trails: "edge", Smoothing: 4, Stagnation: -5}
	for kind, make := range map[string]func() (*Agent, error){
		"acs":  func() (*Agent, error) { return NewACS(agenttest.Trap30().Problem(10), bad, seed.New(1)) },
		"mmas": func() (*Agent, error) { return NewMMAS(agenttest.Trap30().Problem(10), bad, seed.New(1)) },
	} {
		_, err := make()
		for _, part := range []string{
			kind + ": ", "ants -1 must be at least 1", "evaporation 1.5 must be in (0, 1]", "greediness 2 must be at most 1", "decay 3 must be at most 1",
			"p_best 1 must be in (0, 1)", `unknown trails "edge", did you mean "edges"?`, "smoothing 4 must be at most 1", "stagnation -5 must be at least 1",
			map[string]string{"acs": "p_best is of mmas only", "mmas": "decay is of acs only"}[kind],
		} {
			require.ErrorContains(t, err, part)
		}
	}
	_, err := NewACS(agenttest.Trap30().Problem(50), Options{Ants: 64}, seed.New(1))
	require.EqualError(t, err, "acs: ants 64 must be at most 50, the budget in trials")
	_, err = NewMMAS(agenttest.Trap30().Problem(50), Options{Start: "x"}, seed.New(1))
	require.ErrorContains(t, err, `mmas: unknown design "x"`)
	small, err := NewACS(agenttest.Trap30().Problem(3), Options{}, seed.New(1))
	require.NoError(t, err)
	require.Equal(t, 3, small.options.Ants)
}

// run searches a function of binary axes, all of whose objectives are negative, as seen through a change of the objective.
func run(t *testing.T, f agents.Factory, given map[string]any, change func(float64) float64) (*Agent, []agents.Trial) {
	settings := agenttest.Settings(t, f, given)
	k := agenttest.Trap30()
	a, err := f.New(k.Problem(400), settings, seed.New(1, "run"))
	require.NoError(t, err)
	trials, err := agenttest.Study{Budget: 400, Evaluate: func(_ int, p space.Point) agents.Trial {
		trial := k.Trial(p)
		trial.Objectives[0] = change(trial.Objectives[0] - 1)
		return trial
	}}.Run(a, k.Space)
	require.NoError(t, err)
	return a.(*Agent), trials
}

// ArchGym's colony deposits 1 / cost with cost = -reward: for negative costs the best path loses. Here the objective's sign and scale are nothing.
func TestOnlyTheOrderOfObjectivesCounts(t *testing.T) {
	for _, f := range Factories() {
		a, want := run(t, f, nil, func(v float64) float64 { return v })
		for name, change := range map[string]func(float64) float64{
			"positive": func(v float64) float64 { return v + 1e6 },
			"tiny":     func(v float64) float64 { return v * 1e-200 },
			"cubed":    func(v float64) float64 { return v * v * v },
			"exp":      math.Exp,
		} {
			_, got := run(t, f, nil, change)
			for i := range want {
				require.Equal(t, want[i].Point, got[i].Point, "%s: trial %d of the objective %s", f.Name, i, name)
			}
		}
		for axis, l := range a.trails {
			marked := l.pheromone().trails
			level := a.best.trials[0].Point[axis]
			require.GreaterOrEqual(t, marked[level], marked[1-level], "%s: axis %d: the best design attracts", f.Name, axis)
			require.GreaterOrEqual(t, min(marked[0], marked[1]), l.pheromone().least)
		}
	}
}

func TestArchGymsKnobsReachTheColony(t *testing.T) {
	for _, f := range Factories() {
		a, _ := run(t, f, map[string]any{"ants": 16, "evaporation": 1.0, "greediness": 1.0}, math.Exp)
		require.Equal(t, 16, a.options.Ants)
		require.InDelta(t, 1.0, a.greed, 0)
		require.Equal(t, 400/16, a.turns)
	}
}

// trial is a result of a design on 30 binary axes, the id written in its first bits.
func trial(id int, objectives ...float64) agents.Trial {
	p := make(space.Point, 30)
	for bit := range 8 {
		p[bit] = id >> bit & 1
	}
	return agents.Trial{ID: id, Point: p, Objectives: objectives, Violations: []float64{0}}
}

// The greedy ant follows the best given design of three, 3 = 11 in binary, though the worst was told last.
func TestTheBestGivenDesignMarksTheTrails(t *testing.T) {
	a, err := NewACS(agenttest.Trap30().Problem(100), Options{Ants: 2, Greediness: 1}, seed.New(1))
	require.NoError(t, err)
	for id, value := range []float64{5, 3, 1, 9, 0} {
		given := trial(id, value)
		given.Given = true
		require.NoError(t, a.Tell([]agents.Trial{given}))
	}
	points, err := a.Ask(1)
	require.NoError(t, err)
	require.Equal(t, 1, a.turns)
	require.Zero(t, a.starts, "given designs replace those of the start")
	require.Equal(t, trial(3).Point, a.ant())
	differing := 0
	for axis, level := range trial(3).Point {
		if points[0][axis] != level {
			differing++
		}
	}
	require.Equal(t, 1, differing, "the ant's design was seen: a neighbour is proposed")
}

func TestInfeasibleDesignsMarkByTheirViolation(t *testing.T) {
	a, err := NewMMAS(agenttest.Trap30().Problem(100), Options{Ants: 3, Evaporation: 1}, seed.New(1))
	require.NoError(t, err)
	far, near, crash := trial(1), trial(2), trial(4)
	far.Infeasible, far.Violations = "does not fit", []float64{5}
	near.Infeasible, near.Violations = "does not fit", []float64{2}
	crash.Infeasible, crash.Violations = "failed: crash", []float64{0}
	a.guard.Ask(far.Point, near.Point, crash.Point)
	require.NoError(t, a.Tell([]agents.Trial{far, near, crash}))
	require.Equal(t, 2, a.best.trials[0].ID)
	require.InDelta(t, 1.0, a.trails[1].pheromone().trails[1], 1e-9)
	require.Less(t, a.trails[0].pheromone().trails[1], 0.1)
}

// Nothing ever improves on the first design of a flat function. Of 100 turns, each eleventh is the tenth without a better design.
func TestRestartOfAColonyThatStagnates(t *testing.T) {
	f := agenttest.Trap30()
	for _, stagnation := range []int{10, 1000} {
		a, err := NewACS(f.Problem(1000), Options{Evaporation: 0.5, Decay: -1, Stagnation: stagnation}, seed.New(1))
		require.NoError(t, err)
		restarts, before := 0, 0
		_, err = agenttest.Study{Budget: 1000, Evaluate: func(int, space.Point) agents.Trial {
			if len(a.best.trials) == 0 && before > 0 {
				restarts++
				for _, l := range a.trails {
					for _, trail := range l.pheromone().trails {
						require.InDelta(t, l.pheromone().outset, trail, 0)
					}
				}
			}
			before = len(a.best.trials)
			return agents.Trial{Objectives: []float64{1}, Violations: []float64{0}}
		}}.Run(a, f.Space)
		require.NoError(t, err)
		require.Equal(t, map[int]int{10: 9, 1000: 0}[stagnation], restarts, "stagnation %d", stagnation)
	}
}

func TestBestKeepsTheFrontAndTheLonelyOnes(t *testing.T) {
	b := best{several: true}
	for id, o := range [][]float64{{0, 9}, {5, 5}, {1, 1}, {9, 0}, {5.2, 4.8}} {
		require.Equal(t, id != 2, b.add(trial(id, o...), 3), "design %d", id)
	}
	var ids []int
	for _, t := range b.trials {
		ids = append(ids, t.ID)
	}
	require.Contains(t, ids, 0)
	require.Contains(t, ids, 3)
	require.Len(t, ids, 3)
	require.True(t, b.add(trial(9, 10, 10), 3))
	require.Len(t, b.trials, 1)

	one := best{}
	require.True(t, one.add(trial(0, 1), 3))
	require.False(t, one.add(trial(1, 1), 3), "an equal one is no better")
	require.True(t, one.add(trial(2, 2), 3))
	require.Len(t, one.trials, 1)
}

func BenchmarkAskAndTell(b *testing.B) {
	f := agenttest.Ackley20()
	for _, factory := range Factories() {
		for _, trails := range AllTrails() {
			b.Run(factory.Name+"/"+trails, func(b *testing.B) {
				settings, err := simulators.NewSettings(factory.Options, map[string]any{"trails": trails})
				require.NoError(b, err)
				a, err := factory.New(f.Problem(0), settings, seed.New(1))
				require.NoError(b, err)
				b.ReportAllocs()
				id := 0
				for b.Loop() {
					points, err := a.Ask(1)
					require.NoError(b, err)
					trial := f.Trial(points[0])
					trial.ID = id
					require.NoError(b, a.Tell([]agents.Trial{trial}))
					id++
				}
			})
		}
	}
}

func ExampleNewACS() {
	f := agenttest.TileAccel()
	agent, err := NewACS(f.Problem(500), Options{}, seed.New(1, "agent", "acs"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 500)
	fmt.Printf("%d trials, within 2 %% of the optimum: %t %v\n", trials, least < f.Best*0.98, err)
	// Output: 500 trials, within 2 % of the optimum: true <nil>
}
