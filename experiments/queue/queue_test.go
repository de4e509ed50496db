package queue_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/experiments/trained"
)

func TestWorkersGiveTheDatasetOfOneProcess(t *testing.T) {
	for _, c := range []struct {
		lag  int
		more string
	}{{1, ""}, {4, "distribute = \"evaluations\"\n"}} {
		text := strings.Replace(mixed(c.lag, 0, c.more), "budget = 60", "budget = 30", 1)
		want := local(t, text)
		dir := filepath.Join(t.TempDir(), "out")
		p := plan(t, text)
		outcome, done, err := newFleet(t, p, 5*time.Second).run(t, p, dir, 1, 2)
		require.NoError(t, err)
		require.Equal(t, sweep.Complete, outcome.Status)
		require.Equal(t, 16, outcome.Studies)
		require.Equal(t, 16*30, outcome.Trials)
		same(t, want, contents(t, dir))
		studies, evaluations := done[0].Studies+done[1].Studies, done[0].Evaluations+done[1].Evaluations
		if c.more == "" {
			require.Equal(t, []int{16, 0}, []int{studies, evaluations})
		} else {
			require.Zero(t, studies)
			require.Positive(t, evaluations)
		}
		require.Equal(t, []sweep.Status{sweep.Complete, sweep.Complete}, []sweep.Status{done[0].Status, done[1].Status})
		toldOfTheCrew(t, dir, studies, evaluations)
	}
}

// toldOfTheCrew: the folder says who has worked on it and did how much, beside the dataset.
func toldOfTheCrew(t *testing.T, dir string, studies, evaluations int) {
	t.Helper()
	live, known, err := sweep.ReadLive(dir)
	require.NoError(t, err)
	require.True(t, known)
	require.Len(t, live.Workers, 2)
	finished := map[string]int{}
	for i := range 16 {
		played, ended, err := sweep.Ended(dir, i)
		require.NoError(t, err)
		require.True(t, ended)
		finished[played.Worker]++
	}
	for _, w := range live.Workers {
		require.Empty(t, w.Studies, "the run is over")
		require.WithinDuration(t, live.Updated, w.Heard, 10*time.Second)
		studies, evaluations = studies-w.Finished, evaluations-w.Evaluations
		if w.Finished > 0 {
			require.Equal(t, w.Finished, finished[w.Name])
		}
	}
	require.Zero(t, studies)
	require.Zero(t, evaluations)
}

func TestWhatAWorkerCannotDoEndsTheRun(t *testing.T) {
	for _, more := range []string{"", "distribute = \"evaluations\"\n"} {
		p := plan(t, one("random", 500, `fault = "break"`, more))
		f := newFleet(t, p, 5*time.Second)
		o := f.working(t, 1)
		ended := make(chan error, 1)
		go func() { _, err := queue.Work(t.Context(), o); ended <- err }()
		outcome, _, err := f.run(t, p, filepath.Join(t.TempDir(), "out"))
		require.Regexp(t, `^study 0 \(toy fault=break, random, repeat 0\): .*licence server gone \(worker \S+\)$`, err.Error())
		require.Equal(t, sweep.Broken, outcome.Status)
		require.ErrorContains(t, <-ended, "the run ended: failed: study 0 (toy fault=break, random, repeat 0): ")
	}
}

// TestWarmStartsAndPoliciesTravel: a worker needs neither the earlier results nor the policy's file.
func TestWarmStartsAndPoliciesTravel(t *testing.T) {
	earlier := filepath.Join(t.TempDir(), "earlier")
	_, err := sweep.Run(t.Context(), plan(t, one("ppo", 30, "", "save_policies = true\n")), sweep.Options{Out: earlier})
	require.NoError(t, err)
	for name, open := range map[string]func() *sweep.Plan{
		"warm start": func() *sweep.Plan {
			return plan(t, one("ga", 30, "", "")+"[[warm_start]]\nfrom = \""+earlier+"\"\n")
		},
		"policy": func() *sweep.Plan {
			policy, err := trained.Read(sweep.PolicyPath(earlier, 0))
			require.NoError(t, err)
			p, err := plan(t, one("ppo", 30, "", "")).Evaluate(policy)
			require.NoError(t, err)
			return p
		},
	} {
		t.Run(name, func(t *testing.T) {
			here, there := filepath.Join(t.TempDir(), "here"), filepath.Join(t.TempDir(), "there")
			_, err := sweep.Run(t.Context(), open(), sweep.Options{Out: here})
			require.NoError(t, err)
			p := open()
			f := newFleet(t, p, 5*time.Second)
			hidden := earlier + "-hidden"
			require.NoError(t, os.Rename(earlier, hidden))
			_, _, err = f.run(t, p, there, 1)
			require.NoError(t, os.Rename(hidden, earlier))
			require.NoError(t, err)
			same(t, contents(t, here), contents(t, there))
		})
	}
}

// TestRacesGoFromRungToRungElsewhere: workers bring the studies of a halving to each rung, and the same settings go on.
func TestRacesGoFromRungToRungElsewhere(t *testing.T) {
	text := one("ga", 40, "", "repeats = 2\n") + "population = [2, 4, 8]\nmutation = [0.1, 0.4, 0.9]\nsearch = { kind = \"halving\", trials = 10 }\n"
	want := local(t, text)
	p, dir := plan(t, text), filepath.Join(t.TempDir(), "out")
	outcome, _, err := newFleet(t, p, 5*time.Second).run(t, p, dir, 2)
	require.NoError(t, err)
	require.Equal(t, 2*(9*10+3*20+1*10), outcome.Trials)
	same(t, want, contents(t, dir))
}

func TestALimitOfTheWholeRunIsForAgentsInOneProcess(t *testing.T) {
	p := plan(t, one("ga", 40, "", "limits = { sweep_s = 60 }\n"))
	_, _, err := newFleet(t, p, 5*time.Second).run(t, p, filepath.Join(t.TempDir(), "out"))
	require.EqualError(t, err, "limits.sweep_s holds where the agents are in one process: run the file without other workers, or with distribute = \"evaluations\"")
}

// TestMeansOfSeveralEvaluationsTravel: a worker plans the same seeds, whether it plays studies or evaluates designs.
func TestMeansOfSeveralEvaluationsTravel(t *testing.T) {
	for _, more := range []string{"", "distribute = \"evaluations\"\n"} {
		text := one("ga", 30, "noise_frac = 0.1", more+"evaluations_per_trial = 3\nlag = 4\n")
		want := local(t, text)
		p, dir := plan(t, text), filepath.Join(t.TempDir(), "out")
		_, _, err := newFleet(t, p, 5*time.Second).run(t, p, dir, 1, 2)
		require.NoError(t, err)
		same(t, want, contents(t, dir))
	}
}

// TestASHAOverWorkersCompletes: the order in which studies reach a rung decides what goes on, so the results are whole but outside the promise.
func TestASHAOverWorkersCompletes(t *testing.T) {
	text := one("ga", 40, "", "repeats = 2\n") + "population = [2, 4, 8]\nmutation = [0.1, 0.4, 0.9]\nsearch = { kind = \"asha\", trials = 10 }\n"
	p, dir := plan(t, text), filepath.Join(t.TempDir(), "out")
	outcome, _, err := newFleet(t, p, 5*time.Second).run(t, p, dir, 2, 2)
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Equal(t, 18, outcome.Studies)
	whole(t, dir, outcome.Trials)
	m, err := sweep.ReadManifest(dir)
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, m.Status)
	require.NotEmpty(t, m.Outside)
	require.Contains(t, m.Outside[0], "asha")

	dir = filepath.Join(t.TempDir(), "resumed")
	ctx, cancel := context.WithCancel(t.Context())
	told := new(atomic.Int64)
	go func() {
		for told.Load() < 100 && ctx.Err() == nil {
			time.Sleep(time.Millisecond / 4)
		}
		cancel()
	}()
	outcome, err = sweep.Run(ctx, plan(t, strings.Replace(text, "set = {", "set = { delay_us = 300", 1)), sweep.Options{Out: dir, Workers: 2, Told: told})
	cancel()
	require.NoError(t, err)
	require.Equal(t, sweep.Interrupted, outcome.Status)
	p = plan(t, strings.Replace(text, "set = {", "set = { delay_us = 300", 1))
	outcome, _, err = newFleet(t, p, 5*time.Second).run(t, p, dir, 2, 2)
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	whole(t, dir, outcome.Trials)
}

// whole checks a dataset: so many rows, the trials of each study one after the other, and someone who had the whole budget of 40.
func whole(t *testing.T, dir string, trials int) {
	t.Helper()
	r, err := dataset.Open(filepath.Join(dir, sweep.DatasetName))
	require.NoError(t, err)
	defer r.Close()
	counts := make([]int, len(r.Studies()))
	for rec, err := range r.Rows() {
		require.NoError(t, err)
		require.Equal(t, counts[rec.Study], rec.Trial)
		counts[rec.Study]++
		trials--
	}
	require.Zero(t, trials)
	require.Contains(t, counts, 40)
}
