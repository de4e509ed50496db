package confuciux

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "confuciux".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "confuciux",
		Doc:  "Two stages, as in ConfuciuX: REINFORCE finds a region, then a genetic algorithm tunes the designs that it found.",
		Options: []simulators.Setting{
			{Name: "share", Doc: "share of the budget for the first stage, above 0", Default: DefaultShare, Min: 0, Max: 1},
			{Name: "population", Unit: "designs", Doc: "parents of the second stage", Default: DefaultPopulation, Min: 2, Max: 1e6},
			{Name: "form", Doc: "how the axes of a design depend on each other in the policy", Default: string(categorical.Factorised), Allowed: categorical.Forms()},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

// options reads the options of an experiment file; a share of 0 is refused like any other that is out of range.
func options(o simulators.Settings) Options {
	share := o.Float("share")
	if share == 0 {
		share = -1
	}
	return Options{Share: share, Population: o.Int("population"), Form: categorical.Form(o.String("form"))}
}
