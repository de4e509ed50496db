package random

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
)

// Policy acts at random in any environment: each agent's action is drawn by env.SampleAction. It learns nothing.
type Policy struct {
	specs []env.AgentSpec
	rng   *rand.Rand
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
			action := env.SampleAction(spec, seen[i], p.rng)
			if err := checkMask(spec, seen[i].Mask, action); err != nil {
				return nil, fmt.Errorf("random: lane %d: agent %q: %w", lane, spec.ID, err)
			}
			actions[lane][i] = action
		}
	}
	return actions, nil
}

// Learn does nothing.
func (p *Policy) Learn([][]env.Outcome) error { return nil }

// checkMask names the first axis whose mask allows no level, which is the only reason for a sampled level to be illegal.
func checkMask(spec env.AgentSpec, mask [][]bool, action env.Action) error {
	for axis, legal := range mask {
		if spec.Actions.Active(action, axis) && !legal[action[axis]] {
			return fmt.Errorf("the mask of %q allows none of its %d levels", spec.Actions.Param(axis).Name, spec.Actions.Levels(axis))
		}
	}
	return nil
}
