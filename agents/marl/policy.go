package marl

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
)

// Policy learns in environments of several agents. It implements agents.Policy and agents.Persistent.
type Policy struct {
	policygrad.Keeper
	name      string
	options   Options
	rng       *rand.Rand
	specs     []env.AgentSpec
	teams     []team
	state     *policygrad.State       // nil: the central state is all observations
	pending   [][][]policygrad.Choice // by act that has not been learned, the oldest first, by lane and agent
	collected int                     // transitions of an agent since the last update
	learned   int                     // transitions of an agent before that
}

var (
	_ agents.CentralPolicy = (*Policy)(nil)
	_ agents.Persistent    = (*Policy)(nil)
)

// NewPolicy makes the policy for the agents of an environment; the name, such as "mappo", is that of its errors and files.
func NewPolicy(name string, specs []env.AgentSpec, o Options, rng *rand.Rand) (*Policy, error) {
	if err := o.check(name); err != nil {
		return nil, err
	}
	teams, err := newTeams(specs, o, rng)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p := &Policy{name: name, options: o, rng: rng, specs: slices.Clone(specs), teams: teams}
	p.Keeper = policygrad.NewKeeper(name, "policy", p.tensors)
	return p, nil
}

// Act draws an action for each agent of each lane; a frozen policy takes the likeliest levels.
func (p *Policy) Act(lanes [][]env.Obs) ([][]env.Action, error) {
	states := make([][]float64, len(lanes))
	for lane, seen := range lanes {
		if err := agents.CheckObs(p.specs, seen); err != nil {
			return nil, fmt.Errorf("%s: lane %d: %w", p.name, lane, err)
		}
		if p.state != nil && !p.Frozen() {
			var err error
			if states[lane], err = p.state.Values(lane); err != nil {
				return nil, fmt.Errorf("%s: lane %d: %w", p.name, lane, err)
			}
		}
	}
	actions, choices := make([][]env.Action, len(lanes)), make([][]policygrad.Choice, len(lanes))
	for lane, seen := range lanes {
		p.learnMoments(seen, states[lane])
		state := p.centralState(seen, states[lane])
		for t := range p.teams {
			for k := range p.teams[t].size {
				agent := p.teams[t].first + k
				c, err := p.choose(&p.teams[t], agent, seen[agent], state)
				if err != nil {
					return nil, fmt.Errorf("%s: lane %d: agent %q: %w", p.name, lane, p.specs[agent].ID, err)
				}
				choices[lane], actions[lane] = append(choices[lane], c), append(actions[lane], slices.Clone(c.Point))
			}
		}
	}
	p.pending = append(p.pending, choices)
	return actions, nil
}

// learnMoments adds to the moments by which observations and states are scaled.
func (p *Policy) learnMoments(seen []env.Obs, state []float64) {
	if p.Frozen() {
		return
	}
	for t := range p.teams {
		for k := range p.teams[t].size {
			p.teams[t].observer.Learn(seen[p.teams[t].first+k].Values)
		}
	}
	if p.state != nil {
		p.state.Observer.Learn(state)
	}
}

// centralState is the scaled central state: the environment's own values where it has some, else all observations. It is nil without central
// critics.
func (p *Policy) centralState(seen []env.Obs, own []float64) []float64 {
	if !p.options.Central || p.Frozen() {
		return nil
	}
	if p.state != nil {
		return p.state.Observer.Append(nil, own)
	}
	var state []float64
	for t := range p.teams {
		for k := range p.teams[t].size {
			state = p.teams[t].observer.Append(state, seen[p.teams[t].first+k].Values)
		}
	}
	return state
}

// choose acts for one agent in one lane.
func (p *Policy) choose(t *team, agent int, seen env.Obs, state []float64) (policygrad.Choice, error) {
	obs := t.appendPlace(t.observer.Append(nil, seen.Values), agent)
	view := categorical.View{Obs: obs, Mask: seen.Mask}
	if p.Frozen() {
		point, err := t.learner.Actor.Mode(view)
		return policygrad.Choice{Point: point}, err
	}
	point, logProb, err := t.learner.Actor.Sample(view, p.rng)
	if err != nil {
		return policygrad.Choice{}, err
	}
	c := policygrad.Choice{Obs: obs, State: p.criticInputs(t, agent, seen, state), Mask: seen.Mask, Point: point, LogProb: logProb}
	c.Value = t.learner.Value(c.State)
	return c, nil
}

// criticInputs is what an agent's critic sees.
func (p *Policy) criticInputs(t *team, agent int, seen env.Obs, state []float64) []float64 {
	if p.options.Central {
		return t.appendPlace(slices.Clone(state), agent)
	}
	return t.appendPlace(t.observer.Append(nil, seen.Values), agent)
}

// Learn collects the outcomes of the oldest act and, when there is a batch of them, updates every actor and critic.
func (p *Policy) Learn(lanes [][]env.Outcome) error {
	if err := agents.CheckOutcomes(p.specs, p.pending, lanes); err != nil {
		return fmt.Errorf("%s: learn: %w", p.name, err)
	}
	full := p.collected+len(lanes) >= p.options.Batch
	afters := make([][]float64, len(lanes)) // what the environment says of its state after the step
	if p.state != nil && full && !p.Frozen() {
		for lane, outcomes := range lanes {
			if len(outcomes) == 0 || outcomes[0].Done() {
				continue
			}
			var err error
			if afters[lane], err = p.state.Values(lane); err != nil {
				return fmt.Errorf("%s: learn: lane %d: %w", p.name, lane, err)
			}
		}
	}
	choices := p.pending[0]
	p.pending = p.pending[1:]
	if p.Frozen() || len(p.teams) == 0 {
		return nil
	}
	for lane, outcomes := range lanes {
		p.collect(lane, choices[lane], outcomes, afters[lane], full)
	}
	p.collected += len(lanes)
	if full {
		p.update()
	}
	return nil
}

// collect adds one lane's step to the rollouts. The environment's own state at a truncation is not to be had: the value before the step stands
// for it.
func (p *Policy) collect(lane int, choices []policygrad.Choice, outcomes []env.Outcome, after []float64, full bool) {
	seen := make([]env.Obs, len(outcomes))
	for i, o := range outcomes {
		seen[i] = o.Obs
	}
	last := full || outcomes[0].Truncated // in the lane's rows of the batch, or before another episode
	known := p.state == nil || after != nil
	var state []float64
	if last && known {
		state = p.centralState(seen, after)
	}
	for t := range p.teams {
		m := &p.teams[t]
		for k := range m.size {
			agent := m.first + k
			o, next := outcomes[agent], 0.0
			switch {
			case o.Terminated || !last:
			case !known:
				next = choices[agent].Value
			default:
				next = m.learner.Value(p.criticInputs(m, agent, o.Obs, state))
			}
			m.rollout.Add(lane*m.size+k, choices[agent], m.rewards.Scaled(o.Reward), o.Done(), next)
		}
	}
}

// update learns from the collected batch.
func (p *Policy) update() {
	rate := p.options.LearningRate
	if p.options.Anneal > 0 {
		rate *= max(0, 1-float64(p.learned)/float64(p.options.Anneal))
	}
	var compound []float64 // of each transition, how much likelier the agents updated so far make their actions
	for _, i := range p.order() {
		t := &p.teams[i]
		o, s := p.options.Options, t.rollout.Samples(p.options.Gamma, p.options.Lambda)
		if o.Optimism > 0 {
			o.Normalise = false
			beOptimistic(s, o.Optimism)
		}
		if p.options.Sequential {
			compound = p.updateSequentially(t, s, o, rate, compound)
		} else {
			t.learner.Update(s, o, rate, p.rng)
		}
		t.rollout.Clear()
	}
	p.learned, p.collected = p.learned+p.collected, 0
}
