package results_test

import (
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// lottery writes a finished folder of a lottery: twelve scenarios, four agents of so many settings each, three seeds, 500 trials a study.
func lottery(b *testing.B, settings int) (dir string, studies int) {
	b.Helper()
	const axes, trials, scenarios, seeds = 9, 500, 12, 3
	params := make([]space.Param, axes)
	for i := range params {
		params[i] = space.Param{Name: fmt.Sprint("axis", i), Unit: "PE", Values: []float64{1, 2, 4, 8, 16, 32}}
	}
	sp, err := space.New(params...)
	require.NoError(b, err)
	spec := simulators.Spec{Name: "made", Version: "1", Space: sp}
	for i := range 8 {
		spec.Metrics = append(spec.Metrics, simulators.Metric{Name: fmt.Sprint("metric", i), Unit: "ns"})
	}
	o, err := objective.New(objective.Config{Minimise: []string{"metric0_ns"}, AtMost: map[string]float64{"metric1_ns": 20}}, spec.Metrics)
	require.NoError(b, err)
	var list []dataset.Study
	for s := range scenarios {
		for a := range 4 {
			for n := range settings {
				options := map[string]any{"population": int64(2 << (n % 6)), "mutation": float64(1+n/6) / 100}
				for r := range seeds {
					list = append(list, dataset.Study{
						Scenario: fmt.Sprint("scenario ", s), Spec: spec, Agent: fmt.Sprint("agent", a), Hyperparameters: options, Seed: uint64(r), Repeat: r,
						Label:      fmt.Sprintf("agent%d population=%v mutation=%v", a, options["population"], options["mutation"]),
						Objectives: o.Objectives(), Constraints: o.Constraints(),
					})
				}
			}
		}
	}
	dir = b.TempDir()
	w, err := dataset.Create(filepath.Join(dir, sweep.DatasetName), list)
	require.NoError(b, err)
	for i := range list {
		require.NoError(b, w.Write(i, made(o, spec, uint64(i), trials)))
	}
	require.NoError(b, w.Close())
	require.NoError(b, dataset.WriteTimings(filepath.Join(dir, sweep.TimingsName), make([]dataset.Timing, len(list))))
	manifest(b, dir, sweep.Manifest{Format: 1, Name: "made", Status: sweep.Complete})
	return dir, len(list)
}

// made is a study whose designs get better from trial to trial.
func made(o objective.Objective, spec simulators.Spec, study uint64, trials int) iter.Seq2[dataset.Row, error] {
	return func(yield func(dataset.Row, error) bool) {
		rng := seed.New(study, "made")
		for id := range trials {
			values := make([]float64, len(spec.Metrics))
			for m := range values {
				values[m] = 30 * rng.Float64()
			}
			values[0] += 1e4 / float64(1+id)
			row := dataset.Row{Trial: id, Point: spec.Space.Sample(rng), Result: simulators.OK(values...)}
			var err error
			if row.Score, err = o.Score(row.Result); !yield(row, err) {
				return
			}
		}
	}
}

// BenchmarkReportOf10000Studies is what `codesign report` does with a finished folder: read it, sum it up, write the page.
func BenchmarkReportOf10000Studies(b *testing.B) {
	dir, studies := lottery(b, 70)
	bytes := int64(0)
	for b.Loop() {
		f, err := results.Open(dir, sweep.Catalog{})
		require.NoError(b, err)
		s, err := f.Sweep()
		require.NoError(b, err)
		var page counter
		require.NoError(b, report.HTML(&page, s, report.Scripts{}))
		require.NoError(b, report.Table(io.Discard, s))
		require.NoError(b, f.Close())
		bytes = int64(page)
	}
	b.ReportMetric(float64(studies), "studies")
	b.ReportMetric(float64(bytes)/1e6, "MB")
}

// counter counts what is written.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
