package cmaes

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "cmaes".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "cmaes",
		Doc:  "CMA-ES: a normal distribution learns scale and correlation of the axes; margins for discrete levels, restarts with growing populations.",
		Options: []simulators.Setting{
			{Name: "population", Unit: "designs", Doc: "designs of a generation of the first start, at least 4; 0 = 4 + 3 ln of the coordinates", Default: 0, Min: 0, Max: 1e6},
			{Name: "sigma", Doc: "standard deviation at a start, of axes that are 1 wide; 0 = 0.2", Default: 0.0, Min: 0, Max: maxSigma},
			{Name: "growth", Doc: "factor of the population from start to start", Default: DefaultGrowth, Min: 1, Max: 100},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, Options{Population: o.Int("population"), Sigma: o.Float("sigma"), Growth: o.Int("growth")}, rng)
		},
	}
}
