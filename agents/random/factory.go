package random

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "random": both the design agent and the policy.
func Factory() agents.Factory {
	return agents.Factory{
		Name: "random",
		Doc:  "Uniform random search, or uniformly random legal actions: the baseline of every comparison.",
		New: func(p agents.Problem, _ simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, rng)
		},
		NewPolicy: func(specs []env.AgentSpec, _ simulators.Settings, rng *rand.Rand) (agents.Policy, error) {
			return NewPolicy(specs, rng), nil
		},
	}
}
