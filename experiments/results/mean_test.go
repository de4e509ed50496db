package results_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// A trial of several evaluations has its standard errors behind all metrics; they are shown beside the means.
func TestMeansAreShownWithTheirStandardErrors(t *testing.T) {
	spec := adder(t)
	spec.Metrics = append(spec.Metrics, spec.Metrics[0].SEM(4), spec.Metrics[1].SEM(4))
	o, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}}, spec.Metrics)
	require.NoError(t, err)
	dir := t.TempDir()
	w, err := dataset.Create(filepath.Join(dir, sweep.DatasetName), []dataset.Study{
		{Scenario: "s", Spec: spec, Agent: "random", Label: "random", Objectives: o.Objectives()},
	})
	require.NoError(t, err)
	require.NoError(t, w.Write(0, func(yield func(dataset.Row, error) bool) {
		for id, values := range [][]float64{{12.5, 8, 0.123456, 0}, {11, 9, 1.5, 0}, {13, 9, 1, 1}} {
			row := dataset.Row{Trial: id, Point: space.Point{id}, Result: simulators.OK(values...)}
			row.Score, err = o.Score(row.Result)
			if !yield(row, err) {
				return
			}
		}
	}))
	require.NoError(t, w.Close())
	require.NoError(t, dataset.WriteTimings(filepath.Join(dir, sweep.TimingsName), []dataset.Timing{{}}))
	manifest(t, dir, sweep.Manifest{Format: 1, Name: "hand", Status: sweep.Complete})
	run := summed(t, dir, sweep.Catalog{}).Scenarios[0].Agents[0].Runs[0]
	require.Equal(t, []report.Pair{{Name: "latency_ns", Value: "11 ± 1.5"}, {Name: "area_mm2", Value: "9"}}, run.BestMetrics)
	require.InDelta(t, 1.5, run.BestSEM, 0)
}
