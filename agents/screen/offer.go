package screen

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Option is the name of the option that Offer adds.
const Option = "screen"

// Offer adds the option to a kind of agent: the least probability of a result that a design is evaluated at; 0, the default, is the agent as it is. A kind without
// designs of its own, whose policies search them, stays as it is.
func Offer(f agents.Factory) agents.Factory {
	if f.New == nil {
		return f
	}
	plain := f.New
	f.Options = append(slices.Clip(f.Options), simulators.Setting{
		Name: Option, Doc: "designs of a lower probability of a result, by a classifier of the trials so far, are not evaluated; 0 = all are", Default: 0.0, Min: 0, Max: 0.99,
	})
	f.New = func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
		inner, err := plain(p, o, rng)
		if err != nil || o.Float(Option) == 0 {
			return inner, err
		}
		a, err := New(p, inner, o.Float(Option), rand.New(rand.NewPCG(rng.Uint64(), rng.Uint64())))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		return a, nil
	}
	f.NewPolicy = refusing(f.Name, f.NewPolicy)
	return f
}

// refusing is the policy of a kind whose designs can be screened; a policy acts, it proposes nothing that could be.
func refusing(name string, plain newPolicy) newPolicy {
	if plain == nil {
		return nil
	}
	return func(specs []env.AgentSpec, o simulators.Settings, rng *rand.Rand) (agents.Policy, error) {
		if o.Float(Option) != 0 {
			return nil, fmt.Errorf("%s: %s is for agents that search whole designs: leave it 0 with groups or in an environment of several steps", name, Option)
		}
		return plain(specs, o, rng)
	}
}

type newPolicy = func(specs []env.AgentSpec, o simulators.Settings, rng *rand.Rand) (agents.Policy, error)
