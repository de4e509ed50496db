package agents

import (
	"fmt"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// Designer makes a policy search the problem's designs, in one-step environments: the policy's agents, made for the specs of a split of the
// problem's space, act once without observations or masks, their joint action is the design, and the reward of its trial ends the episode for all.
//
// Each Ask is one Act with as many lanes as points, each Learn one Act's outcomes, in the order of the acts; with trials in flight, acts
// run ahead of learning. Reward must be finite for every trial, infeasible ones included (objective.Objective.Reward is). Given trials are
// not learned from: the policy did not choose them.
func Designer(p Problem, policy Policy, split env.Split, reward func(Trial) float64) (Agent, error) {
	guard, err := NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("designer: %w", err)
	}
	return &designer{policy: policy, split: split, reward: reward, count: len(split.Specs(nil)), guard: guard}, nil
}

type designer struct {
	policy Policy
	split  env.Split
	reward func(Trial) float64
	count  int // agents
	guard  Guard
	acts   []int           // lanes of the acts that are not learned yet, the oldest first
	told   [][]env.Outcome // of the oldest act
}

func (d *designer) Ask(n int) ([]space.Point, error) {
	lanes := make([][]env.Obs, n)
	for i := range lanes {
		lanes[i] = make([]env.Obs, d.count)
	}
	actions, err := d.policy.Act(lanes)
	if err != nil {
		return nil, fmt.Errorf("designer: %w", err)
	}
	if len(actions) != n {
		return nil, fmt.Errorf("designer: the policy acted in %d lanes of %d", len(actions), n)
	}
	points := make([]space.Point, n)
	for i, joint := range actions {
		points[i] = d.split.Join(joint)
	}
	d.guard.Ask(points...)
	d.acts = append(d.acts, n)
	return points, nil
}

func (d *designer) Tell(trials []Trial) error {
	if err := d.guard.Tell(trials); err != nil {
		return fmt.Errorf("designer: %w", err)
	}
	for _, t := range trials {
		if t.Given {
			continue
		}
		d.told = append(d.told, d.outcomes(t))
		if len(d.told) < d.acts[0] {
			continue
		}
		outcomes := d.told
		d.acts, d.told = d.acts[1:], nil
		if err := d.policy.Learn(outcomes); err != nil {
			return fmt.Errorf("designer: %w", err)
		}
	}
	return nil
}

// outcomes ends the episode of one lane: every agent has the same reward.
func (d *designer) outcomes(t Trial) []env.Outcome {
	reward := d.reward(t)
	outcomes := make([]env.Outcome, d.count)
	for i := range outcomes {
		outcomes[i] = env.Outcome{Reward: reward, Terminated: true}
	}
	return outcomes
}
