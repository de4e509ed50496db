package marl

import (
	"errors"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env"
)

// checkObs reports observations that are not one an agent with its channels' values.
func (p *Policy) checkObs(seen []env.Obs) error {
	if len(seen) != len(p.specs) {
		return fmt.Errorf("%d observations for %d agents", len(seen), len(p.specs))
	}
	for i, spec := range p.specs {
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

// checkOutcomes reports outcomes that do not answer to the oldest act.
func (p *Policy) checkOutcomes(lanes [][]env.Outcome) error {
	if len(p.pending) == 0 {
		return errors.New("there is no act that has not been learned")
	}
	if len(lanes) != len(p.pending[0]) {
		return fmt.Errorf("outcomes of %d lanes for actions in %d", len(lanes), len(p.pending[0]))
	}
	for lane, outcomes := range lanes {
		if len(outcomes) != len(p.specs) {
			return fmt.Errorf("lane %d: %d outcomes for %d agents", lane, len(outcomes), len(p.specs))
		}
		for i, o := range outcomes {
			if math.IsNaN(o.Reward) || math.IsInf(o.Reward, 0) {
				return fmt.Errorf("lane %d: agent %q: reward %v must be finite", lane, p.specs[i].ID, o.Reward)
			}
		}
	}
	return nil
}
