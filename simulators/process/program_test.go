//go:build unix

package process

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

// open opens a helper and ends it with the test, after which nothing of it may be left.
func open(t *testing.T, o Options) *Program {
	t.Helper()
	p, err := Open(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, p.Close())
		require.Empty(t, zombies(t), "children that nobody waited for")
	})
	return p
}

// zombies lists the children of this process that have ended and were not waited for.
func zombies(t *testing.T) []string {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	var list []string
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended meanwhile
		}
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if fields[0] == "Z" && fields[1] == strconv.Itoa(os.Getpid()) {
			list = append(list, string(text))
		}
	}
	return list
}

func evaluate(t *testing.T, p *Program, points ...space.Point) []simulators.Result {
	t.Helper()
	results, err := p.Evaluate(t.Context(), points)
	require.NoError(t, err)
	require.Len(t, results, len(points))
	return results
}

func TestProgramKeepsTheContract(t *testing.T) {
	for _, how := range []string{"works", "works in binary", "floods standard error"} {
		t.Run(how, func(t *testing.T) {
			in := open(t, Options{Command: command(t, how)}).Instance()
			if how == "floods standard error" {
				in, _ = simulators.Narrow(in, map[string][]string{"a": {"0", "1", "9"}}) // without the level at which it dies
			}
			in.Repair, in.Detail = nil, nil
			simtest.Test(t, in)
		})
	}
}

func TestProgramIsWhatItsHelloSays(t *testing.T) {
	p := open(t, Options{Command: command(t, "works"), Set: map[string]any{"gain": 3}})
	spec := p.Spec()
	require.Equal(t, "toy", spec.Name)
	require.Equal(t, "1.0.0", spec.Version)
	require.Equal(t, []string{"sum_ns", "product"}, spec.Keys())
	require.Equal(t, "110", spec.Space.Size().String(), "10 without c, 10 x 10 with it")
	require.Equal(t, map[string]any{"gain": 3}, p.Settings().Map())
	require.True(t, p.Deterministic())
	require.Len(t, p.Identity(), 64)
	in := p.Instance()
	artifacts, err := in.Detail(t.Context(), space.Point{1, 0, 0})
	require.NoError(t, err)
	require.Equal(t, []simulators.Artifact{{Name: "why.txt", MediaType: "text/plain", Data: []byte("levels [1 0 0]")}}, artifacts)
	require.Equal(t, "levels [1 0 0]", string(artifacts[0].Data))

	require.False(t, open(t, Options{Command: command(t, "not deterministic")}).Deterministic())
}

func TestResults(t *testing.T) {
	for _, how := range []string{"works", "works in binary", "says nothing for long"} {
		p := open(t, Options{Command: command(t, how)})
		require.Equal(t, []simulators.Result{
			simulators.OK(9, 14), simulators.OK(7, 0), simulators.Infeasible("a + c is 15 or more", 2),
		}, evaluate(t, p, space.Point{7, 1, 2}, space.Point{7, 0, 0}, space.Point{9, 1, 7}), how)
		require.Empty(t, evaluate(t, p))
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	for name, c := range map[string]struct {
		options Options
		want    []string
	}{
		"no command":        {Options{}, []string{"the command is empty"}},
		"no such program":   {Options{Command: []string{"no-such-program-here"}}, []string{`"no-such-program-here" is not in PATH`}},
		"no such file":      {Options{Command: []string{"./sim"}, Folder: missing}, []string{missing + "/sim", "no such file"}},
		"not executable":    {Options{Command: []string{"./go.mod"}, Folder: "../.."}, []string{"permission denied"}},
		"exits at once":     {Options{Command: command(t, "exits at once")}, []string{"exit status 3", "helper says hello on standard error"}},
		"prints garbage":    {Options{Command: command(t, "prints garbage")}, []string{"Welcome to my simulator!", "not JSON"}},
		"other version":     {Options{Command: command(t, "other version")}, []string{"speaks version 2", "speaks version 1"}},
		"no output":         {Options{Command: command(t, "closes its output"), StartTimeout: 2 * time.Second}, []string{"closed its standard output"}},
		"never starts":      {Options{Command: command(t, "sleeps at start"), StartTimeout: 100 * time.Millisecond}, []string{"no answer within 100ms"}},
		"bad spec":          {Options{Command: command(t, "bad spec")}, []string{"continuous", "ordinal"}},
		"no simulator":      {Options{Command: command(t, "no simulator")}, []string{`it is neither a simulator nor an environment: it serves ["ask" "tell"]`}},
		"bad setting":       {Options{Command: command(t, "bad setting")}, []string{`setting "gain"`, `not of the type "int"`}},
		"unknown setting":   {Options{Command: command(t, "works"), Set: map[string]any{"again": 2}}, []string{`unknown setting "again", did you mean "gain"?`}},
		"wrong setting":     {Options{Command: command(t, "works"), Set: map[string]any{"gain": "much"}}, []string{`setting "gain": "much" is not an integer`}},
		"a word with a NUL": {Options{Command: []string{"cat", "\x00"}}, []string{"word 1 of the command holds a NUL byte"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), c.options)
			require.Error(t, err)
			for _, want := range c.want {
				require.ErrorContains(t, err, want)
			}
			require.Empty(t, zombies(t))
		})
	}
}

// TestOnlyThePointToBlameFails gives every kind of misbehaviour a batch with one magic point in it.
func TestOnlyThePointToBlameFails(t *testing.T) {
	batch := []space.Point{{1, 0, 0}, {2, 1, 3}, {7, 1, 1}, {9, 1, 9}, {3, 0, 0}}
	for how, want := range map[string][]string{
		"dies":                  {"exit status 9", "level 7 is my end"},
		"floods standard error": {"exit status 9", "noise"},
		"dies half-way":         {"the stream ends inside a line", `"values":[[1,`},
		"hangs":                 {"no answer within 300ms: killed"},
		"answers garbage":       {"not JSON", "segmentation fault? no: garbage"},
		"answers NaN":           {"NaN"},
		"answers too few":       {"0 rows of values for 1 designs"},
		"answers too wide":      {"3 values a design for 2 metrics"},
		"answers another":       {"answers request", "was asked"},
		"answers nothing":       {"row 0", "neither values nor a reason"},
		"answers otherwise":     {"answers evaluate with something else"},
		"refuses":               {"I do not like sevens"},
		"gives up":              {"the program gives up: what was that?"},
		"answers NaN in binary": {"NaN is not a finite number"},
	} {
		t.Run(how, func(t *testing.T) {
			o := Options{Command: command(t, how)}
			if how == "hangs" {
				o.Timeout = 300 * time.Millisecond
			}
			p := open(t, o)
			for range 2 { // and again: what it broke is restarted
				results := evaluate(t, p, batch...)
				for i, r := range results {
					if i != 2 {
						require.Empty(t, r.Failed, "point %d", i)
					}
				}
				require.Equal(t, simulators.OK(5, 6), results[1])
				require.Equal(t, "a + c is 15 or more", results[3].Infeasible)
				for _, w := range want {
					require.Contains(t, results[2].Failed, w)
				}
				require.Less(t, len(results[2].Failed), 4096)
			}
		})
	}
}

// TestAnsweringWhatWasNotReadFails: nobody may wait for a program to read what it will not read.
func TestAnsweringWhatWasNotReadFails(t *testing.T) {
	p := open(t, Options{Command: command(t, "answers unread")})
	many := make([]space.Point, maxBatch)
	for i := range many {
		many[i] = space.Point{1, 1, 9}
	}
	_, err := p.batch(t.Context(), many)
	require.ErrorContains(t, err, "1 rows of values for 4096 designs")
	evaluate(t, p, many[0])
	require.Contains(t, evaluate(t, p, many[0])[0].Failed, "answers request 1, but 2 was asked")
}

// TestAProgramMayServeOneRequestOnly: a copy that ended between two evaluations is replaced, and no design is to blame.
func TestAProgramMayServeOneRequestOnly(t *testing.T) {
	p := open(t, Options{Command: command(t, "is used up")})
	for a := range 5 {
		require.Equal(t, simulators.OK(float64(a), 0), evaluate(t, p, space.Point{a, 0, 0})[0])
	}
}

func TestForkedChildrenAreKilled(t *testing.T) {
	for _, how := range []string{"hangs with a child", "dies with a child"} {
		t.Run(how, func(t *testing.T) {
			mark := scratch(t)
			p := open(t, Options{Command: command(t, how, mark), Timeout: 500 * time.Millisecond})
			require.NotEmpty(t, evaluate(t, p, space.Point{7, 0, 0})[0].Failed)
			text, err := os.ReadFile(mark)
			require.NoError(t, err)
			pid, err := strconv.Atoi(string(text))
			require.NoError(t, err)
			require.Eventually(t, func() bool { return gone(pid) }, 5*time.Second, 10*time.Millisecond, "the forked process lives on")
		})
	}
}

// gone tells whether a process has ended, waited for or not: whoever adopts orphans may be slow.
func gone(pid int) bool {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err != nil || strings.Contains(string(text), ") Z ")
}

// TestARunawayHoldsNothing: a process that left the group cannot be killed, but neither may it block anybody.
func TestARunawayHoldsNothing(t *testing.T) {
	mark := scratch(t)
	p := open(t, Options{Command: command(t, "dies with a runaway", mark)})
	began := time.Now()
	require.Contains(t, evaluate(t, p, space.Point{7, 0, 0})[0].Failed, "exit status 1")
	require.Less(t, time.Since(began), 5*time.Second)
	text, err := os.ReadFile(mark)
	require.NoError(t, err)
	pid, err := strconv.Atoi(string(text))
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
}

func TestTheEndOfTheContextKills(t *testing.T) {
	mark := scratch(t)
	p := open(t, Options{Command: command(t, "hangs with a child", mark)})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for !exists(mark) {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	_, err := p.Evaluate(ctx, []space.Point{{1, 0, 0}, {7, 0, 0}})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, simulators.OK(1, 0), evaluate(t, p, space.Point{1, 0, 0})[0], "a fresh copy answers")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestAProgramThatNoLongerStartsFailsItsEvaluations(t *testing.T) {
	p := open(t, Options{Command: command(t, "starts once", scratch(t))})
	require.Equal(t, simulators.OK(1, 0), evaluate(t, p, space.Point{1, 0, 0})[0])
	c, err := p.pool.take(t.Context())
	require.NoError(t, err)
	c.end()
	r := evaluate(t, p, space.Point{1, 0, 0})[0]
	require.Contains(t, r.Failed, "does not start, 4 times in a row")
	require.Contains(t, r.Failed, "exit status 4")
}

func TestAProgramThatChangesIsAnError(t *testing.T) {
	p := open(t, Options{Command: command(t, "changes", scratch(t))})
	c, err := p.pool.take(t.Context())
	require.NoError(t, err)
	c.end()
	_, err = p.Evaluate(t.Context(), []space.Point{{1, 0, 0}})
	require.ErrorContains(t, err, "was it changed during the run?")
}

func TestBackOffGrowsAndEnds(t *testing.T) {
	p := &pool{}
	for failures, want := range map[int]time.Duration{
		0: 0, 1: 10 * time.Millisecond, 2: 20 * time.Millisecond, 7: 640 * time.Millisecond, 8: time.Second, 1000: time.Second,
	} {
		p.failures = failures
		_, delay, err := p.takeIdle()
		require.NoError(t, err)
		require.Equal(t, want, delay, "after %d failures", failures)
	}
}

func TestEachCopyHasAFolderOfItsOwn(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "data.csv"), nil, 0o600))
	require.NoError(t, os.Mkdir(filepath.Join(folder, "train"), 0o700))
	p := open(t, Options{Command: command(t, "tells its place", "data.csv", "train", "--x=data.csv"), Folder: folder})
	said := evaluate(t, p, space.Point{1, 0, 0})[0].Failed
	require.Contains(t, said, " of "+folder+" with "+filepath.Join(folder, "data.csv")+" train --x=data.csv")
	place := regexpPlace(t, said)
	require.NotEqual(t, folder, place)
	require.NoDirExists(t, place, "the working folder is removed with its copy")
}

func regexpPlace(t *testing.T, said string) string {
	t.Helper()
	_, after, found := strings.Cut(said, "in /")
	require.True(t, found, said)
	place, _, _ := strings.Cut("/"+after, " ")
	return place
}

func TestCallsAtOnceHaveCopiesOfTheirOwn(t *testing.T) {
	p := open(t, Options{Command: command(t, "dies")})
	var calls sync.WaitGroup
	for k := range 8 {
		calls.Go(func() {
			for i := range 20 {
				a := (i + k) % 10
				results, err := p.Evaluate(context.Background(), []space.Point{{a, 0, 0}, {1, 1, a}})
				if err != nil || (results[0].Failed != "") != (a == 7) || results[1].Failed != "" {
					t.Errorf("a = %d: %v %v", a, results, err)
				}
			}
		})
	}
	calls.Wait()
	require.LessOrEqual(t, len(p.pool.idle), 8)
}

func TestKillEndsWhatIsBusy(t *testing.T) {
	mark := scratch(t)
	p, err := Open(t.Context(), Options{Command: command(t, "hangs with a child", mark)})
	require.NoError(t, err)
	said := make(chan error, 1)
	go func() {
		_, err := p.Evaluate(t.Context(), []space.Point{{7, 0, 0}})
		said <- err
	}()
	require.Eventually(t, func() bool { return exists(mark) }, 10*time.Second, time.Millisecond)
	p.Kill()
	require.ErrorContains(t, <-said, "was closed")
	require.Empty(t, zombies(t))
	require.Empty(t, p.pool.idle)
}

func TestCloseEndsWhatDoesNotEnd(t *testing.T) {
	p, err := Open(t.Context(), Options{Command: command(t, "does not close")})
	require.NoError(t, err)
	pid := p.pool.idle[0].cmd.Process.Pid
	began := time.Now()
	require.NoError(t, p.Close())
	require.GreaterOrEqual(t, time.Since(began), closeGrace)
	require.True(t, gone(pid))
	_, err = p.Evaluate(t.Context(), []space.Point{{1, 0, 0}})
	require.ErrorContains(t, err, "was closed")
}
