package proxy_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/proxy"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
	model "github.com/codesign-gym/codesign/simulators/proxy"
)

// chip has 2560 designs; the axis spare changes nothing, so that designs come in pairs of one outcome.
type chip struct{ scale float64 }

func (c chip) Spec() simulators.Spec {
	sixteen := make([]float64, 16)
	for i := range sixteen {
		sixteen[i] = float64(i + 4)
	}
	s, err := space.New(
		space.Param{Name: "rows", Unit: "PE", Values: sixteen},
		space.Param{Name: "cols", Unit: "PE", Values: sixteen},
		space.Param{Name: "flow", Kind: space.Nominal, Labels: []string{"os", "ws", "is", "rs", "nl"}},
		space.Param{Name: "spare", Kind: space.Nominal, Labels: []string{"a", "b"}},
	)
	if err != nil {
		panic(err)
	}
	return simulators.Spec{Name: "chip", Version: "1.0", Doc: "Chip.", Space: s, Metrics: []simulators.Metric{
		{Name: "time", Unit: "ns", Doc: "of one frame"}, {Name: "area", Unit: "mm2", Doc: "of all"},
	}}
}

func (c chip) Evaluate(_ context.Context, points []space.Point) ([]simulators.Result, error) {
	out := make([]simulators.Result, len(points))
	for i, p := range points {
		rows, cols := float64(p[0]+4), float64(p[1]+4)
		if rows*cols > 200 {
			out[i] = simulators.Infeasible("too large", rows*cols/200-1)
			continue
		}
		out[i] = simulators.OK(c.scale*(1000+100*float64(p[2]))/(rows*cols+float64(p[2])), rows*cols/10+float64(p[2]))
	}
	return out, nil
}

func catalogue() sweep.Catalog {
	return sweep.Catalog{Agents: agentcatalog.Agents(), Simulators: []simulators.Factory{{
		Name: "chip", Doc: "Chip.", Settings: []simulators.Setting{{Name: "workload", Default: "one", Allowed: []string{"one", "two"}}},
		New: func(s simulators.Settings) (simulators.Instance, error) {
			return simulators.Instance{Simulator: chip{map[string]float64{"one": 1, "two": 3}[s.String("workload")]}}, nil
		},
	}}}
}

const experiment = `name = "chips"
budget = 500
lag = 8
[[scenario]]
name = "one"
simulator = "chip"
objective = { minimise = ["time_ns"], at_most = { area_mm2 = 12 } }
[[scenario]]
name = "two"
simulator = "chip"
set = { workload = "two" }
objective = { minimise = ["time_ns"], at_most = { area_mm2 = 12 } }
[[agent]]
kind = "random"
`

// collected runs the experiment and leaves its results folder.
func collected(t testing.TB, section string) (*sweep.Plan, string) {
	f, err := file.Parse("chips.toml", []byte(experiment+section))
	require.NoError(t, err)
	plan, err := sweep.NewPlan(f, catalogue())
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "r")
	outcome, err := sweep.Run(context.Background(), plan, sweep.Options{Out: dir, Workers: 2})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.NoError(t, plan.Close())
	return plan, dir
}

func load(t testing.TB, dir string, o proxy.LoadOptions) *model.Table {
	r, err := dataset.Open(filepath.Join(dir, sweep.DatasetName))
	require.NoError(t, err)
	table, err := proxy.Load(r, catalogue().Simulators, o)
	require.NoError(t, errors.Join(err, r.Close()))
	return table
}

func TestLoadedRowsAreThoseOfTheSimulator(t *testing.T) {
	_, dir := collected(t, "")
	table := load(t, dir, proxy.LoadOptions{By: dataset.ByOutcome})
	require.Len(t, table.Rows, 1000)
	require.Equal(t, []string{"one", "two"}, []string{table.Tasks[0].Name, table.Tasks[1].Name})
	byOutcome := map[[4]int]uint64{}
	for _, r := range table.Rows {
		want, err := chip{float64(1 + 2*r.Task)}.Evaluate(context.Background(), []space.Point{r.Point})
		require.NoError(t, err)
		require.Equal(t, want[0].Values, r.Values)
		pair := [4]int{r.Point[0], r.Point[1], r.Point[2]} // without the spare axis
		if group, seen := byOutcome[pair]; seen && !r.Infeasible {
			require.Equal(t, group, r.Group, "designs of one outcome are one group")
		}
		byOutcome[pair] = r.Group
	}
	require.Len(t, load(t, dir, proxy.LoadOptions{Metrics: []string{"area_mm2"}}).Rows[0].Values, 1)
}

func TestLoadInfersAxesOfUnknownSimulators(t *testing.T) {
	_, dir := collected(t, "")
	r, err := dataset.Open(filepath.Join(dir, sweep.DatasetName))
	require.NoError(t, err)
	table, err := proxy.Load(r, nil, proxy.LoadOptions{})
	require.NoError(t, errors.Join(err, r.Close()))
	require.Equal(t, []string{"rows", "cols", "flow", "spare"}, table.Spec.Space.Names())
	require.Equal(t, []string{"time_ns", "area_mm2"}, table.Spec.Keys())
	require.Equal(t, "ns", table.Spec.Metrics[0].Unit)
}

func TestLoadRefuses(t *testing.T) {
	_, dir := collected(t, "")
	newer := catalogue().Simulators
	newer[0].New = func(simulators.Settings) (simulators.Instance, error) {
		return simulators.Instance{Simulator: later{chip{1}}}, nil
	}
	inOtherUnits := catalogue().Simulators
	inOtherUnits[0].New = func(simulators.Settings) (simulators.Instance, error) {
		return simulators.Instance{Simulator: rescaled{chip{1}}}, nil
	}
	tests := []struct {
		catalogue []simulators.Factory
		o         proxy.LoadOptions
		want      string
	}{
		{catalogue().Simulators, proxy.LoadOptions{Metrics: []string{"power_mw"}}, `unknown metric of chip "power_mw"`},
		{catalogue().Simulators, proxy.LoadOptions{Simulator: "chop"}, `unknown simulator of the dataset "chop"`},
		{inOtherUnits, proxy.LoadOptions{}, `metric area_mm2 is in "mm2" in the dataset, in "MM2" in chip`},
		{newer, proxy.LoadOptions{}, "the rows are of chip 1.0, here is 2.0: the numbers are not the same"},
	}
	for _, test := range tests {
		r, err := dataset.Open(filepath.Join(dir, sweep.DatasetName))
		require.NoError(t, err)
		_, err = proxy.Load(r, test.catalogue, test.o)
		require.ErrorContains(t, err, test.want)
		require.NoError(t, r.Close())
	}
}

// rescaled is the chip with another unit of its area.
type rescaled struct{ chip }

func (r rescaled) Spec() simulators.Spec {
	s := r.chip.Spec()
	s.Metrics[1].Unit = "MM2"
	return s
}

// later is the chip in another version.
type later struct{ chip }

func (l later) Spec() simulators.Spec {
	s := l.chip.Spec()
	s.Version = "2.0"
	return s
}

func TestSplitsShareNothing(t *testing.T) {
	_, dir := collected(t, "")
	table := load(t, dir, proxy.LoadOptions{By: dataset.ByOutcome})
	train, test, err := proxy.Split{TestFrac: 0.3, TrainRows: 300, Seed: 5}.Part(table)
	require.NoError(t, err)
	require.InDelta(t, 300, len(train), 1) // whole designs, two rows each
	side := map[uint64]bool{}
	for _, i := range train {
		side[table.Rows[i].Group] = true
	}
	for _, i := range test {
		require.False(t, side[table.Rows[i].Group])
	}
	train, test, err = proxy.Split{Holdout: "two"}.Part(table)
	require.NoError(t, err)
	require.Len(t, train, 500)
	require.Len(t, test, 500)
	_, _, err = proxy.Split{Holdout: "three"}.Part(table)
	require.ErrorContains(t, err, `unknown scenario "three" (known: one, two)`)
	_, _, err = proxy.Split{TestFrac: 0.3, TrainRows: 3000}.Part(table)
	require.ErrorContains(t, err, "3000 were asked for")
}

func TestEvaluationIsHonest(t *testing.T) {
	_, dir := collected(t, "")
	table := load(t, dir, proxy.LoadOptions{By: dataset.ByOutcome})
	e, p, err := proxy.Evaluate(table, proxy.Split{TestFrac: 0.25, Seed: 1}, model.FitOptions{Trees: 60, Budgets: []model.Bound{{Key: "area_mm2", Limit: 12}}})
	require.NoError(t, err)
	require.Equal(t, 1000, e.Train+e.Test)
	for _, target := range e.Targets {
		require.Less(t, target.RelativeToMean, 0.2, target.Key)
		require.Greater(t, target.Spearman, 0.97, target.Key)
		require.Greater(t, target.Coverage, 0.75, target.Key)
	}
	require.Greater(t, e.Feasible.F1(), 0.9)
	again, err := proxy.Judge(table, p)
	require.NoError(t, err)
	require.Equal(t, 1000, again.Test)
	var out bytes.Buffer
	require.NoError(t, proxy.WriteEvaluations(&out, []proxy.Evaluation{e}))
	require.Contains(t, out.String(), "time_ns")
	require.Contains(t, out.String(), "within the budgets or not: F1 ")
	_, _, err = proxy.Evaluate(table, proxy.Split{TestFrac: 0.25}, model.FitOptions{Trees: 5, Budgets: []model.Bound{{Key: "power_mw"}}})
	require.ErrorContains(t, err, "a bound on power_mw, which is not predicted")
}

const section = `[proxy]
metrics = ["time_ns", "area_mm2"]
kind    = "knn"
train_rows = [300, 600]
agent   = "hill"
trials  = 200
verify  = 20
repeats = 2
bars = { rmse_frac = 0.5, spearman = 0.8, regret_frac = 0.3 }
`

// TestStudyGoesFromRowsToAVerifiedSearch runs the whole section: collect, fit, judge, search, verify.
func TestStudyGoesFromRowsToAVerifiedSearch(t *testing.T) {
	plan, dir := collected(t, section)
	require.NoError(t, proxy.Check(plan, catalogue()))
	var steps int
	s, err := proxy.RunStudy(context.Background(), plan, catalogue(), dir, func(string) { steps++ })
	require.NoError(t, err)
	require.Equal(t, 2+2, steps)
	require.Len(t, s.Evaluations, 2)
	require.Len(t, s.Searches, 2)
	for _, found := range s.Searches {
		require.Equal(t, 20, found.VerifiedPerRepeat)
		for _, r := range found.OnProxy {
			require.Less(t, r, 0.3)
		}
	}
	tables := s.Tables()
	require.Len(t, tables, 3)
	for _, row := range tables[0].Rows {
		require.Equal(t, "met", row[3], row)
	}
	_, err = os.Stat(filepath.Join(dir, proxy.FileName))
	require.NoError(t, err)
}

// The second workload takes three times as long as the first in every design: ten rows tell that, and from scratch ten are too few.
func TestFewShotsOfAHeldOutTask(t *testing.T) {
	_, dir := collected(t, "")
	table := load(t, dir, proxy.LoadOptions{By: dataset.ByOutcome, Metrics: []string{"time_ns"}})
	o := proxy.TransferOptions{Shots: []int{0, 5, 60}, Seeds: 2, TestFrac: 0.3, Fit: model.FitOptions{Trees: 60}}
	list, err := proxy.Transfer(context.Background(), table, o, func(string) {})
	require.NoError(t, err)
	require.Len(t, list, 6, "two tasks, three numbers of rows")
	blind, few, more := list[0], list[1], list[2]
	require.Greater(t, blind.Corrected[0].Targets[0].RelativeToMean, 1.0, "three times as long")
	require.Greater(t, blind.Corrected[0].Targets[0].Spearman, 0.95)
	require.Less(t, few.Corrected[0].Targets[0].RelativeToMean, 0.35)
	require.Empty(t, few.FromScratch)
	require.Len(t, more.FromScratch, 2)
	require.Less(t, more.Corrected[0].Targets[0].RelativeToMean, more.FromScratch[0].Targets[0].RelativeToMean)
	shown := proxy.TransferTable(list)
	require.Len(t, shown.Rows, 6)
	require.Equal(t, "-", shown.Rows[1][8])
	o.Tasks = []string{"three"}
	_, err = proxy.Transfer(context.Background(), table, o, func(string) {})
	require.ErrorContains(t, err, `unknown scenario "three" (known: one, two)`)
	o.Tasks, o.Shots = nil, []int{5000}
	_, err = proxy.Transfer(context.Background(), table, o, func(string) {})
	require.ErrorContains(t, err, "5000 rows are asked for")
}

const sources = `
[[agent]]
kind = "hill"
[proxy]
metrics = ["time_ns"]
kind = "knn"
train_rows = [40]
judge = 60
[[proxy.source]]
name = "any"
agents = ["random"]
[[proxy.source]]
name = "both"
agents = ["random", "hill"]
`

// Hill climbing looks at few places: half of its rows in place of random ones make a proxy worse or leave it as it is.
func TestSourcesAreComparedOnFreshDesigns(t *testing.T) {
	plan, dir := collected(t, sources)
	s, err := proxy.RunStudy(context.Background(), plan, catalogue(), dir, func(string) {})
	require.NoError(t, err)
	require.Len(t, s.Sources, 2)
	for _, e := range s.Sources {
		require.Equal(t, 40, e.Repeats[0].Train)
		require.InDelta(t, 120*0.2, e.Repeats[0].Test, 20, "a fifth of 60 designs on two workloads")
	}
	tables := s.Tables()
	require.Len(t, tables, 1)
	require.Len(t, tables[0].Rows, 2)
	require.Equal(t, []string{"40", "time_ns", "any"}, tables[0].Rows[0][:3])
	require.Equal(t, "-", tables[0].Rows[1][9], "one repeat has no interval")
	s.Asked.TrainRows = []int64{5000}
	_, err = proxy.RunStudy(context.Background(), plan, catalogue(), dir, func(string) {})
	require.ErrorContains(t, err, "5000 rows need 2500 of it")
	s.Asked.TrainRows, s.Asked.Judge = nil, 1
	_, err = proxy.RunStudy(context.Background(), plan, catalogue(), dir, func(string) {})
	require.ErrorContains(t, err, "and 0 to judge: time_ns have too few different results, or designs that judge are too few")
}

func TestCheckReportsTheLine(t *testing.T) {
	tests := []struct{ section, want string }{
		{"[proxy]\nmetrics = [\"power_mw\"]\n", `chips.toml:16: unknown metric "power_mw"`},
		{"[proxy]\nmetrics = [\"time_ns\"]\nkind = \"tree\"\n", `chips.toml:17: unknown kind of model "tree"`},
		{"[proxy]\nmetrics = [\"time_ns\"]\nagent = \"gaa\"\n", `chips.toml:17: unknown agent "gaa"`},
	}
	for _, test := range tests {
		f, err := file.Parse("chips.toml", []byte(experiment+test.section))
		require.NoError(t, err)
		plan, err := sweep.NewPlan(f, catalogue())
		require.NoError(t, err)
		require.ErrorContains(t, proxy.Check(plan, catalogue()), test.want)
	}
}

func TestRegretsByHand(t *testing.T) {
	plan, _ := collected(t, "")
	_, goal, err := plan.Scenarios[0].Designs()
	require.NoError(t, err)
	p := proxy.Problem{Goal: goal, Random: []simulators.Result{simulators.OK(10, 1), simulators.OK(30, 1), simulators.OK(50, 1), simulators.OK(1, 99)}} // the last misses the bound
	onTruth, onProxy, optimum := proxy.Regrets(p, []proxy.Found{{OnTruth: 6, OnProxy: 18}})
	require.Equal(t, 6.0, optimum)
	require.InDelta(t, 0, onTruth[0], 1e-15)
	require.InDelta(t, 0.5, onProxy[0], 1e-15) // (18 - 6) / (30 - 6)
}

func ExampleSplit() {
	t := &model.Table{Tasks: []model.Task{{Name: "one"}}, Spec: chip{1}.Spec()}
	for p := range t.Spec.Space.Points() {
		t.Rows = append(t.Rows, model.Row{Point: append(space.Point(nil), p...), Values: []float64{1, 2}, Group: uint64(len(t.Rows) / 2)})
	}
	train, test, err := proxy.Split{TestFrac: 0.2, TrainRows: 100}.Part(t)
	fmt.Println(len(train), len(test) > 400, err)
	// Output: 100 true <nil>
}
