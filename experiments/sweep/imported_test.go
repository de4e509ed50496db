package sweep_test

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// foreign is one imported study of two rows, the second of which may fail to be read.
func foreign(t *testing.T, broken error) sweep.Imported {
	t.Helper()
	s, err := space.New(space.Param{Name: "width", Values: []float64{1, 2}})
	require.NoError(t, err)
	spec := simulators.Spec{Name: "foreign", Version: "1", Space: s, Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}}}
	o, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}}, spec.Metrics)
	require.NoError(t, err)
	return sweep.Imported{
		Name: "foreign", Origin: "files", Version: "v0", Command: []string{"import"}, Notes: []string{"by hand"},
		Studies: []dataset.Study{{Scenario: "s", Spec: spec, Agent: "someone", Label: "someone", Objectives: o.Objectives(), Constraints: o.Constraints()}},
		Rows: func(int) iter.Seq2[dataset.Row, error] {
			return func(yield func(dataset.Row, error) bool) {
				for i := range 2 {
					r := simulators.OK(float64(5 - i))
					score, err := o.Score(r)
					require.NoError(t, err)
					if i == 1 {
						err = broken
					}
					if !yield(dataset.Row{Trial: i, Point: space.Point{i}, Result: r, Score: score}, err) {
						return
					}
				}
			}
		},
	}
}

func TestImportedResultsAreACompleteFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "r")
	require.NoError(t, sweep.WriteImported(dir, foreign(t, nil)))
	m, err := sweep.ReadManifest(dir)
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, m.Status)
	require.Equal(t, []string{"imported: the figures are another program's", "by hand"}, m.Outside)
	r, err := dataset.Open(filepath.Join(dir, sweep.DatasetName))
	require.NoError(t, err)
	require.EqualValues(t, 2, r.Len())
	require.NoError(t, r.Close())
	timings, err := dataset.ReadTimings(filepath.Join(dir, sweep.TimingsName))
	require.NoError(t, err)
	require.Len(t, timings, 1)

	err = sweep.WriteImported(dir, foreign(t, nil))
	require.EqualError(t, err, "folder "+dir+" is not empty: choose another --out")
	_, mistake := errors.AsType[*sweep.UsageError](err)
	require.True(t, mistake)
}

func TestAnImportThatBreaksLeavesNoResults(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	broken := errors.New("disk on fire")
	require.ErrorIs(t, sweep.WriteImported(dir, foreign(t, broken)), broken)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries)
}
