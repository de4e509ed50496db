package queue_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// tile is the configuration of the toy: an array of rows x cols with a buffer.
type tile struct {
	Rows, Cols, KiB int

	delay time.Duration
	fault string
	noise float64
	seed  uint64
}

// toy is a simulator of 8·8·8 designs. Those with more than 4096 elements are infeasible; its settings make those with 128 rows go wrong, and every
// evaluation slow.
func toy() simulators.Factory {
	return simulators.Factory{
		Name: "toy", Doc: "A toy.",
		Settings: []simulators.Setting{
			{Name: "delay_us", Unit: "us", Doc: "of each evaluation", Default: 0, Min: 0, Max: 1e6},
			{Name: "noise_frac", Doc: "standard deviation of the latency, as a part of it", Default: 0.0, Min: 0, Max: 1},
			{Name: "seed", Doc: "of the noise", Default: 0, Min: 0, Max: 1 << 31},
			{Name: "fault", Doc: "what the designs with 128 rows do", Default: "none", Allowed: []string{"none", "panic", "break"}},
		},
		New: func(s simulators.Settings) (simulators.Instance, error) {
			powers := []int{1, 2, 4, 8, 16, 32, 64, 128}
			built, err := simulators.Model[tile]{
				Name: "toy", Version: "1", Doc: "A toy.",
				Metrics: []simulators.Metric{{Name: "latency", Unit: "cycles"}, {Name: "area", Unit: "mm2"}},
				Fields: []simulators.Field[tile]{
					simulators.Int("rows", "PE", "", powers, func(c *tile) *int { return &c.Rows }).Log(),
					simulators.Int("cols", "PE", "", powers, func(c *tile) *int { return &c.Cols }).Log(),
					simulators.Int("buffer", "KiB", "", powers, func(c *tile) *int { return &c.KiB }).Log(),
				},
				Base: tile{delay: time.Duration(s.Int("delay_us")) * time.Microsecond, fault: s.String("fault"), noise: s.Float("noise_frac"), seed: uint64(s.Int("seed"))},
				Eval: evaluateTile,
			}.Build()
			return simulators.Instance{Simulator: broken{built, s.String("fault") == "break"}}, err
		},
	}
}

func evaluateTile(_ context.Context, c tile) simulators.Result {
	if c.delay > 0 {
		time.Sleep(c.delay)
	}
	if c.Rows == 128 && c.fault == "panic" {
		panic("the array is too tall")
	}
	elements := c.Rows * c.Cols
	if elements > 4096 {
		return simulators.Infeasible("more than 4096 elements", float64(elements)/4096-1)
	}
	latency := 4096/float64(elements) + 100/float64(c.KiB)
	if c.noise > 0 {
		latency *= 1 + c.noise*seed.New(c.seed, fmt.Sprint(c.Rows, c.Cols, c.KiB)).NormFloat64()
	}
	return simulators.OK(latency, float64(elements)/100+float64(c.KiB)/10)
}

// broken is a simulator that, if it is, ends with an error at designs with 128 rows.
type broken struct {
	simulators.Simulator
	is bool
}

func (b broken) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	for _, p := range points {
		if b.is && p[0] == 7 {
			return nil, fmt.Errorf("licence server gone")
		}
	}
	return b.Simulator.Evaluate(ctx, points)
}

func catalog() sweep.Catalog {
	return sweep.Catalog{Simulators: []simulators.Factory{toy()}, Environments: games.Factories(), Agents: agentcatalog.Agents()}
}

// mixed is a sweep of designs and steps: agents of designs, a policy that is saved, a grid, repeats, a start design, failing evaluations.
func mixed(lag, delayUS int, more string) string {
	return fmt.Sprintf(`name = "mixed"
seed = 11
budget = 60
repeats = 2
lanes = 2
lag = %d
max_failed = 60
save_policies = true
%s
[[scenario]]
name = "walk"
simulator = "games/corridor"

[[scenario]]
name = "tall"
simulator = "toy"
set = { delay_us = %d, fault = "panic" }
objective = { minimise = ["latency_cycles"], at_most = { area_mm2 = 20 } }

[[start]]
scenario = "tall"
design = { rows = 8, cols = 8, buffer = 4 }

[[agent]]
kind = "random"

[[agent]]
kind = "ppo"

[[agent]]
kind = "ga"
population = [4, 8]
`, lag, more, delayUS)
}

// one is a file with one study of the toy.
func one(agent string, budget int, set, more string) string {
	return fmt.Sprintf("name = \"one\"\nbudget = %d\n%s[[scenario]]\nsimulator = \"toy\"\nset = { %s }\nobjective = { minimise = [\"latency_cycles\"] }\n[[agent]]\nkind = %q\n",
		budget, more, set, agent)
}

func plan(t testing.TB, text string) *sweep.Plan {
	t.Helper()
	f, err := file.Parse("x.toml", []byte(text))
	require.NoError(t, err)
	p, err := sweep.NewPlan(f, catalog())
	require.NoError(t, err)
	return p
}

// local runs a file in this process and gives what the results folder holds.
func local(t testing.TB, text string) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "local")
	_, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Workers: 2})
	require.NoError(t, err)
	return contents(t, dir)
}

// contents reads what two runs of a file must agree on: the dataset and the policies.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, sub := range []string{sweep.DatasetName, sweep.PoliciesName} {
		paths, err := filepath.Glob(filepath.Join(dir, sub, "*"))
		require.NoError(t, err)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			all[filepath.Join(sub, filepath.Base(path))] = string(text)
		}
	}
	require.NotEmpty(t, all)
	return all
}

// require that two folders hold the same, without printing megabytes when they do not.
func same(t testing.TB, want, got map[string]string) {
	t.Helper()
	require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)))
	for name, text := range want {
		require.True(t, got[name] == text, "%s differs", name)
	}
}

// notices keeps what coordinators and workers say.
type notices struct {
	mu    sync.Mutex
	lines []string
}

func (n *notices) add(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, fmt.Sprintf(format, args...))
}

func (n *notices) text() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Join(n.lines, "\n")
}

func build(t testing.TB) sweep.Build {
	t.Helper()
	b, err := sweep.CurrentBuild("test")
	require.NoError(t, err)
	return b
}

// fleet is a server with a coordinator for a plan.
type fleet struct {
	server *queue.Server
	c      *queue.Coordinator
	said   notices
}

// newFleet starts both on a free port of this machine.
func newFleet(t testing.TB, p *sweep.Plan, lease time.Duration) *fleet {
	t.Helper()
	f := &fleet{}
	var err error
	f.server, err = queue.Listen(queue.Serving{Address: "127.0.0.1:0"})
	require.NoError(t, err)
	t.Cleanup(f.server.Close)
	conn, err := f.server.Connect()
	require.NoError(t, err)
	t.Cleanup(conn.Close)
	f.c, err = queue.Coordinate(context.Background(), queue.Coordinating{
		Conn: conn, Plan: p, Catalog: catalog().Hash(), Build: build(t), Lease: lease, Notice: f.said.add,
	})
	require.NoError(t, err)
	return f
}

// working is the options of a worker of the fleet, by TCP.
func (f *fleet) working(t testing.TB, workers int) queue.Working {
	t.Helper()
	conn, err := queue.Dial(context.Background(), queue.Dialing{URL: f.server.URL(), Name: "worker"})
	require.NoError(t, err)
	t.Cleanup(conn.Close)
	return queue.Working{Conn: conn, Catalog: catalog(), Build: build(t), Workers: workers, Wait: 10 * time.Second, Notice: f.said.add}
}

// run runs the plan over the fleet with so many workers in this process, and ends it for them.
func (f *fleet) run(t testing.TB, p *sweep.Plan, dir string, workers ...int) (sweep.Outcome, []queue.Done, error) {
	t.Helper()
	var all sync.WaitGroup
	done := make([]queue.Done, len(workers))
	for i, n := range workers {
		o := f.working(t, n)
		all.Go(func() { done[i], _ = queue.Work(context.Background(), o) })
	}
	outcome, err := sweep.Run(context.Background(), p, sweep.Options{Out: dir, Fleet: f.c, Resume: true})
	f.c.Close(outcome.Status, err)
	all.Wait()
	return outcome, done, err
}
