package sweep

import (
	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
)

// agent makes the agent of a study of designs. A policy designs when the kind has no agent of its own, or when the file asks for groups.
func (p *Plan) agent(s Study) (agents.Agent, error) {
	task, rng := s.Scenario.task(s.Mode, p.File), seed.New(s.Seed, "agent", s.Agent.Factory.Name)
	problem := agents.Problem{
		Space: s.spec().Space, Objectives: len(task.Objective.Objectives()), Constraints: len(task.Objective.Constraints()), Budget: task.Trials,
	}
	if err := s.Agent.Factory.Enumerable(problem); err != nil {
		return nil, err
	}
	if s.Agent.Factory.New != nil && s.Agent.Groups == "" {
		return s.Agent.Factory.New(problem, s.Agent.Options, rng)
	}
	split, err := env.NewSplit(problem.Space, s.Agent.Groups)
	if err != nil {
		return nil, err
	}
	policy, err := p.policy(s, split.Specs(nil))
	if err != nil {
		return nil, err
	}
	return agents.Designer(problem, policy, split, task.Reward)
}

// policy makes the study's policy for the agents of its environment.
func (p *Plan) policy(s Study, specs []env.AgentSpec) (agents.Policy, error) {
	return s.Agent.Factory.NewPolicy(specs, s.Agent.Options, seed.New(s.Seed, "agent", s.Agent.Factory.Name))
}
