package agenttest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/functions"
)

// NewPolicy makes the policy under test for the agents of an environment.
type NewPolicy func(specs []env.AgentSpec, rng *rand.Rand) (agents.Policy, error)

// TestPolicy proves that a policy keeps the contract: alone, in a made-up environment of two agents with masks, and as a designer. The
// clauses named in skip are skipped.
func TestPolicy(t *testing.T, make NewPolicy, skip ...string) {
	t.Helper()
	for _, c := range policyClauses() {
		t.Run(c.name, func(t *testing.T) {
			if slices.Contains(skip, c.name) {
				t.Skipf("the policy's test skips this clause: %s", c.law)
			}
			if err := c.check(make); err != nil {
				t.Errorf("%v\nThe contract: %s", err, c.law)
			}
		})
	}
	for _, grouping := range env.Groupings() {
		t.Run("designer-"+grouping, func(t *testing.T) { TestNew(t, make.designer(env.Grouping(grouping)), skip...) })
	}
}

// designer makes the policy's designer under a grouping; a space without axes has no agents and is searched by nobody.
func (n NewPolicy) designer(g env.Grouping) New {
	return func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		split, err := env.NewSplit(p.Space, g)
		if p.Space.Len() == 0 {
			split, err = env.NewSplit(p.Space, env.Single)
		}
		if err != nil {
			return nil, err
		}
		policy, err := n(split.Specs(nil), rng)
		if err != nil {
			return nil, err
		}
		return agents.Designer(p, policy, split, func(t agents.Trial) float64 { return -t.Violation() })
	}
}

type policyClause struct {
	name, law string
	check     func(NewPolicy) error
}

func policyClauses() []policyClause {
	return []policyClause{
		{"actions", "Act returns for each lane one canonical action for each agent, legal under its mask", func(make NewPolicy) error {
			_, err := make.episodes(1, false)
			return err
		}},
		{"determinism", "what Act returns depends on the seed and the calls only", func(make NewPolicy) error {
			first, err := make.episodes(2, false)
			if err != nil {
				return err
			}
			second, err := make.episodes(2, false)
			if err == nil && !reflect.DeepEqual(first, second) {
				err = errors.New("a second run with the same seed, observations and outcomes acted differently")
			}
			return err
		}},
		{"ahead", "Act may be called again before Learn: the outcomes are then learned in the order of the acts", func(make NewPolicy) error {
			_, err := make.episodes(3, true)
			return err
		}},
		{"ownership", "observations and outcomes must not be changed, and actions that were handed out belong to the caller", checkPolicyOwnership},
	}
}

// twoAgents are the agents of the made-up environment: one on the mixed space, one on a single nominal axis.
func twoAgents() []env.AgentSpec {
	obs := []env.Channel{{Name: "load", Unit: "W", Low: 0, High: 1}, {Name: "step", Low: 0, High: 10}}
	return []env.AgentSpec{
		{ID: "hardware", Actions: mixedSpace(), Obs: obs},
		{ID: "software", Actions: functions.MustSpace(functions.Nominals("mode", 1, 5)...), Obs: obs},
	}
}

// observe makes up what the agents see: masks that leave at least one level of every axis, or no mask.
func observe(specs []env.AgentSpec, step int, rng *rand.Rand) []env.Obs {
	seen := make([]env.Obs, len(specs))
	for i, spec := range specs {
		seen[i].Values = []float64{rng.Float64(), float64(step % 10)}
		if rng.IntN(4) == 0 {
			continue
		}
		for axis := range spec.Actions.Len() {
			mask := make([]bool, spec.Actions.Levels(axis))
			for level := range mask {
				mask[level] = rng.IntN(3) == 0
			}
			mask[rng.IntN(len(mask))] = true
			seen[i].Mask = append(seen[i].Mask, mask)
		}
	}
	return seen
}

// episodes acts and learns for 60 steps in 3 lanes and returns all actions. Ahead, each pair of acts comes before its pair of learns.
func (n NewPolicy) episodes(root uint64, ahead bool) ([][][]env.Action, error) {
	const steps, lanes = 60, 3
	specs := twoAgents()
	policy, err := n(specs, seed.New(root, "agenttest"))
	if err != nil {
		return nil, fmt.Errorf("new policy: %w", err)
	}
	world := seed.New(root, "agenttest", "world")
	var taken [][][]env.Action
	var owed [][][]env.Outcome
	for step := range steps {
		now := make([][]env.Obs, lanes)
		for lane := range now {
			now[lane] = observe(specs, step, world)
		}
		actions, err := policy.Act(now)
		if err != nil {
			return nil, fmt.Errorf("step %d: act: %w", step, err)
		}
		if len(actions) != lanes {
			return nil, fmt.Errorf("step %d: actions for %d lanes instead of %d", step, len(actions), lanes)
		}
		outcomes := make([][]env.Outcome, lanes)
		for lane := range actions {
			if err := env.CheckActions(specs, now[lane], actions[lane]); err != nil {
				return nil, fmt.Errorf("step %d, lane %d: %w", step, lane, err)
			}
			for i, obs := range observe(specs, step, world) {
				reward := float64(sum(actions[lane][i]))
				outcomes[lane] = append(outcomes[lane], env.Outcome{Obs: obs, Reward: reward, Terminated: ahead || step%10 == 9, Truncated: !ahead && step%20 == 14})
			}
		}
		taken, owed = append(taken, actions), append(owed, outcomes)
		if ahead && step%2 == 0 {
			continue
		}
		for _, o := range owed {
			if err := policy.Learn(o); err != nil {
				return nil, fmt.Errorf("step %d: learn: %w", step, err)
			}
		}
		owed = nil
	}
	return taken, nil
}

func checkPolicyOwnership(make NewPolicy) error {
	specs := twoAgents()
	policy, err := make(specs, seed.New(4, "agenttest"))
	if err != nil {
		return fmt.Errorf("new policy: %w", err)
	}
	scene := func(step uint64) [][]env.Obs {
		return [][]env.Obs{observe(specs, int(step), seed.New(step, "agenttest", "scene"))}
	}
	outcome := func(step uint64) [][]env.Outcome {
		after := scene(step + 1)
		return [][]env.Outcome{{{Obs: after[0][0], Reward: 1}, {Obs: after[0][1], Reward: -1, Truncated: true}}}
	}
	var first, copied [][]env.Action
	for step := range uint64(20) {
		now, learned := scene(step), outcome(step)
		actions, err := policy.Act(now)
		if err != nil {
			return err
		}
		if step == 0 {
			first = actions
			copied = [][]env.Action{{slices.Clone(actions[0][0]), slices.Clone(actions[0][1])}}
		}
		if err := policy.Learn(learned); err != nil {
			return err
		}
		if !reflect.DeepEqual(now, scene(step)) || !reflect.DeepEqual(learned, outcome(step)) {
			return fmt.Errorf("step %d: the policy changed an observation or an outcome", step)
		}
	}
	if !reflect.DeepEqual(first, copied) {
		return fmt.Errorf("the policy changed an action that it had handed out: %v is now %v", copied, first)
	}
	return nil
}
