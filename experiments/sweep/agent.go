package sweep

import (
	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
)

// agent makes the agent of a study of designs. A policy designs when the kind has no agent of its own, or when the file asks for groups.
func (p *Plan) agent(s Study) (agents.Agent, error) {
	task, rng := s.Scenario.task(s.Mode, p.File), seed.New(s.Seed, "agent", s.Agent.Factory.Name)
	space := s.spec().Space
	if s.Agent.Factory.New != nil && s.Agent.Groups == "" {
		return s.Agent.Factory.New(agents.Problem{
			Space: space, Objectives: len(task.Objective.Objectives()), Constraints: len(task.Objective.Constraints()), Budget: task.Trials,
		}, s.Agent.Options, rng)
	}
	split, err := env.NewSplit(space, s.Agent.Groups)
	if err != nil {
		return nil, err
	}
	policy, err := p.policy(s, split.Specs(nil))
	if err != nil {
		return nil, err
	}
	return agents.Designer(policy, split, task.Reward), nil
}

// policy makes the study's policy for the agents of its environment.
func (p *Plan) policy(s Study, specs []env.AgentSpec) (agents.Policy, error) {
	return s.Agent.Factory.NewPolicy(specs, s.Agent.Options, seed.New(s.Seed, "agent", s.Agent.Factory.Name))
}
