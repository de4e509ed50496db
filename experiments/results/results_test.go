package results_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// adder is a simulator of one axis with two metrics, which the tests give as they like.
func adder(t testing.TB) simulators.Spec {
	t.Helper()
	s, err := space.New(space.Param{Name: "width", Unit: "bits", Kind: space.Ordinal, Values: []float64{1, 2, 3, 4, 5, 6}})
	require.NoError(t, err)
	return simulators.Spec{Name: "adder", Version: "1", Space: s, Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}, {Name: "area", Unit: "mm2"}}}
}

// trial is one row: a width from 1, and latency and area or a reason.
type trial struct {
	width              int
	latency, area      float64
	infeasible, failed string
}

// written is a finished folder with these studies of an objective, one a repeat.
func written(t testing.TB, cfg objective.Config, studies ...[]trial) string {
	t.Helper()
	dir, spec := t.TempDir(), adder(t)
	o, err := objective.New(cfg, spec.Metrics)
	require.NoError(t, err)
	var list []dataset.Study
	var timings []dataset.Timing
	for i := range studies {
		list = append(list, dataset.Study{
			Scenario: "s", Spec: spec, Agent: "random", Label: "random", Repeat: i, Objectives: o.Objectives(), Constraints: o.Constraints(),
		})
		timings = append(timings, dataset.Timing{Study: int32(i), AskS: 1, TellS: 2, EvaluateS: float64(i)})
	}
	w, err := dataset.Create(filepath.Join(dir, sweep.DatasetName), list)
	require.NoError(t, err)
	for i, trials := range studies {
		require.NoError(t, w.Write(i, rows(t, o, trials)))
	}
	require.NoError(t, w.Close())
	require.NoError(t, dataset.WriteTimings(filepath.Join(dir, sweep.TimingsName), timings))
	manifest(t, dir, sweep.Manifest{Format: 1, Name: "hand", Status: sweep.Complete, Command: []string{"codesign", "run"}, Outside: []string{"a timeout"}})
	return dir
}

func rows(t testing.TB, o objective.Objective, trials []trial) iter.Seq2[dataset.Row, error] {
	return func(yield func(dataset.Row, error) bool) {
		for id, of := range trials {
			row := dataset.Row{Trial: id, Point: space.Point{of.width - 1}, Result: simulators.OK(of.latency, of.area)}
			switch {
			case of.infeasible != "":
				row.Result = simulators.Infeasible(of.infeasible, 1)
			case of.failed != "":
				row.Result = simulators.Failed(of.failed)
			}
			var err error
			row.Score, err = o.Score(row.Result)
			require.NoError(t, err)
			if !yield(row, nil) {
				return
			}
		}
	}
}

func manifest(t testing.TB, dir string, m sweep.Manifest) {
	t.Helper()
	text, err := json.Marshal(m)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "manifest.json"), text, 0o644))
}

// summed opens a folder and sums it up.
func summed(t testing.TB, dir string, c sweep.Catalog) report.Sweep {
	t.Helper()
	f, err := results.Open(dir, c)
	require.NoError(t, err)
	s, err := f.Sweep()
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return s
}

func TestFiguresOfAFinishedFolder(t *testing.T) {
	s := summed(t, written(t, objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"area_mm2": 10}}, []trial{
		{width: 1, latency: 10, area: 12}, // too large
		{width: 2, latency: 9, area: 8},   // the first to spec
		{width: 2, latency: 9, area: 8},   // again
		{width: 3, infeasible: "no"},
		{width: 3, infeasible: "too slow: accuracy" + simulators.NotEvaluated},
		{width: 4, failed: "panic"},
		{width: 5, latency: 7, area: 9}, // the best
		{width: 6, latency: 12, area: 5},
		{width: 1, latency: 6, area: 12.5}, // better, but too large
	}, []trial{
		{width: 1, latency: 0, area: 11},
	}), sweep.Catalog{})

	require.Equal(t, "hand", s.Title)
	require.Equal(t, "codesign run", s.Command)
	require.Equal(t, []string{"a timeout"}, s.Notes)
	require.False(t, s.LogTrials)
	require.Len(t, s.Scenarios, 1)
	scenario := s.Scenarios[0]
	require.Equal(t, "adder", scenario.Simulator)
	require.Equal(t, []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}}, scenario.Objectives)
	require.Equal(t, []objective.Term{{Name: "area_mm2", Unit: "mm2", Bound: 10, Scale: 10}}, scenario.Constraints)
	require.Len(t, scenario.Agents, 1)
	require.Equal(t, "random", scenario.Agents[0].Label)
	require.Equal(t, "random", scenario.Agents[0].Family)
	require.Equal(t, "random", scenario.Agents[0].Kind)
	require.Equal(t, []report.Run{{
		Repeat: 0, Trials: 9, Unique: 6, Failed: 1, Infeasible: 2, Skipped: 1, Evaluated: 6, MeanObjective: 53.0 / 6, AgentS: 3, SimulatorS: 0,
		Curve: []stats.Step{{Trials: 2, Best: 9}, {Trials: 7, Best: 7}}, FirstSpec: 2,
		BestDesign:  []report.Pair{{Name: "width", Value: "5 bits"}},
		BestMetrics: []report.Pair{{Name: "latency_ns", Value: "7"}, {Name: "area_mm2", Value: "9"}},
		Front:       [][]float64{{6, 12.5}, {7, 9}, {9, 8}, {12, 5}}, // of all evaluated designs; (10, 12) is dominated
	}, {
		Study: 1, Repeat: 1, Trials: 1, Unique: 1, Evaluated: 1, AgentS: 3, SimulatorS: 1, Front: [][]float64{{0, 11}},
	}}, scenario.Agents[0].Runs)
}

// catalog has a simulator of the adder's form.
func catalog() sweep.Catalog {
	type config struct{ Width int }
	return sweep.Catalog{Agents: agentcatalog.Agents(), Simulators: []simulators.Factory{{
		Name: "adder", Doc: "An adder.", New: func(simulators.Settings) (simulators.Instance, error) {
			built, err := simulators.Model[config]{
				Name: "adder", Version: "1", Doc: "An adder.", Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}},
				Fields: []simulators.Field[config]{simulators.Int("width", "bits", "", []int{8, 16, 32}, func(c *config) *int { return &c.Width })},
				Eval: func(_ context.Context, c config) simulators.Result {
					return simulators.OK(64 / float64(c.Width))
				},
			}.Build()
			return simulators.Instance{Simulator: built}, err
		},
	}}}
}

const experiment = `name = "adders"
budget = 3
repeats = 3
[[scenario]]
simulator = "adder"
objective = { minimise = ["latency_ns"] }
[[agent]]
kind = "grid"
`

// ran is the folder of a finished run of the experiment.
func ran(t testing.TB) string {
	t.Helper()
	f, err := file.Parse("adders.toml", []byte(experiment))
	require.NoError(t, err)
	p, err := sweep.NewPlan(f, catalog())
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "out")
	_, err = sweep.Run(context.Background(), p, sweep.Options{Out: dir, Workers: 1})
	require.NoError(t, err)
	return dir
}

// undo makes a finished folder the one of a run that was killed in its second study.
func undo(t testing.TB, dir string) {
	t.Helper()
	m, err := sweep.ReadManifest(dir)
	require.NoError(t, err)
	m.Status = sweep.Running
	manifest(t, dir, m)
	require.NoError(t, os.RemoveAll(filepath.Join(dir, sweep.DatasetName)))
	require.NoError(t, os.Remove(filepath.Join(dir, sweep.TimingsName)))
	second := filepath.Join(dir, "journals", "000001.journal")
	info, err := os.Stat(second)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(second, info.Size()-12)) // the mark of the end (10 bytes) and a part of the last record
	require.NoError(t, os.Remove(filepath.Join(dir, "journals", "000002.journal")))
	require.NoError(t, os.Remove(filepath.Join(dir, "journals", "000001.json")))
	require.NoError(t, os.Remove(filepath.Join(dir, "journals", "000002.json")))
}

func TestUnfinishedFolderShowsWhatThereIs(t *testing.T) {
	dir := ran(t)
	undo(t, dir)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	s := summed(t, dir, catalog())
	require.Equal(t, []string{"unfinished (running): 1 of 3 studies have come to their end, 2 have begun; what follows is what there is so far"}, s.Notes)
	runs := s.Scenarios[0].Agents[0].Runs
	require.Equal(t, []int{3, 2, 0}, []int{runs[0].Trials, runs[1].Trials, runs[2].Trials})
	require.Equal(t, []stats.Step{{Trials: 1, Best: 8}, {Trials: 2, Best: 4}}, runs[1].Curve)
	left, err := os.ReadDir(temporary)
	require.NoError(t, err)
	require.Empty(t, left, "the snapshot is removed")
	require.NoDirExists(t, filepath.Join(dir, sweep.DatasetName))
}

func TestFoldersThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func(t *testing.T, dir string)
		want   string
	}{
		{"no results", func(t *testing.T, dir string) { require.NoError(t, os.Remove(filepath.Join(dir, "manifest.json"))) },
			"DIR is not a results folder: it has no manifest.json"},
		{"Parquet cut short", func(t *testing.T, dir string) { cut(t, filepath.Join(dir, sweep.DatasetName, "part-00000.parquet")) },
			"dataset: DIR/dataset/part-00000.parquet: not a whole Parquet file: "},
		{"timings cut short", func(t *testing.T, dir string) { cut(t, filepath.Join(dir, sweep.TimingsName)) },
			"dataset: DIR/timings.parquet: not a whole Parquet file: "},
		{"no dataset", func(t *testing.T, dir string) {
			require.NoError(t, os.RemoveAll(filepath.Join(dir, sweep.DatasetName)))
		},
			"dataset: open DIR/dataset: "},
		{"unfinished, of an unknown simulator", func(t *testing.T, dir string) {
			undo(t, dir)
			path := filepath.Join(dir, sweep.ExperimentName)
			require.NoError(t, os.WriteFile(path, []byte(strings.Replace(experiment, `"adder"`, `"ader"`, 1)), 0o644))
		}, "unfinished folder: DIR/experiment.toml:5: unknown simulator \"ader\", did you mean \"adder\"? (known: adder)"},
		{"unfinished, of another file", func(t *testing.T, dir string) {
			undo(t, dir)
			path := filepath.Join(dir, sweep.ExperimentName)
			require.NoError(t, os.WriteFile(path, []byte(strings.Replace(experiment, "budget = 3", "budget = 4", 1)), 0o644))
		}, "belongs to another experiment file, study or binary"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := ran(t)
			c.damage(t, dir)
			_, err := results.Open(dir, catalog())
			require.ErrorContains(t, err, strings.ReplaceAll(c.want, "DIR", dir))
		})
	}
}

// cut drops the second half of a file.
func cut(t testing.TB, path string) {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(path, info.Size()/2))
}

func Example() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	f, err := file.Parse("adders.toml", []byte(experiment))
	if err != nil {
		panic(err)
	}
	plan, err := sweep.NewPlan(f, catalog())
	if err != nil {
		panic(err)
	}
	if _, err := sweep.Run(context.Background(), plan, sweep.Options{Out: filepath.Join(dir, "out")}); err != nil {
		panic(err)
	}
	folder, err := results.Open(filepath.Join(dir, "out"), catalog())
	if err != nil {
		panic(err)
	}
	defer folder.Close()
	s, err := folder.Sweep()
	if err != nil {
		panic(err)
	}
	for _, run := range s.Scenarios[0].Agents[0].Runs {
		fmt.Println(run.Trials, "trials:", run.BestDesign, run.BestMetrics)
	}
	// Output:
	// 3 trials: [{width 32 bits}] [{latency_ns 2}]
	// 3 trials: [{width 32 bits}] [{latency_ns 2}]
	// 3 trials: [{width 32 bits}] [{latency_ns 2}]
}

func TestFamilyIsTheLabelWithoutTheSetting(t *testing.T) {
	for _, c := range []struct{ label, hyperparameters, want string }{
		{"ga", `{"population":8}`, "ga"},
		{"ga population=8 mutation=0.01", `{"mutation":0.01,"population":8}`, "ga"},
		{"wide ga layers=[64 64]", `{"layers":"64,64","population":8}`, "wide ga"},
		{"my=agent", `{"population":8}`, "my=agent"},
	} {
		info := dataset.StudyInfo{Label: c.label, Hyperparameters: json.RawMessage(c.hyperparameters)}
		require.Equal(t, c.want, results.Family(info), c.label)
	}
}
