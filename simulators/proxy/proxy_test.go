package proxy_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/measure"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

// chip is the true simulator: a cache that may be off, an order of loops, two workloads.
type chip struct {
	version string
	scale   float64
}

func (c chip) Spec() simulators.Spec {
	s, err := space.New(
		space.Param{Name: "rows", Unit: "PE", Values: []float64{4, 8, 16, 32, 64}, Log: true},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"off", "on", "shared"}},
		space.Param{Name: "cache_kib", Unit: "KiB", Values: []float64{1, 2, 4, 8}, Log: true, When: []space.Cond{{Param: "cache", In: []string{"on", "shared"}}}},
		space.Param{Name: "order", Kind: space.Permutation, Labels: []string{"a", "b", "c"}},
	)
	if err != nil {
		panic(err)
	}
	return simulators.Spec{Name: "chip", Version: c.version, Doc: "Chip.", Space: s, Metrics: []simulators.Metric{
		{Name: "time", Unit: "ns", Doc: "of one frame"}, {Name: "area", Unit: "mm2", Doc: "of all"}, {Name: "pins", Unit: "pins", Doc: "of the package"},
	}}
}

func (c chip) Evaluate(_ context.Context, points []space.Point) ([]simulators.Result, error) {
	s := c.Spec().Space
	out := make([]simulators.Result, len(points))
	for i, p := range points {
		rows, kib := s.Param(0).Values[p[0]], 0.0
		if p[1] > 0 {
			kib = s.Param(2).Values[p[2]]
		}
		if rows == 64 && kib == 8 {
			out[i] = simulators.Infeasible("too large", 1)
			continue
		}
		time := c.scale * 1e4 / rows * (1 + 1/(1+kib)) * (1 + 0.1*float64(p[3]))
		out[i] = simulators.OK(time, rows*0.1+kib*0.2+0.01*float64(p[1]), 100)
	}
	return out, nil
}

func factory(version string) simulators.Factory {
	return simulators.Factory{
		Name: "chip", Doc: "Chip.", Settings: []simulators.Setting{{Name: "workload", Default: "one", Allowed: []string{"one", "two", "three"}}, {Name: "word_bytes", Default: 1}},
		New: func(s simulators.Settings) (simulators.Instance, error) {
			return simulators.Instance{Simulator: chip{version, map[string]float64{"one": 1, "two": 2, "three": 5}[s.String("workload")]}}, nil
		},
	}
}

// table is n random designs of both workloads, of which keep tells which take part.
func table(t testing.TB, n int, root uint64, keep func(space.Point) bool) *proxy.Table {
	rng := rand.New(rand.NewPCG(root, 2))
	out := &proxy.Table{Spec: chip{"1.0", 1}.Spec(), Tasks: []proxy.Task{
		{Name: "one", Settings: map[string]any{"workload": "one", "word_bytes": 1}}, {Name: "two", Settings: map[string]any{"workload": "two", "word_bytes": 1}},
	}}
	for len(out.Rows) < 2*n {
		p := out.Spec.Space.Sample(rng)
		if keep != nil && !keep(p) {
			continue
		}
		for task := range 2 {
			r, err := chip{"1.0", float64(1 + task)}.Evaluate(context.Background(), []space.Point{p})
			require.NoError(t, err)
			out.Rows = append(out.Rows, proxy.Row{Point: p, Task: task, Values: r[0].Values, Infeasible: r[0].Infeasible != "", Group: rng.Uint64()})
		}
	}
	return out
}

func fitted(t testing.TB, o proxy.FitOptions) *proxy.Proxy {
	if o.Trees == 0 {
		o.Trees = 150
	}
	p, err := proxy.Fit(table(t, 200, 1, nil), o)
	require.NoError(t, err)
	return p
}

// judged are the errors on new rows, and how many of their true values lie in the intervals.
func judged(t testing.TB, p *proxy.Proxy, metric int) (measure.Errors, float64) {
	test := table(t, 150, 9, nil)
	var truth, mean, low, high []float64
	for _, r := range test.Rows {
		if r.Infeasible {
			continue
		}
		said := p.Predict([]space.Point{r.Point}, r.Task)
		truth = append(truth, r.Values[metric])
		mean, low, high = append(mean, said.Metrics[metric].Mean[0]), append(low, said.Metrics[metric].Low[0]), append(high, said.Metrics[metric].High[0])
	}
	return measure.Of(truth, mean), measure.Coverage(truth, low, high)
}

func TestProxyLearns(t *testing.T) {
	p := fitted(t, proxy.FitOptions{Trees: 200})
	require.Len(t, p.Metrics(), 2, "pins are constant")
	for metric, atMost := range []float64{0.06, 0.04} {
		e, covered := judged(t, p, metric)
		require.Less(t, e.RelativeToMean, atMost)
		require.Greater(t, e.Spearman, 0.99)
		require.Greater(t, covered, 0.85)
	}
	large := space.Point{4, 1, 3, 0} // 64 rows and 8 KiB
	small := space.Point{0, 0, 0, 0}
	said := p.Predict([]space.Point{large, small}, 0)
	require.Less(t, said.Feasible[0], 0.5)
	require.Greater(t, said.Feasible[1], 0.9)
}

// TestMeansArePredictions holds the two ways to ask together.
func TestMeansArePredictions(t *testing.T) {
	p := fitted(t, proxy.FitOptions{Kind: regress.Forest, Trees: 20})
	var points []space.Point
	for q := range p.Space().Points() {
		points = append(points, append(space.Point(nil), q...))
	}
	for task := range 2 {
		said, means := p.Predict(points, task), p.Means(points, task)
		for k := range means {
			require.Equal(t, said.Metrics[k].Mean, means[k])
		}
	}
}

func TestUnseenLevelsWidenTheInterval(t *testing.T) {
	p, err := proxy.Fit(table(t, 150, 1, func(q space.Point) bool { return q[0] != 2 }), proxy.FitOptions{Trees: 50, Metrics: []string{"time_ns"}, Transform: "log"})
	require.NoError(t, err)
	said := p.Predict([]space.Point{{1, 0, 0, 0}, {2, 0, 0, 0}}, 0)
	require.Equal(t, []int{0, 1}, said.Unseen)
	width := func(i int) float64 { return math.Log(said.Metrics[0].High[i] / said.Metrics[0].Low[i]) }
	require.Greater(t, width(1), 3*width(0))
}

func TestFilesReadBack(t *testing.T) {
	p := fitted(t, proxy.FitOptions{Seed: 3, Trees: 15})
	var first, second bytes.Buffer
	require.NoError(t, p.Write(&first))
	require.NoError(t, fitted(t, proxy.FitOptions{Seed: 3, Trees: 15, Workers: 2}).Write(&second))
	require.Equal(t, first.Bytes(), second.Bytes(), "a proxy is a function of its rows and options")
	again, err := proxy.Read(bytes.NewReader(first.Bytes()))
	require.NoError(t, err)
	require.Equal(t, p.Hash(), again.Hash())
	points := []space.Point{{0, 0, 0, 0}, {3, 2, 1, 5}}
	require.Equal(t, p.Predict(points, 1), again.Predict(points, 1))
}

func TestReadRefuses(t *testing.T) {
	zipped := func(s string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(s))
		z.Close()
		return b.String()
	}
	var whole bytes.Buffer
	require.NoError(t, fitted(t, proxy.FitOptions{Trees: 5}).Write(&whole))
	tests := []struct{ name, content, want string }{
		{"text", "name = 1", "not a proxy"},
		{"other JSON", zipped("{}"), "it has no number codesign_proxy"},
		{"later", zipped(`{"codesign_proxy": 5}`), "a proxy of format 5, this program reads formats 1 to 4: fit it again"},
		{"unknown field", zipped(`{"codesign_proxy": 1, "x": 1}`), `unknown field "x"`},
		{"empty", zipped(`{"codesign_proxy": 1}`), "0 tasks"},
		{"cut", whole.String()[:whole.Len()/2], "not a whole proxy"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := proxy.Read(bytes.NewReader([]byte(test.content)))
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestFitRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change func(*proxy.Table, *proxy.FitOptions)
		want   string
	}{
		{"constant", func(_ *proxy.Table, o *proxy.FitOptions) { o.Metrics = []string{"pins_pins"} }, "metric pins_pins is 100 in every row"},
		{"unknown", func(_ *proxy.Table, o *proxy.FitOptions) { o.Metrics = []string{"time"} }, `unknown metric "time", did you mean "time_ns"?`},
		{"few rows", func(t *proxy.Table, _ *proxy.FitOptions) { t.Rows = t.Rows[:5] }, "feasible rows for 11 features"},
		{"missing", func(t *proxy.Table, _ *proxy.FitOptions) { t.Rows[7].Values = []float64{1, math.NaN(), 3} }, "row 7: metric area_mm2 is missing"},
		{"values", func(t *proxy.Table, _ *proxy.FitOptions) { t.Rows[7].Values = []float64{1} }, "row 7 has 1 values of 3 metrics"},
		{"task", func(t *proxy.Table, _ *proxy.FitOptions) { t.Rows[7].Task = 2 }, "task 2 out of range [0, 2)"},
		{"design", func(t *proxy.Table, _ *proxy.FitOptions) { t.Rows[7].Point = space.Point{9, 0, 0, 0} }, `level 9 of "rows" out of range`},
		{"transform", func(_ *proxy.Table, o *proxy.FitOptions) { o.Transform = "sqrt" }, `unknown transform "sqrt"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, o := table(t, 100, 1, nil), proxy.FitOptions{Trees: 5}
			for i := range rows.Rows { // row 7 is feasible
				if rows.Rows[7].Infeasible {
					rows.Rows[7], rows.Rows[i] = rows.Rows[i], rows.Rows[7]
				}
			}
			test.change(rows, &o)
			_, err := proxy.Fit(rows, o)
			require.ErrorContains(t, err, test.want)
		})
	}
}

// saved writes a proxy into a file.
func saved(t testing.TB, p *proxy.Proxy) string {
	path := filepath.Join(t.TempDir(), "chip.proxy")
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, p.Write(f))
	require.NoError(t, f.Close())
	return path
}

func TestProxyIsASimulator(t *testing.T) {
	path := saved(t, fitted(t, proxy.FitOptions{Trees: 20}))
	for _, settings := range []map[string]any{nil, {"intervals": true, "check_frac": 0.3, "workload": "two"}} {
		f, known, err := proxy.Resolve([]simulators.Factory{factory("1.0")}, "proxy:"+filepath.Base(path), filepath.Dir(path))
		require.NoError(t, err)
		require.True(t, known)
		in, _, err := f.Open(settings)
		require.NoError(t, err)
		simtest.Test(t, in)
	}
}

func TestCheckedDesignsAreTrue(t *testing.T) {
	path := saved(t, fitted(t, proxy.FitOptions{Trees: 20}))
	f, _, err := proxy.Resolve([]simulators.Factory{factory("1.0")}, "proxy:"+path, "")
	require.NoError(t, err)
	in, _, err := f.Open(map[string]any{"workload": "two", "check_frac": 0.25})
	require.NoError(t, err)
	var points []space.Point
	for q := range in.Simulator.Spec().Space.Points() {
		points = append(points, append(space.Point(nil), q...))
	}
	said, err := in.Simulator.Evaluate(context.Background(), points)
	require.NoError(t, err)
	truth, err := chip{"1.0", 2}.Evaluate(context.Background(), points)
	require.NoError(t, err)
	equal := 0
	for i := range points {
		if truth[i].Values != nil && said[i].Values != nil && truth[i].Values[0] == said[i].Values[0] {
			equal++
		}
	}
	require.InDelta(t, 0.25, float64(equal)/float64(len(points)), 0.08)
}

func TestResolveRefuses(t *testing.T) {
	path := saved(t, fitted(t, proxy.FitOptions{Trees: 5}))
	catalogue := []simulators.Factory{factory("1.0")}
	_, known, err := proxy.Resolve(catalogue, "chips", "")
	require.NoError(t, err)
	require.False(t, known)
	f, _, err := proxy.Resolve(catalogue, "chip", "")
	require.NoError(t, err)
	require.Equal(t, "Chip.", f.Doc)
	_, _, err = proxy.Resolve(catalogue, "proxy:none.proxy", t.TempDir())
	require.ErrorContains(t, err, "fit one with `codesign proxy fit`")
	open := func(catalogue []simulators.Factory, set map[string]any) error {
		f, _, err := proxy.Resolve(catalogue, "proxy:"+path, "")
		require.NoError(t, err)
		_, _, err = f.Open(set)
		return err
	}
	require.ErrorContains(t, open([]simulators.Factory{factory("1.1")}, nil), "the proxy was fitted to chip 1.0, here is 1.1")
	require.ErrorContains(t, open(nil, map[string]any{"check_frac": 0.5}), "the true simulator chip is not in the catalogue")
	require.NoError(t, open(nil, nil))
	require.ErrorContains(t, open(catalogue, map[string]any{"workload": "three"}), `unknown value of setting workload "three"`)
}

func ExampleFit() {
	s := chip{"1.0", 1}
	t := &proxy.Table{Spec: s.Spec(), Tasks: []proxy.Task{{Name: "one"}}}
	for p := range t.Spec.Space.Points() {
		results, err := s.Evaluate(context.Background(), []space.Point{p})
		if err != nil {
			panic(err)
		}
		key := uint64(len(t.Rows))
		t.Rows = append(t.Rows, proxy.Row{Point: append(space.Point(nil), p...), Values: results[0].Values, Infeasible: results[0].Infeasible != "", Group: key})
	}
	p, err := proxy.Fit(t, proxy.FitOptions{Kind: regress.Ridge, Metrics: []string{"area_mm2"}})
	if err != nil {
		panic(err)
	}
	fmt.Println(p.Metrics()[0].Key(), p.File().Targets[0].Kind, len(t.Rows), "rows")
	// Output: area_mm2 ridge 270 rows
}

func BenchmarkMeans(b *testing.B) {
	p := fitted(b, proxy.FitOptions{Trees: 400, Metrics: []string{"time_ns"}})
	rng := rand.New(rand.NewPCG(1, 2))
	points := make([]space.Point, 4096)
	for i := range points {
		points[i] = p.Space().Sample(rng)
	}
	for b.Loop() {
		p.Means(points, 0)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/4096, "ns/row")
}
