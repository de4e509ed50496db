package objective_test

import (
	"math"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
)

func parse(t *testing.T, text string) (objective.Config, error) {
	t.Helper()
	var file struct {
		Objective map[string]any `toml:"objective"`
	}
	_, err := toml.Decode("objective = "+text, &file)
	require.NoError(t, err)
	return objective.Parse(file.Objective)
}

func TestParse(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       objective.Config
	}{
		{"spec", `{ kind = "spec", minimise = ["latency_ns"], maximise = ["accuracy"], at_most = { power_mw = 1000 }, at_least = { accuracy = 0.9 } }`,
			objective.Config{Kind: objective.Spec, Minimise: []string{"latency_ns"}, Maximise: []string{"accuracy"},
				AtMost: map[string]float64{"power_mw": 1000}, AtLeast: map[string]float64{"accuracy": 0.9}}},
		{"the default kind, an expression as bound", `{ minimise = ["a"], at_most = { "a * b" = 2 } }`,
			objective.Config{Minimise: []string{"a"}, AtMost: map[string]float64{"a * b": 2}}},
		{"weighted", `{ kind = "weighted", minimise = ["a"], weights = { a = 2 } }`,
			objective.Config{Kind: objective.Weighted, Minimise: []string{"a"}, Weights: map[string]float64{"a": 2}}},
		{"ratio", `{ kind = "ratio", targets = { a = 1.5 }, cap = 10 }`,
			objective.Config{Kind: objective.Ratio, Targets: map[string]float64{"a": 1.5}, Cap: 10}},
		{"penalty", `{ kind = "penalty", maximise = ["acc"], at_most = { a = 1 }, worst = { a = 3 }, rho = 2.5 }`,
			objective.Config{Kind: objective.Penalty, Maximise: []string{"acc"}, AtMost: map[string]float64{"a": 1}, Worst: map[string]float64{"a": 3}, Rho: 2.5}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := parse(t, tc.text)
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestParseErrors(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"unknown kind", `{ kind = "spek", minimise = ["a"] }`,
			`objective: unknown objective kind "spek", did you mean "spec"? (known: spec, pareto, weighted, ratio, penalty)`},
		{"unknown key", `{ minimize = ["a"], minimise = ["a"] }`,
			`objective: unknown key of an objective of kind "spec" "minimize", did you mean "minimise"? (known: kind, minimise, maximise, at_most, at_least)`},
		{"key of another kind", `{ minimise = ["a"], rho = 3 }`,
			`objective: unknown key of an objective of kind "spec" "rho" (known: kind, minimise, maximise, at_most, at_least)`},
		{"wrong types, all at once", `{ minimise = ["a", 3], at_most = { a = "b", c = true }, maximise = "x" }`,
			"objective: at_most of \"a\": b (string) is not a number\nat_most of \"c\": true (bool) is not a number\n" +
				"maximise: x (string) is not a list of terms such as [\"latency_ns\"]\nminimise[1]: 3 (int64) is not a term, which is a string"},
		{"kind is not a string", `{ kind = 3, minimise = ["a"] }`, `objective: kind: 3 (int64) is not a non-empty string`},
		{"empty", `{ at_most = { a = 1 } }`, `objective: minimise and maximise are empty: kind "spec" needs at least one term`},
		{"pareto of one", `{ kind = "pareto", minimise = ["a"] }`, `objective: minimise and maximise hold 1 terms: kind "pareto" needs at least two`},
		{"ratio without target", `{ kind = "ratio" }`, `objective: targets is empty: kind "ratio" needs at least one target`},
		{"penalty without bound", `{ kind = "penalty", maximise = ["a"] }`, `objective: at_most and at_least are empty: kind "penalty" needs at least one bound`},
		{"the same term twice", `{ minimise = ["a"], maximise = ["a"] }`, `objective: term "a" occurs twice in minimise and maximise`},
		{"numbers out of range", `{ kind = "ratio", targets = { a = 0, b = -1 }, cap = 0, at_most = { c = nan } }`,
			"objective: cap: 0 (int64) is not a number above 0\nat_most of \"c\" is NaN: must be finite\n" +
				"targets of \"a\" is 0: must be above 0\ntargets of \"b\" is -1: must be above 0"},
		{"weights of some terms", `{ kind = "weighted", minimise = ["latency", "b"], weights = { latencie = 1, b = 1 } }`,
			"objective: unknown term in weights \"latencie\", did you mean \"latency\"? (known: latency, b)\n" +
				"term \"latency\" has no weight: weights must name every term or be absent"},
		{"worst on the wrong side", `{ kind = "penalty", maximise = ["q"], at_most = { a = 5 }, at_least = { b = 1 }, worst = { a = 5, b = 2, c = 1 } }`,
			"objective: worst of \"a\" is 5: must be above its bound, at most 5\nworst of \"b\" is 2: must be below its bound, at least 1\n" +
				"worst of \"c\": the term needs exactly one bound, in at_most or at_least"},
		{"rho too large", `{ kind = "penalty", maximise = ["q"], at_most = { a = 5 }, rho = 1e7 }`, `objective: rho is 1e+07: must be at most 1e+06`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := parse(t, tc.text)
			require.EqualError(t, err, tc.want)
		})
	}
}

func TestNewErrors(t *testing.T) {
	known := "(known: latency_ns, power_mw, accuracy_percent)"
	for _, tc := range []struct{ name, term, want string }{
		{"unknown metric", "latency", `term "latency": unknown metric "latency", did you mean "latency_ns"? ` + known},
		{"unknown metric in an expression", "2 * latency_n + powr_mw", `term "2 * latency_n + powr_mw": unknown metric "latency_n", did you mean "latency_ns"? ` + known + "\n" +
			`unknown metric "powr_mw", did you mean "power_mw"? ` + known},
		{"unknown function", "sqr(power_mw)", `term "sqr(power_mw)": unknown function "sqr", did you mean "sqrt"? (known: abs, ceil, floor, round, sqrt, cbrt, exp, log, log2, log10, min, max, pow)`},
		{"no clock", "now()", `term "now()": unknown function "now", did you mean "pow"? (known: abs, ceil, floor, round, sqrt, cbrt, exp, log, log2, log10, min, max, pow)`},
		{"not a number", "power_mw > 3", `term "power_mw > 3": expected float64, but got bool: it must be a number computed from metric keys ` + known},
		{"no environment", "$env.power_mw", `term "$env.power_mw": unknown metric "$env" ` + known},
		{"syntax", "power_mw +", `term "power_mw +": unexpected token EOF (1:10): it must be a number computed from metric keys ` + known},
		{"no metric", "5", `term "5": it reads no metric: it must be a number computed from metric keys ` + known},
		{"no metric in functions", "let x = 2; max(x, 3)", `term "let x = 2; max(x, 3)": it reads no metric: it must be a number computed from metric keys ` + known},
		{"sequence", "latency_ns; power_mw", `term "latency_ns; power_mw": ';' may only follow let: it must be a number computed from metric keys ` + known},
		{"sequence after let", "let x = power_mw; x; 3", `term "let x = power_mw; x; 3": ';' may only follow let: it must be a number computed from metric keys ` + known},
		{"sequence in parentheses", "1 + (latency_ns; power_mw)", `term "1 + (latency_ns; power_mw)": ';' may only follow let: it must be a number computed from metric keys ` + known},
		{"semicolon at the end", "power_mw; ", `term "power_mw; ": it ends with ';': it must be a number computed from metric keys ` + known},
		{"strings", `"a" < "b" ? power_mw : 2`, `term "\"a\" < \"b\" ? power_mw : 2": the text "b" has no place in it: it must be a number computed from metric keys ` + known},
		{"empty", " ", `term " " is empty: it must be a metric key or an expression over them ` + known},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := objective.New(objective.Config{Minimise: []string{tc.term}}, metrics())
			require.EqualError(t, err, "objective: "+tc.want)
		})
	}
	t.Run("every mistake at once", func(t *testing.T) {
		_, err := objective.New(objective.Config{Maximise: []string{"a"}, AtMost: map[string]float64{"b": math.Inf(1)}, Rho: 1}, metrics())
		require.ErrorContains(t, err, `unknown metric "a"`)
		require.ErrorContains(t, err, `unknown metric "b"`)
		require.ErrorContains(t, err, `at_most of "b" is +Inf: must be finite`)
		require.ErrorContains(t, err, `unknown key of an objective of kind "spec" "rho"`)
	})
}

// FuzzTerm: no text makes New panic, and what it accepts never makes Score panic.
func FuzzTerm(f *testing.F) {
	for _, text := range []string{"latency_ns", "a ? 1 : 2", "let x = power_mw; x*x", "[1,2][0]", "latency_ns | max(2)", "1e400", "{}", "power_mw > 1 ? 1 : 2"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, err := objective.New(objective.Config{Minimise: []string{text}}, metrics())
		if err != nil {
			return
		}
		s, err := o.Score(result())
		if err == nil && (math.IsNaN(s.Objectives[0]) || math.IsInf(s.Objectives[0], 0)) {
			t.Fatalf("%q scores %v", text, s.Objectives[0])
		}
	})
}
