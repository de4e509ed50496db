package sweep

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/screen"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// screening is a proxy that chooses among what the agents of a scenario propose.
type screening struct {
	guess   screen.Guess
	options screen.ChooserOptions
	about   string // for the dataset, and the identity of journals
}

// openScreen makes the screening that the file asks for.
func (s *Scenario) openScreen(f *file.File, i int, c Catalog) error {
	declared := f.Scenarios[i]
	if declared.Screen == nil {
		return nil
	}
	wrong := func(format string, args ...any) error {
		return f.Errorf(f.At("scenario", i, "screen"), format, args...)
	}
	factory, _, err := proxy.Resolve(c.Simulators, declared.Screen.By, f.Folder)
	if err != nil {
		return wrong("%v", err)
	}
	opened, _, err := factory.Open(nil)
	if factory.New == nil || err != nil {
		return wrong("%q is no proxy: write proxy:FILE", declared.Screen.By)
	}
	p, _, _, ok := proxy.Opened(opened.Simulator)
	if !ok {
		return wrong("%q is no proxy: write proxy:FILE", declared.Screen.By)
	}
	if name := p.File().Simulator; name != declared.Simulator {
		return wrong("the proxy is of %s, the scenario of %s", name, declared.Simulator)
	}
	task := p.Task(s.Settings.Map())
	if task < 0 {
		return wrong("the proxy does not know the scenario's settings; it was fitted to those of %s", p.TaskNames())
	}
	in, err := p.Instance(task, c.Simulators)
	if err == nil {
		in, err = simulators.Narrow(in, declared.Fix)
	}
	if err != nil {
		return wrong("%v", err)
	}
	goal, err := newObjective(declared.Objective, in.Simulator.Spec().Metrics)
	if err != nil {
		return wrong("the proxy must predict what the objective needs: %v", err)
	}
	scores := study.Task{Objective: goal}
	s.screen = &screening{
		options: screen.ChooserOptions{Propose: declared.Screen.Propose, Feasible: declared.Screen.Feasible},
		about:   fmt.Sprintf("proxy %s, %d proposals, feasible %v", p.Hash(), declared.Screen.Propose, declared.Screen.Feasible),
		guess: func(points []space.Point) ([]agents.Trial, error) {
			evaluated := make([]space.Point, len(points))
			for i, q := range points {
				if evaluated[i] = q; in.Repair != nil {
					evaluated[i], _ = in.Repair(q)
				}
			}
			results, err := in.Simulator.Evaluate(context.Background(), evaluated)
			if err != nil {
				return nil, fmt.Errorf("screen: %w", err)
			}
			guessed := make([]agents.Trial, len(points))
			for i, r := range results {
				guessed[i] = scores.Trial(0, points[i], r)
			}
			return guessed, nil
		},
	}
	return nil
}

// screened is an agent behind the scenario's screening, if there is one.
func (s *Scenario) screened(p agents.Problem, agent agents.Agent) (agents.Agent, error) {
	if s.screen == nil {
		return agent, nil
	}
	return screen.Choose(p, agent, s.screen.guess, s.screen.options)
}

// proposals is how many designs an agent proposes for one trial.
func (s *Scenario) proposals() int {
	if s.screen == nil || s.screen.options.Feasible {
		return 1
	}
	return s.screen.options.Propose
}
