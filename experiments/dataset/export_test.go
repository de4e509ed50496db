package dataset

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExportCSV(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, ExportCSV(&out, open(t, writeArray(t, small(), 30, 30))))
	lines := strings.Split(out.String(), "\n")
	require.Len(t, lines, 62)
	require.Equal(t, "study,scenario,simulator,simulator_version,fidelity,settings,space_hash,agent,hyperparameters,seed,repeat,trial,given,"+
		"param_rows,param_cache,param_cache_kib,metric_latency_ns,metric_energy_pj,objective_0,violation_0,violation_1,infeasible,failed", lines[0])
	study := `0,alexnet,array,1.2,,"{""batch"":4,""workload"":""alexnet""}",a81ced8cf5d3a6e1e097847ad9892688,ga,"{""mutation"":0.05,""population"":16}",9223372036854775815,2,`
	require.Equal(t, study+"0,true,8,off,,1000,90,-1000,-10,0,,", lines[1])
	require.Equal(t, study+"9,false,16,off,,,,,0,0.5,too large by 0,", lines[10])
	require.Equal(t, study+"24,false,8,off,,,,,,,,panic: index out of range", lines[25])
}

func TestExportJSONL(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, ExportJSONL(&out, open(t, writeArray(t, small(), 30, 30))))
	lines := strings.Split(out.String(), "\n")
	require.Len(t, lines, 61)
	study := `{"study":0,"scenario":"alexnet","simulator":"array","simulator_version":"1.2","fidelity":"","settings":{"batch":4,"workload":"alexnet"},` +
		`"space_hash":"a81ced8cf5d3a6e1e097847ad9892688","agent":"ga","hyperparameters":{"mutation":0.05,"population":16},"seed":9223372036854775815,"repeat":2,`
	require.Equal(t, study+`"trial":13,"given":false,"param_rows":16,"param_cache":"on","param_cache_kib":1,"metric_latency_ns":71.42857142857143,`+
		`"metric_energy_pj":103,"objective_0":-71.42857142857143,"violation_0":3,"violation_1":0,"infeasible":null,"failed":null}`, lines[13])
}

// full takes no byte.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestExportReportsAFullDisk(t *testing.T) {
	r := open(t, writeArray(t, small(), 30, 30))
	require.ErrorIs(t, ExportCSV(full{}, r), io.ErrShortWrite)
	require.ErrorIs(t, ExportJSONL(full{}, r), io.ErrShortWrite)
}

func TestSummarise(t *testing.T) {
	s, err := Summarise(open(t, writeArray(t, small(), 30, 30)))
	require.NoError(t, err)
	// of 30 trials 9, 19 and 29 are infeasible, 24 failed; energy 90+t exceeds 100 for t > 10, all but those: 19 - 3 (19, 24, 29) = 16;
	// 24 level vectors with the cache off in half of them: 4 rows × (1 off + 3 sizes) designs
	want := StudySummary{Rows: 30, Feasible: 10, Violating: 16, Infeasible: 3, Failed: 1, Unique: 16}
	require.Equal(t, []StudySummary{want, want}, s.Studies)
	require.Len(t, s.Columns, 8)
	require.Equal(t, "param_rows", s.Columns[0].Name)
	require.Equal(t, 60, s.Columns[0].Values)
	require.Equal(t, []float64{8, 64}, []float64{s.Columns[0].Min, s.Columns[0].Max})
	require.Equal(t, []float64{0, 0, 0}, []float64{s.Columns[1].Min, s.Columns[1].Mean, s.Columns[1].Max})
	energy := s.Columns[4] // 90 … 118, without those of trials 9, 19, 24: (30·104.5 - 99 - 109 - 114 - 119)/26
	require.Equal(t, "metric_energy_pj", energy.Name)
	require.Equal(t, []int{52, 8}, []int{energy.Values, energy.Nulls})
	require.InDelta(t, 103.61538461538461, energy.Mean, 1e-12)
	require.Equal(t, []float64{90, 118}, []float64{energy.Min, energy.Max})
}

func TestTimingsReadBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "timings.parquet")
	for _, want := range [][]Timing{
		{{Study: 0, AskS: 0.5, TellS: 0.25, EvaluateS: 12, WallS: 7, Evaluations: 100, Replayed: 1, Attempts: 1}, {Study: 1}},
		{{Study: 7, Attempts: 2}},
	} {
		require.NoError(t, WriteTimings(path, want))
		got, err := ReadTimings(path)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1)
	require.Error(t, WriteTimings(filepath.Join(t.TempDir(), "missing", "timings.parquet"), nil))

	b, err := os.ReadFile(path)
	require.NoError(t, err)
	for length := 0; length < len(b); length += 7 {
		require.NoError(t, os.WriteFile(path, b[:length], 0o644))
		_, err := ReadTimings(path)
		require.ErrorContains(t, err, path+": not a whole Parquet file")
	}
	_, err = ReadTimings(filepath.Join(writeArray(t, small(), 5, 5), partName(0)))
	require.ErrorContains(t, err, "not a table of timings")
	_, err = ReadTimings(filepath.Join(t.TempDir(), "none"))
	require.True(t, errors.Is(err, os.ErrNotExist))
}
