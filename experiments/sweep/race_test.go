package sweep_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// halved is nine settings with two seeds: three go on from 10 trials, one from 30.
const halved = top + "repeats = 2\n" + scenario +
	"[[agent]]\nkind = \"random\"\n[[agent]]\nkind = \"ga\"\npopulation = [2, 4, 8]\nmutation = [0.1, 0.4, 0.9]\nsearch = { kind = \"halving\", trials = 10 }\n"

// trialsOf counts the rows of each study.
func trialsOf(t *testing.T, dir string) []int {
	t.Helper()
	studies, list := rows(t, dir)
	counts := make([]int, len(studies))
	for _, rec := range list {
		counts[rec.Study]++
	}
	return counts
}

func TestHalvingSpendsTheTrialsOnTheBetterSettings(t *testing.T) {
	p := plan(t, halved)
	require.Equal(t, 2*40+2*(9*10+3*20+1*10), p.Trials())
	o := sweep.Options{Workers: 2, Told: new(atomic.Int64)}
	dir, outcome := run(t, halved, o)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Equal(t, p.Trials(), outcome.Trials)
	require.Equal(t, int64(p.Trials()), o.Told.Load(), "a trial is counted once, however often it is replayed")
	trials := map[int]int{}
	for _, n := range trialsOf(t, dir) {
		trials[n]++
	}
	require.Equal(t, map[int]int{10: 12, 30: 4, 40: 2 + 2}, trials)

	// The settings that went on are the best ones of their rung: the median over the seeds of the best design that meets the spec.
	studies, list := rows(t, dir)
	best := func(label string, within int) float64 {
		sum := 0.0
		for i, s := range studies {
			if s.Label != label {
				continue
			}
			most := -1e300
			for _, rec := range list {
				if rec.Study == i && rec.Trial < within && rec.Objectives != nil && rec.Violations[0] <= 0 {
					most = max(most, rec.Objectives[0])
				}
			}
			sum += most / 2
		}
		return sum
	}
	counts := trialsOf(t, dir)
	for i, on := range studies {
		for j, left := range studies {
			if on.Agent == "ga" && left.Agent == "ga" && counts[i] > 10 && counts[j] == 10 {
				require.GreaterOrEqual(t, best(on.Label, 10), best(left.Label, 10), "%s went on and %s did not", on.Label, left.Label)
			}
		}
	}
}

func TestRacesAreTheSameForAnyWorkersAndInterruptions(t *testing.T) {
	hyperband := top + scenario + "set = { delay_us = 300 }\n" +
		"[[agent]]\nkind = \"ga\"\npopulation = { low = 2, high = 20 }\nmutation = { low = 0.01, high = 0.9, log = true }\nsearch = { kind = \"hyperband\", trials = 5 }\n"
	for name, text := range map[string]string{"halving": halved, "hyperband": hyperband} {
		t.Run(name, func(t *testing.T) {
			reference, whole := run(t, text, sweep.Options{Workers: 1})
			for _, workers := range []int{2, 8} {
				dir, _ := run(t, text, sweep.Options{Workers: workers})
				require.Equal(t, parts(t, reference), parts(t, dir), "%d workers", workers)
			}
			dir := filepath.Join(t.TempDir(), "out")
			for _, at := range []int64{int64(whole.Trials) / 7, int64(whole.Trials) / 2} {
				runUntil(t, text, sweep.Options{Out: dir, Workers: 3, Resume: true}, at)
			}
			outcome, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
			require.NoError(t, err)
			require.Equal(t, sweep.Complete, outcome.Status)
			require.Equal(t, parts(t, reference), parts(t, dir))
		})
	}
}

func TestASHAIsMarkedAsNotReproducible(t *testing.T) {
	text := top + scenario + "[[agent]]\nkind = \"ga\"\npopulation = [2, 3, 4, 5, 6, 7, 8, 9, 10]\nsearch = { kind = \"asha\", trials = 10 }\n"
	dir, outcome := run(t, text, sweep.Options{Workers: 3})
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Contains(t, outcome.Notes, "agent ga: asha does not wait: which settings went on depends on the workers and their speed")
	counts := map[int]int{}
	for _, n := range trialsOf(t, dir) {
		counts[n]++
	}
	require.GreaterOrEqual(t, counts[40], 1, "someone comes to the end: %v", counts)
	require.GreaterOrEqual(t, counts[10], 3, "someone is left behind: %v", counts)
	require.Equal(t, 9, counts[10]+counts[30]+counts[40])

	few := top + scenario + "[[agent]]\nkind = \"ga\"\npopulation = [2, 3]\nsearch = { kind = \"asha\", trials = 10 }\n"
	dir, _ = run(t, few, sweep.Options{Workers: 2})
	require.ElementsMatch(t, []int{10, 40}, trialsOf(t, dir), "of two settings one goes on")
}

// However often a race without waiting is interrupted, its settings go on from where they were, and one of them comes to the end.
func TestASHAIsResumed(t *testing.T) {
	text := top + scenario + "set = { delay_us = 300 }\n" +
		"[[agent]]\nkind = \"ga\"\npopulation = [2, 3, 4, 5, 6, 7, 8, 9, 10]\nsearch = { kind = \"asha\", trials = 10 }\n"
	for _, stops := range [][]int64{{5, 60}, {95, 130}, {40, 70, 100, 130, 150}} {
		dir := filepath.Join(t.TempDir(), "out")
		var outcome sweep.Outcome
		for _, at := range append(stops, math.MaxInt64) {
			if outcome.Status != sweep.Complete { // how many trials there are depends on the workers' speed: a stop can come too late
				outcome = runUntil(t, text, sweep.Options{Out: dir, Workers: 3, Resume: true}, at)
			}
		}
		require.Equal(t, sweep.Complete, outcome.Status)
		studies, list := rows(t, dir)
		counts := make([]int, len(studies))
		for _, rec := range list {
			require.Equal(t, counts[rec.Study], rec.Trial, "trials of a study follow each other")
			counts[rec.Study]++
		}
		require.Len(t, list, outcome.Trials)
		require.Contains(t, counts, 40, "someone comes to the end")
		for _, n := range counts {
			require.GreaterOrEqual(t, n, 10, "everyone has had the first rung: %v", counts)
		}
		m, err := sweep.ReadManifest(dir)
		require.NoError(t, err)
		require.Contains(t, m.Outside, "agent ga: asha does not wait: which settings went on depends on the workers and their speed")
	}
}

func TestHalvingNeedsOneObjective(t *testing.T) {
	text := top + "[[scenario]]\nsimulator = \"toy\"\nobjective = { minimise = [\"latency_cycles\", \"area_mm2\"] }\n" +
		"[[agent]]\nkind = \"ga\"\npopulation = [2, 3]\nsearch = { kind = \"halving\", trials = 10 }\n"
	_, err := sweep.NewPlan(parse(t, text), catalog())
	require.EqualError(t, err, "x.toml:9: scenario toy has 2 objectives: halving ranks settings by one")
}

func TestStudiesStopWhenTheSpecIsReached(t *testing.T) {
	dir, outcome := run(t, "stop_on_spec = true\n"+top+"lag = 3\n"+scenario+agent+"[[agent]]\nkind = \"hill\"\n", sweep.Options{})
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Zero(t, outcome.Stopped)
	_, list := rows(t, dir)
	first := map[int]int{}
	for _, rec := range list {
		if _, met := first[rec.Study]; !met && rec.Feasible() {
			first[rec.Study] = rec.Trial
		}
	}
	require.Len(t, first, 2)
	for study, n := range trialsOf(t, dir) {
		require.GreaterOrEqual(t, n, first[study]+1)
		require.LessOrEqual(t, n, first[study]+3, "what was in flight is told before the end")
	}
	_, err := sweep.NewPlan(parse(t, "stop_on_spec = true\n"+top+"[[scenario]]\nsimulator = \"toy\"\nobjective = { minimise = [\"area_mm2\"] }\n"+agent), catalog())
	require.EqualError(t, err, "x.toml:6: scenario toy has no bounds that could be met: stop_on_spec needs at_most or at_least")
}

func TestExcludedStudiesAreNotPlanned(t *testing.T) {
	p := plan(t, top+scenario+"[[agent]]\nkind = \"ga\"\npopulation = [2, 3]\n"+agent+"[[exclude]]\nwhere = { population = 2 }\n")
	require.Len(t, p.Studies, 2)
	require.Equal(t, "ga population=3", p.Studies[0].Agent.Label)
	require.Equal(t, "random", p.Studies[1].Agent.Label)
}

// Studies of one second each are cut off after a few trials; the rest of the sweep is done as far as its time goes.
func TestTimeLimitsEndStudiesAndAreOutsideThePromise(t *testing.T) {
	slow := "[[scenario]]\nsimulator = \"toy\"\nset = { delay_us = 25_000 }\nobjective = { minimise = [\"latency_cycles\"] }\n" + agent
	dir, outcome := run(t, "limits = { study_s = 0.2 }\n"+top+slow, sweep.Options{Workers: 1})
	require.Equal(t, sweep.Complete, outcome.Status)
	n := trialsOf(t, dir)[0]
	require.Less(t, n, 40)
	require.Len(t, outcome.Notes, 1)
	require.Regexp(t, `^study 0 \(toy delay_us=25000, random, repeat 0\): ended by a time limit after \d+ of 40 trials$`, outcome.Notes[0])

	dir, outcome = run(t, "limits = { sweep_s = 0.2 }\nrepeats = 3\n"+top+slow, sweep.Options{Workers: 1})
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Len(t, outcome.Notes, 3, "the second and the third did not begin")
	require.Equal(t, []int{0, 0}, trialsOf(t, dir)[1:])
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	require.NoError(t, err)
	require.Contains(t, string(text), "outside_promise")
}
