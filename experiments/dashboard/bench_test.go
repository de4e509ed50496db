package dashboard

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// BenchmarkMillionTrials shows a folder of 1,000,000 trials in 500 studies, made by a real run: how long it takes to read, what it keeps in memory, and
// how long pages, events and tables take.
//
//	go test ./experiments/dashboard -run '^$' -bench MillionTrials -benchtime 1x
func BenchmarkMillionTrials(b *testing.B) {
	benchmarkTrials(b, 50, 2000)
}

// BenchmarkMillionTrialsManyStudies is the same with 20,000 studies of 50 trials.
func BenchmarkMillionTrialsManyStudies(b *testing.B) {
	benchmarkTrials(b, 2000, 50)
}

// benchmarkTrials measures ten agents with so many repeats of so many trials.
func benchmarkTrials(b *testing.B, repeats, budget int) {
	root := b.TempDir()
	dir := filepath.Join(root, "million")
	agents := ""
	for i := range 10 {
		agents += fmt.Sprintf("[[agent]]\nkind = \"random\"\nname = \"random-%d\"\n", i)
	}
	text := fmt.Sprintf("name = \"million\"\nrepeats = %d\nbudget = %d\nmax_failed = 1000000\n[[scenario]]\nsimulator = \"toy\"\n"+
		"fix = { levels = { lanes = [1, 2, 4, 8, 16, 20, 24, 32, 40, 48, 50, 60] } }\nobjective = { minimise = [\"latency_cycles\"] }\n%s", repeats, budget, agents)
	require.Equal(b, sweep.Complete, run(b, b.Context(), text, dir, nil).Status)
	p := newPlace(root, dir)
	m, err := sweep.ReadManifest(dir)
	require.NoError(b, err)
	for b.Loop() {
		before := heap()
		w := newWatch(p, catalog(nil), m, usual())
		began := time.Now()
		require.NoError(b, w.open())
		w.looked(w.look(b.Context()))
		b.ReportMetric(time.Since(began).Seconds(), "s/read")
		b.ReportMetric(float64(int64(heap())-int64(before))/1e6, "MB")
		d := w.since(0)
		require.Equal(b, Share{1_000_000, 1_000_000}, d.Card.Trials)
		page, err := json.Marshal(d)
		require.NoError(b, err)
		b.ReportMetric(float64(len(page))/1e3, "kB/page")

		measure := func(unit string, do func()) {
			began := time.Now()
			do()
			b.ReportMetric(float64(time.Since(began).Microseconds())/1e3, unit)
		}
		measure("ms/page", func() { _, _ = json.Marshal(w.since(0)) })
		measure("ms/event", func() {
			w.mu.Lock()
			w.cells[0].changed = w.version + 1
			w.publish()
			w.mu.Unlock()
			_, _ = json.Marshal(w.since(w.version - 1))
		})
		measure("ms/studies", func() { _, err = w.studyTable(queryOf(b, "q=random-3&sort=best")) })
		require.NoError(b, err)
		measure("ms/trials-of-study", func() { _, err = w.trialTable(b.Context(), queryOf(b, "study=7&sort=latency_cycles")) })
		require.NoError(b, err)
		measure("ms/all-trials", func() { _, err = w.trialTable(b.Context(), queryOf(b, "q=lanes>40&sort=latency_cycles")) })
		require.NoError(b, err)
		runtime.KeepAlive(w)
	}
}

func queryOf(b *testing.B, text string) query {
	values, err := url.ParseQuery(text)
	require.NoError(b, err)
	q, err := parseQuery(values)
	require.NoError(b, err)
	return q
}

// heap is what is in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
