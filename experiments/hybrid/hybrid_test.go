package hybrid_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/hybrid"
	experiment "github.com/codesign-gym/codesign/experiments/proxy"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// chip is 1024 designs. drift is how far its time is from what the proxy has learned; count, if not nil, counts evaluations.
type chip struct {
	drift float64
	count *atomic.Int64
	after func(n int64)
}

func (c chip) Spec() simulators.Spec {
	var values []float64
	for i := range 32 {
		values = append(values, float64(i+4))
	}
	s, err := space.New(space.Param{Name: "rows", Unit: "PE", Values: values}, space.Param{Name: "cols", Unit: "PE", Values: values})
	if err != nil {
		panic(err)
	}
	return simulators.Spec{Name: "chip", Version: "1.0", Doc: "Chip.", Space: s, Metrics: []simulators.Metric{{Name: "time", Unit: "ns", Doc: "of one frame"}, {Name: "area", Unit: "mm2", Doc: "of all"}}}
}

func (c chip) Evaluate(_ context.Context, points []space.Point) ([]simulators.Result, error) {
	out := make([]simulators.Result, len(points))
	for i, p := range points {
		rows, cols := float64(p[0]+4), float64(p[1]+4)
		out[i] = simulators.OK((1+c.drift*cols/36)*1e4/(rows*cols)*(1+0.02*float64((p[0]*7+p[1]*3)%5)), rows*cols/10)
		if c.count != nil {
			c.after(c.count.Add(1))
		}
	}
	return out, nil
}

func catalogue(c chip) sweep.Catalog {
	return sweep.Catalog{Agents: agentcatalog.Agents(), Simulators: []simulators.Factory{{
		Name: "chip", Doc: "Chip.", Settings: []simulators.Setting{{Name: "workload", Default: "one"}},
		New: func(simulators.Settings) (simulators.Instance, error) { return simulators.Instance{Simulator: c}, nil },
	}}}
}

// folder has the file chip.proxy, learned from 80 designs of a chip that has not drifted.
func folder(t testing.TB) string {
	rng := seed.New(1)
	table := &proxy.Table{Spec: chip{}.Spec(), Tasks: []proxy.Task{{Name: "one", Settings: map[string]any{"workload": "one"}}}}
	for i := range uint64(80) {
		p := table.Spec.Space.Sample(rng)
		r, err := chip{}.Evaluate(t.Context(), []space.Point{p})
		require.NoError(t, err)
		table.Rows = append(table.Rows, proxy.Row{Point: p, Values: r[0].Values, Group: i * 0x9E3779B97F4A7C15})
	}
	p, err := proxy.Fit(table, proxy.FitOptions{Trees: 40})
	require.NoError(t, err)
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "chip.proxy"))
	require.NoError(t, err)
	require.NoError(t, p.Write(f))
	require.NoError(t, f.Close())
	return dir
}

func text(lag int) string {
	return fmt.Sprintf(`name = "held"
budget = 120
repeats = 2
lag = %d
[[scenario]]
name = "one"
simulator = "proxy:chip.proxy"
fix = { levels = { rows = [4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30] } }
recheck = { share = 0.1, refit = 30 }
objective = { minimise = ["time_ns"], at_most = { area_mm2 = 60 } }
[[agent]]
kind = "regevo"
`, lag)
}

func planned(t testing.TB, dir, text string, c chip) *sweep.Plan {
	f, err := file.Parse(filepath.Join(dir, "held.toml"), []byte(text))
	require.NoError(t, err)
	p, err := sweep.NewPlan(f, catalogue(c))
	require.NoError(t, err)
	return p
}

// bytesOf is the dataset of a results folder.
func bytesOf(t testing.TB, dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, sweep.DatasetName, "part-00000.parquet"))
	require.NoError(t, err)
	return string(text)
}

// Neither workers nor an interruption in the middle of an epoch change a byte.
func TestTheDatasetFollowsFromTheFile(t *testing.T) {
	dir := folder(t)
	for _, lag := range []int{1, 6} {
		reference := ""
		for _, workers := range []int{1, 4} {
			out := filepath.Join(t.TempDir(), "out")
			outcome, err := sweep.Run(t.Context(), planned(t, dir, text(lag), chip{drift: 0.4}), sweep.Options{Out: out, Workers: workers})
			require.NoError(t, err)
			require.Equal(t, sweep.Complete, outcome.Status)
			if reference == "" {
				reference = bytesOf(t, out)
			}
			require.Equal(t, reference, bytesOf(t, out), "lag %d, %d workers", lag, workers)
		}
		out := filepath.Join(t.TempDir(), "out")
		for _, stop := range []int64{15, 40} {
			ctx, cancel := context.WithCancel(t.Context())
			c := chip{drift: 0.4, count: new(atomic.Int64), after: func(n int64) {
				if n == stop {
					cancel()
				}
			}}
			outcome, err := sweep.Run(ctx, planned(t, dir, text(lag), c), sweep.Options{Out: out, Workers: 2, Resume: true})
			require.NoError(t, err)
			cancel()
			t.Logf("lag %d: %v after %d trials", lag, outcome.Status, outcome.Trials)
		}
		outcome, err := sweep.Run(t.Context(), planned(t, dir, text(lag), chip{drift: 0.4}), sweep.Options{Out: out, Workers: 2, Resume: true})
		require.NoError(t, err)
		require.Equal(t, sweep.Complete, outcome.Status)
		require.Equal(t, reference, bytesOf(t, out), "resumed, lag %d", lag)
	}
}

// The best of each study is measured, a share beside; the corrections bring the errors down; the report says so.
func TestTheBestIsMeasuredAndTheProxyCorrected(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	_, err := sweep.Run(t.Context(), planned(t, folder(t), text(1), chip{drift: 0.4}), sweep.Options{Out: out})
	require.NoError(t, err)
	r, err := dataset.Open(filepath.Join(out, sweep.DatasetName))
	require.NoError(t, err)
	require.Equal(t, "metric_measured", r.Metrics()[2].Name)
	best, isMeasured, measured, errors := []float64{-1e9, -1e9}, []bool{false, false}, 0, [2][]float64{}
	for rec, err := range r.Rows() {
		require.NoError(t, err)
		truly := rec.Metrics[2] == 1
		if truly {
			measured++
			half := min(rec.Trial/60, 1)
			errors[half] = append(errors[half], rec.Metrics[3]/rec.Metrics[0]-1)
		}
		if rec.Violations[0] <= 0 && rec.Objectives[0] > best[rec.Study] {
			best[rec.Study], isMeasured[rec.Study] = rec.Objectives[0], truly
		}
	}
	require.NoError(t, r.Close())
	require.Equal(t, []bool{true, true}, isMeasured)
	t.Logf("%d of 240 trials measured", measured)
	require.Greater(t, measured, 24)
	require.Less(t, measured, 120)
	require.Less(t, meanSquare(errors[1]), meanSquare(errors[0]))
	tables, err := experiment.Drift(out)
	require.NoError(t, err)
	require.Len(t, tables[0].Rows, 8, "four quarters, two metrics")
	require.Equal(t, []string{"one", "regevo", "0 to 29"}, tables[0].Rows[0][:3])
	require.True(t, strings.HasSuffix(tables[0].Rows[0][3], " of 60"))
}

func meanSquare(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v * v / float64(len(values))
	}
	return sum
}

func TestRecheckRefuses(t *testing.T) {
	dir := folder(t)
	tests := []struct{ old, new, want string }{
		{`"proxy:chip.proxy"`, `"chip"`, "chip is no proxy"},
		{"share = 0.1", "share = 1.5", "1.5 is not a share of the trials"},
		{"share = 0.1, ", "", `key "share" is required`},
		{"recheck =", "set = { check_frac = 0.1 }\nrecheck =", "check_frac = 0.1 says already which designs are measured"},
		{"recheck =", "set = { intervals = true }\nrecheck =", "leave out intervals"},
		{"lag = 1", "lag = 1\ndistribute = \"evaluations\"", "leave out distribute"},
	}
	for _, test := range tests {
		f, err := file.Parse(filepath.Join(dir, "held.toml"), []byte(strings.Replace(text(1), test.old, test.new, 1)))
		if err == nil {
			_, err = sweep.NewPlan(f, catalogue(chip{}))
		}
		require.ErrorContains(t, err, test.want)
	}
	f, err := proxy.ReadFile(filepath.Join(dir, "chip.proxy"))
	require.NoError(t, err)
	in, err := f.Instance(0, nil)
	require.NoError(t, err)
	_, err = hybrid.New(in.Simulator)
	require.ErrorContains(t, err, "the true simulator chip is not in the catalogue")
}

func ExampleScenario_Alone() {
	table := &proxy.Table{Spec: chip{}.Spec(), Tasks: []proxy.Task{{Name: "one", Settings: map[string]any{"workload": "one"}}}}
	for p := range table.Spec.Space.Points() {
		r, err := chip{}.Evaluate(context.Background(), []space.Point{p})
		if err != nil {
			panic(err)
		}
		table.Rows = append(table.Rows, proxy.Row{Point: append(space.Point(nil), p...), Values: r[0].Values, Group: uint64(len(table.Rows))})
	}
	p, err := proxy.Fit(table, proxy.FitOptions{Kind: "ridge"})
	if err != nil {
		panic(err)
	}
	in, err := p.Instance(0, catalogue(chip{}).Simulators)
	if err != nil {
		panic(err)
	}
	scenario, err := hybrid.New(in.Simulator)
	if err != nil {
		panic(err)
	}
	results, err := scenario.Alone().Evaluate(context.Background(), []space.Point{{0, 0}})
	fmt.Println("outside of a study everything is measured:", results[0].Values[2] == 1, err)
	// Output: outside of a study everything is measured: true <nil>
}
