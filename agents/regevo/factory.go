package regevo

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "regevo".
func Factory() agents.Factory {
	start := sampling.StartSetting()
	start.Default = string(sampling.Latin)
	return agents.Factory{
		Name: "regevo",
		Doc:  "Regularised (ageing) evolution: a queue of designs, the best of a sample mutates, the oldest leaves.",
		Options: []simulators.Setting{
			{Name: "population", Unit: "designs", Doc: "members of the queue, at most the budget; 0 = 40, or a quarter of the budget when that is less", Default: 0, Min: 0, Max: 1e6},
			{Name: "sample", Unit: "designs", Doc: "members that compete to be a parent, at most the population; 0 = 15 or, of several objectives, the population", Default: 0, Min: 0, Max: 1e6},
			start,
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

func options(o simulators.Settings) Options {
	return Options{Population: o.Int("population"), Sample: o.Int("sample"), Start: sampling.Design(o.String("start"))}
}
