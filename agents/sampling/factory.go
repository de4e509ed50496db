package sampling

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/simulators"
)

// LatinFactory is the catalogue's entry "lhs".
func LatinFactory() agents.Factory {
	return agents.Factory{
		Name: "lhs",
		Doc:  "Latin hypercube samples: random search that covers every axis evenly.",
		Options: []simulators.Setting{
			{Name: "size", Unit: "designs", Doc: "designs of one hypercube; 0 = the budget, in equal hypercubes of at most 10,000", Default: 0, Min: 0, Max: MaxLatin},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, Options{Design: Latin, Size: o.Int("size")}, rng)
		},
	}
}

// SobolFactory is the catalogue's entry "sobol".
func SobolFactory() agents.Factory {
	return agents.Factory{
		Name: "sobol",
		Doc:  "Scrambled Sobol sequence: random search that covers every axis and every pair of axes evenly.",
		New: func(p agents.Problem, _ simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, Options{Design: Sobol}, rng)
		},
	}
}

// StartSetting declares the option "start" of agents that begin with a population.
func StartSetting() simulators.Setting {
	return simulators.Setting{Name: "start", Doc: "how the first population is spread", Default: string(Uniform), Allowed: Designs()}
}
