package anneal

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "sa".
func Factory() agents.Factory {
	return agents.Factory{
		Name:    "sa",
		Doc:     "Simulated annealing: random changes of one axis, worse designs accepted less and less often.",
		Options: temperatures(),
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			p.Advise = nil
			return New(p, options(o), rng)
		},
	}
}

// GuidedFactory is the catalogue's entry "guided".
func GuidedFactory() agents.Factory {
	return agents.Factory{
		Name: "guided",
		Doc:  "Annealing along the simulator's own advice against what limits a design (bottlenecks), as FARSI's heuristic search; without advice along random changes.",
		Options: append(temperatures(), simulators.Setting{
			Name: "depth", Unit: "moves", Doc: "most moves along advice before their best is accepted or not; without advice one", Default: DefaultDepth, Min: 1, Max: 1000,
		}),
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			guided := options(o)
			guided.Depth = o.Int("depth")
			return New(p, guided, rng)
		},
	}
}

func temperatures() []simulators.Setting {
	return []simulators.Setting{
		{Name: "temperature", Doc: "at the first trial, in mean changes of the score; 0 = 1", Default: 0.0, Min: 0, Max: 1e6},
		{Name: "final", Doc: "temperature at the last trial of the budget; 0 = a hundredth of the first", Default: 0.0, Min: 0, Max: 1e6},
	}
}

func options(o simulators.Settings) Options {
	return Options{Temperature: o.Float("temperature"), Final: o.Float("final")}
}
