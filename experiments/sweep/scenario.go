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
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// Scenario is a simulator or an environment with its settings, and what is asked of it.
type Scenario struct {
	Name      string
	Settings  simulators.Settings
	Fidelity  string
	Objective objective.Objective
	Starts    []space.Point

	instance  simulators.Instance // of designs; for an environment its open-loop form
	maker     env.Maker           // of an environment; nil for a simulator
	steps     simulators.Spec     // of an environment: what its steps are recorded as
	stepScore objective.Objective // of an environment: Objective over the steps' metrics
}

// Mode says how a study's agent meets its scenario.
type Mode uint8

// The modes.
const (
	Designs  Mode = iota // an agent proposes designs of a simulator
	OpenLoop             // an agent proposes action sequences of an environment
	Steps                // a policy acts in an environment
)

// openScenario makes the i-th scenario of the file.
func openScenario(f *file.File, i int, c Catalog) (*Scenario, error) {
	declared := f.Scenarios[i]
	s := &Scenario{Name: declared.Name, Fidelity: declared.Fidelity}
	if at := slices.IndexFunc(c.Simulators, func(k simulators.Factory) bool { return k.Name == declared.Simulator }); at >= 0 {
		return s, s.openSimulator(f, i, c.Simulators[at])
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
		return f.Errorf(f.At("scenario", i, "set"), "%v", err)
	}
	s.Settings = settings
	if s.instance, err = simulators.Narrow(instance, declared.Fix); err != nil {
		return f.Errorf(f.At("scenario", i, "fix"), "%v", err)
	}
	return errors.Join(s.openObjective(f, i), s.openStarts(f))
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

// horizonSetting is the setting of an environment that says how many steps an open-loop design has.
const horizonSetting = "horizon"

func (s *Scenario) openEnvironment(f *file.File, i int, factory env.Factory) error {
	declared := f.Scenarios[i]
	if declared.Fidelity != "" || len(declared.Fix) > 0 {
		return f.Errorf(f.At("scenario", i), "%s is an environment with state: it has neither fidelities nor axes to fix", factory.Name)
	}
	settings, err := simulators.NewSettings(factory.Settings, declared.Set)
	if err != nil {
		return f.Errorf(f.At("scenario", i, "set"), "%s: %v", factory.Name, err)
	}
	s.Settings = settings
	if s.maker, err = factory.New(settings); err != nil {
		return f.Errorf(f.At("scenario", i, "set"), "%s: %v", factory.Name, err)
	}
	e, err := s.maker()
	if err != nil {
		return f.Errorf(f.At("scenario", i, "set"), "%s: %v", factory.Name, err)
	}
	s.steps = study.StepSpec(env.SpecOf(e))
	s.steps.Name = factory.Name
	horizon := 1
	if slices.ContainsFunc(factory.Settings, func(d simulators.Setting) bool { return d.Name == horizonSetting }) {
		horizon = settings.Int(horizonSetting)
	}
	sim, err := env.AsSimulator(s.maker, horizon, f.Seed)
	if err != nil {
		return f.Errorf(f.At("scenario", i), "%s: %v", factory.Name, err)
	}
	s.instance = simulators.Instance{Simulator: sim}
	return errors.Join(s.openObjective(f, i), s.openStarts(f))
}

// openObjective compiles the scenario's objective; that of an environment is, unless stated, to maximise the episode's return.
func (s *Scenario) openObjective(f *file.File, i int) error {
	at := f.At("scenario", i, "objective")
	raw := f.Scenarios[i].Objective
	if s.maker != nil {
		steps := raw
		if raw == nil {
			raw = map[string]any{"maximise": []any{"return"}}
			steps = map[string]any{"maximise": []any{"episode_return"}}
		}
		var err error
		if s.stepScore, err = newObjective(steps, s.steps.Metrics); err != nil {
			return f.Errorf(at, "%v", err)
		}
	}
	if raw == nil {
		return f.Errorf(f.At("scenario", i), "the scenario has no objective, for example objective = { minimise = [%q] }", s.instance.Simulator.Spec().Metrics[0].Key())
	}
	var err error
	if s.Objective, err = newObjective(raw, s.instance.Simulator.Spec().Metrics); err != nil {
		return f.Errorf(at, "%v", err)
	}
	return nil
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
	sp := s.instance.Simulator.Spec().Space
	for i, start := range f.Starts {
		if start.Scenario != "" && start.Scenario != s.Name {
			continue
		}
		p, err := sp.Point(start.Design)
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
	switch {
	case s.maker == nil:
		return Designs, nil
	case c.Factory.NewPolicy == nil:
		return OpenLoop, nil
	case len(s.Starts) > 0:
		return Steps, fmt.Errorf("scenario %s: %s acts step by step and takes no start designs", s.Name, c.Factory.Name)
	}
	return Steps, nil
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
	t := study.Task{Objective: s.Objective, Starts: s.Starts, Trials: f.Budget, Lag: f.Lag, MaxFailed: f.MaxFailed}
	if m == Steps {
		t.Objective, t.Starts = s.stepScore, nil
	}
	return t
}
