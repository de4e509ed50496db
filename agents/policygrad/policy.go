package policygrad

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// Policy learns in environments: each agent has an actor, a critic and an observer of its own. It implements agents.Policy.
type Policy struct {
	Keeper
	name    string
	options Options
	rng     *rand.Rand
	specs   []env.AgentSpec
	members []member
	pending [][][]Choice // by act that has not been learned, the oldest first, by lane and agent
	learned int          // transitions of an agent so far
	scratch []float64
}

// member is one agent of the environment.
type member struct {
	spec     env.AgentSpec
	observer *Observer
	learner  *Learner
	rollout  Rollout
}

var _ agents.Policy = (*Policy)(nil)

// NewPolicy makes the policy for the agents of an environment; the name, "ppo" or "reinforce", is that of its errors and files.
func NewPolicy(name string, specs []env.AgentSpec, o Options, rng *rand.Rand) (*Policy, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p := &Policy{name: name, options: o, rng: rng, specs: slices.Clone(specs)}
	p.Keeper = NewKeeper(name, "policy", p.tensors)
	for _, spec := range specs {
		inputs := len(spec.Obs)
		actor := categorical.New(spec.Actions, inputs, categorical.Options{Form: o.Form, Hidden: o.Hidden, Activation: o.Activation}, rng)
		p.members = append(p.members, member{spec, NewObserver(spec.Obs), NewLearner(actor, NewCritic(inputs, o, rng)), Rollout{}})
	}
	return p, nil
}

// NewCritic makes a net from an observation or a central state to its value.
func NewCritic(inputs int, o Options, rng *rand.Rand) *nn.Net {
	shape := nn.Shape{Inputs: inputs, Hidden: o.Hidden, Outputs: 1, Activation: o.Activation}
	if inputs == 0 {
		shape.Hidden = nil
	}
	return nn.New(shape, rng)
}

// Act draws an action for each agent of each lane; a frozen policy takes the likeliest levels.
func (p *Policy) Act(lanes [][]env.Obs) ([][]env.Action, error) {
	for lane, seen := range lanes {
		if err := agents.CheckObs(p.specs, seen); err != nil {
			return nil, fmt.Errorf("%s: lane %d: %w", p.name, lane, err)
		}
	}
	actions, choices := make([][]env.Action, len(lanes)), make([][]Choice, len(lanes))
	for lane, seen := range lanes {
		actions[lane], choices[lane] = make([]env.Action, len(seen)), make([]Choice, len(seen))
		for i := range p.members {
			c, err := p.choose(&p.members[i], seen[i])
			if err != nil {
				return nil, fmt.Errorf("%s: lane %d: agent %q: %w", p.name, lane, p.members[i].spec.ID, err)
			}
			choices[lane][i], actions[lane][i] = c, slices.Clone(c.Point)
		}
	}
	p.pending = append(p.pending, choices)
	return actions, nil
}

// choose acts for one agent in one lane.
func (p *Policy) choose(m *member, seen env.Obs) (Choice, error) {
	if p.Frozen() {
		point, err := m.learner.Actor.Mode(categorical.View{Obs: m.observer.Append(nil, seen.Values), Mask: seen.Mask})
		return Choice{Point: point}, err
	}
	m.observer.Learn(seen.Values)
	obs := m.observer.Append(make([]float64, 0, len(seen.Values)), seen.Values)
	point, logProb, err := m.learner.Actor.Sample(categorical.View{Obs: obs, Mask: seen.Mask}, p.rng)
	if err != nil {
		return Choice{}, err
	}
	return Choice{Obs: obs, State: obs, Mask: seen.Mask, Point: point, LogProb: logProb, Value: m.learner.Value(obs)}, nil
}

// Learn collects the outcomes of the oldest act and, when there is a batch of them, updates every agent's actor and critic.
func (p *Policy) Learn(lanes [][]env.Outcome) error {
	if err := agents.CheckOutcomes(p.specs, p.pending, lanes); err != nil {
		return fmt.Errorf("%s: learn: %w", p.name, err)
	}
	choices := p.pending[0]
	p.pending = p.pending[1:]
	if p.Frozen() || len(p.members) == 0 {
		return nil
	}
	full := p.members[0].rollout.Len()+len(lanes) >= p.options.Batch
	for lane, outcomes := range lanes {
		for i, o := range outcomes {
			m := &p.members[i]
			next := 0.0
			if !o.Terminated && (o.Truncated || full) {
				p.scratch = m.observer.Append(p.scratch[:0], o.Obs.Values)
				next = m.learner.Value(p.scratch)
			}
			m.rollout.Add(lane, choices[lane][i], o.Reward, o.Done(), next)
		}
	}
	p.learned += len(lanes)
	if full {
		p.update()
	}
	return nil
}

// update learns from the collected batch.
func (p *Policy) update() {
	rate := p.options.LearningRate
	if p.options.Anneal > 0 {
		rate *= max(0, 1-float64(p.learned-p.members[0].rollout.Len())/float64(p.options.Anneal))
	}
	for i := range p.members {
		m := &p.members[i]
		m.learner.Update(m.rollout.Samples(p.options.Gamma, p.options.Lambda), p.options, rate, p.rng)
		m.rollout.Clear()
	}
}
