package dataset

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/metrics"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// BenchmarkWrite writes 1,000,000 rows; memory_mb is what the Go runtime holds from the operating system afterwards.
func BenchmarkWrite(b *testing.B) {
	b.Run("22-columns", func(b *testing.B) { benchmarkWrite(b, arrayStudy(b)) })
	b.Run("36-columns", func(b *testing.B) { benchmarkWrite(b, wideStudy(b)) })
}

// wideStudy has the systolic simulator's shape: 7 axes, 12 metrics.
func wideStudy(b *testing.B) Study {
	study := Study{Scenario: "resnet50", Agent: "ga", Settings: map[string]any{"workload": "resnet50", "profile": "physical", "word_bytes": 1},
		Objectives: []objective.Term{{Name: "metric_0"}}}
	var params []space.Param
	for a := range 6 {
		params = append(params, space.Param{Name: fmt.Sprint("axis", a), Values: []float64{1, 2, 4, 8, 16, 32, 64}})
	}
	params = append(params, space.Param{Name: "dataflow", Kind: space.Nominal, Labels: []string{"os", "ws", "is"}})
	s, err := space.New(params...)
	require.NoError(b, err)
	study.Spec = simulators.Spec{Name: "wide", Version: "1", Space: s}
	for m := range 12 {
		study.Spec.Metrics = append(study.Spec.Metrics, simulators.Metric{Name: fmt.Sprint("metric_", m)})
	}
	return study
}

func benchmarkWrite(b *testing.B, study Study) {
	const rows = 1_000_000
	sample := make([]Row, 1<<16) // no row repeats within a page
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range sample {
		r := &sample[i]
		r.Point = study.Spec.Space.Sample(rng)
		for range study.Spec.Metrics {
			r.Result.Values = append(r.Result.Values, rng.Float64()*1e6)
		}
		r.Score = objective.Score{Objectives: []float64{-r.Result.Values[0]}, Violations: make([]float64, len(study.Constraints)+1)}
	}
	var bytes int64
	run := 0
	b.ReportAllocs()
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), fmt.Sprint(run))
		run++
		w, err := Create(dir, []Study{study})
		require.NoError(b, err)
		require.NoError(b, w.Write(0, func(yield func(Row, error) bool) {
			for trial := range rows {
				row := sample[trial%len(sample)]
				row.Trial = trial
				if !yield(row, nil) {
					return
				}
			}
		}))
		require.NoError(b, w.Close())
		info, err := os.Stat(filepath.Join(dir, partName(0)))
		require.NoError(b, err)
		bytes = info.Size()
	}
	held := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(held)
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(held[0].Value.Uint64()-held[1].Value.Uint64())/1e6, "memory_mb")
	b.ReportMetric(float64(bytes)/rows, "bytes/row")
}

func BenchmarkRows(b *testing.B) {
	const rows = 100_000
	dir := filepath.Join(b.TempDir(), "dataset")
	w, err := Create(dir, []Study{arrayStudy(b)})
	require.NoError(b, err)
	require.NoError(b, w.Write(0, arrayRows(b, 0, rows)))
	require.NoError(b, w.Close())
	r, err := Open(dir)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range r.Rows() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	require.NoError(b, r.Close())
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
