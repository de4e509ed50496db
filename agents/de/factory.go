package de

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "de".
func Factory() agents.Factory {
	start := sampling.StartSetting()
	start.Default = string(sampling.Latin)
	return agents.Factory{
		Name: "de",
		Doc:  "Differential evolution: differences between designs move others, with rates that every member adapts for itself.",
		Options: []simulators.Setting{
			{Name: "population", Unit: "designs", Doc: "members, at least 4 and at most the budget; 0 = a fortieth of the budget, in [10, 50]", Default: 0, Min: 0, Max: 1e6},
			{Name: "base", Doc: "what differences are added to", Default: string(Toward), Allowed: Bases()},
			{Name: "best", Doc: "share of the population that base pbest goes towards; 0 = 0.2", Default: 0.0, Min: 0, Max: 1},
			start,
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, Options{
				Population: o.Int("population"), Base: Base(o.String("base")), Best: o.Float("best"), Start: sampling.Design(o.String("start")),
			}, rng)
		},
	}
}
