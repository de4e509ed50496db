package sweep_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// mixed is a sweep of everything: two simulators' scenarios with start designs and infeasible and failing evaluations, an environment, agents of
// designs and policies, a grid, repeats.
func mixed(lag, delayUS int) string {
	return fmt.Sprintf(`name = "mixed"
seed = 11
budget = 60
repeats = 2
lanes = 2
lag = %d
max_failed = 60

[[scenario]]
name = "walk"
simulator = "games/corridor"

[[scenario]]
name = "tall"
simulator = "toy"
set = { delay_us = %d, fault = "panic" }
objective = { minimise = ["latency_cycles"], at_most = { area_mm2 = 20 } }

[[start]]
scenario = "tall"
design = { rows = 8, cols = 8, buffer = 4, mode = "deep", stages = 2 }

[[agent]]
kind = "random"

[[agent]]
kind = "hill"

[[agent]]
kind = "ga"
population = [4, 8]
`, lag, delayUS)
}

func TestWorkersNeverChangeTheDataset(t *testing.T) {
	byLag := map[int]string{}
	for _, lag := range []int{1, 4} {
		for _, workers := range []int{1, 2, 8} {
			dir, outcome := run(t, mixed(lag, 0), sweep.Options{Workers: workers})
			require.Equal(t, sweep.Complete, outcome.Status)
			got := parts(t, dir)
			if byLag[lag] == "" {
				byLag[lag] = got
			}
			require.Equal(t, byLag[lag], got, "lag %d with %d workers", lag, workers)
		}
	}
	require.NotEqual(t, byLag[1], byLag[4], "lag is part of the file and changes what agents see")
}

func TestResumeAfterManyInterruptionsChangesNothing(t *testing.T) {
	for _, lag := range []int{1, 4} {
		text := mixed(lag, 500)
		reference, whole := run(t, text, sweep.Options{Workers: 2})
		dir := filepath.Join(t.TempDir(), "out")
		rng := seed.New(uint64(lag), "interruptions")
		for _, at := range points(rng, int64(whole.Trials)) {
			outcome := runUntil(t, text, sweep.Options{Out: dir, Workers: 1 + rng.IntN(4), Resume: true}, at)
			require.Equal(t, sweep.Interrupted, outcome.Status, "interrupted at trial %d of %d", at, whole.Trials)
			require.NoDirExists(t, filepath.Join(dir, "dataset"))
			require.NoDirExists(t, filepath.Join(dir, "dataset.partial"))
		}
		outcome, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
		require.NoError(t, err)
		require.Equal(t, sweep.Complete, outcome.Status)
		require.Equal(t, whole.Trials, outcome.Trials)
		require.GreaterOrEqual(t, outcome.Replayed, 3*whole.Trials/5)
		require.Equal(t, parts(t, reference), parts(t, dir))
	}
}

// runUntil runs a file and cancels the run when so many trials are told.
func runUntil(t *testing.T, text string, o sweep.Options, told int64) sweep.Outcome {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o.Told = new(atomic.Int64)
	go func() {
		for ctx.Err() == nil && o.Told.Load() < told {
			time.Sleep(pause / 4)
		}
		cancel()
	}()
	outcome, err := sweep.Run(ctx, plan(t, text), o)
	require.NoError(t, err)
	return outcome
}

// points draws four ascending ones, one in each fifth but the last of the whole.
func points(rng *rand.Rand, whole int64) []int64 {
	list := make([]int64, 4)
	for i := range list {
		list[i] = (int64(i)*whole + rng.Int64N(whole)) / 5
	}
	return list
}

// killDelayUS is long enough for a kill to land where it is meant to, in the slow studies, which come last.
const killDelayUS = 1000

// The variables that make the test binary a run that can be killed.
const (
	childOut     = "CODESIGN_TEST_OUT"
	childLag     = "CODESIGN_TEST_LAG"
	childWorkers = "CODESIGN_TEST_WORKERS"
)

func TestMain(m *testing.M) {
	if out := os.Getenv(childOut); out != "" {
		os.Exit(child(out))
	}
	if len(os.Args) > 2 && os.Args[1] == programWord {
		os.Exit(asProgram(os.Args[2]))
	}
	if len(os.Args) > 3 && os.Args[1] == agentWord {
		os.Exit(asAgent(os.Args[2], os.Args[3]))
	}
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0"); err != nil { // under the race detector each program would sleep a second at its end
		panic(err)
	}
	os.Exit(m.Run())
}

// child is the run in a process of its own.
func child(out string) int {
	lag, _ := strconv.Atoi(os.Getenv(childLag))
	workers, _ := strconv.Atoi(os.Getenv(childWorkers))
	f, err := file.Parse("x.toml", []byte(mixed(lag, killDelayUS)))
	if err == nil {
		var p *sweep.Plan
		if p, err = sweep.NewPlan(f, catalog()); err == nil {
			_, err = sweep.Run(context.Background(), p, sweep.Options{Out: out, Workers: workers, Resume: true})
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// killed runs the sweep in a process and kills it with SIGKILL when the journals hold at least so many bytes, and more than before; false when it
// has ended first.
func killed(t *testing.T, dir string, lag, workers int, bytes int64) bool {
	t.Helper()
	bytes = max(bytes, journalled(dir)+1)
	executable, err := os.Executable()
	require.NoError(t, err)
	c := exec.Command(executable)
	c.Env = append(os.Environ(), childOut+"="+dir, childLag+"="+strconv.Itoa(lag), childWorkers+"="+strconv.Itoa(workers))
	var stderr strings.Builder
	c.Stderr = &stderr
	require.NoError(t, c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case err := <-ended:
			require.NoError(t, err, stderr.String())
			return false
		case <-time.After(pause / 4):
			if journalled(dir) >= bytes {
				require.NoError(t, c.Process.Kill())
				return (<-ended) != nil
			}
		}
	}
}

// journalled is the size of all journals of a folder.
func journalled(dir string) (bytes int64) {
	paths, _ := filepath.Glob(filepath.Join(dir, "journals", "*.journal"))
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil {
			bytes += info.Size()
		}
	}
	return bytes
}

func TestKilledAndResumedGivesTheSameBytes(t *testing.T) {
	for _, c := range []struct{ lag, workers, resumed int }{{1, 1, 2}, {4, 2, 1}} {
		t.Run(fmt.Sprintf("lag %d", c.lag), func(t *testing.T) {
			t.Parallel()
			text := mixed(c.lag, killDelayUS)
			reference, _ := run(t, text, sweep.Options{Workers: 2})
			size := journalled(reference)

			dir := filepath.Join(t.TempDir(), "out")
			for _, at := range points(seed.New(uint64(c.lag), "kills"), size) {
				require.True(t, killed(t, dir, c.lag, c.workers, at), "the run ended before it could be killed at %d of %d bytes", at, size)
				m, err := sweep.ReadManifest(dir)
				require.NoError(t, err)
				require.Equal(t, sweep.Running, m.Status, "a killed run has not said how it ended")
				require.NoDirExists(t, filepath.Join(dir, "dataset"), "unfinished when killed")
				require.Less(t, journalled(dir), size)
			}
			require.False(t, killed(t, dir, c.lag, c.resumed, 1<<60), "the last run goes to its end")
			require.Equal(t, parts(t, reference), parts(t, dir))
			m, err := sweep.ReadManifest(dir)
			require.NoError(t, err)
			require.Equal(t, sweep.Complete, m.Status)
			require.Equal(t, 5, m.Attempts)
		})
	}
}
