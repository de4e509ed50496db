package gamma

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/genetic"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/space"
)

// smallestDesigns is the number of designs of the start that are made smallest, as in the released code.
const smallestDesigns = 2

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (agents.Agent, error) {
	o, err := o.withDefaults(p.Budget)
	if err != nil {
		return nil, fmt.Errorf("gamma: %w", err)
	}
	spread, err := sampling.NewSource(p.Space, o.Start, o.Population, rng)
	if err != nil {
		return nil, fmt.Errorf("gamma: %w", err)
	}
	ops := newOperators(p.Space, o, rng)
	share := func(of float64, least int) int { return min(max(int(of*float64(o.Population)), least), o.Population) }
	drawn := 0
	return genetic.NewCustom("gamma", p, genetic.Options{
		Population: o.Population, Offspring: o.Population, Elites: share(o.Elites, 1), Start: sampling.Uniform,
	}, genetic.Custom{
		Start: func() space.Point {
			if drawn++; drawn <= smallestDesigns {
				return ops.smallest(spread())
			}
			return spread()
		},
		Child:   ops.child,
		Parents: share(o.Parents, 2),
	}, rng)
}
