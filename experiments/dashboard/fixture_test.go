package dashboard

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// strip is the configuration of the toy: so many lanes. Of 13 it panics, of 14 it never returns, and more than 48 are infeasible.
type strip struct {
	Lanes int
	Mode  string
	gate  <-chan struct{}
}

// toy is a simulator of 28 designs. Each evaluation passes the gate, if there is one.
func toy(gate <-chan struct{}) simulators.Factory {
	lanes := []int{1, 2, 4, 8, 13, 14, 16, 20, 24, 32, 40, 48, 50, 60}
	return simulators.Factory{Name: "toy", Doc: "A toy.", New: func(simulators.Settings) (simulators.Instance, error) {
		built, err := simulators.Model[strip]{
			Name: "toy", Version: "1", Doc: "A toy.",
			Metrics: []simulators.Metric{{Name: "latency", Unit: "cycles"}, {Name: "area", Unit: "mm2"}},
			Fields: []simulators.Field[strip]{
				simulators.Int("lanes", "PE", "", lanes, func(c *strip) *int { return &c.Lanes }),
				simulators.Choice("mode", "", []string{"flat", "deep"}, func(c *strip) *string { return &c.Mode }),
			},
			Base: strip{gate: gate},
			Eval: func(ctx context.Context, c strip) simulators.Result {
				if c.gate != nil {
					<-c.gate
				}
				switch {
				case c.Lanes == 13:
					panic("thirteen lanes")
				case c.Lanes == 14:
					<-ctx.Done()
				case c.Lanes > 48:
					return simulators.Infeasible(fmt.Sprintf("%d lanes of 48", c.Lanes), float64(c.Lanes)/48-1)
				}
				return simulators.OK(1000/float64(c.Lanes), float64(c.Lanes))
			},
		}.Build()
		return simulators.Instance{Simulator: built}, err
	}}
}

func catalog(gate <-chan struct{}) sweep.Catalog {
	return sweep.Catalog{Simulators: []simulators.Factory{toy(gate)}, Agents: agentcatalog.Agents()}
}

// experiment is a file of two scenarios, two agents and two repeats; grid walks all 28 designs and has finished.
const experiment = `name = "toys"
seed = 3
repeats = 2
budget = 40
max_failed = 40
timeout_s = 0.02
[[scenario]]
name = "small"
simulator = "toy"
objective = { minimise = ["latency_cycles"], at_most = { area_mm2 = 20 } }
[[scenario]]
name = "fast"
simulator = "toy"
objective = { minimise = ["latency_cycles"] }
[[agent]]
kind = "grid"
[[agent]]
kind = "random"
`

// run runs an experiment file into a folder.
func run(t testing.TB, ctx context.Context, text, out string, gate <-chan struct{}) sweep.Outcome {
	t.Helper()
	f, err := file.Parse("toys.toml", []byte(text))
	require.NoError(t, err)
	plan, err := sweep.NewPlan(f, catalog(gate))
	require.NoError(t, err)
	outcome, err := sweep.Run(ctx, plan, sweep.Options{Out: out, Workers: 2, Version: "v0", Command: []string{"codesign", "run", "toys.toml"}})
	require.NoError(t, err)
	require.NoError(t, plan.Close())
	return outcome
}

// site is a dashboard of a folder, being served.
type site struct {
	*httptest.Server
	t    testing.TB
	root string
	of   *Server
}

func serve(t testing.TB, root string, o Options) site {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	o.Root, o.Catalog = root, catalog(nil)
	s, err := New(ctx, o)
	require.NoError(t, err)
	s.board.tempo = tempo{10 * time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond} // of sweeps that New has not met yet
	followed := make(chan struct{})
	go func() { defer close(followed); s.board.run() }()
	server := httptest.NewServer(s.Handler())
	t.Cleanup(func() { cancel(); server.CloseClientConnections(); server.Close(); <-followed })
	return site{server, t, root, s}
}

// get asks for a path; headers are pairs.
func (s site) get(path string, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://localhost:8080"+path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.of.Handler().ServeHTTP(w, r)
	return w
}

// document decodes what a path answers.
func document[D any](s site, path string) (d D) {
	s.t.Helper()
	w := s.get(path)
	require.Equal(s.t, http.StatusOK, w.Code, w.Body)
	require.NoError(s.t, json.Unmarshal(w.Body.Bytes(), &d), w.Body)
	return d
}

// cards are the cards of a site's board.
func (s site) cards() []Card {
	var list []Card
	for _, text := range document[Board](s, "/api/sweeps").Cards {
		var c Card
		require.NoError(s.t, json.Unmarshal(text, &c))
		list = append(list, c)
	}
	return list
}

// whole is a sweep whose folder has been read.
func (s site) whole(id string) (d Sweep) {
	s.t.Helper()
	s.eventually(func() bool { d = document[Sweep](s, "/api/sweeps/"+id); return !d.Card.Reading }, "it is read")
	return d
}

func (s site) eventually(holds func() bool, what string) {
	s.t.Helper()
	require.Eventually(s.t, holds, 20*time.Second, 20*time.Millisecond, what)
}

// toyResults is the folder of the experiment's results, which is run once for all tests.
var toyResults struct {
	once sync.Once
	dir  string
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dashboard-")
	if err != nil {
		panic(err)
	}
	toyResults.dir = filepath.Join(dir, "toys")
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// finished is a folder with a copy of the results of the experiment below it.
func finished(t testing.TB) (root, id string) {
	t.Helper()
	toyResults.once.Do(func() { require.Equal(t, sweep.Complete, run(t, t.Context(), experiment, toyResults.dir, nil).Status) })
	root = t.TempDir()
	dir := filepath.Join(root, "toys")
	require.NoError(t, os.CopyFS(dir, os.DirFS(toyResults.dir)))
	return root, newPlace(root, dir).id
}

func write(t testing.TB, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

// resume continues an interrupted run.
func resume(t testing.TB, text, out string, gate <-chan struct{}) sweep.Outcome {
	f, err := file.Parse("toys.toml", []byte(text))
	require.NoError(t, err)
	plan, err := sweep.NewPlan(f, catalog(gate))
	require.NoError(t, err)
	outcome, err := sweep.Run(t.Context(), plan, sweep.Options{Out: out, Workers: 2, Version: "v0", Resume: true})
	require.NoError(t, err)
	require.NoError(t, plan.Close())
	return outcome
}
