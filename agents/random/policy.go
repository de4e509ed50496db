package random

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// Policy acts at random in any environment: each agent draws the axes of its action in order, each active one uniformly over the levels
// that its mask allows. It learns nothing.
type Policy struct {
	specs []env.AgentSpec
	rng   *rand.Rand
	legal []int // scratch: the legal levels of one axis
}

var _ agents.Policy = (*Policy)(nil)

// NewPolicy makes the policy for the agents of an environment.
func NewPolicy(specs []env.AgentSpec, rng *rand.Rand) *Policy {
	return &Policy{specs: specs, rng: rng}
}

// Act draws one action for each agent of each lane. An active axis whose mask allows no level is an error.
func (p *Policy) Act(lanes [][]env.Obs) ([][]env.Action, error) {
	actions := make([][]env.Action, len(lanes))
	for lane, seen := range lanes {
		if len(seen) != len(p.specs) {
			return nil, fmt.Errorf("random: lane %d has %d observations for %d agents", lane, len(seen), len(p.specs))
		}
		actions[lane] = make([]env.Action, len(seen))
		for i, spec := range p.specs {
			action, err := p.draw(spec.Actions, seen[i].Mask)
			if err != nil {
				return nil, fmt.Errorf("random: lane %d: agent %q: %w", lane, spec.ID, err)
			}
			actions[lane][i] = action
		}
	}
	return actions, nil
}

// Learn does nothing.
func (p *Policy) Learn([][]env.Outcome) error { return nil }

func (p *Policy) draw(s space.Space, mask [][]bool) (env.Action, error) {
	if mask == nil {
		return s.Sample(p.rng), nil
	}
	action := make(env.Action, s.Len())
	for axis := range action {
		if !s.Active(action, axis) {
			continue
		}
		p.legal = p.legal[:0]
		for level, ok := range mask[axis] {
			if ok {
				p.legal = append(p.legal, level)
			}
		}
		if len(p.legal) == 0 {
			return nil, fmt.Errorf("the mask of %q allows none of its %d levels", s.Param(axis).Name, s.Levels(axis))
		}
		action[axis] = p.legal[p.rng.IntN(len(p.legal))]
	}
	return action, nil
}
