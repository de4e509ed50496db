package sweep_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// listener is a random agent that keeps what it is told before the first question.
type listener struct {
	agents.Agent
	before []agents.Trial
	asked  bool
}

func (l *listener) Ask(n int) ([]space.Point, error) { l.asked = true; return l.Agent.Ask(n) }

func (l *listener) Tell(trials []agents.Trial) error {
	if !l.asked {
		l.before = append(l.before, trials...)
	}
	return l.Agent.Tell(trials)
}

// listeners is a catalogue with the kind "listener", and those that were made.
func listeners() (sweep.Catalog, *[]*listener) {
	c, made := catalog(), []*listener{}
	var mu sync.Mutex
	c.Agents = append(c.Agents, agents.Factory{Name: "listener", Doc: "Listens.",
		New: func(p agents.Problem, _ simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			inner, err := random.New(p, rng)
			l := &listener{Agent: inner}
			mu.Lock()
			made = append(made, l)
			mu.Unlock()
			return l, err
		}})
	return c, &made
}

// before is a sweep of earlier results: infeasible and failed designs, two repeats, repeated designs.
const before = "repeats = 2\nmax_failed = 100\n" + top + "[[scenario]]\nsimulator = \"toy\"\nset = { fault = \"panic\" }\nobjective = { minimise = [\"area_mm2\"] }\n" +
	"[[agent]]\nkind = \"hill\"\n[[agent]]\nkind = \"random\"\n"

// after is a file that is told them, for another objective.
func after(from, more string) string {
	return top + "[[scenario]]\nsimulator = \"toy\"\nset = { fault = \"panic\" }\nobjective = { minimise = [\"latency_cycles\"], at_most = { area_mm2 = 20 } }\n" +
		"[[warm_start]]\nfrom = \"" + filepath.ToSlash(from) + "\"\n" + more
}

func TestEarlierTrialsAreToldFirst(t *testing.T) {
	source, _ := run(t, before, sweep.Options{})
	c, made := listeners()
	start := "[[start]]\ndesign = { rows = 8, cols = 8, buffer = 4, mode = \"flat\" }\n"
	for _, from := range []string{source, filepath.Join(source, sweep.DatasetName)} {
		p, err := sweep.NewPlan(parse(t, after(from, start+"[[agent]]\nkind = \"listener\"\n")), c)
		require.NoError(t, err)
		out := filepath.Join(t.TempDir(), "out")
		_, err = sweep.Run(context.Background(), p, sweep.Options{Out: out})
		require.NoError(t, err)

		_, earlier := rows(t, source)
		distinct, failed := map[string]bool{}, 0
		for _, rec := range earlier {
			if rec.Failed != "" {
				failed++
				continue
			}
			distinct[fmt.Sprint(rec.Params)] = true
		}
		require.Positive(t, failed)
		told := (*made)[len(*made)-1].before
		require.Len(t, told, len(distinct)+1, "each design once, failed evaluations not, and the start design")
		infeasible := 0
		for i, trial := range told {
			require.True(t, trial.Given)
			require.Equal(t, i-len(distinct), trial.ID, "warm-start trials are negative, the start design is 0")
			if trial.Infeasible != "" {
				infeasible++
				continue
			}
			require.Len(t, trial.Objectives, 1)
			require.Len(t, trial.Violations, 2, "scored by this file's objective")
		}
		require.Positive(t, infeasible)

		studies, list := rows(t, out)
		require.Len(t, list, 40, "warm-start trials cost nothing and are not in the dataset")
		require.True(t, list[0].Given)
		require.False(t, list[1].Given)
		m, err := sweep.ReadManifest(out)
		require.NoError(t, err)
		require.Len(t, m.WarmStarts, 1)
		require.Equal(t, len(distinct), m.WarmStarts[0].Trials)
		require.Contains(t, string(studies[0].Hyperparameters), `"warm_start":"`+m.WarmStarts[0].SHA256+`"`)
	}
}

func TestWarmStartsAreDeterministicAndResumable(t *testing.T) {
	source, _ := run(t, before, sweep.Options{})
	text := after(source, "[[agent]]\nkind = \"ga\"\npopulation = 4\n[[agent]]\nkind = \"tpe\"\n[[agent]]\nkind = \"mappo\"\n")
	text = strings.Replace(text, "fault = \"panic\" }\nobjective = { minimise = [\"latency", "fault = \"panic\", delay_us = 500 }\nobjective = { minimise = [\"latency", 1)
	text = strings.Replace(text, "[[warm_start]]\n", "[[warm_start]]\nsource = \"toy fault=panic\"\n", 1)
	reference, _ := run(t, text, sweep.Options{Workers: 3})
	dir := filepath.Join(t.TempDir(), "out")
	outcome := runUntil(t, text, sweep.Options{Out: dir, Workers: 1}, 50)
	require.Equal(t, sweep.Interrupted, outcome.Status)

	// The folder can be read without the earlier results, but not continued.
	moved := source + ".moved"
	require.NoError(t, os.Rename(source, moved))
	again, err := sweep.Reopen(dir, catalog())
	require.NoError(t, err)
	require.NoError(t, sweep.Snapshot(again, dir, filepath.Join(t.TempDir(), "snapshot")))
	_, err = sweep.NewPlan(parse(t, text), catalog())
	require.ErrorContains(t, err, "x.toml:9: warm start of scenario toy delay_us=500,fault=panic: ")

	// Nor with others in their place.
	other, _ := run(t, strings.Replace(before, "name", "seed = 5\nname", 1), sweep.Options{})
	require.NoError(t, os.Rename(other, source))
	_, err = sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
	require.ErrorContains(t, err, "was begun with other warm-start trials")
	require.ErrorAs(t, err, new(*sweep.UsageError))

	require.NoError(t, os.RemoveAll(source))
	require.NoError(t, os.Rename(moved, source))
	_, err = sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
	require.NoError(t, err)
	require.Equal(t, parts(t, reference), parts(t, dir))
}

func TestWarmStartsHelp(t *testing.T) {
	source, _ := run(t, strings.Replace(before, "area_mm2", "latency_cycles", 1), sweep.Options{})
	text := after(source, "[[agent]]\nkind = \"hill\"\n")
	cold := strings.Replace(text, text[strings.Index(text, "[[warm"):strings.Index(text, "[[agent")], "", 1)
	best := func(text string) float64 {
		dir, _ := run(t, strings.Replace(text, "budget = 40", "budget = 5", 1), sweep.Options{})
		_, list := rows(t, dir)
		best := math.Inf(-1)
		for _, rec := range list {
			if len(rec.Objectives) > 0 {
				best = max(best, rec.Objectives[0])
			}
		}
		return best
	}
	require.Greater(t, best(text), best(cold), "hill begins at the best known design")
}

func TestWarmStartsThatDoNotFit(t *testing.T) {
	source, _ := run(t, before+"[[scenario]]\nname = \"other\"\nsimulator = \"games/matrix\"\n", sweep.Options{})
	single, _ := run(t, before, sweep.Options{})
	newer := other(func(spec *simulators.Spec) { spec.Version = "2" })
	axes := func(keep int, more ...space.Param) func(*simulators.Spec) {
		return func(spec *simulators.Spec) {
			var params []space.Param
			for i, p := range spec.Space.Params() {
				if i < keep {
					params = append(params, p)
				}
			}
			s, err := space.New(append(params, more...)...)
			require.NoError(t, err)
			spec.Space = s
		}
	}
	wider := other(axes(5, space.Param{Name: "depth", Kind: space.Ordinal, Values: []float64{1, 2}}))
	narrower := other(axes(3))
	measured := other(func(spec *simulators.Spec) {
		spec.Metrics = []simulators.Metric{spec.Metrics[0], {Name: "area", Unit: "MM2"}, {Name: "power", Unit: "mW"}}
	})
	for _, c := range []struct {
		name, from, text string
		catalog          sweep.Catalog
		want             string
	}{
		{"nothing there", filepath.Join(source, "none"), after("%s", agent), catalog(), "no such file or directory"},
		{"settings", single, strings.Replace(after("%s", agent), "set = { fault = \"panic\" }", "set = { fault = \"none\", work = 9 }", 1), catalog(),
			`x.toml:8: warm start of scenario toy fault=none,work=9: %s has no study with the same settings: fault = "panic", here "none", work = 4096, here 9; ` +
				`to take the trials of another scenario, name it: source = "toy fault=panic"`},
		{"fidelity", single, strings.Replace(after("%s", agent), "set = {", "fidelity = \"quick\"\nset = {", 1), catalog(),
			`x.toml:9: warm start of scenario toy fault=panic: %s has no study with the same settings: work = 4096, here 64, fidelity "", here "quick"; ` +
				`to take the trials of another scenario, name it: source = "toy fault=panic"`},
		{"source", single, strings.Replace(after("%s", agent), "from", "source = \"toy\"\nfrom", 1), catalog(),
			`x.toml:9: warm start of scenario toy fault=panic: unknown scenario of %s "toy", did you mean "toy fault=panic"? (known: toy fault=panic)`},
		{"another simulator", source, strings.Replace(after("%s", agent), "from", "source = \"other\"\nfrom", 1), catalog(),
			`x.toml:9: warm start of scenario toy fault=panic: scenario other of it is of simulator games/matrix/open-loop, this one is of toy`},
		{"no such simulator", single, top + "[[scenario]]\nsimulator = \"games/matrix\"\n[[warm_start]]\nfrom = \"%s\"\n[[agent]]\nkind = \"hill\"\n", catalog(),
			`x.toml:6: warm start of scenario games/matrix: %s is of simulator toy, the scenario is of games/matrix/open-loop`},
		{"version", single, after("%s", agent), newer,
			`x.toml:8: warm start of scenario toy fault=panic: it is of version 1 of toy, here is version 2: the numbers are not the same`},
		{"axes that are missing", single, after("%s", agent), wider, `x.toml:8: warm start of scenario toy fault=panic: its design space has not the axes depth`},
		{"axes that are not here", single, after("%s", agent), narrower,
			`x.toml:8: warm start of scenario toy fault=panic: its design space has the axes mode, stages, which are not searched here`},
		{"metric", single, after("%s", agent), measured, `x.toml:8: warm start of scenario toy fault=panic: its metric area_mm2 is in mm2, here in MM2
x.toml:8: it has no metric power_mw`},
		{"levels", single, strings.Replace(after("%s", agent), "objective", "fix = { levels = { rows = [8, 16] } }\nobjective", 1), catalog(),
			`x.toml:9: warm start of scenario toy fault=panic: its design space has the same axes with other levels, units or conditions`},
		{"a policy in an environment", single, top + "[[scenario]]\nsimulator = \"games/trap\"\n[[warm_start]]\nfrom = \"%s\"\n" + agent, catalog(),
			`x.toml:5: scenario games/trap is an environment without a horizon and takes no warm start`},
		{"scenario", single, strings.Replace(after("%s", agent), "from", "scenario = \"tyo\"\nfrom", 1), catalog(), `x.toml:8: warm_start.scenario: unknown scenario "tyo"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := file.Parse("x.toml", []byte(strings.ReplaceAll(c.text, "%s", c.from)))
			if err == nil {
				_, err = sweep.NewPlan(f, c.catalog)
			}
			require.ErrorContains(t, err, strings.ReplaceAll(c.want, "%s", c.from))
		})
	}
}

// other is the catalogue with another specification of its simulators.
func other(change func(*simulators.Spec)) sweep.Catalog {
	c := catalog()
	for i, f := range c.Simulators {
		c.Simulators[i].New = func(s simulators.Settings) (simulators.Instance, error) {
			in, err := f.New(s)
			in.Simulator = changed{in.Simulator, change}
			return in, err
		}
	}
	return c
}

// changed is a simulator of another specification.
type changed struct {
	simulators.Simulator
	change func(*simulators.Spec)
}

func (c changed) Spec() simulators.Spec {
	spec := c.Simulator.Spec()
	c.change(&spec)
	return spec
}

// Rows of other settings are of another task, those of the scenario's own settings are not; each has its designs once.
func TestRowsOfOtherSettingsAreOfAnotherTask(t *testing.T) {
	first, _ := run(t, "name = \"x\"\nbudget = 10\nseed = 4\n[[scenario]]\nname = \"s\"\nsimulator = \"toy\"\nset = { work = 64.0 }\n"+
		"objective = { minimise = [\"latency_cycles\"] }\n"+agent, sweep.Options{})
	for work, task := range map[string]int{"64.0": 0, "128.0": 1} {
		f := parse(t, "name = \"x\"\nbudget = 3\n[[scenario]]\nname = \"s\"\nsimulator = \"toy\"\nset = { work = "+work+" }\n"+
			"objective = { minimise = [\"latency_cycles\"] }\n[[warm_start]]\nfrom = \""+first+"\"\nsource = \"s\"\n"+agent)
		p, err := sweep.NewPlan(f, catalog())
		require.NoError(t, err)
		known := p.Scenarios[0].Warm.Known
		require.NotEmpty(t, known)
		for _, k := range known {
			require.Equal(t, task, k.Task, work)
		}
		require.NoError(t, p.Close())
	}
}
