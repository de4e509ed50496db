package sweep_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

func TestPlanningMistakesHaveTheirLines(t *testing.T) {
	walk := "[[scenario]]\nsimulator = \"games/corridor\"\n"
	matrix, trap := strings.Replace(walk, "corridor", "matrix", 1), strings.Replace(walk, "corridor", "trap", 1)
	for _, c := range []struct{ name, text, want string }{
		{"simulator", top + strings.Replace(scenario, "toy", "toi", 1) + agent,
			`x.toml:4: unknown simulator "toi", did you mean "toy"? (known: toy, toy/noisy, games/matrix, games/corridor, games/twostep, games/trap, toy/designs, toy/stated, toy/clash, toy/moves, slow/matrix, slow/corridor, slow/twostep)`},
		{"agent", top + scenario + strings.Replace(agent, "random", "randon", 1),
			`x.toml:7: unknown agent "randon", did you mean "random"? (known: random, grid, auto, lhs, sobol, hill, sa, guided, mcts, regevo, ga, nsga2, nsga3, cmaes, de, gamma, acs, mmas, tpe, rf, bo, turbo, gbdt, linas, active, controller, confuciux, reinforce, ppo, a2c, ippo, mappo, happo, vdn, qmix, sac, isac, walker)`},
		{"setting", top + scenario + "set = { wrok = 1 }\n" + agent,
			`x.toml:6: toy: unknown setting "wrok", did you mean "work"? (known: work, delay_us, fault)`},
		{"setting in a table of its own", top + scenario + "[scenario.set]\nwork = 8\nfault = \"pnic\"\n" + agent,
			`x.toml:8: toy: unknown value of setting fault "pnic", did you mean "panic"? (known: none, panic, nan, hang, break)`},
		{"setting out of range", top + scenario + "set = { work = 0.5 }\n" + agent,
			`x.toml:6: toy: setting "work": 0.5 is not a number in [1, 1000000000]`},
		{"fidelity", top + scenario + "fidelity = \"qick\"\n" + agent,
			`x.toml:6: unknown fidelity of toy "qick", did you mean "quick"? (known: quick, true)`},
		{"axis to fix", top + scenario + "fix = { rosw = 8 }\n" + agent,
			`x.toml:6: toy: unknown axis "rosw", did you mean "rows"? (known: rows, cols, buffer, mode, stages)`},
		{"level to fix", top + scenario + "fix = { rows = 9 }\n" + agent,
			`x.toml:6: toy: level "9" of "rows" is not one of its levels: rows ∈ {1, 2, 4, 8, 16, 32, 64, 128} PE`},
		{"level to narrow to", top + scenario + "fix = { levels = { mode = [\"flt\", \"deep\"] } }\n" + agent,
			`x.toml:6: toy: unknown level of "mode" "flt", did you mean "flat"? (known: flat, deep)`},
		{"no objective", top + "[[scenario]]\nsimulator = \"toy\"\n" + agent,
			`x.toml:3: the scenario has no objective, for example objective = { minimise = ["latency_cycles"] }`},
		{"metric", top + strings.Replace(scenario, "latency_cycles", "latency_cycle", 1) + agent,
			`x.toml:5: objective: term "latency_cycle": unknown metric "latency_cycle", did you mean "latency_cycles"? (known: latency_cycles, area_mm2)`},
		{"optimum of several objectives", top + strings.Replace(scenario, `["latency_cycles"]`, `["latency_cycles", "area_mm2"]`, 1) + "optimum = 3\n" + agent,
			`x.toml:6: scenario toy: an optimum is of one objective, and there are 2`},
		{"metric of an environment", top + walk + "objective = { maximise = [\"retrun\"] }\n" + agent,
			`x.toml:5: objective: term "retrun": unknown metric "retrun" (known: reward, step_reward, episode_return, episode_done)`},
		{"metric that steps do not have", top + walk + "objective = { maximise = [\"return\"] }\n" + agent,
			`x.toml:6: scenario games/corridor, for random, which acts step by step: objective: term "return": unknown metric "return" (known: reward, step_reward, episode_return, episode_done)`},
		{"axis of a start design", top + scenario + "[[start]]\ndesign = { rows = 8, cols = 8, buffer = 4, bufer = 4, mode = \"flat\" }\n" + agent,
			`x.toml:7: start design for scenario toy: unknown axis "bufer", did you mean "buffer"? (known: rows, cols, buffer, mode, stages)`},
		{"start design of a policy", top + matrix + "[[start]]\ndesign = { \"t0.row.choice\" = \"0\", \"t0.column.choice\" = \"1\" }\n" + agent,
			`x.toml:7: scenario games/matrix: random acts step by step and takes no start designs`},
		{"designs for an environment without a horizon", top + trap + "[[agent]]\nkind = \"grid\"\n",
			`x.toml:5: scenario games/trap, for grid, which proposes whole sequences of actions: the environment has no horizon`},
		{"start design of an environment without a horizon", top + trap + "[[start]]\ndesign = { \"t0.walk\" = \"left\" }\n" + agent,
			`x.toml:5: scenario games/trap is an environment without a horizon and takes no start designs`},
		{"fixing an environment", top + walk + "fix = { walk = \"left\" }\n" + agent,
			`x.toml:3: games/corridor is an environment with state: it has neither fidelities nor axes to fix`},
		{"option", top + scenario + "[[agent]]\nkind = \"ga\"\npopulation = 8\nmutatoin = [0.1, 0.2]\n",
			`x.toml:9: agent ga: unknown setting "mutatoin", did you mean "mutation"? (known: population, offspring, crossover, blend, mutation, start, elites, selection, tournament, screen)`},
		{"option against option", top + scenario + "[[agent]]\nkind = \"ga\"\npopulation = [4, 8]\nelites = 6\n",
			`x.toml:6: agent ga population=4 elites=6 on scenario toy: ga: elites 6 must be in [1, 4], the population`},
		{"groups of an agent of designs", top + scenario + "[[agent]]\nkind = \"ga\"\ngroups = \"axis\"\n",
			`x.toml:8: agent ga searches whole designs: it cannot be split into groups`},
		{"grouping", top + scenario + agent + "groups = \"axes\"\n",
			`x.toml:6: agent random on scenario toy: unknown grouping "axes", did you mean "axis"? (known: single, subsystem, axis)`},
		{"option out of range", top + scenario + "[[agent]]\nkind = \"mmas\"\nevaporation = [0.5, 1.5]\n",
			`x.toml:8: agent mmas: setting "evaporation": 1.5 is not a number in [0.000001, 1]`},
		{"population above the budget", top + scenario + "[[agent]]\nkind = \"ga\"\npopulation = 41\n",
			`x.toml:6: agent ga population=41 on scenario toy: ga: population 41 must be at most 40, the budget in trials`},
		{"space too large to enumerate", top + scenario + strings.Replace(agent, "random", "grid", 1),
			`x.toml:6: agent grid on scenario toy: grid: a space of 2560 designs is too large to enumerate in a budget of 40 trials: raise the budget, fix some axes, or sample with sobol`},
		{"group of an unknown axis", top + scenario + "[[agent]]\nkind = \"mappo\"\ngroups = \"array: rows, cosl; rest: buffer, mode, stages, cols\"\n",
			`x.toml:6: agent mappo on scenario toy: mappo: groups: group "array": unknown axis "cosl", did you mean "cols"? (known: rows, cols, buffer, mode, stages)`},
		{"axis in two groups and in none", top + scenario + "[[agent]]\nkind = \"ippo\"\ngroups = \"array: rows, cols; rest: cols, buffer, mode\"\n",
			`x.toml:6: agent ippo on scenario toy: ippo: groups: axis "cols" is in the groups "array" and "rest": must be in one
x.toml:6: in no group, where each axis must be in one: stages`},
		{"groups that are none", top + scenario + "[[agent]]\nkind = \"ippo\"\ngroups = \"axes\"\n",
			`x.toml:6: agent ippo on scenario toy: ippo: groups: unknown grouping "axes", did you mean "axis"? (known: single, subsystem, axis, learned, "group: axis, axis; group: axis")`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sweep.NewPlan(parse(t, c.text), catalog())
			require.EqualError(t, err, c.want)
		})
	}
}

func TestEveryMistakeIsReportedInTheOrderOfLines(t *testing.T) {
	_, err := sweep.NewPlan(parse(t, top+scenario+"fix = { rosw = 8 }\n"+
		strings.Replace(scenario, "[[scenario]]", "[[scenario]]\nname = \"b\"", 1)+"[[start]]\nscenario = \"b\"\ndesign = { rows = 3, cols = 1, buffer = 1, mode = \"flat\" }\n"+
		strings.Replace(agent, "random", "randon", 1)), catalog())
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 3)
	for i, start := range []string{"x.toml:6: toy: unknown axis", "x.toml:13: start design for scenario b:", "x.toml:15: unknown agent"} {
		require.Contains(t, lines[i], start)
	}
}

func TestStudiesFollowTheFile(t *testing.T) {
	p := plan(t, "repeats = 2\n"+top+"[[scenario]]\nname = \"quick\"\nfidelity = \"quick\"\nsimulator = \"toy\"\nobjective = { minimise = [\"latency_cycles\"] }\n"+scenario+
		agent+"[[agent]]\nkind = \"ga\"\npopulation = [4, 8]\nstart = [\"lhs\", \"sobol\"]\n")
	require.Equal(t, 2*5*2*40, p.Trials())
	var got []string
	for i, s := range p.Studies {
		require.Equal(t, i, s.Index)
		require.Equal(t, sweep.Designs, s.Mode)
		if s.Repeat == 1 {
			require.Equal(t, p.Studies[1].Seed, s.Seed, "repeats are paired over scenarios and agents")
			continue
		}
		require.Equal(t, p.Studies[0].Seed, s.Seed)
		got = append(got, s.Scenario.Name+"/"+s.Scenario.Fidelity+": "+s.Agent.Label)
	}
	require.NotEqual(t, p.Studies[0].Seed, p.Studies[1].Seed)
	require.Equal(t, []string{
		"quick/quick: random", "quick/quick: ga population=4 start=lhs", "quick/quick: ga population=4 start=sobol",
		"quick/quick: ga population=8 start=lhs", "quick/quick: ga population=8 start=sobol",
		"toy/: random", "toy/: ga population=4 start=lhs", "toy/: ga population=4 start=sobol",
		"toy/: ga population=8 start=lhs", "toy/: ga population=8 start=sobol",
	}, got)
}

// A kind with groups of its own reads the file's, a list of axes included; another one is split by the sweep.
func TestGroupsOfTheFile(t *testing.T) {
	dir, _ := run(t, top+scenario+"[[agent]]\nkind = \"mappo\"\ngroups = \"array: rows, cols; rest: buffer, mode, stages\"\n"+
		"[[agent]]\nkind = \"ppo\"\ngroups = \"axis\"\n", sweep.Options{})
	described, _ := rows(t, dir)
	var groups []string
	for _, s := range described {
		groups = append(groups, regexp.MustCompile(`"groups":"([^"]*)"`).FindStringSubmatch(string(s.Hyperparameters))[1])
	}
	require.Equal(t, []string{"array: rows, cols; rest: buffer, mode, stages", "axis"}, groups)
}

func TestAgentsOfOneKindShareTheirStream(t *testing.T) {
	s := &spy{draws: map[string][]uint64{}}
	c := catalog()
	c.Agents = append(c.Agents, s.factory("one"), s.factory("two"))
	f := parse(t, top+"repeats = 2\n"+scenario+"[[agent]]\nkind = \"one\"\n[[agent]]\nkind = \"one\"\nname = \"again\"\n[[agent]]\nkind = \"two\"\n")
	p, err := sweep.NewPlan(f, c)
	require.NoError(t, err)
	clear(s.draws) // planning made each once
	_, err = sweep.Run(t.Context(), p, sweep.Options{Out: t.TempDir(), Workers: 1})
	require.NoError(t, err)
	one, two := s.draws["one"], s.draws["two"]
	require.Len(t, one, 4)
	require.Equal(t, one[:2], one[2:], "repeat for repeat")
	require.NotEqual(t, one[0], one[1])
	require.NotContains(t, one, two[0], "another kind has another stream")
}

func TestModesFollowFromScenarioAndAgent(t *testing.T) {
	p := plan(t, top+scenario+"[[scenario]]\nsimulator = \"games/corridor\"\n"+agent+"[[agent]]\nkind = \"hill\"\n[[agent]]\nkind = \"walker\"\n")
	var modes []sweep.Mode
	for _, s := range p.Studies {
		modes = append(modes, s.Mode)
	}
	require.Equal(t, []sweep.Mode{sweep.Designs, sweep.Designs, sweep.Designs, sweep.Steps, sweep.OpenLoop, sweep.Steps}, modes)
}
