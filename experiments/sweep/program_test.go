package sweep_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// The test binary is the program of these tests, too: with this word as its first argument it serves the toy, in the way that the next one says.
const programWord = "as-a-program"

// asProgram serves the toy over the protocol.
func asProgram(how string) int {
	factory := toy()
	o := serve.Options{Name: "toy", Nondeterministic: how == "varies"}
	inner := factory.New
	factory.New = func(s simulators.Settings) (simulators.Instance, error) {
		in, err := inner(s)
		in.Simulator = &scripted{Simulator: in.Simulator, how: how}
		return in, err
	}
	c := catalog()
	c.Simulators = []simulators.Factory{factory}
	if err := serve.Serve(context.Background(), c, "toy", o, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return 0
}

// scripted is a simulator that ends its process, or has another version.
type scripted struct {
	simulators.Simulator
	how string
}

func (s *scripted) Spec() simulators.Spec {
	spec := s.Simulator.Spec()
	if version, err := os.ReadFile(s.how); err == nil {
		spec.Version = string(version)
	}
	return spec
}

func (s *scripted) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	for _, p := range points {
		if s.how == "dies" && p[0] == 7 {
			fmt.Fprintln(os.Stderr, "128 rows are too many for me")
			os.Exit(3)
		}
	}
	return s.Simulator.Evaluate(ctx, points)
}

// programFile is an experiment file of the toy as a program.
func programFile(t *testing.T, how string) string {
	t.Helper()
	executable, err := os.Executable()
	require.NoError(t, err)
	return "name = \"x\"\nbudget = 40\nrepeats = 2\nseed = 3\n[[scenario]]\nname = \"s\"\nsimulator = { command = [" +
		strconv.Quote(executable) + ", \"" + programWord + "\", " + strconv.Quote(how) + "] }\nset = { work = 2048.0 }\n" +
		"objective = { minimise = [\"latency_cycles\"] }\n" + agent
}

// runProgram runs such a file, and ends its programs.
func runProgram(t *testing.T, text string, o sweep.Options) (sweep.Outcome, error) {
	t.Helper()
	p := plan(t, text)
	defer func() { require.NoError(t, p.Close()) }()
	return sweep.Run(t.Context(), p, o)
}

func TestAProgramGivesTheDatasetOfItsSimulator(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	outcome, err := runProgram(t, programFile(t, "works"), sweep.Options{Out: out, Workers: 2})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Empty(t, outcome.Notes)
	studies, over := rows(t, out)

	text := strings.Replace(programFile(t, "works"), "simulator = { command", "# ", 1)
	text = strings.Replace(text, "set = {", "simulator = \"toy\"\nset = {", 1)
	within, _ := run(t, text, sweep.Options{})
	_, direct := rows(t, within)
	require.Len(t, over, 80)
	require.Equal(t, direct, over)
	require.Contains(t, string(studies[0].Settings), programWord+" works", "the dataset has the command")
	require.Contains(t, string(studies[0].Settings), "2048")

	again := filepath.Join(t.TempDir(), "again")
	_, err = runProgram(t, programFile(t, "works"), sweep.Options{Out: again, Workers: 1})
	require.NoError(t, err)
	require.Equal(t, parts(t, out), parts(t, again), "any number of workers")

	m, err := sweep.ReadManifest(out)
	require.NoError(t, err)
	require.Len(t, m.Programs, 1)
	require.Equal(t, "s", m.Programs[0].Scenario)
	require.Equal(t, programWord, m.Programs[0].Command[1])
	require.Equal(t, "toy", m.Programs[0].Simulator)
	require.True(t, m.Programs[0].Deterministic)
	require.Len(t, m.Programs[0].Identity, 64)
	require.Empty(t, m.Outside)
	require.True(t, filepath.IsAbs(m.Folder))
}

func TestAProgramThatVariesIsOutsideThePromise(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	_, err := runProgram(t, programFile(t, "varies"), sweep.Options{Out: out})
	require.NoError(t, err)
	m, err := sweep.ReadManifest(out)
	require.NoError(t, err)
	require.False(t, m.Programs[0].Deterministic)
	require.Len(t, m.Outside, 2, "both studies")
	require.Contains(t, m.Outside[0], "says that it is not deterministic")
}

func TestAProgramThatDiesFailsThoseTrialsOnly(t *testing.T) {
	text := strings.Replace(programFile(t, "dies"), "budget", "max_failed = 100\nbudget", 1)
	out := filepath.Join(t.TempDir(), "out")
	outcome, err := runProgram(t, text, sweep.Options{Out: out})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	_, list := rows(t, out)
	failed := 0
	for _, r := range list {
		if r.Params[0] != 128.0 {
			require.Empty(t, r.Failed)
			continue
		}
		failed++
		require.Contains(t, r.Failed, "exit status 3")
		require.Contains(t, r.Failed, "128 rows are too many for me")
	}
	require.NotZero(t, failed)

	outcome, err = runProgram(t, strings.Replace(text, "max_failed = 100", "max_failed = 1", 1), sweep.Options{Out: out + "2"})
	require.NoError(t, err)
	require.NotZero(t, outcome.Stopped, "the limit of failures holds for programs, too")
}

func TestAProgramThatHangsIsKilledByTheTimeLimit(t *testing.T) {
	text := strings.Replace(programFile(t, "works"), "budget", "timeout_s = 1.5\nmax_failed = 100\nbudget", 1)
	text = strings.Replace(text, "work = 2048.0", `fault = "hang"`, 1)
	out := filepath.Join(t.TempDir(), "out")
	outcome, err := runProgram(t, text, sweep.Options{Out: out, Workers: 2})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	_, list := rows(t, out)
	for _, r := range list {
		require.Equal(t, r.Params[0] == 128.0, r.Failed != "", "%v: %s", r.Params, r.Failed)
	}
	m, err := sweep.ReadManifest(out)
	require.NoError(t, err)
	require.NotEmpty(t, m.Outside)
	require.Contains(t, m.Outside[0], "ended by the time limit")
}

func TestAChangedProgramDoesNotContinueARun(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "version")
	out := filepath.Join(t.TempDir(), "out")
	text := programFile(t, mark)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := plan(t, text)
	outcome, err := sweep.Run(ctx, p, sweep.Options{Out: out})
	require.NoError(t, err)
	require.Equal(t, sweep.Interrupted, outcome.Status)
	require.NoError(t, p.Close())
	// A journal of the first study must be there for the comparison.
	p = plan(t, text)
	_, err = sweep.Run(t.Context(), p, sweep.Options{Out: out, Resume: true})
	require.NoError(t, err)
	require.NoError(t, p.Close())

	require.NoError(t, os.WriteFile(mark, []byte("2.0.0"), 0o600))
	unfinished(t, out)
	_, err = runProgram(t, text, sweep.Options{Out: out, Resume: true})
	require.ErrorAs(t, err, new(*journal.IdentityError))
}

// unfinished makes a folder what it was when its process had been killed in the first study.
func unfinished(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "manifest.json")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(text), `"status": "complete"`, `"status": "running"`, 1)), 0o600))
	require.NoError(t, os.Remove(filepath.Join(dir, "journals", "000000.json")))
}

func TestMistakesOfAProgramHaveTheirLine(t *testing.T) {
	for text, want := range map[string]string{
		strings.Replace(programFile(t, "works"), "work = ", "wrok = ", 1):                         "x.toml:7: ",
		strings.Replace(programFile(t, "works"), "latency_cycles", "speed", 1):                    "x.toml:9: ",
		strings.Replace(programFile(t, "works"), "[[agent]]", "fix = { rosw = 8 }\n[[agent]]", 1): "x.toml:10: ",
	} {
		f, err := file.Parse("x.toml", []byte(text))
		require.NoError(t, err)
		_, err = sweep.NewPlan(f, catalog())
		require.ErrorContains(t, err, want)
	}
}

// TestResultsOfAProgramAreReadWithoutStartingIt: the program is gone, and its manifest describes it.
func TestResultsOfAProgramAreReadWithoutStartingIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	text := programFile(t, "well")
	_, err := runProgram(t, text, sweep.Options{Out: dir, Workers: 2})
	require.NoError(t, err)
	started, err := sweep.Reopen(dir, catalog())
	require.NoError(t, err)
	defer started.Close()
	m, err := sweep.ReadManifest(dir)
	require.NoError(t, err)
	for _, p := range m.Programs {
		require.NotEmpty(t, p.Hello)
	}

	recalled, err := sweep.Recall(dir, catalog())
	require.NoError(t, err)
	require.NoError(t, recalled.Close())
	for i := range started.Studies {
		require.Equal(t, started.StudyIdentity(i), recalled.StudyIdentity(i))
	}
	f := recalled.Follow(dir, 0)
	trials := 0
	for row, err := range f.Trials() {
		require.NoError(t, err)
		require.Equal(t, trials, row.Trial)
		require.NoError(t, recalled.Studies[0].Describe().Spec.Space.Check(row.Point))
		trials++
	}
	require.Equal(t, 40, trials)
	require.True(t, f.Complete())
	sim, _, err := recalled.Scenarios[0].Designs()
	require.NoError(t, err)
	results, err := sim.Simulator.Evaluate(t.Context(), []space.Point{make(space.Point, sim.Simulator.Spec().Space.Len())})
	require.True(t, err != nil || results[0].Failed != "", "it evaluates nothing: %v", results)
}
