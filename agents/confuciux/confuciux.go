package confuciux

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/genetic"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent learns a policy first and then breeds around the designs that it found. Memory: the trials of the first stage until it ends, then that of the second.
type Agent struct {
	guard  agents.Guard
	policy *policygrad.Designer
	local  *genetic.Agent
	length int            // trials of the first stage
	asked  int            // of them
	told   int            // of them
	trials []agents.Trial // that the second stage begins with
	begun  bool           // the second stage
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p.Budget)
	if err != nil {
		return nil, fmt.Errorf("confuciux: %w", err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("confuciux: %w", err)
	}
	design := policygrad.DesignREINFORCE()
	design.Form = o.Form
	policy, err := policygrad.NewDesigner("confuciux", p, string(env.Single), design, rng)
	if err != nil {
		return nil, err
	}
	local := p
	local.Budget = 0 // the second stage does not end by itself
	breeder, err := genetic.New(local, genetic.Options{Population: o.Population}, rng)
	if err != nil {
		return nil, fmt.Errorf("confuciux: %w", err)
	}
	return &Agent{guard: guard, policy: policy, local: breeder, length: o.length(p.Budget)}, nil
}

// Ask proposes what the policy draws, and once the first stage is asked for, what the second breeds. A call proposes designs of one stage.
func (a *Agent) Ask(n int) (points []space.Point, err error) {
	if a.asked < a.length {
		points, err = a.policy.Ask(min(n, a.length-a.asked))
		a.asked += len(points)
	} else {
		if err := a.begin(); err != nil {
			return nil, err
		}
		points, err = a.local.Ask(n)
	}
	a.guard.Ask(points...)
	return points, err
}

// begin hands the trials of the first stage to the second as given ones.
func (a *Agent) begin() error {
	if a.begun {
		return nil
	}
	a.begun = true
	for i := range a.trials {
		a.trials[i].Given = true
	}
	err := a.local.Tell(a.trials)
	a.trials = nil
	return err
}

// Tell hands each trial to the stage that asked for it, and keeps those of the first for the second. A trial of the first stage that comes after the
// second has begun teaches the policy only, which proposes no more.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("confuciux: %w", err)
	}
	first := 0
	for first < len(trials) && (trials[first].Given || a.told < a.asked) {
		if !trials[first].Given {
			a.told++
		}
		first++
	}
	if err := a.policy.Tell(trials[:first]); err != nil {
		return err
	}
	if !a.begun {
		a.trials = append(a.trials, trials[:first]...)
	}
	if first == len(trials) {
		return nil
	}
	return a.local.Tell(trials[first:])
}
