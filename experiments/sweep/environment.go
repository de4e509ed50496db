package sweep

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
)

// horizonSetting is the setting of an environment that says how many steps an open-loop design has.
const horizonSetting = "horizon"

func (s *Scenario) openEnvironment(f *file.File, i int, factory env.Factory) error {
	declared := f.Scenarios[i]
	if f.EvaluationsPerTrial > 1 {
		return f.Errorf(f.At("evaluations_per_trial"), "scenario %s is of %s, an environment with state: only designs are evaluated several times", s.Name, factory.Name)
	}
	if declared.Fidelity != "" || len(declared.Fix) > 0 {
		return f.Errorf(f.At("scenario", i), "%s is an environment with state: it has neither fidelities nor axes to fix", factory.Name)
	}
	maker, settings, err := factory.Open(declared.Set)
	if err != nil {
		return f.Errorf(f.At("scenario", i, "set", refused(factory.Settings, declared.Set)), "%v", err)
	}
	s.maker, s.Settings = maker, settings
	if err := s.openMaker(factory, f.Seed); err != nil {
		return f.Errorf(f.At("scenario", i, "set"), "%s: %v", factory.Name, err)
	}
	modes := []Mode{OpenLoop, Steps}
	if s.instance.Simulator == nil {
		modes = modes[1:]
	}
	return errors.Join(s.openObjective(f, i, modes...), s.openStarts(f))
}

// HorizonOf is how many steps an open-loop design of the environment has; 0 = it has none.
func HorizonOf(factory env.Factory, settings simulators.Settings) int {
	for _, d := range factory.Settings {
		if _, whole := d.Default.(int); whole && d.Name == horizonSetting {
			return settings.Int(horizonSetting)
		}
	}
	return factory.Horizon
}

// openMaker makes the two forms of an environment: its steps, and, where it has a horizon, action sequences as designs.
func (s *Scenario) openMaker(factory env.Factory, seed uint64) error {
	e, err := s.maker()
	if err != nil {
		return err
	}
	s.walkers, s.steps = e.Agents(), study.StepSpec(factory.Spec(e))
	if central, ok := e.(env.Stater); ok {
		s.state = central.StateChannels()
	}
	s.explain, _ = e.(env.Explainer) // nil when it is none
	if err := errors.Join(env.Close(e), checkKeys(s.steps)); err != nil {
		return err
	}
	horizon := HorizonOf(factory, s.Settings)
	if horizon == 0 {
		return nil
	}
	sequences, err := env.AsSimulator(s.maker, horizon, seed)
	if err != nil {
		return err
	}
	spec := sequences.Spec()
	spec.Name, spec.Version = factory.Name+"/open-loop", s.steps.Version
	s.instance.Simulator = named{sequences, spec}
	return nil
}

// checkKeys reports a metric of an environment that has the name of one that every recorded step gets.
func checkKeys(steps simulators.Spec) error {
	keys := steps.Keys()
	for i, key := range keys {
		if slices.Contains(keys[:i], key) {
			return fmt.Errorf("the environment reports a metric %q, which is a name that recorded steps have already: rename it", key)
		}
	}
	return nil
}

// named is a simulator under its catalogue id: an environment does not know its own.
type named struct {
	simulators.Simulator
	spec simulators.Spec
}

func (n named) Spec() simulators.Spec { return n.spec }
