package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"iter"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// small is a layout of 24 rows in a part.
func small() layout { return layout{pageRows: 4, groupPages: 2, partGroups: 3} }

// writeArray writes two studies of array with n trials each, dealt out in batches.
func writeArray(t testing.TB, l layout, n, batch int) string {
	dir := filepath.Join(t.TempDir(), "data [x]*")
	w, err := Create(dir, []Study{arrayStudy(t), arrayStudy(t)})
	require.NoError(t, err)
	w.setLayout(l)
	for study := range 2 {
		for from := 0; from < n; from += batch {
			require.NoError(t, w.Write(study, arrayRows(t, from, min(from+batch, n))))
		}
	}
	require.NoError(t, w.Close())
	require.NoDirExists(t, dir+".partial")
	return dir
}

// parts are the files of a folder by name.
func parts(t testing.TB, dir string) map[string]string {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	files := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		files[e.Name()] = string(b)
	}
	return files
}

func open(t testing.TB, dir string) *Reader {
	r, err := Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

// arrayColumns is a row of array's dataset as the Parquet library maps it to Go by itself.
type arrayColumns struct {
	Study           int32    `parquet:"study"`
	Scenario        string   `parquet:"scenario"`
	Simulator       string   `parquet:"simulator"`
	Version         string   `parquet:"simulator_version"`
	Fidelity        string   `parquet:"fidelity"`
	Settings        string   `parquet:"settings"`
	SpaceHash       string   `parquet:"space_hash"`
	Agent           string   `parquet:"agent"`
	Hyperparameters string   `parquet:"hyperparameters"`
	Seed            uint64   `parquet:"seed"`
	Repeat          int32    `parquet:"repeat"`
	Trial           int64    `parquet:"trial"`
	Given           bool     `parquet:"given"`
	Rows            *float64 `parquet:"param_rows,optional"`
	Cache           *string  `parquet:"param_cache,optional"`
	CacheKiB        *float64 `parquet:"param_cache_kib,optional"`
	Latency         *float64 `parquet:"metric_latency_ns,optional"`
	Energy          *float64 `parquet:"metric_energy_pj,optional"`
	Objective       *float64 `parquet:"objective_0,optional"`
	Violation       *float64 `parquet:"violation_0,optional"`
	Distance        *float64 `parquet:"violation_1,optional"`
	Infeasible      *string  `parquet:"infeasible,optional"`
	Failed          *string  `parquet:"failed,optional"`
}

func TestEveryParquetReaderSeesTheRows(t *testing.T) {
	dir := writeArray(t, small(), 30, 7)
	require.Len(t, parts(t, dir), 3)
	var rows []arrayColumns
	for part := range 3 {
		more, err := parquet.ReadFile[arrayColumns](filepath.Join(dir, partName(part)))
		require.NoError(t, err)
		rows = append(rows, more...)
	}
	require.Len(t, rows, 60)
	hash := "a81ced8cf5d3a6e1e097847ad9892688"
	study := arrayColumns{Scenario: "alexnet", Simulator: "array", Version: "1.2", Settings: `{"batch":4,"workload":"alexnet"}`, SpaceHash: hash,
		Agent: "ga", Hyperparameters: `{"mutation":0.05,"population":16}`, Seed: 9223372036854775815, Repeat: 2}
	text, number := func(s string) *string { return &s }, func(v float64) *float64 { return &v }

	first := study // trial 0: the first level of every axis, the cache is off, energy 90 of 100
	first.Given, first.Rows, first.Cache = true, number(8), text("off")
	first.Latency, first.Energy, first.Objective, first.Violation, first.Distance = number(1000), number(90), number(-1000), number(-10), number(0)
	require.Equal(t, first, rows[0])

	active := study // trial 13 of study 1: levels 1, 1, 1; latency 1000/14, energy 103
	active.Study, active.Trial, active.Rows, active.Cache, active.CacheKiB = 1, 13, number(16), text("on"), number(1)
	active.Latency, active.Energy, active.Objective = number(71.42857142857143), number(103), number(-71.42857142857143)
	active.Violation, active.Distance = number(3), number(0)
	require.Equal(t, active, rows[43])

	infeasible := study // trial 9: levels 1, 0, 1, the last one inactive
	infeasible.Trial, infeasible.Rows, infeasible.Cache = 9, number(16), text("off")
	infeasible.Violation, infeasible.Distance, infeasible.Infeasible = number(0), number(0.5), text("too large by 0")
	require.Equal(t, infeasible, rows[9])

	failed := study // trial 24: levels 0, 0, 0
	failed.Trial, failed.Rows, failed.Cache, failed.Failed = 24, number(8), text("off"), text("panic: index out of range")
	require.Equal(t, failed, rows[24])
}

func TestRowsReadBackInOrder(t *testing.T) {
	r := open(t, writeArray(t, small(), 30, 30))
	require.Equal(t, 60, r.Len())
	require.Len(t, r.Columns(), 23)
	require.Equal(t, Column{Name: "param_rows", Type: Double, Nullable: true, Unit: "PE", Doc: "rows of the array"}, r.Params()[0])
	require.Equal(t, Column{Name: "metric_latency_ns", Type: Double, Nullable: true, Unit: "ns", Doc: "of one frame"}, r.Metrics()[0])
	require.Len(t, r.Studies(), 2)
	require.Equal(t, []Term{{Name: "energy_pj", Unit: "pJ", Bound: 100}}, r.Studies()[1].Constraints)
	require.Equal(t, []Term{{Name: "latency_ns", Unit: "ns", Minimise: true}}, r.Studies()[1].Objectives)
	n := 0
	for rec, err := range r.Rows() {
		require.NoError(t, err)
		require.Equal(t, n/30, rec.Study)
		require.Equal(t, n%30, rec.Trial)
		switch n {
		case 0:
			require.Equal(t, Record{Given: true, Params: []any{8.0, "off", nil}, Metrics: []float64{1000, 90},
				Objectives: []float64{-1000}, Violations: []float64{-10, 0}}, rec)
		case 39:
			require.Equal(t, Record{Study: 1, Trial: 9, Params: []any{16.0, "off", nil}, Violations: []float64{0, 0.5}, Infeasible: "too large by 0"}, rec)
		}
		n++
	}
	require.Equal(t, 60, n)
	for range r.Rows() {
		break // a walk may end early
	}
}

func TestBytesDependOnTheRowsOnly(t *testing.T) {
	for name, l := range map[string]layout{"one part": version1(), "many parts": small()} {
		want := parts(t, writeArray(t, l, 100, 100))
		for _, processors := range []int{1, 2} {
			before := runtime.GOMAXPROCS(processors)
			for _, batch := range []int{1, 7, 1000} {
				require.True(t, mapsEqual(want, parts(t, writeArray(t, l, 100, batch))), "%s, %d processors, batches of %d", name, processors, batch)
			}
			runtime.GOMAXPROCS(before)
		}
	}
}

func mapsEqual(a, b map[string]string) bool {
	for name := range a {
		if a[name] != b[name] {
			return false
		}
	}
	return len(a) == len(b)
}

// A change of this hash is a new SchemaVersion.
func TestBytesOfTheSchemaVersionAreFixed(t *testing.T) {
	sum := sha256.Sum256([]byte(parts(t, writeArray(t, version1(), 100, 100))[partName(0)]))
	require.Equal(t, "3fb30a6af5f2858cef4591f215ff2036f4a22239857f0d1f16bbd19e14cb760c", hex.EncodeToString(sum[:]))
}

// twoStudies are of different simulators: "size" is ordinal in the first and nominal in the second.
func twoStudies(t *testing.T) []Study {
	number, err := space.New(space.Param{Name: "size", Unit: "KiB", Values: []float64{0.5, 1}}, space.Param{Name: "depth", Values: []float64{1, 2}})
	require.NoError(t, err)
	label, err := space.New(
		space.Param{Name: "order", Kind: space.Permutation, Labels: []string{"k", "c"}},
		space.Param{Name: "size", Kind: space.Nominal, Labels: []string{"small", "large"}})
	require.NoError(t, err)
	return []Study{
		{Scenario: "a", Spec: simulators.Spec{Name: "first", Space: number, Metrics: []simulators.Metric{{Name: "time", Unit: "ns"}}},
			Objectives: []objective.Term{{Name: "time_ns"}}},
		{Scenario: "b", Spec: simulators.Spec{Name: "second", Space: label, Metrics: []simulators.Metric{{Name: "area", Unit: "mm2"}, {Name: "time", Unit: "ns"}}},
			Objectives: []objective.Term{{Name: "area_mm2"}, {Name: "time_ns"}}},
	}
}

func one(r Row) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) { yield(r, nil) }
}

func TestSimulatorsShareOneTable(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	w, err := Create(dir, twoStudies(t))
	require.NoError(t, err)
	require.NoError(t, w.Write(0, one(Row{Point: space.Point{0, 1}, Result: simulators.OK(math.Copysign(0, -1)),
		Score: objective.Score{Objectives: []float64{7}, Violations: []float64{0}}})))
	require.NoError(t, w.Write(1, one(Row{Point: space.Point{1, 1}, Result: simulators.OK(3, 4),
		Score: objective.Score{Objectives: []float64{5, 6}, Violations: []float64{0}}})))
	require.NoError(t, w.Close())
	r := open(t, dir)
	var names []string
	for _, c := range r.Columns()[givenColumn+1:] {
		names = append(names, c.Name)
	}
	require.Equal(t, []string{"param_size", "param_depth", "param_order", "metric_time_ns", "metric_area_mm2",
		"objective_0", "objective_1", "violation_0", "infeasible", "failed"}, names)
	require.Equal(t, Column{Name: "param_size", Type: Text, Nullable: true}, r.Params()[0])
	var rows [][]any
	for rec, err := range r.Rows() {
		require.NoError(t, err)
		rows = append(rows, r.Values(&rec)[givenColumn+1:])
	}
	require.Equal(t, [][]any{
		{"0.5", 2.0, nil, 0.0, nil, 7.0, nil, 0.0, nil, nil},
		{"large", nil, "c>k", 4.0, 3.0, 5.0, 6.0, 0.0, nil, nil},
	}, rows)
	require.False(t, math.Signbit(rows[0][3].(float64)))
}

func TestLongReasonsOverflowTheDictionary(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	w, err := Create(dir, []Study{arrayStudy(t)})
	require.NoError(t, err)
	w.setLayout(layout{pageRows: 4, groupPages: 4, partGroups: 4})
	reason := func(trial int) string { return strings.Repeat(strconv.Itoa(trial), dictionaryBytes/8) }
	require.NoError(t, w.Write(0, func(yield func(Row, error) bool) {
		for trial := 0; trial < 40 && yield(Row{Trial: trial, Point: space.Point{0, 0, 0}, Result: simulators.Failed(reason(trial))}, nil); trial++ {
		}
	}))
	require.NoError(t, w.Close())
	trial := 0
	for rec, err := range open(t, dir).Rows() {
		require.NoError(t, err)
		require.True(t, rec.Failed == reason(trial), "trial %d", trial)
		trial++
	}
	require.Equal(t, 40, trial)
}

func TestSpaceHashNoticesEveryAxis(t *testing.T) {
	base := space.Param{Name: "a", Unit: "KiB", Values: []float64{1, 2}}
	hashes := map[string]bool{}
	for _, change := range []func(*space.Param){
		func(p *space.Param) {},
		func(p *space.Param) { p.Name = "b" },
		func(p *space.Param) { p.Unit = "MiB" },
		func(p *space.Param) { p.Values = []float64{1, 3} },
		func(p *space.Param) {
			*p = space.Param{Name: "a", Unit: "KiB", Kind: space.Nominal, Labels: []string{"1", "2"}}
		},
	} {
		p := base
		change(&p)
		s, err := space.New(p)
		require.NoError(t, err)
		hashes[SpaceHash(s)] = true
	}
	require.Len(t, hashes, 5)
	p := base
	p.Doc, p.Group = "documented", "memory"
	s, err := space.New(p)
	require.NoError(t, err)
	require.True(t, hashes[SpaceHash(s)])
}

func TestCloseMakesTheDatasetAppearWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	require.NoError(t, os.MkdirAll(dir+".partial", 0o755)) // the leftovers of a killed writer
	require.NoError(t, os.WriteFile(filepath.Join(dir+".partial", "part-00007.parquet"), []byte("PAR1"), 0o644))
	require.NoError(t, os.Mkdir(dir, 0o755)) // an empty folder does not matter
	w, err := Create(dir, []Study{arrayStudy(t)})
	require.NoError(t, err)
	_, err = Open(dir)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.NoError(t, w.Close())
	require.ErrorContains(t, w.Write(0, arrayRows(t, 0, 1)), "closed")
	require.NoError(t, w.Abort())
	r := open(t, dir)
	require.Zero(t, r.Len())
	for range r.Rows() {
		t.Fatal("a row in an empty dataset")
	}

	before := parts(t, dir)
	_, err = Create(dir, []Study{arrayStudy(t)})
	require.ErrorIs(t, err, fs.ErrExist)
	require.ErrorContains(t, err, dir+": the folder is not empty")
	require.Equal(t, before, parts(t, dir))
}

func TestCreateRemovesNothingButParts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	notes := filepath.Join(dir+".partial", "notes.txt")
	require.NoError(t, os.Mkdir(dir+".partial", 0o755))
	require.NoError(t, os.WriteFile(notes, nil, 0o644))
	_, err := Create(dir, []Study{arrayStudy(t)})
	require.ErrorContains(t, err, dir+".partial")
	require.FileExists(t, notes)
}

func TestAbortLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	w, err := Create(dir, []Study{arrayStudy(t)})
	require.NoError(t, err)
	w.setLayout(small())
	require.NoError(t, w.Write(0, arrayRows(t, 0, 30)))
	require.NoError(t, w.Abort())
	require.NoDirExists(t, dir+".partial")
	require.NoDirExists(t, dir)
	require.ErrorContains(t, w.Write(0, arrayRows(t, 30, 31)), "aborted")
	require.Error(t, w.Close())
}

func TestWriteNamesWhatDoesNotFit(t *testing.T) {
	point, score := space.Point{0, 0, 0}, objective.Score{}
	again := func(yield func(Row, error) bool) {
		for range 2 {
			if !yield(arrayRow(array(t).Space, 5), nil) {
				return
			}
		}
	}
	broken := errors.New("journal: corrupt")
	tests := []struct {
		name  string
		study int
		rows  iter.Seq2[Row, error]
		want  string
	}{
		{"study", 1, arrayRows(t, 0, 1), "study 1 out of range [0, 1)"},
		{"order", 0, again,
			"study 0: trial 5 after trial 5: they come in ascending order"},
		{"negative trial", 0, one(Row{Trial: -1}), "trial -1 after trial -1"},
		{"axes", 0, one(Row{Point: point[:2]}), "trial 0: a point of 2 levels in a space of 3 axes"},
		{"level", 0, one(Row{Point: space.Point{4, 0, 0}}), `level 4 of "rows" out of range [0, 4): rows ∈ {8, 16, 32, 64} PE`},
		{"metrics", 0, one(Row{Point: point, Result: simulators.OK(1)}), "1 metrics where the study has 2"},
		{"nothing", 0, one(Row{Point: point}), "a result without values, infeasible or failed reason"},
		{"NaN", 0, one(Row{Point: point, Result: simulators.OK(1, math.NaN()), Score: score}), "number 1 of the metrics is NaN, which is not finite"},
		{"objectives", 0, one(Row{Point: point, Result: simulators.OK(1, 1), Score: objective.Score{Objectives: []float64{1, 2}}}), "2 objectives where the study has 1"},
		{"violations", 0, one(Row{Point: point, Result: simulators.OK(1, 1), Score: objective.Score{Violations: []float64{1}}}), "1 violations where the study has 2"},
		{"source", 0, func(yield func(Row, error) bool) { yield(Row{}, broken) }, "study 0: journal: corrupt"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dataset")
			w, err := Create(dir, []Study{arrayStudy(t)})
			require.NoError(t, err)
			err = w.Write(test.study, test.rows)
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, dir)
			require.Equal(t, err, w.Write(0, arrayRows(t, 0, 1)))
			require.ErrorIs(t, w.Close(), err)
			require.NoDirExists(t, dir)
			require.NoDirExists(t, dir+".partial")
		})
	}
}

func TestCreateNamesWhatIsWrong(t *testing.T) {
	bad := arrayStudy(t)
	bad.Settings = map[string]any{"x": math.Inf(1)}
	bad.Constraints = []objective.Term{{Bound: math.Inf(1)}}
	bad.Spec.Metrics = append(bad.Spec.Metrics, bad.Spec.Metrics[0])
	_, err := Create(filepath.Join(t.TempDir(), "dataset"), []Study{arrayStudy(t), bad})
	require.ErrorContains(t, err, "study 1: settings: json: unsupported value: +Inf")
	require.ErrorContains(t, err, `study 1: simulator array has two metrics "latency_ns"`)
	_, err = Create(filepath.Join(t.TempDir(), "missing", "dataset"), []Study{arrayStudy(t)})
	require.ErrorIs(t, err, fs.ErrNotExist)
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	_, err = Create(file, []Study{arrayStudy(t)})
	require.ErrorContains(t, err, file)
	w, err := Create(filepath.Join(t.TempDir(), "dataset"), []Study{arrayStudy(t), arrayStudy(t)})
	require.NoError(t, err)
	require.NoError(t, w.Write(1, arrayRows(t, 0, 1)))
	require.ErrorContains(t, w.Write(0, arrayRows(t, 0, 1)), "study 0 after study 1: they come in ascending order")
}
