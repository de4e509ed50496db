package hill

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "hill".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "hill",
		Doc:  "Hill climbing with restarts: the first one-axis move that improves is taken; of several objectives Pareto local search.",
		Options: []simulators.Setting{
			{Name: "reach", Unit: "levels", Doc: "longest ordinal move: 1, 2, 4, … levels up to it; 0 = the whole axis, 1 = neighbours only", Default: 0, Min: 0, Max: 1e6},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

func options(o simulators.Settings) Options { return Options{Reach: o.Int("reach")} }
