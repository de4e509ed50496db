package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	agents "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/cli"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// square is a third party's simulator: a square array that does not fit at 16 rows and whose model breaks at 32.
func square() simulators.Factory {
	type config struct{ Rows int }
	return simulators.Factory{
		Name: "square", Doc: "A square array.",
		Settings: []simulators.Setting{
			{Name: "word_bits", Unit: "bits", Doc: "of an operand", Default: 16, Min: 4, Max: 32},
			{Name: "depth", Default: 1},
			{Name: "exact", Doc: "no rounding", Default: true},
			{Name: "table", Default: ""},
		},
		Fidelities: []simulators.Fidelity{{Name: "rough", RelativeCost: 0.1, Set: map[string]any{"word_bits": 8, "depth": 2}}},
		New: func(simulators.Settings) (simulators.Instance, error) {
			sim, err := simulators.Model[config]{
				Name: "square", Version: "1", Metrics: []simulators.Metric{{Name: "area", Unit: "mm2"}},
				Fields: []simulators.Field[config]{simulators.Int("rows", "PE", "", []int{4, 8, 16, 32}, func(c *config) *int { return &c.Rows })},
				Eval: func(_ context.Context, c config) simulators.Result {
					switch c.Rows {
					case 16:
						return simulators.Infeasible("does not fit", 2)
					case 32:
						panic("broken\tmodel")
					}
					return simulators.OK(0.5 * float64(c.Rows))
				},
			}.Build()
			return simulators.Instance{Simulator: sim}, err
		},
	}
}

// unexplained is the square with a Detail that breaks.
func unexplained() simulators.Factory {
	f := square()
	f.Name = "unexplained"
	f.New = func(s simulators.Settings) (simulators.Instance, error) {
		in, err := square().New(s)
		in.Detail = func(context.Context, space.Point) ([]simulators.Artifact, error) { panic("no picture") }
		return in, err
	}
	return f
}

// own runs a third party's command and returns what it wrote.
func own(p cli.Program, stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	p.Name, p.Stdin, p.Stdout, p.Stderr = "own", strings.NewReader(stdin), &out, &errs
	p.Catalog = sweep.Catalog{Simulators: []simulators.Factory{square(), unexplained()}, Agents: agents.Agents()}
	return cli.Main(p, args), out.String(), errs.String()
}

func ExampleMain() {
	status := cli.Main(cli.Program{
		Name: "own", Version: "1", Catalog: sweep.Catalog{Simulators: []simulators.Factory{square()}},
		Stdin: strings.NewReader(`{"rows": 8}` + "\n" + `{"rows": 9}`), Stderr: os.Stdout,
	}, []string{"eval", "square"})
	fmt.Println("exit status", status)
	// Output:
	// {"design":{"rows":8},"metrics":{"area_mm2":4}}
	// own: standard input:2: level "9" of "rows" is not one of its levels: rows ∈ {4, 8, 16, 32} PE
	// exit status 2
}

func TestOwnSimulator(t *testing.T) {
	status, out, errs := own(cli.Program{}, "", "describe", "square")
	require.Equal(t, 0, status, errs)
	require.Equal(t, `square, model version 1

A square array.

SETTING    default  unit  values                 about
word_bits  16       bits  an integer in [4, 32]  of an operand
depth      1        -     an integer             -
exact      true     -     true or false          no rounding
table      ""       -     a string               -

AXIS  kind     levels  unit  values     group  about
rows  ordinal  4       PE    4 8 16 32  -      -

4 designs

METRIC    unit  about
area_mm2  mm2   -

FIDELITY  cost of the true model  settings
rough     0.1                     depth=2 word_bits=8
`, out)

	status, _, errs = own(cli.Program{}, "", "describe", "square", "--set", "exact=false", "--set", "depth=-2", "--set", "word_bits=8")
	require.Equal(t, 0, status, errs)
	status, out, errs = own(cli.Program{}, "", "describe", "square", "--set", "exact=2", "--set", "depth=1.5")
	require.Equal(t, 2, status)
	require.Empty(t, out)
	require.Equal(t, `own: square: setting "depth": 1.5 is not an integer
setting "exact": "2" is not true or false
`, errs)

	status, out, errs = own(cli.Program{}, `{"rows":16}`+"\n"+`{"rows":32}`+"\n"+`{"rows":4}`, "eval", "square")
	require.Equal(t, 0, status, errs)
	lines := strings.Split(out, "\n")
	require.Equal(t, `{"design":{"rows":16},"infeasible":"does not fit","violation":2}`, lines[0])
	require.Regexp(t, `^\{"design":\{"rows":32\},"failed":".*broken\\tmodel.*"\}$`, lines[1])
	require.Equal(t, `{"design":{"rows":4},"metrics":{"area_mm2":2}}`, lines[2])

	status, out, errs = own(cli.Program{}, "", "eval", "square", "--sample", "1", "--detail", t.TempDir())
	require.Equal(t, 2, status)
	require.Equal(t, "own: --detail: square has nothing that explains a design\n", errs)
	require.Empty(t, out)
}

func TestBrokenDesignsInTrials(t *testing.T) {
	dir := t.TempDir()
	path, results := filepath.Join(dir, "all.toml"), filepath.Join(dir, "r")
	require.NoError(t, os.WriteFile(path, []byte(`name = "all"
budget = 4
[[scenario]]
simulator = "square"
objective = { minimise = ["area_mm2"], at_most = { area_mm2 = 3 } }
[[agent]]
kind = "grid"
`), 0o644))
	status, out, errs := own(cli.Program{}, "", "run", path, "--out", results)
	require.Equal(t, 0, status, errs)
	require.Contains(t, out, "run again: own run ")
	status, out, errs = own(cli.Program{}, "", "trials", results)
	require.Equal(t, 0, status, errs)
	lines := strings.Split(out, "\n")
	require.Len(t, lines, 6, "a line a trial, whatever its reason: %s", out)
	require.Regexp(t, `^square +grid +0 +0 +2 +met +rows=4PE$`, lines[1])
	require.Regexp(t, `^square +grid +0 +1 +4 +missed +rows=8PE$`, lines[2])
	require.Regexp(t, `^square +grid +0 +2 +- +infeasible: does not fit +rows=16PE$`, lines[3])
	require.Regexp(t, `^square +grid +0 +3 +- +failed: .*broken model.* +rows=32PE$`, lines[4])
}

func TestValidateFailsOnADifference(t *testing.T) {
	p := cli.Program{Checks: []simulators.Check{
		{Area: "square", Run: func(_ context.Context, data string) ([]simulators.Agreement, error) {
			return []simulators.Agreement{
				{Reference: "measured", Rows: 3, Equal: 2, LargestRelativeError: 0.25, FirstDifference: "row 2: 5, not 4"},
				{Reference: "theirs", Skipped: "no table in " + data},
			}, nil
		}},
		{Area: "worse", Run: func(context.Context, string) ([]simulators.Agreement, error) {
			return []simulators.Agreement{{Reference: "bound", Rows: 4, Bar: "all within 1 %", Within: 3, Needed: 4, FirstDifference: "row 3: 5, not 4"}}, nil
		}},
		{Area: "broken", Run: func(context.Context, string) ([]simulators.Agreement, error) { return nil, errors.New("no rows") }},
		{Area: "fine", Run: func(context.Context, string) ([]simulators.Agreement, error) {
			return []simulators.Agreement{
				{Reference: "closed form", Rows: 7, Equal: 7},
				{Reference: "approximation", Rows: 8, Equal: 5, Bar: "3 of 4 within 1 %", Within: 6, Needed: 6, MedianRelativeError: 0.001, LargestRelativeError: 0.5},
			}, nil
		}},
	}}
	dir := t.TempDir()
	status, out, errs := own(p, "", "validate", "--data", dir)
	require.Equal(t, 1, status)
	require.Equal(t, `area    reference      rows  equal  median error  largest error  promised
square  measured       3     2      0             0.25           all equal
square  theirs         -     -      -             -              skipped: no table in `+dir+`
worse   bound          4     0      0             0              all within 1 %: 3
fine    closed form    7     7      0             0              all equal
fine    approximation  8     5      0.001         0.5            3 of 4 within 1 %: 6
`, out)
	require.Equal(t, "own: square, measured: 1 of 3 rows differ; the first: row 2: 5, not 4\n"+
		"worse, bound: 3 of 4 rows are within the bar (all within 1 %), 4 must be; the first difference: row 3: 5, not 4\nbroken: no rows\n", errs)
	status, _, errs = own(p, "", "validate", "fine")
	require.Equal(t, 0, status, errs)
}

func TestValidateListsFigures(t *testing.T) {
	p := cli.Program{Checks: []simulators.Check{
		{Area: "chips", Run: func(context.Context, string) ([]simulators.Agreement, error) {
			return []simulators.Agreement{
				{Reference: "plain", Rows: 1, Equal: 1},
				{Reference: "alpha", Rows: 2, Bar: "2 within 15 %", Within: 2, Needed: 2, MedianRelativeError: 0.1, LargestRelativeError: 0.1, Figures: []simulators.Figure{
					{Name: "area", Unit: "mm2", Reference: 4, Model: 4.4, LeftOut: 4.5},
					{Name: "rate", Unit: "frames/s", Reference: 20, Model: 18},
				}},
			}, nil
		}},
	}}
	status, out, errs := own(p, "", "validate")
	require.Equal(t, 0, status, errs)
	require.Equal(t, `area   reference  rows  equal  median error  largest error  promised
chips  plain      1     1      0             0              all equal
chips  alpha      2     0      0.1           0.1            2 within 15 %: 2

reference  figure  unit      published  model  error    left out of the fit
alpha      area    mm2       4          4.4    +10.0 %  +12.5 %
alpha      rate    frames/s  20         18     -10.0 %  -
`, out)
}

func TestWithoutBuiltInExperiments(t *testing.T) {
	status, _, errs := own(cli.Program{}, "", "run", "none")
	require.Equal(t, 2, status)
	require.Equal(t, "own: open none: no such file or directory\n", errs)
	status, out, _ := own(cli.Program{}, "", "list", "experiments")
	require.Equal(t, 0, status)
	require.Equal(t, "EXPERIMENT  size  about\n", out)
}

func TestRunFailsWhenTooManyEvaluationsDo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "failing.toml")
	text := "name = \"failing\"\nbudget = 4\nmax_failed = 0\n[[scenario]]\nsimulator = \"square\"\nobjective = { minimise = [\"area_mm2\"] }\n[[agent]]\nkind = \"grid\"\n"
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	dir := filepath.Join(t.TempDir(), "out")
	status, out, errs := own(cli.Program{}, "", "run", file, "--out", dir)
	require.Equal(t, 1, status)
	require.Contains(t, out, "1 study, 4 trials in ", "what was found is shown all the same")
	require.Contains(t, errs, `own: 1 of 1 studies were stopped: more than 0 of their evaluations failed`)
	require.FileExists(t, filepath.Join(dir, "report.html"))
}

func TestADetailThatBreaksDoesNotLoseTheRun(t *testing.T) {
	dir := t.TempDir()
	path, results := filepath.Join(dir, "x.toml"), filepath.Join(dir, "r")
	text := "name = \"x\"\nbudget = 4\n[[scenario]]\nsimulator = \"unexplained\"\nobjective = { minimise = [\"area_mm2\"] }\n[[agent]]\nkind = \"grid\"\n"
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	status, out, errs := own(cli.Program{}, "", "run", path, "--out", results)
	require.Equal(t, 0, status, errs)
	const note = "the design of grid, repeat 0, trial 0 could not be explained: panic: no picture: design [rows:4]: at "
	require.Regexp(t, `^note: scenario unexplained: `+regexp.QuoteMeta(note)+`.*\n$`, errs)
	require.Contains(t, out, "1 study, 4 trials in ")
	for range 2 { // as the run wrote it, and from the folder alone
		page, err := os.ReadFile(filepath.Join(results, "report.html"))
		require.NoError(t, err)
		require.Contains(t, string(page), "Could not be explained: panic: no picture: design [rows:4]: at ")
		status, _, errs = own(cli.Program{}, "", "report", results)
		require.Equal(t, 0, status, errs)
	}

	status, out, errs = own(cli.Program{}, `{"rows":4}`, "eval", "unexplained", "--detail", filepath.Join(dir, "why"))
	require.Equal(t, 1, status)
	require.Empty(t, out)
	require.Regexp(t, `^own: panic: no picture: design \[rows:4\]: at `, errs)
}
