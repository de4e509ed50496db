package env

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// CheckActions reports every way in which actions are not one legal action an agent: their count, actions that are not canonical points of
// the agent's space, and levels of active axes that the agent's current mask forbids. Environments call it first in Step.
func CheckActions(agents []AgentSpec, now []Obs, actions []Action) error {
	if len(actions) != len(agents) {
		return fmt.Errorf("env: %d actions for %d agents", len(actions), len(agents))
	}
	var errs []error
	for i, agent := range agents {
		if err := agent.Actions.Check(actions[i]); err != nil {
			errs = append(errs, fmt.Errorf("env: agent %q: %w", agent.ID, err))
			continue
		}
		for axis, legal := range now[i].Mask {
			if level := actions[i][axis]; agent.Actions.Active(actions[i], axis) && !legal[level] {
				p := agent.Actions.Param(axis)
				errs = append(errs, fmt.Errorf("env: agent %q: %q is not legal for %q now: %s", agent.ID, p.LevelName(level), p.Name, legalNames(p, legal)))
			}
		}
	}
	return errors.Join(errs...)
}

// legalNames lists the levels that a mask allows.
func legalNames(p space.Param, legal []bool) string {
	var names []string
	for level, ok := range legal {
		if ok {
			names = append(names, p.LevelName(level))
		}
	}
	return "legal are " + strings.Join(names, ", ")
}

// SampleAction draws a legal action: the axes in order, each active one uniformly over its legal levels.
func SampleAction(spec AgentSpec, now Obs, rng *rand.Rand) Action {
	if now.Mask == nil {
		return spec.Actions.Sample(rng)
	}
	action := make(Action, spec.Actions.Len())
	for axis := range action {
		if spec.Actions.Active(action, axis) {
			action[axis] = sampleLevel(now.Mask[axis], rng)
		}
	}
	return action
}

// sampleLevel draws one of the levels that a mask allows; the first level of a mask that allows none, which is not a valid mask.
func sampleLevel(legal []bool, rng *rand.Rand) int {
	chosen, seen := 0, 0
	for level, ok := range legal {
		if ok {
			if seen++; rng.IntN(seen) == 0 {
				chosen = level
			}
		}
	}
	return chosen
}
