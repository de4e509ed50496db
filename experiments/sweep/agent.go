package sweep

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/simulators"
)

// agent makes the agent of a study of designs, one of the catalogue.
func (p *Plan) agent(s Study) (agents.Agent, error) {
	return NewAgent(s.Agent.Factory, p.problem(s), s.Agent.Options, s.Agent.Groups, s.Seed, s.Scenario.task(s.Mode, p.File).Reward)
}

// problem is what the agent of a study of designs is made for.
func (p *Plan) problem(s Study) agents.Problem {
	task := s.Scenario.task(s.Mode, p.File)
	return agents.Problem{
		Space: s.spec().Space, Objectives: len(task.Objective.Objectives()), Constraints: len(task.Objective.Constraints()), Budget: task.Trials * s.Scenario.proposals(),
		Advise: s.Scenario.instance.Advise,
	}
}

// NewAgent makes the agent of a problem of designs. A policy designs when the kind has no agent of its own, or when there are groups; reward is
// then what it learns from.
func NewAgent(f agents.Factory, p agents.Problem, options simulators.Settings, groups env.Grouping, root uint64, reward func(agents.Trial) float64) (agents.Agent, error) {
	if err := f.Enumerable(p); err != nil {
		return nil, err
	}
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
	return agents.Designer(p, policy, split, reward)
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
