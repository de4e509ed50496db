package sweep

import (
	"fmt"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/simulators"
)

// evaluationsSetting is the name under which a dataset records how many evaluations a trial is the mean of, beside the simulator's settings.
const evaluationsSetting = "evaluations_per_trial"

// average makes of each trial the mean of several evaluations, where the file asks for it: of the simulator with other seeds, which open opens, or, of a program
// that draws at random by itself, of the same one again and again.
func (s *Scenario) average(f *file.File, open func(set map[string]any) (simulators.Simulator, error)) error {
	n := f.EvaluationsPerTrial
	if n <= 1 {
		return nil
	}
	refuse := func(format string, words ...any) error {
		return f.Errorf(f.At(evaluationsSetting), "scenario %s: %s", s.Name, fmt.Sprintf(format, words...))
	}
	sets, err := s.Settings.Reseeded(n)
	if err != nil {
		return refuse("%v", err)
	}
	name := s.instance.Simulator.Spec().Name
	if sets == nil && s.outside() == "" {
		return refuse("%s is deterministic, equal designs have equal results: it has no setting \"seed\" or \"…_seed\", "+
			"and is no program that says \"deterministic\": false; leave the key out", name)
	}
	parts := make([]simulators.Simulator, n)
	for k := range parts {
		parts[k] = s.instance.Simulator
		if k == 0 || sets == nil {
			continue
		}
		if parts[k], err = open(sets[k]); err != nil {
			return refuse("evaluation %d of %d: %v", k+1, n, err)
		}
	}
	mean, err := simulators.Mean(parts...)
	if err != nil {
		return refuse("%v", err)
	}
	s.instance.Simulator, s.averaged = mean, n
	return nil
}
