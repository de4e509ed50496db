package file

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMistakesHaveTheirLines(t *testing.T) {
	const top, scenario, agent = "name = \"a\"\nbudget = 5\n", "[[scenario]]\nsimulator = \"toy\"\n", "[[agent]]\nkind = \"ga\"\n"
	cases := []struct{ name, text, want string }{
		{"empty file", "", `x.toml:1: key "name" is required
x.toml:1: key "budget" is required
x.toml:1: scenario: at least one [[scenario]] is required
x.toml:1: agent: at least one [[agent]] is required`},
		{"unknown key", "bugdet = 5\n" + top + scenario + agent,
			`x.toml:1: unknown key "bugdet", did you mean "budget"? (known: name, seed, repeats, budget, lag, lanes, max_failed, timeout_s, evaluations_per_trial, save_policies, distribute, stop_on_spec, limits, preset, scenario, start, warm_start, agent, include, exclude, proxy)`},
		{"unknown key of a scenario", top + scenario + "simulater = 1\n" + agent,
			`x.toml:5: scenario: unknown key "simulater", did you mean "simulator"? (known: name, simulator, set, fidelity, objective, optimum, published, fix, recheck, screen)`},
		{"unknown key of a start", top + "[[start]]\ndesign = { a = 1 }\nbudget = 3\n" + scenario + agent,
			`x.toml:5: start: unknown key "budget" (known: scenario, design)`},
		{"zero budget", "name = \"a\"\nbudget = 0\n" + scenario + agent, `x.toml:2: budget: 0 is not an integer in [1, 1000000000]`},
		{"negative repeats", top + "repeats = -3\n" + scenario + agent, `x.toml:3: repeats: -3 is not an integer in [1, 10000]`},
		{"zero lag and lanes", top + "lag = 0\nlanes = 0\n" + scenario + agent, `x.toml:3: lag: 0 is not an integer in [1, 10000]
x.toml:4: lanes: 0 is not an integer in [1, 10000]`},
		{"negative seed", top + "seed = -1\n" + scenario + agent, `x.toml:3: seed: -1 is not an integer in [0, 9223372036854775807]`},
		{"integer too large", top + "seed = 9223372036854775808\n" + scenario + agent, `x.toml:3: 9223372036854775808 is out of range for int64`},
		{"wrong types", "name = 3\nbudget = \"many\"\nlag = 2.0\nmax_failed = [1]\n" + scenario + agent,
			`x.toml:1: name: 3 is not a string with something in it
x.toml:2: budget: "many" is not an integer in [1, 1000000000]
x.toml:3: lag: 2.0 is not an integer in [1, 10000]
x.toml:4: max_failed: a list is not an integer in [0, 1000000000]`},
		{"searches", top + scenario + agent + "search = \"gird\"\n[[agent]]\nkind = \"b\"\nsearch = { kind = \"random\" }\n[[agent]]\nkind = \"c\"\nsearch = { kind = \"halving\", eta = 1 }\n" +
			"[[agent]]\nkind = \"d\"\nsearch = { kind = \"grid\", settings = 3 }\n[[agent]]\nkind = \"e\"\nsearch = 3\n",
			`x.toml:7: agent.search: unknown strategy "gird", did you mean "grid"? (known: grid, random, latin, halving, hyperband, asha)
x.toml:10: agent.search.kind: random needs the number of settings to draw: { kind = "random", settings = 20 }
x.toml:13: agent.search.eta: 1 is not an integer in [2, 100]
x.toml:13: agent.search.kind: halving needs the trials of its first rung: { kind = "halving", trials = 50 }
x.toml:16: agent.search.kind: a grid is all combinations, with the whole budget: it takes neither settings, eta nor trials
x.toml:19: agent.search: 3 is not a table`},
		{"ranges", top + scenario + agent + "a = { low = 2, high = 1 }\nb = { low = 0, high = 1.5, log = true }\nc = { low = 1 }\n",
			`x.toml:7: agent.a.high: 1 is not above low, which is 2
x.toml:8: agent.b.low: 0 has no logarithm: a range with log = true begins above 0
x.toml:9: agent.c: key "high" is required`},
		{"other ends", top + scenario + agent + "a = { min = 2, max = 5 }\nb = { vaule = 1 }\n", `x.toml:7: agent.a: unknown key "max" (known: low, high, log)
x.toml:7: agent.a: unknown key "min" (known: low, high, log)
x.toml:7: agent.a: key "low" is required
x.toml:7: agent.a: key "high" is required
x.toml:8: agent.b: unknown key "vaule", did you mean "value"? (known: value)
x.toml:8: agent.b: key "value" is required`},
		{"a range in a grid", top + scenario + agent + "a = { low = 1, high = 2 }\n",
			`x.toml:5: agent: a grid cannot hold a range of values: list them, or add search = { kind = "random", settings = 20 }`},
		{"too many settings", top + scenario + agent + "a = [1, 2]\nsearch = { kind = \"latin\", settings = 3 }\n",
			`x.toml:8: agent.search: 3 settings are wanted, and the options have only 2 different ones: list more values, or give a range, { low = 4, high = 64 }`},
		{"a first rung of everything", top + scenario + agent + "a = [1, 2]\nsearch = { kind = \"halving\", trials = 5 }\n",
			`x.toml:8: agent.search: the first rung has 5 trials, and the whole budget is 5: there would be nothing to halve`},
		{"endless halving", top + scenario + agent + "a = { low = 1, high = 2 }\nsearch = { kind = \"halving\", trials = 2 }\n",
			`x.toml:8: agent.search: a range has no end of values: say how many settings are drawn, { kind = "halving", settings = 20, … }`},
		{"presets", top + "[preset.small]\nkind = \"ga\"\n" + scenario + agent + "preset = \"smal\"\n[[agent]]\nkind = \"b\"\npreset = \"small\"\n",
			`x.toml:3: preset.small: "kind" is no option: a preset holds options, groups and search
x.toml:9: agent.preset: unknown preset "smal", did you mean "small"? (known: small)`},
		{"filters", top + scenario + agent + "[[exclude]]\nagent = \"gb\"\n[[exclude]]\n[[include]]\nscenario = 3\n",
			`x.toml:8: exclude.agent: unknown agent "gb", did you mean "ga"? (known: ga)
x.toml:9: exclude: it names no studies: give it a scenario, an agent or where = { option = value }
x.toml:10: include: it names no studies: give it a scenario, an agent or where = { option = value }
x.toml:11: include.scenario: 3 is not a name or a list of names`},
		{"a filter of nothing", top + scenario + agent + "[[exclude]]\nwhere = { a = 1 }\n", `x.toml:7: exclude: it names none of the 1 settings and scenarios of the file`},
		{"nothing left", top + scenario + agent + "[[exclude]]\nagent = \"ga\"\n", `x.toml:7: exclude: nothing is left of the 1 settings and scenarios of the file`},
		{"limits", top + "limits = { study = 3, sweep_s = 0, sweep_trials = 1.5 }\n" + scenario + agent,
			`x.toml:3: limits: unknown key "study", did you mean "study_s"? (known: study_s, sweep_s, sweep_trials)
x.toml:3: limits.sweep_s: 0 is not a number of seconds in (0, 604800]
x.toml:3: limits.sweep_trials: 1.5 is not an integer in [1, 4503599627370496]`},
		{"too few trials for all", top + "repeats = 4\nlimits = { sweep_trials = 3 }\n" + scenario + agent, `x.toml:4: limits.sweep_trials: 3 trials are fewer than the 4 studies`},
		{"timeout", top + "timeout_s = nan\n" + scenario + agent, `x.toml:3: timeout_s: NaN is not a number of seconds in (0, 604800]`},
		{"evaluations per trial", top + "evaluations_per_trial = 0\n" + scenario + agent, `x.toml:3: evaluations_per_trial: 0 is not an integer in [1, 1000]`},
		{"save_policies", top + "save_policies = \"yes\"\n" + scenario + agent, `x.toml:3: save_policies: "yes" is not true or false`},
		{"warm start", top + scenario + "[[warm_start]]\nscenario = \"tyo\"\nform = \"results\"\n" + agent, `x.toml:5: warm_start: key "from" is required
x.toml:6: warm_start.scenario: unknown scenario "tyo", did you mean "toy"? (known: toy)
x.toml:7: warm_start: unknown key "form", did you mean "from"? (known: scenario, from, source)`},
		{"name with a slash", "name = \"a/b\"\nbudget = 5\n" + scenario + agent,
			`x.toml:1: name: "a/b" is not 1 to 100 letters, digits, ".", "_" or "-" with a letter or digit first`},
		{"one bracket", top + "[scenario]\nsimulator = \"toy\"\n" + agent, `x.toml:3: scenario: a table is not a list of tables: begin each with [[scenario]]`},
		{"empty sections", top + "scenario = []\nstart = []\nagent = [1]\n", `x.toml:3: scenario: at least one [[scenario]] is required
x.toml:4: start: an empty list says nothing: leave it out
x.toml:5: agent: 1 is not a table`},
		{"missing simulator and kind", top + "[[scenario]]\n\n[[agent]]\n", `x.toml:3: scenario: key "simulator" is required
x.toml:5: agent: key "kind" is required`},
		{"commands", top + "[[scenario]]\nsimulator = { comand = \"a\" }\n[[scenario]]\nsimulator = { command = \"python3 sim.py\" }\n" +
			"[[scenario]]\nname = \"c\"\nsimulator = { command = [\"\",\n3] }\n" + agent,
			`x.toml:4: scenario.simulator: unknown key "comand", did you mean "command"? (known: command)
x.toml:4: scenario.simulator: key "command" is required
x.toml:6: scenario.simulator.command: "python3 sim.py" is not a list of 1 to 1000 words: the program and its arguments
x.toml:9: scenario.simulator.command: "" is not a word of a command
x.toml:10: scenario.simulator.command: 3 is not a word of a command`},
		{"commands of agents", top + scenario + "[[agent]]\nkind = { comand = [\"a\"] }\n[[agent]]\nname = \"b\"\nkind = { command = [] }\n",
			`x.toml:6: agent.kind: unknown key "comand", did you mean "command"? (known: command)
x.toml:6: agent.kind: key "command" is required
x.toml:9: agent.kind.command: an empty list is not a list of 1 to 1000 words: the program and its arguments`},
		{"misspelt kind", top + scenario + "[[agent]]\npopulation = 3\nknd = \"ga\"\n", `x.toml:7: agent.knd: key "kind" is required, did you mean it here?`},
		{"settings", top + scenario + "set = { a = [1], b = nan,\n c = 2020-01-01, d = { e = 1 }, \"\" = 1 }\nfidelity = \"\"\n" + agent,
			`x.toml:5: scenario.set.a: a list is not a string, a finite number or a boolean
x.toml:5: scenario.set.b: NaN is not a string, a finite number or a boolean
x.toml:6: scenario.set."": an empty key names nothing
x.toml:6: scenario.set.c: a date or time is not a string, a finite number or a boolean
x.toml:6: scenario.set.d: a table is not a string, a finite number or a boolean
x.toml:7: scenario.fidelity: "" is not a string with something in it`},
		{"settings that are no table", top + scenario + "set = 3\nfix = []\nobjective = \"spec\"\n" + agent, `x.toml:5: scenario.set: 3 is not a table
x.toml:6: scenario.fix: an empty list is not a table
x.toml:7: scenario.objective: "spec" is not a table`},
		{"objective", top + scenario + "[scenario.objective]\nminimise = []\nat_most = { a = inf, b = [1, 07:32:00] }\n" + agent,
			`x.toml:6: scenario.objective.minimise: an empty list says nothing: leave it out
x.toml:7: scenario.objective.at_most.a: +Inf is not a string, a finite number or a boolean
x.toml:7: scenario.objective.at_most.b: a date or time is not a string, a finite number or a boolean`},
		{"empty objective", top + scenario + "objective = {}\n" + agent, `x.toml:5: scenario.objective: an empty table says nothing: leave it out`},
		{"optimum", top + scenario + "optimum = nan\n" + agent, `x.toml:5: scenario.optimum: NaN is not a finite number`},
		{"published", top + scenario + "[[scenario.published]]\nname = \"a\"\nmetrics = {}\n[[scenario.published]]\nmetrics = { a = \"3\" }\nby = 1\n" + agent,
			`x.toml:7: scenario.published.metrics: a published result needs at least one metric
x.toml:8: scenario.published: key "name" is required
x.toml:9: scenario.published.metrics.a: "3" is not a finite number
x.toml:10: scenario.published: unknown key "by" (known: name, metrics)`},
		{"optimum as text", top + scenario + "optimum = \"3\"\n" + agent, `x.toml:5: scenario.optimum: "3" is not a finite number`},
		{"fix", top + scenario + "[scenario.fix]\na = [1, 2]\nb = nan\nc = 1\nlevels = { c = [1], d = [], e = 3, f = [1,\n2,\n1], g = [nan] }\n" + agent,
			`x.toml:6: scenario.fix.a: a list does not fix an axis; to narrow it write levels = { a = […] }
x.toml:7: scenario.fix.b: NaN is not a string, a finite number or a boolean
x.toml:8: scenario.fix.c: the axis is fixed here and narrowed by levels: keep one of the two
x.toml:9: scenario.fix.levels.d: an empty list is not a list of levels with at least one
x.toml:9: scenario.fix.levels.e: 3 is not a list of levels with at least one
x.toml:11: scenario.fix.levels.f: level 1 is listed twice
x.toml:11: scenario.fix.levels.g: NaN is not a string, a finite number or a boolean`},
		{"starts", top + scenario + agent + "[[start]]\n[[start]]\ndesign = {}\n[[start]]\ndesign = 3\n[[start]]\nscenario = \"tov\"\ndesign = { a = [1] }\n",
			`x.toml:7: start: key "design" is required
x.toml:9: start.design: an empty table is no design
x.toml:11: start.design: 3 is not a table
x.toml:13: start.scenario: unknown scenario "tov", did you mean "toy"? (known: toy)
x.toml:14: start.design.a: a list is not a string, a finite number or a boolean`},
		{"more starts than budget", "name = \"a\"\nbudget = 1\n" + scenario + agent + "[[start]]\ndesign = { a = 1 }\n[[start]]\ndesign = { a = 2 }\nscenario = \"toy\"\n",
			`x.toml:3: scenario: 2 start designs, a trial each, are more than the budget of 1`},
		{"same names", top + scenario + "\n" + scenario + agent + agent + "name = \"ga\"\n",
			`x.toml:6: scenario.name: "toy" is the name of the scenario on line 3 already: give one of them another
x.toml:12: agent.name: "ga" is the name of the agent on line 8 already: give one of them another`},
		{"names that cannot be printed", top + scenario + "set = { a = \"\"\"\n\n\"\"\" }\n" + agent + "name = \" b\"\n",
			`x.toml:3: scenario: the default name "toy a=\u000A" is not 1 to 200 bytes of printable text without spaces around it: give it a name
x.toml:10: agent.name: " b" is not 1 to 200 bytes of printable text without spaces around it`},
		{"options", top + scenario + agent + "a = []\nb = [1, 2,\n1.0]\nc = [[1]]\nd = { value = [] }\ne = { values = 1 }\nf = { value = [nan] }\ng = nan\n\"h i\" = [1979-05-27]\n",
			`x.toml:7: agent.a: an empty list leaves no value; an option that is itself a list is written { value = […] }
x.toml:9: agent.b: 1.0 is listed twice: two cells would be the same
x.toml:10: agent.c: a list in the list of values: an option that is itself a list is written { value = […] }
x.toml:11: agent.d.value: an empty list says nothing: leave the option out
x.toml:12: agent.e: unknown key "values", did you mean "value"? (known: value)
x.toml:12: agent.e: key "value" is required
x.toml:13: agent.f.value: NaN is not a string, a finite number or a boolean
x.toml:14: agent.g: NaN is not a string, a finite number or a boolean
x.toml:15: agent."h i": a date or time is not a string, a finite number or a boolean`},
		{"file key below an agent", "name = \"a\"\n" + scenario + agent + "budget = 5\n", `x.toml:1: key "budget" is required
x.toml:6: agent.budget: a key of the whole file, not an option of an agent: move it above the first [[…]]`},
		{"not TOML", top + "lag = = 3\n", `x.toml:3: expected value but found '=' instead`},
		{"key twice", top + "\nbudget = 6\n", `x.toml:4: Key 'budget' has already been defined.`},
		{"open string at the end", "name = \"a", `x.toml:1: unexpected EOF; expected '"'`},
		{"not UTF-8", top + "lag = \"\xff\"\n", `x.toml:3: invalid UTF-8 byte: 0xff`},
		{"NUL", "a\x00b", `x.toml:1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse("x.toml", []byte(c.text))
			require.Nil(t, f)
			require.EqualError(t, err, c.want)
			at, ok := errors.AsType[*Error](err)
			require.True(t, ok)
			require.Equal(t, "x.toml", at.At.Path)
		})
	}
}

func TestHugeGridsAndFilesAreRefused(t *testing.T) {
	var values []string
	for i := range 100 {
		values = append(values, strconv.Itoa(i))
	}
	hundred := "[" + strings.Join(values, ", ") + "]"
	_, err := Parse("x.toml", []byte(small+"a = "+hundred+"\nb = "+hundred+"\nc = "+hundred+"\n"))
	require.EqualError(t, err, "x.toml:5: agent: the options have more than 100000 combinations")
	_, err = Parse("x.toml", []byte("repeats = 1000\n"+small+"a = "+hundred+"\nb = "+hundred+"\n"))
	require.EqualError(t, err, "x.toml:1: 10000000 studies (scenarios x cells x repeats) are more than 1000000")
}

func TestTooManySectionsAreRefused(t *testing.T) {
	_, err := Parse("x.toml", []byte(small+strings.Repeat("[[start]]\ndesign.a = 1\n", 1001)))
	require.EqualError(t, err, `x.toml:3: scenario: 1000 start designs, a trial each, are more than the budget of 5
x.toml:2007: start: 1001 times [[start]] are more than 1000`)
}

func TestOfManyMistakesSomeAreTold(t *testing.T) {
	for count, want := range map[int]int{50: 50, 51: 51, 500: 51} {
		text := small
		for i := range count {
			text += "a" + strconv.Itoa(i) + " = nan\n"
		}
		_, err := Parse("x.toml", []byte(text))
		lines := strings.Split(err.Error(), "\n")
		require.Len(t, lines, want)
		require.Equal(t, "x.toml:7: agent.a0: NaN is not a string, a finite number or a boolean", lines[0])
		if count > 50 {
			require.Equal(t, "x.toml:56: there are more mistakes; these are 50 of them", lines[50])
		}
	}
}

func TestDeepNestingIsRefusedBeforeTheLibraryRecurses(t *testing.T) {
	for name, text := range map[string]string{
		"lists":         "a = " + strings.Repeat("[", MaxBytes/2),
		"inline tables": "a = " + strings.Repeat("{ a = ", MaxBytes/8),
		"dotted key":    strings.Repeat("a.", MaxBytes/2-8) + "a = 1",
		"header":        "[" + strings.Repeat("a.", MaxBytes/2-8) + "a]",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("x.toml", []byte(text))
			require.EqualError(t, err, "x.toml:1: nested deeper than 32 levels")
		})
	}
	_, err := Parse("x.toml", []byte("\n["+strings.Repeat("a", 600)+"]"))
	require.EqualError(t, err, "x.toml:2: a key with the keys above it is longer than 512 bytes")
}

func TestPlannerErrorsSortByLine(t *testing.T) {
	f, err := Parse("s.toml", []byte(small+"population = [8,\n16]\n"))
	require.NoError(t, err)
	cause := errors.New("unknown setting")
	late := f.Errorf(f.At("agent", 0, "population", 1), "wrong: %w", cause)
	require.EqualError(t, late, "s.toml:8: wrong: unknown setting")
	require.ErrorIs(t, late, cause)
	early := f.Errorf(f.At("scenario", 0, "set", "workload"), "no such workload")
	require.EqualError(t, early, "s.toml:3: no such workload", "a path that leaves the file stays at the last line found")
	other := errors.New("no line")
	require.EqualError(t, Join(other, nil, late, early), "s.toml:3: no such workload\ns.toml:8: wrong: unknown setting\nno line")
	require.NoError(t, Join(nil, nil))
}

func BenchmarkParse(b *testing.B) {
	source, err := os.ReadFile("testdata/lottery.toml")
	require.NoError(b, err)
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("lottery.toml", source); err != nil {
			b.Fatal(err)
		}
	}
}
