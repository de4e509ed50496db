package sweep

import (
	"bytes"
	"errors"

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

// learner makes the agent or the policy of a study without running it, with what it is to evaluate.
func (p *Plan) learner(s Study) (any, error) {
	if s.Mode != Steps {
		agent, err := p.agent(s)
		if err != nil {
			return nil, err
		}
		return agent, p.load(agent)
	}
	policy, err := p.policy(s, s.Scenario.walkers)
	if err != nil {
		return nil, err
	}
	if central, ok := policy.(agents.CentralPolicy); ok && central.Central() && s.Scenario.state != nil {
		blank := make([]float64, len(s.Scenario.state))
		if err := central.UseState(s.Scenario.state, func(int) []float64 { return blank }); err != nil {
			return nil, err
		}
	}
	return policy, p.load(policy)
}

// load hands an agent or a policy what it is to evaluate, if anything, and ends its learning.
func (p *Plan) load(learner any) error {
	if p.evaluated == nil {
		return nil
	}
	kept := agents.PersistentOf(learner)
	if kept == nil {
		return errors.New("it learns nothing that could be loaded")
	}
	if err := kept.LoadPolicy(bytes.NewReader(p.evaluated.Parameters)); err != nil {
		return err
	}
	kept.Freeze()
	return nil
}
