package agents

import (
	"errors"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env"
)

// CheckObs reports observations of one lane that are not one an agent with the finite values of its channels: what a Policy checks before it acts.
func CheckObs(specs []env.AgentSpec, seen []env.Obs) error {
	if len(seen) != len(specs) {
		return fmt.Errorf("%d observations for %d agents", len(seen), len(specs))
	}
	for i, spec := range specs {
		if len(seen[i].Values) != len(spec.Obs) {
			return fmt.Errorf("agent %q: %d values for %d channels", spec.ID, len(seen[i].Values), len(spec.Obs))
		}
		for k, v := range seen[i].Values {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("agent %q: channel %q is %v: must be finite", spec.ID, spec.Obs[k].Name, v)
			}
		}
	}
	return nil
}

// CheckOutcomes reports outcomes that do not answer to the oldest act that has not been learned: what a Policy checks before it learns. Pending is
// what the policy keeps of those acts, the oldest first, one entry a lane.
func CheckOutcomes[T any](specs []env.AgentSpec, pending [][]T, lanes [][]env.Outcome) error {
	if len(pending) == 0 {
		return errors.New("there is no act that has not been learned")
	}
	if acted := len(pending[0]); len(lanes) != acted {
		return fmt.Errorf("outcomes of %d lanes for actions in %d", len(lanes), acted)
	}
	for lane, outcomes := range lanes {
		if len(outcomes) != len(specs) {
			return fmt.Errorf("lane %d: %d outcomes for %d agents", lane, len(outcomes), len(specs))
		}
		for i, o := range outcomes {
			if math.IsNaN(o.Reward) || math.IsInf(o.Reward, 0) {
				return fmt.Errorf("lane %d: agent %q: reward %v must be finite", lane, specs[i].ID, o.Reward)
			}
		}
	}
	return nil
}
