package serve

import (
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Options say what is offered.
type Options struct {
	Name string         // of a simulator or environment in the catalogue; empty = none, for an agent without one
	Set  map[string]any // its settings; the client's hello may add to them

	Fix       map[string][]string // axes of a simulator that are fixed or narrowed: the levels that they keep
	Objective *objective.Config   // nil = to minimise the first metric; of one without a term likewise
	Horizon   int                 // designs an episode; 0 = 1
	Groups    env.Grouping        // which agent owns which axis; empty = one agent owns all

	Agent        string         // kind; empty = none
	AgentOptions map[string]any // its hyper-parameters
	Budget       int            // trials that the agent is told to plan for; 0 = not known
	Seed         uint64         // of the agent

	Workers          int  // evaluations at a time; 0 = one a CPU
	Nondeterministic bool // equal designs may have unequal results
}

// UsageError is a mistake in the options.
type UsageError = sweep.UsageError

func usage(err error) error {
	if err == nil {
		return nil
	}
	return &UsageError{Err: err}
}

// offer is what the options open.
type offer struct {
	spec      simulators.Spec
	doc       string // the catalogue's, which says more than the specification's
	declared  []simulators.Setting
	settings  simulators.Settings
	instance  simulators.Instance  // of a simulator
	simulator simulators.Simulator // the same, wrapped; nil for an environment with state
	objective objective.Objective  // of a simulator
	vector    func(lanes int) (*env.Vector, error)
	horizon   int
}

// open makes the offer for the options with the client's settings. It is nil without a name.
func (o Options) open(c sweep.Catalog, set map[string]any) (*offer, error) {
	given := maps.Clone(o.Set)
	if given == nil {
		given = map[string]any{}
	}
	maps.Copy(given, set)
	if at := slices.IndexFunc(c.Simulators, func(f simulators.Factory) bool { return f.Name == o.Name }); at >= 0 {
		f := &offer{declared: c.Simulators[at].Settings, doc: c.Simulators[at].Doc}
		var err error
		if f.instance, f.settings, err = c.Simulators[at].Open(given); err != nil {
			return nil, usage(err)
		}
		return f, o.design(f)
	}
	if at := slices.IndexFunc(c.Environments, func(f env.Factory) bool { return f.Name == o.Name }); at >= 0 {
		return o.environment(c.Environments[at], given)
	}
	switch {
	case o.Name != "":
		return nil, usage(suggest.Unknown("simulator", o.Name, c.Names()))
	case o.Agent == "":
		return nil, usage(errors.New("nothing to serve: name a simulator, an environment or an agent"))
	case len(given) > 0:
		return nil, usage(errors.New("settings without a simulator"))
	}
	return nil, nil
}

// design completes the offer of a simulator: its axes, and the environment that its objective makes of it.
func (o Options) design(f *offer) (err error) {
	metrics := f.instance.Simulator.Spec().Metrics
	var cfg objective.Config
	if o.Objective != nil {
		cfg = *o.Objective
	}
	if len(cfg.Minimise)+len(cfg.Maximise)+len(cfg.Targets) == 0 {
		cfg.Minimise = []string{metrics[0].Key()}
	}
	if f.instance, err = simulators.Narrow(f.instance, o.Fix); err != nil {
		return usage(err)
	}
	if f.objective, err = objective.New(cfg, metrics); err != nil {
		return usage(fmt.Errorf("objective: %w", err))
	}
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.NumCPU()
	}
	f.spec = f.instance.Simulator.Spec()
	f.simulator, _ = wrap.Stack(f.instance, wrap.Options{Pool: wrap.NewPool(workers)})
	f.horizon = max(o.Horizon, 1)
	options := env.Options{Horizon: o.Horizon, Groups: o.Groups}
	f.vector = func(lanes int) (*env.Vector, error) { return env.NewVector(f.simulator, f.objective, options, lanes) }
	_, err = f.vector(1)
	return usage(err)
}

// environment is the offer of an environment with state.
func (o Options) environment(factory env.Factory, given map[string]any) (*offer, error) {
	var wrong []string
	for name, set := range map[string]bool{
		"an objective": o.Objective != nil, "axes to fix": len(o.Fix) > 0, "a horizon": o.Horizon != 0, "a grouping": o.Groups != "", "an agent": o.Agent != "",
	} {
		if set {
			wrong = append(wrong, name)
		}
	}
	if slices.Sort(wrong); len(wrong) > 0 {
		return nil, usage(fmt.Errorf("%s is an environment with state: it takes settings only, not %s", factory.Name, strings.Join(wrong, ", ")))
	}
	f := &offer{declared: factory.Settings, doc: factory.Doc}
	maker, settings, err := factory.Open(given)
	if err != nil {
		return nil, usage(err)
	}
	f.settings, f.horizon = settings, sweep.HorizonOf(factory, settings)
	e, err := maker()
	if err != nil {
		return nil, usage(fmt.Errorf("%s: %w", factory.Name, err))
	}
	f.spec = factory.Spec(e)
	f.vector = func(lanes int) (*env.Vector, error) { return env.Vectorize(maker, lanes) }
	return f, env.Close(e)
}

// searcher makes the agent for a problem. reward turns a trial into a learner's reward.
func (o Options) searcher(c sweep.Catalog, p agents.Problem, seed uint64, reward func(agents.Trial) float64) (agents.Agent, simulators.Settings, error) {
	at := slices.IndexFunc(c.Agents, func(f agents.Factory) bool { return f.Name == o.Agent })
	if at < 0 {
		var names []string
		for _, f := range c.Agents {
			names = append(names, f.Name)
		}
		return nil, simulators.Settings{}, usage(suggest.Unknown("agent", o.Agent, names))
	}
	factory := c.Agents[at]
	options, err := simulators.NewSettings(factory.Options, o.AgentOptions)
	if err != nil {
		return nil, options, usage(fmt.Errorf("agent %s: %w", factory.Name, err))
	}
	agent, err := sweep.NewAgent(factory, p, options, o.Groups, seed, reward)
	if err != nil {
		err = usage(fmt.Errorf("agent %s: %w", factory.Name, err))
	}
	return agent, options, err
}
