package offpolicy

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// Policy learns in environments by a Method from replayed steps. It implements agents.Policy, agents.CentralPolicy and agents.Persistent.
type Policy struct {
	policygrad.Keeper
	name    string
	specs   []env.AgentSpec
	options Options
	rng     *rand.Rand
	build   Build
	method  Method
	scales  scales
	replay  replay
	batch   Batch
	pending [][]step // acts that have not been learned, the oldest first, by lane
	age     int      // steps learned
}

// Build makes a method.
type Build func(Shape) Method

var (
	_ agents.CentralPolicy = (*Policy)(nil)
	_ agents.Persistent    = (*Policy)(nil)
)

// NewPolicy makes the policy for the agents of an environment; the name, such as "qmix", is that of its errors and files. Central tells whether the
// method learns with a central state. The options must have passed their Check.
func NewPolicy(name string, specs []env.AgentSpec, o Options, central bool, build Build, rng *rand.Rand) *Policy {
	p := &Policy{name: name, specs: slices.Clone(specs), options: o, rng: rng, build: build, replay: replay{capacity: o.Replay}}
	p.scales = scales{rewards: make([]policygrad.RewardScale, len(specs)), central: central}
	states := 0
	for _, spec := range specs {
		p.scales.observers = append(p.scales.observers, policygrad.NewObserver(spec.Obs))
		states += len(spec.Obs)
	}
	p.method = build(Shape{Specs: p.specs, States: states})
	p.Keeper = policygrad.NewKeeper(name, "policy", p.tensors)
	return p
}

// Central tells whether the method learns with a central state.
func (p *Policy) Central() bool { return p.scales.central }

// UseState makes the method see an environment's own state instead of all observations; see agents.CentralPolicy. It begins anew.
func (p *Policy) UseState(channels []env.Channel, read func(lane int) []float64) error {
	switch {
	case !p.scales.central:
		return fmt.Errorf("%s: use state: it learns without a central state", p.name)
	case len(p.pending) > 0 || p.age > 0:
		return fmt.Errorf("%s: use state: it has acted already", p.name)
	case read == nil:
		return fmt.Errorf("%s: use state: there is nothing to read", p.name)
	}
	p.scales.state = policygrad.NewState(channels, read)
	p.method = p.build(Shape{Specs: p.specs, States: len(channels)})
	return nil
}

// Act chooses an action for each agent of each lane; a frozen policy takes the best ones.
func (p *Policy) Act(lanes [][]env.Obs) ([][]env.Action, error) {
	steps, err := p.look(lanes)
	if err != nil {
		return nil, err
	}
	actions := make([][]env.Action, len(lanes))
	for lane, seen := range lanes {
		views := make([]categorical.View, len(seen))
		for i, o := range seen {
			views[i] = categorical.View{Obs: p.scales.observers[i].Append(nil, o.Values), Mask: o.Mask}
		}
		chosen, err := p.method.Choose(views, p.age, p.Frozen())
		if err != nil {
			return nil, fmt.Errorf("%s: lane %d: %w", p.name, lane, err)
		}
		steps[lane].actions, actions[lane] = chosen, make([]env.Action, len(chosen))
		for i, a := range chosen {
			actions[lane][i] = slices.Clone(a)
		}
	}
	p.pending = append(p.pending, steps)
	return actions, nil
}

// look checks what is seen, remembers copies of it and learns its scale.
func (p *Policy) look(lanes [][]env.Obs) ([]step, error) {
	steps := make([]step, len(lanes))
	for lane, seen := range lanes {
		if err := agents.CheckObs(p.specs, seen); err != nil {
			return nil, fmt.Errorf("%s: lane %d: %w", p.name, lane, err)
		}
		steps[lane].now = kept(seen)
		if p.scales.state != nil && !p.Frozen() {
			var err error
			if steps[lane].state, err = p.scales.state.Values(lane); err != nil {
				return nil, fmt.Errorf("%s: lane %d: %w", p.name, lane, err)
			}
		}
	}
	if p.Frozen() {
		return steps, nil
	}
	for lane, seen := range lanes {
		for i, o := range seen {
			p.scales.observers[i].Learn(o.Values)
		}
		if p.scales.state != nil {
			p.scales.state.Observer.Learn(steps[lane].state)
		}
	}
	return steps, nil
}

// kept is observations whose numbers stay, whatever their owner does with them. Masks are not copied: nobody changes them.
func kept(seen []env.Obs) []env.Obs {
	copies := slices.Clone(seen)
	for i, o := range seen {
		copies[i].Values = slices.Clone(o.Values)
	}
	return copies
}

// Learn remembers the outcomes of the oldest act and takes the gradient steps that are due.
func (p *Policy) Learn(lanes [][]env.Outcome) error {
	if err := agents.CheckOutcomes(p.specs, p.pending, lanes); err != nil {
		return fmt.Errorf("%s: learn: %w", p.name, err)
	}
	steps := p.pending[0]
	for lane, outcomes := range lanes {
		if p.Frozen() || len(outcomes) == 0 {
			continue
		}
		if err := p.complete(&steps[lane], lane, outcomes); err != nil {
			return fmt.Errorf("%s: learn: lane %d: %w", p.name, lane, err)
		}
	}
	p.pending = p.pending[1:]
	if p.Frozen() || len(p.specs) == 0 {
		return nil
	}
	for _, s := range steps {
		p.learn(s)
	}
	return nil
}

// learn remembers a step and takes the gradient step that is due, step by step: how many lanes there are does not matter.
func (p *Policy) learn(s step) {
	for i, r := range s.rewards {
		p.scales.rewards[i].Learn(r)
	}
	p.replay.add(s)
	if p.age++; p.age < p.options.Warmup || p.age%p.options.Every != 0 {
		return
	}
	p.batch.gather(&p.replay, p.options.Batch, p.scales, p.rng)
	p.method.Learn(&p.batch, p.options.LearningRate)
}

// complete adds what followed a step. The environment's own state at a truncation is not to be had: that before the step stands for it.
func (p *Policy) complete(s *step, lane int, outcomes []env.Outcome) error {
	s.goes, s.nextState = !outcomes[0].Terminated, s.state
	if p.scales.state != nil && !outcomes[0].Done() {
		var err error
		if s.nextState, err = p.scales.state.Values(lane); err != nil {
			return err
		}
	}
	s.rewards, s.next = make([]float64, len(outcomes)), make([]env.Obs, len(outcomes))
	for i, o := range outcomes {
		s.rewards[i], s.next[i] = o.Reward, o.Obs
	}
	s.next = kept(s.next)
	return nil
}

// tensors lists all parameters, for a file.
func (p *Policy) tensors() []nn.Tensor {
	var tensors []nn.Tensor
	for i, spec := range p.specs {
		tensors = append(tensors, p.scales.observers[i].Tensor(spec.ID+" observer"), p.scales.rewards[i].Tensor(spec.ID+" rewards"))
	}
	if p.scales.state != nil {
		tensors = append(tensors, p.scales.state.Observer.Tensor("central state observer"))
	}
	return append(tensors, p.method.Tensors()...)
}
