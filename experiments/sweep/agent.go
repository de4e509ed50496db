package sweep

import (
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/simulators"
)

// agent makes the agent of a study of designs.
func (p *Plan) agent(s Study) (agents.Agent, error) {
	task := s.Scenario.task(s.Mode, p.File)
	return NewAgent(s.Agent.Factory, agents.Problem{
		Space: s.spec().Space, Objectives: len(task.Objective.Objectives()), Constraints: len(task.Objective.Constraints()), Budget: task.Trials,
	}, s.Agent.Options, s.Agent.Groups, s.Seed, task.Reward)
}

// NewAgent makes the agent of a problem of designs. A policy designs when the kind has no agent of its own, or when there are groups; reward is
// then what it learns from.
func NewAgent(f agents.Factory, p agents.Problem, options simulators.Settings, groups env.Grouping, root uint64, reward func(agents.Trial) float64) (agents.Agent, error) {
	rng := seed.New(root, "agent", f.Name)
	if f.New != nil && groups == "" {
		return f.New(p, options, rng)
	}
	if f.NewPolicy == nil {
		return nil, fmt.Errorf("%s searches whole designs: it cannot be split into groups", f.Name)
	}
	split, err := env.NewSplit(p.Space, groups)
	if err != nil {
		return nil, err
	}
	policy, err := f.NewPolicy(split.Specs(nil), options, rng)
	if err != nil {
		return nil, err
	}
	return agents.Designer(policy, split, reward), nil
}

// policy makes the study's policy for the agents of its environment.
func (p *Plan) policy(s Study, specs []env.AgentSpec) (agents.Policy, error) {
	return s.Agent.Factory.NewPolicy(specs, s.Agent.Options, seed.New(s.Seed, "agent", s.Agent.Factory.Name))
}
