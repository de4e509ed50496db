package sweep

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/hybrid"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/process"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// Scenario is a simulator or an environment with its settings, and what is asked of it.
type Scenario struct {
	Name     string
	Settings simulators.Settings
	Fidelity string
	Starts   []space.Point
	Optimum  *float64 // of the only objective, as the file states it; nil = unknown
	Warm     Warm     // trials of earlier results

	instance   simulators.Instance // of designs; for an environment its open-loop form
	program    *process.Program    // that the instance is of; nil for one of the catalogue
	reseeded   []*process.Program  // the same with other seeds, where a trial is several evaluations
	averaged   int                 // evaluations of a trial where they are several
	command    []string            // of the program, as the file has it
	maker      env.Maker           // of an environment; nil for a simulator
	walkers    []env.AgentSpec     // of an environment: its agents
	state      []env.Channel       // of an environment: its own central state; nil when it has none
	steps      simulators.Spec     // of an environment: what its steps are recorded as
	explain    env.Explainer       // of an environment: what explains its steps' designs; nil when nothing does
	objectives map[Mode]goal
	recheck    *hybrid.Scenario // of a proxy that is held to the true simulator; nil = it is not
	screen     *screening       // of proposals by a proxy; nil = everything is evaluated
}

// goal is the scenario's objective over the metrics of one mode, or why there is none.
type goal struct {
	objective objective.Objective
	err       error
}

// Mode says how a study's agent meets its scenario.
type Mode uint8

// The modes.
const (
	Designs  Mode = iota // an agent proposes designs of a simulator
	OpenLoop             // an agent proposes action sequences of an environment
	Steps                // a policy acts in an environment
)

// String says what an agent does in the mode.
func (m Mode) String() string {
	return [...]string{Designs: "proposes designs", OpenLoop: "proposes whole sequences of actions", Steps: "acts step by step"}[m]
}

// openScenario makes the i-th scenario of the file.
func openScenario(f *file.File, i int, c Catalog, found *findings) (*Scenario, error) {
	declared := f.Scenarios[i]
	s := &Scenario{Name: declared.Name, Fidelity: declared.Fidelity, Optimum: declared.Optimum}
	if declared.Command != nil && declared.Screen == nil && declared.Recheck == nil {
		return s, s.openProgram(f, i, found)
	}
	factory, known, err := proxy.Resolve(c.Simulators, declared.Simulator, f.Folder)
	switch {
	case err != nil:
		return s, f.Errorf(f.At("scenario", i, "simulator"), "%v", err)
	case known:
		if err := s.openSimulator(f, i, factory); err != nil {
			return s, err
		}
		return s, s.openScreen(f, i, c)
	case declared.Screen != nil || declared.Recheck != nil:
		return s, f.Errorf(f.At("scenario", i), "recheck and screen are for simulators of the catalogue and their proxies")
	}
	if at := slices.IndexFunc(c.Environments, func(k env.Factory) bool { return k.Name == declared.Simulator }); at >= 0 {
		return s, s.openEnvironment(f, i, c.Environments[at])
	}
	return s, f.Errorf(f.At("scenario", i, "simulator"), "%v", suggest.Unknown("simulator", declared.Simulator, c.Names()))
}

// Names lists the simulators and environments.
func (c Catalog) Names() []string {
	var names []string
	for _, k := range c.Simulators {
		names = append(names, k.Name)
	}
	for _, k := range c.Environments {
		names = append(names, k.Name)
	}
	return names
}

func (s *Scenario) openSimulator(f *file.File, i int, factory simulators.Factory) error {
	declared := f.Scenarios[i]
	set, err := withFidelity(factory, declared)
	if err != nil {
		return f.Errorf(f.At("scenario", i, "fidelity"), "%v", err)
	}
	instance, settings, err := factory.Open(set)
	if err != nil {
		return f.Errorf(f.At("scenario", i, "set", refused(factory.Settings, declared.Set)), "%v", err)
	}
	s.Settings, s.instance = settings, instance
	open := func(set map[string]any) (simulators.Simulator, error) {
		other, _, err := factory.Open(set)
		return other.Simulator, err
	}
	if err := s.average(f, open); err != nil {
		return err
	}
	if err := s.openRecheck(f, i); err != nil {
		return err
	}
	return s.openDesigns(f, i)
}

// openDesigns completes a scenario whose instance is there: objective, axes that are held, start designs.
func (s *Scenario) openDesigns(f *file.File, i int) error {
	err := s.openObjective(f, i, Designs)
	narrow, wrong := simulators.Narrow(s.instance, f.Scenarios[i].Fix)
	if wrong != nil {
		return file.Join(err, f.Errorf(f.At("scenario", i, "fix"), "%v", wrong))
	}
	s.instance = narrow
	return file.Join(err, s.openStarts(f))
}

// refused is the first given setting, by name, that the declarations refuse; empty when it is not one of them alone.
func refused(declared []simulators.Setting, given map[string]any) string {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, err := simulators.NewSettings(declared, map[string]any{name: given[name]}); err != nil {
			return name
		}
	}
	return ""
}

// withFidelity is the scenario's settings with those of its fidelity.
func withFidelity(factory simulators.Factory, declared file.Scenario) (map[string]any, error) {
	if declared.Fidelity == "" {
		return declared.Set, nil
	}
	var names []string
	for _, fidelity := range factory.Fidelities {
		if fidelity.Name == declared.Fidelity {
			set := maps.Clone(declared.Set)
			if set == nil {
				set = map[string]any{}
			}
			maps.Copy(set, fidelity.Set)
			return set, nil
		}
		names = append(names, fidelity.Name)
	}
	return nil, suggest.Unknown("fidelity of "+factory.Name, declared.Fidelity, names)
}

// openObjective compiles the scenario's objective for each mode that the scenario can be met in. An environment's metrics differ by mode; its
// objective is, unless stated, to maximise the episode's return, and must fit one of them at least.
func (s *Scenario) openObjective(f *file.File, i int, modes ...Mode) error {
	given := f.Scenarios[i].Objective
	if given == nil && s.maker == nil {
		return f.Errorf(f.At("scenario", i), "the scenario has no objective, for example objective = { minimise = [%q] }", s.spec(Designs).Metrics[0].Key())
	}
	s.objectives = map[Mode]goal{}
	for _, m := range modes {
		raw := given
		if raw == nil {
			raw = map[string]any{"maximise": []any{returnOf(m)}}
		}
		o, err := newObjective(raw, s.spec(m).Metrics)
		s.objectives[m] = goal{o, err}
	}
	if err := s.checkPublished(f, i, modes[0]); err != nil {
		return err
	}
	for _, m := range modes {
		if s.objectives[m].err == nil {
			return s.checkOptimum(f, i, len(s.objectives[m].objective.Objectives()))
		}
	}
	return f.Errorf(f.At("scenario", i, "objective"), "%v", s.objectives[modes[len(modes)-1]].err)
}

// Designs is the scenario as a search for a design: the simulator, narrowed to the axes' levels that the file keeps, and what is asked of it.
func (s *Scenario) Designs() (simulators.Instance, objective.Objective, error) {
	goal, known := s.objectives[s.searched()]
	if !known || s.instance.Simulator == nil {
		return simulators.Instance{}, nil, fmt.Errorf("scenario %s is an environment without a horizon: it has no designs", s.Name)
	}
	return s.instance, goal.objective, goal.err
}

// searched is the mode in which agents of designs meet the scenario.
func (s *Scenario) searched() Mode {
	if s.maker != nil {
		return OpenLoop
	}
	return Designs
}

// checkOptimum reports an optimum beside several objectives, which have a front instead.
func (s *Scenario) checkOptimum(f *file.File, i, objectives int) error {
	if s.Optimum == nil || objectives == 1 {
		return nil
	}
	return f.Errorf(f.At("scenario", i, "optimum"), "scenario %s: an optimum is of one objective, and there are %d", s.Name, objectives)
}

// checkPublished reports metrics of published results that the simulator has not.
func (s *Scenario) checkPublished(f *file.File, i int, m Mode) error {
	for k, p := range f.Scenarios[i].Published {
		for _, key := range slices.Sorted(maps.Keys(p.Metrics)) {
			if keys := s.spec(m).Keys(); !slices.Contains(keys, key) {
				return f.Errorf(f.At("scenario", i, "published", k, "metrics", key), "%v", suggest.Unknown("metric", key, keys))
			}
		}
	}
	return nil
}

// returnOf is the key of an episode's return among a mode's metrics.
func returnOf(m Mode) string {
	if m == Steps {
		return "episode_return"
	}
	return "return"
}

func newObjective(raw map[string]any, metrics []simulators.Metric) (objective.Objective, error) {
	cfg, err := objective.Parse(raw)
	if err != nil {
		return nil, err
	}
	return objective.New(cfg, metrics)
}

// openStarts resolves the start designs that apply to this scenario.
func (s *Scenario) openStarts(f *file.File) error {
	var errs []error
	for i, start := range f.Starts {
		if start.Scenario != "" && start.Scenario != s.Name {
			continue
		}
		if s.instance.Simulator == nil {
			errs = append(errs, f.Errorf(f.At("start", i), "scenario %s is an environment without a horizon and takes no start designs", s.Name))
			continue
		}
		p, err := s.instance.Simulator.Spec().Space.Point(start.Design)
		if err != nil {
			errs = append(errs, f.Errorf(f.At("start", i, "design"), "start design for scenario %s: %v", s.Name, err))
			continue
		}
		s.Starts = append(s.Starts, p)
	}
	return errors.Join(errs...)
}

// mode is how a cell's agent meets the scenario.
func (s *Scenario) mode(c Cell) (Mode, error) {
	m := Steps
	switch {
	case s.maker == nil:
		m = Designs
	case c.Factory.NewPolicy == nil:
		m = OpenLoop
	case len(s.Starts) > 0:
		return Steps, fmt.Errorf("scenario %s: %s acts step by step and takes no start designs", s.Name, c.Factory.Name)
	case s.Warm.applies:
		return Steps, fmt.Errorf("scenario %s: %s acts step by step and takes no warm start", s.Name, c.Factory.Name)
	}
	if m == OpenLoop && s.instance.Simulator == nil {
		return m, fmt.Errorf("scenario %s, for %s, which %s: the environment has no horizon", s.Name, c.Factory.Name, m)
	}
	if err := s.objectives[m].err; err != nil {
		return m, fmt.Errorf("scenario %s, for %s, which %s: %w", s.Name, c.Factory.Name, m, err)
	}
	return m, nil
}

// spec is what trials are recorded as.
func (s *Scenario) spec(m Mode) simulators.Spec {
	if m == Steps {
		return s.steps
	}
	return s.instance.Simulator.Spec()
}

// task is what a study of the scenario has to do.
func (s *Scenario) task(m Mode, f *file.File) study.Task {
	t := study.Task{Objective: s.objectives[m].objective, Trials: f.Budget, Lag: f.Lag, MaxFailed: f.MaxFailed, StopOnSpec: f.StopOnSpec}
	if m != Steps {
		t.Starts, t.Warm = s.Starts, s.Warm.Known
	}
	return t
}
