package sweep_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// tile is the configuration of the toy: an array of rows x cols with a buffer; "deep" ones have stages as well.
type tile struct {
	Rows, Cols, KiB, Stages int
	Mode                    string

	work  float64
	delay time.Duration
	fault string
}

// toy is a simulator of 8·8·8·(1+4) = 2560 designs, of which those with more than 4096 elements are infeasible. Its settings make the designs
// with 128 rows go wrong, and every evaluation slow.
func toy() simulators.Factory {
	return simulators.Factory{
		Name: "toy", Doc: "A toy.",
		Settings: []simulators.Setting{
			{Name: "work", Doc: "operations", Default: 4096.0, Min: 1, Max: 1e9},
			{Name: "delay_us", Unit: "us", Doc: "of each evaluation", Default: 0, Min: 0, Max: 1e6},
			{Name: "fault", Doc: "what the designs with 128 rows do", Default: "none", Allowed: []string{"none", "panic", "nan", "hang", "break"}},
		},
		Fidelities: []simulators.Fidelity{
			{Name: "quick", Set: map[string]any{"work": 64.0}, RelativeCost: 0.1}, {Name: "true", RelativeCost: 1},
		},
		New: newToy,
	}
}

func newToy(s simulators.Settings) (simulators.Instance, error) {
	powers := []int{1, 2, 4, 8, 16, 32, 64, 128}
	built, err := simulators.Model[tile]{
		Name: "toy", Version: "1", Doc: "A toy.",
		Metrics: []simulators.Metric{{Name: "latency", Unit: "cycles"}, {Name: "area", Unit: "mm2"}},
		Fields: []simulators.Field[tile]{
			simulators.Int("rows", "PE", "", powers, func(c *tile) *int { return &c.Rows }).Log().In("array"),
			simulators.Int("cols", "PE", "", powers, func(c *tile) *int { return &c.Cols }).Log().In("array"),
			simulators.Int("buffer", "KiB", "", powers, func(c *tile) *int { return &c.KiB }).Log().In("memory"),
			simulators.Choice("mode", "", []string{"flat", "deep"}, func(c *tile) *string { return &c.Mode }).In("array"),
			simulators.Int("stages", "", "", []int{1, 2, 3, 4}, func(c *tile) *int { return &c.Stages }).When("mode", "deep").In("array"),
		},
		Base: tile{work: s.Float("work"), delay: time.Duration(s.Int("delay_us")) * time.Microsecond, fault: s.String("fault")},
		Eval: evaluateTile,
	}.Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	if s.String("fault") == "break" {
		return simulators.Instance{Simulator: broken{built}}, nil
	}
	return simulators.Instance{Simulator: built}, nil
}

func evaluateTile(ctx context.Context, c tile) simulators.Result {
	time.Sleep(c.delay)
	if c.Rows == 128 {
		switch c.fault {
		case "panic":
			panic("the array is too tall")
		case "nan":
			return simulators.OK(math.NaN(), 1)
		case "hang":
			<-ctx.Done()
		}
	}
	elements := c.Rows * c.Cols
	if elements > 4096 {
		return simulators.Infeasible("more than 4096 elements", float64(elements)/4096-1)
	}
	return simulators.OK(c.work/float64(elements)+100/float64(c.KiB)-float64(c.Stages), float64(elements)/100+float64(c.KiB)/10)
}

// broken is a simulator that ends with an error at designs with 128 rows.
type broken struct{ simulators.Simulator }

func (b broken) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	for _, p := range points {
		if p[0] == 7 {
			return nil, fmt.Errorf("licence server gone")
		}
	}
	return b.Simulator.Evaluate(ctx, points)
}

// onlyPolicy is a kind of agent that has no form of its own for designs.
func onlyPolicy() agents.Factory {
	f := random.Factory()
	f.Name, f.New = "walker", nil
	return f
}

// spyPair is the first random number of each study's agent, by file order.
type spy struct{ draws map[string][]uint64 }

func (s *spy) factory(name string) agents.Factory {
	f := random.Factory()
	f.Name, f.NewPolicy = name, nil
	inner := f.New
	f.New = func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
		s.draws[name] = append(s.draws[name], rng.Uint64())
		return inner(p, o, rng)
	}
	return f
}

func catalog() sweep.Catalog {
	return sweep.Catalog{
		Simulators: []simulators.Factory{toy(), noisy()}, Environments: slices.Concat(games.Factories(), misbehaving(), overToy(), slowly(games.Factories())),
		Agents: append(agentcatalog.Agents(), onlyPolicy()),
	}
}

// misbehaving lists environments that break: the walk's third step panics.
func misbehaving() []env.Factory {
	return []env.Factory{{Name: "games/trap", Doc: "A corridor with a trap.", New: func(simulators.Settings) (env.Maker, error) {
		return func() (env.Env, error) {
			e, err := games.Corridor()()
			return &trap{Env: e}, err
		}, nil
	}}}
}

// overToy lists environments made of the toy: whole designs in an episode of five, and local moves from design to design.
func overToy() []env.Factory {
	over := func(make func(simulators.Simulator, objective.Objective) env.Maker) func(simulators.Settings) (env.Maker, error) {
		return func(simulators.Settings) (env.Maker, error) {
			in, _, err := toy().Open(map[string]any{"delay_us": 200})
			if err != nil {
				return nil, err
			}
			o, err := objective.New(objective.Config{Minimise: []string{"latency_cycles"}}, in.Simulator.Spec().Metrics)
			return make(in.Simulator, o), err
		}
	}
	return []env.Factory{
		{Name: "toy/designs", Doc: "Whole designs.", New: over(func(sim simulators.Simulator, o objective.Objective) env.Maker {
			return func() (env.Env, error) { return env.New(sim, o, env.Options{Horizon: 5}) }
		})},
		{Name: "toy/stated", Doc: "Whole designs, with a central state.", New: over(func(sim simulators.Simulator, o objective.Objective) env.Maker {
			return func() (env.Env, error) {
				e, err := env.New(sim, o, env.Options{Horizon: 5, Groups: env.PerAxis})
				return stated{specced{e, env.SpecOf(e)}}, err
			}
		})},
		{Name: "toy/clash", Doc: "A metric with a taken name.", New: over(func(sim simulators.Simulator, o objective.Objective) env.Maker {
			return func() (env.Env, error) {
				e, err := env.New(sim, o, env.Options{})
				spec := sim.Spec()
				spec.Metrics = append(slices.Clone(spec.Metrics), simulators.Metric{Name: "episode_return"})
				return specced{e, spec}, err
			}
		})},
		{Name: "toy/moves", Doc: "Local moves.", Horizon: 2, New: over(func(sim simulators.Simulator, o objective.Objective) env.Maker {
			return func() (env.Env, error) {
				e, err := games.Moves(sim, o, 6)()
				return explaining{specced{e, env.SpecOf(e)}}, err
			}
		})},
	}
}

// explaining is an environment that explains the designs of its steps.
type explaining struct{ specced }

func (explaining) Detail(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
	return []simulators.Artifact{{Name: "point.txt", MediaType: "text/plain", Data: fmt.Append(nil, p)}}, nil
}

// stated is an environment with a central state of its own.
type stated struct{ specced }

func (stated) StateChannels() []env.Channel {
	return []env.Channel{{Name: "height", Unit: "PE", High: 1}}
}

func (stated) State() []float64 { return []float64{0.5} }

type specced struct {
	env.Env
	spec simulators.Spec
}

func (s specced) Spec() simulators.Spec { return s.spec }

// slowly lists environments whose steps take time, so that a run of them can be interrupted.
func slowly(fast []env.Factory) []env.Factory {
	slow := slices.Clone(fast)
	for i, f := range fast {
		slow[i].Name = "slow/" + strings.TrimPrefix(f.Name, "games/")
		slow[i].New = func(s simulators.Settings) (env.Maker, error) {
			maker, err := f.New(s)
			return func() (env.Env, error) {
				e, err := maker()
				return slowed{e}, err
			}, err
		}
	}
	return slow
}

type slowed struct{ env.Env }

func (e slowed) Step(ctx context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	time.Sleep(200 * time.Microsecond)
	return e.Env.Step(ctx, actions)
}

type trap struct {
	env.Env
	steps int
}

func (e *trap) Step(ctx context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if e.steps++; e.steps == 3 {
		panic("the floor opens")
	}
	return e.Env.Step(ctx, actions)
}

// top begins the files of the tests; the scenario follows.
const (
	top      = "name = \"test\"\nbudget = 40\n"
	scenario = "[[scenario]]\nsimulator = \"toy\"\nobjective = { minimise = [\"latency_cycles\"], at_most = { area_mm2 = 20 } }\n"
	agent    = "[[agent]]\nkind = \"random\"\n"
)

func parse(t testing.TB, text string) *file.File {
	t.Helper()
	f, err := file.Parse("x.toml", []byte(text))
	require.NoError(t, err)
	return f
}

func plan(t testing.TB, text string) *sweep.Plan {
	t.Helper()
	p, err := sweep.NewPlan(parse(t, text), catalog())
	require.NoError(t, err)
	return p
}

// run runs a file in a new folder and returns it.
func run(t testing.TB, text string, o sweep.Options) (dir string, outcome sweep.Outcome) {
	t.Helper()
	if o.Out == "" {
		o.Out = filepath.Join(t.TempDir(), "out")
	}
	outcome, err := sweep.Run(context.Background(), plan(t, text), o)
	require.NoError(t, err)
	return o.Out, outcome
}

// rows reads a finished folder's dataset.
func rows(t testing.TB, dir string) ([]dataset.StudyInfo, []dataset.Record) {
	t.Helper()
	r, err := dataset.Open(filepath.Join(dir, "dataset"))
	require.NoError(t, err)
	defer r.Close()
	var list []dataset.Record
	for rec, err := range r.Rows() {
		require.NoError(t, err)
		list = append(list, rec)
	}
	return r.Studies(), list
}

// parts is the bytes of a dataset, all parts one after the other with their names.
func parts(t testing.TB, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "dataset"))
	require.NoError(t, err)
	var b strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, "dataset", e.Name()))
		require.NoError(t, err)
		b.WriteString(e.Name() + " " + strconv.Itoa(len(data)) + "\n")
		b.Write(data)
	}
	return b.String()
}

// contents is every file of a folder and its bytes, to see that nothing was changed.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all[path] = string(data)
		return err
	}))
	return all
}

// How long a test waits for something that must happen, and how often it looks.
const (
	polling = time.Minute
	pause   = time.Millisecond
)
