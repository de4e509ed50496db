package envtest

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"

	"github.com/codesign-gym/codesign/env"
)

// checkAgents proves that the agents are there, have names, and declare channels with sound bounds.
func checkAgents(m env.Maker) error {
	p, err := newPlayer(m)
	if err != nil {
		return err
	}
	var errs []error
	ids := names(p.agents)
	for i, a := range p.agents {
		if a.ID == "" || slices.Contains(ids[:i], a.ID) {
			errs = append(errs, fmt.Errorf("agent %d: ID %q is empty or taken", i, a.ID))
		}
		seen := map[string]bool{}
		for _, c := range a.Obs {
			if c.Name == "" || seen[c.Name] {
				errs = append(errs, fmt.Errorf("agent %q: channel name %q is empty or taken", a.ID, c.Name))
			}
			seen[c.Name] = true
			if !(c.Low <= c.High) {
				errs = append(errs, fmt.Errorf("agent %q: channel %q: bounds [%v, %v] are not in order", a.ID, c.Name, c.Low, c.High))
			}
		}
	}
	return errors.Join(append(errs, p.finish())...)
}

// checkStable proves that Agents gives the same before, during and after episodes, and in every environment of the maker.
func checkStable(m env.Maker) error {
	other, err := newPlayer(m)
	if err != nil {
		return err
	}
	err = each(m, func(p *player, _ frame) error {
		if now := p.env.Agents(); !reflect.DeepEqual(now, other.agents) {
			return fmt.Errorf("Agents() gives %v with other specs than %v at first", names(now), names(other.agents))
		}
		return nil
	})
	return errors.Join(err, other.finish())
}

// checkObservations proves that values are as many as channels and within their bounds. Masks are checked by the player.
func checkObservations(m env.Maker) error {
	return each(m, func(p *player, f frame) error {
		for i, a := range p.agents {
			values := f.obs[i].Values
			if len(values) != len(a.Obs) {
				return fmt.Errorf("agent %q sees %d values for %d channels", a.ID, len(values), len(a.Obs))
			}
			if err := checkBounds(a.Obs, values); err != nil {
				return fmt.Errorf("agent %q: %w", a.ID, err)
			}
		}
		return nil
	})
}

// checkBounds proves that values are finite and in the bounds of their channels.
func checkBounds(channels []env.Channel, values []float64) error {
	for c, channel := range channels {
		if v := values[c]; math.IsNaN(v) || math.IsInf(v, 0) || v < channel.Low || v > channel.High {
			return fmt.Errorf("channel %q is %v: must be finite and in [%v, %v]", channel.Name, v, channel.Low, channel.High)
		}
	}
	return nil
}

// checkMask proves that a mask is absent or has the shape of the action space, with a legal level on every axis.
func checkMask(a env.AgentSpec, mask [][]bool) error {
	if mask == nil {
		return nil
	}
	if len(mask) != a.Actions.Len() {
		return fmt.Errorf("agent %q: the mask has %d axes for %d", a.ID, len(mask), a.Actions.Len())
	}
	for axis, legal := range mask {
		name := a.Actions.Param(axis).Name
		if len(legal) != a.Actions.Levels(axis) {
			return fmt.Errorf("agent %q: the mask of %q has %d levels for %d", a.ID, name, len(legal), a.Actions.Levels(axis))
		}
		if !slices.Contains(legal, true) {
			return fmt.Errorf("agent %q: the mask of %q allows no level", a.ID, name)
		}
	}
	return nil
}

// checkOutcomes proves that rewards are finite and that the episode ends for all agents at once, one way.
func checkOutcomes(m env.Maker) error {
	return each(m, func(p *player, f frame) error {
		for i, o := range f.outcomes {
			id, first := p.agents[i].ID, f.outcomes[0]
			if math.IsNaN(o.Reward) || math.IsInf(o.Reward, 0) {
				return fmt.Errorf("agent %q: the reward is %v", id, o.Reward)
			}
			if o.Terminated && o.Truncated {
				return fmt.Errorf("agent %q: the episode is both terminated (no future) and truncated (it would have gone on)", id)
			}
			if o.Terminated != first.Terminated || o.Truncated != first.Truncated {
				return fmt.Errorf("the episode ends for one of the agents %q and %q only", p.agents[0].ID, id)
			}
		}
		return nil
	})
}

// checkInfos proves that infos hold a canonical point of the environment's Spec and its result, and a score by the rules.
func checkInfos(m env.Maker) error {
	total, scored := 0.0, false
	return each(m, func(p *player, f frame) error {
		if f.outcomes == nil {
			total, scored = 0, false
			return nil
		}
		spec := env.SpecOf(p.env)
		if err := spec.Space.Check(f.info.Point); err != nil {
			return fmt.Errorf("Info.Point is no point of the Spec: %w", err)
		}
		if err := spec.CheckResult(f.info.Result); err != nil {
			return fmt.Errorf("Info.Result: %w", err)
		}
		for _, o := range f.outcomes {
			total += o.Reward / float64(len(f.outcomes))
		}
		score := f.info.Score
		if !f.done() {
			scored = scored || score.Violations != nil
			return nil
		}
		if score.Violations == nil {
			return errors.New("Info.Score is empty at the end of the episode")
		}
		_, ownSpec := p.env.(env.Speccer)
		if scored || ownSpec { // a design environment, scored in every step
			return nil
		}
		if len(score.Objectives) != 1 || math.Abs(score.Objectives[0]-total) > 1e-9*(1+math.Abs(total)) {
			return fmt.Errorf("Info.Score.Objectives is %v at the end of an episode of return %v", score.Objectives, total)
		}
		return nil
	})
}
