package dataset

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// written is the dataset of some studies with the array's first n trials each.
func written(t *testing.T, n int, studies ...Study) *Reader {
	dir := filepath.Join(t.TempDir(), "dataset")
	w, err := Create(dir, studies)
	require.NoError(t, err)
	for i := range studies {
		require.NoError(t, w.Write(i, arrayRows(t, 0, n)))
	}
	require.NoError(t, w.Close())
	return open(t, dir)
}

func records(t *testing.T, r *Reader) []Record {
	var list []Record
	for rec, err := range r.Rows() {
		require.NoError(t, err)
		list = append(list, rec)
	}
	return list
}

func TestRewritingChangesNoByte(t *testing.T) {
	first := arrayStudy(t)
	second := arrayStudy(t)
	second.Seed, second.Settings = 9, nil
	r := written(t, 40, first, second)
	to := filepath.Join(t.TempDir(), "copy")
	require.NoError(t, Rewrite(to, []*Reader{r}, nil))
	require.Equal(t, parts(t, r.dir), parts(t, to))
}

func TestMergeUnitesStudiesAndColumns(t *testing.T) {
	other := arrayStudy(t)
	s, err := space.New(space.Param{Name: "rows", Unit: "PE", Kind: space.Nominal, Labels: []string{"few", "many"}})
	require.NoError(t, err)
	other.Spec = simulators.Spec{Name: "other", Version: "1", Space: s, Metrics: []simulators.Metric{{Name: "area", Unit: "mm2"}}}
	other.Objectives, other.Constraints = nil, nil
	dir := filepath.Join(t.TempDir(), "other")
	w, err := Create(dir, []Study{other})
	require.NoError(t, err)
	require.NoError(t, w.Write(0, func(yield func(Row, error) bool) {
		row := Row{Point: space.Point{1}, Result: simulators.OK(2.5)}
		row.Score.Violations = []float64{0}
		yield(row, nil)
	}))
	require.NoError(t, w.Close())

	to := filepath.Join(t.TempDir(), "both")
	require.NoError(t, Merge(to, []*Reader{written(t, 3, arrayStudy(t)), open(t, dir)}, Merging{}))
	both := open(t, to)
	require.Len(t, both.Studies(), 2)
	require.Equal(t, 1, both.Studies()[1].Index)
	require.Equal(t, Text, both.Params()[0].Type) // a number there, a label here
	rows := records(t, both)
	require.Len(t, rows, 4)
	require.Equal(t, []any{"8", "off", nil}, rows[0].Params)
	require.Equal(t, []any{"many", nil, nil}, rows[3].Params)
	require.Equal(t, 2.5, rows[3].Metrics[2])
	require.True(t, math.IsNaN(rows[3].Metrics[0]))
	require.Equal(t, []float64{0}, rows[3].Violations)
}

func TestMergeRefusesWhatDoesNotBelongTogether(t *testing.T) {
	newer := arrayStudy(t)
	newer.Seed, newer.Spec.Version = 1, "1.3"
	seconds := arrayStudy(t)
	seconds.Seed = 2
	seconds.Spec.Metrics = []simulators.Metric{{Name: "latency_ns", Unit: ""}, {Name: "energy", Unit: "pJ"}} // the same key in another unit
	tests := []struct {
		name    string
		other   Study
		allowed Merging
		want    string
	}{
		{"version", newer, Merging{AnyUnit: true}, `version of array: "1.2" and "1.3": the numbers are not the same`},
		{"unit", seconds, Merging{AnyVersion: true}, `unit of metric_latency_ns: "ns" and "": the numbers mean different things`},
		{"same study", arrayStudy(t), Merging{AnyVersion: true, AnyUnit: true}, "is study 0 of"},
		{"version allowed", newer, Merging{AnyVersion: true}, ""},
		{"unit allowed", seconds, Merging{AnyUnit: true}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			to := filepath.Join(t.TempDir(), "merged")
			err := Merge(to, []*Reader{written(t, 5, arrayStudy(t)), written(t, 5, test.other)}, test.allowed)
			if test.want == "" {
				require.NoError(t, err)
				require.Equal(t, 10, open(t, to).Len())
				return
			}
			require.ErrorContains(t, err, test.want)
			require.NoDirExists(t, to)
		})
	}
}

func TestDedupeKeepsTheFirstOfEachDesign(t *testing.T) {
	other := arrayStudy(t)
	other.Settings = map[string]any{"workload": "vgg16"}
	r := written(t, 60, arrayStudy(t), other)
	to := filepath.Join(t.TempDir(), "unique")
	repeats, err := Repeats(r)
	require.NoError(t, err)
	dropped, err := Dedupe(to, r)
	require.NoError(t, err)
	require.Equal(t, dropped, repeats)
	rows := records(t, open(t, to))
	require.Equal(t, 2*60-2*16, dropped) // 4 rows × (cache off or one of 3 sizes)
	require.Len(t, rows, 2*16)
	for _, rec := range rows {
		require.Empty(t, rec.Failed)
	}
}

// TestSplitsKeepGroupsTogether splits designs of which some give equal results.
func TestSplitsKeepGroupsTogether(t *testing.T) {
	other := arrayStudy(t)
	other.Scenario, other.Settings = "vgg16", map[string]any{"workload": "vgg16"}
	r := written(t, 120, arrayStudy(t), other)
	for _, by := range []By{ByDesign, ByOutcome} {
		groups, err := Groups(r, by)
		require.NoError(t, err)
		require.Len(t, groups, 240)
		require.Equal(t, groups[:120], groups[120:], "designs, not workloads")
		second, err := Splitting{By: by, Share: 0.4, Seed: 3}.Second(r)
		require.NoError(t, err)
		side := map[uint64]bool{}
		for i, g := range groups {
			if before, seen := side[g]; seen {
				require.Equal(t, before, second[i])
			}
			side[g] = second[i]
		}
		require.Len(t, side, 16)
	}
	second, err := Splitting{Latest: true, Share: 0.25}.Second(r)
	require.NoError(t, err)
	for i, s := range second {
		require.Equal(t, i%120 >= 90, s)
	}
	second, err = Splitting{Holdout: "vgg16"}.Second(r)
	require.NoError(t, err)
	for i, s := range second {
		require.Equal(t, i >= 120, s)
	}
}

func TestOutcomesUniteDesignsThatCannotBeTold(t *testing.T) {
	study := arrayStudy(t)
	dir := filepath.Join(t.TempDir(), "dataset")
	w, err := Create(dir, []Study{study})
	require.NoError(t, err)
	require.NoError(t, w.Write(0, func(yield func(Row, error) bool) {
		for trial, latency := range []float64{5, 6, 5} {
			row := Row{Trial: trial, Point: space.Point{trial, 0, 0}, Result: simulators.OK(latency, 1)}
			if !yield(row, nil) {
				return
			}
		}
	}))
	require.NoError(t, w.Close())
	groups, err := Groups(open(t, dir), ByOutcome)
	require.NoError(t, err)
	require.Equal(t, groups[0], groups[2])
	require.NotEqual(t, groups[0], groups[1])
}

func TestSplitsThatCannotBe(t *testing.T) {
	r := written(t, 40, arrayStudy(t))
	tests := []struct {
		s    Splitting
		want string
	}{
		{Splitting{}, "share 0 of the second part is not between 0 and 1"},
		{Splitting{Holdout: "resnet"}, `no study is of the scenario "resnet"`},
		{Splitting{Holdout: "alexnet", Latest: true}, "not both"},
	}
	for _, test := range tests {
		_, err := test.s.Second(r)
		require.ErrorContains(t, err, test.want)
	}
	var by By
	require.ErrorContains(t, by.UnmarshalText([]byte("agent")), "is not one of design, outcome, workload")
}

func TestExportNPZ(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, ExportNPZ(&out, written(t, 10, arrayStudy(t))))
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	require.Len(t, z.File, 23)
	read := func(name string) (header string, items []byte) {
		f, err := z.Open(name + ".npy")
		require.NoError(t, err)
		b, err := io.ReadAll(f)
		require.NoError(t, err)
		require.Equal(t, "\x93NUMPY\x01\x00", string(b[:8]))
		n := 10 + int(binary.LittleEndian.Uint16(b[8:]))
		require.Zero(t, n%64)
		return strings.TrimRight(string(b[10:n]), " \n"), b[n:]
	}
	header, items := read("metric_latency_ns")
	require.Equal(t, "{'descr': '<f8', 'fortran_order': False, 'shape': (10,), }", header)
	require.Equal(t, 1000.0, math.Float64frombits(binary.LittleEndian.Uint64(items)))
	require.True(t, math.IsNaN(math.Float64frombits(binary.LittleEndian.Uint64(items[72:])))) // trial 9 is infeasible
	header, items = read("param_cache")
	require.Equal(t, "{'descr': '<U3', 'fortran_order': False, 'shape': (10,), }", header)
	require.Equal(t, "o\x00\x00\x00f\x00\x00\x00f\x00\x00\x00", string(items[:12]))
	require.Len(t, items, 120)
	header, items = read("given")
	require.Equal(t, "{'descr': '|b1', 'fortran_order': False, 'shape': (10,), }", header)
	require.Equal(t, []byte{1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, items)
	header, _ = read("seed")
	require.Contains(t, header, "<u8")
	header, _ = read("failed")
	require.Contains(t, header, "<U1")
}

func TestCard(t *testing.T) {
	var out bytes.Buffer
	r := written(t, 30, arrayStudy(t), arrayStudy(t))
	require.NoError(t, WriteCard(&out, r, Card{Name: "arrays", How: "codesign run arrays.toml", Notes: []string{"a note"}, Workloads: []Workload{
		{"alexnet", []simulators.Feature{{Name: "macs", Unit: "MACs", Doc: "of all layers", Value: 7.2e8}}},
		{"cloud", []simulators.Feature{{Name: "gap_ns", Unit: "ns", Doc: "between requests", Value: 2.5}}},
	}}))
	card := out.String()
	for _, line := range []string{
		"# Dataset arrays\n\n60 rows of 2 studies; Parquet, schema version 1 (docs/dataset.md).\n\nMade by `codesign run arrays.toml`.\n\nNote: a note.\n",
		"| array | 1.2 | true model | `{\"batch\":4,\"workload\":\"alexnet\"}` | 2 |\n",
		"## Workloads\n\n| feature | unit | about | alexnet | cloud |\n|---|---|---|---:|---:|\n| macs | MACs | of all layers | 7.2e+08 |  |\n| gap_ns | ns | between requests |  | 2.5 |\n",
		"| alexnet | ga | 60 | 20 | 32 | 6 | 2 | 32 |\n",
		"| metric_energy_pj | pJ | 52 | 8 | 90 | 103.615 | 118 |  |\n",
		"| param_cache |  | 60 | 0 |  |  |  |  |\n",
		"## Licence\n\nCC0 1.0",
	} {
		require.Contains(t, card, line)
	}
}
