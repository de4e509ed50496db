package mcts

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "mcts".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "mcts",
		Doc:  "Monte Carlo tree search: axis by axis, ordered levels halved again and again, by upper confidence bounds.",
		Options: []simulators.Setting{
			{Name: "exploration", Doc: "weight of the confidence bound beside rewards in [0, 1]; 0 = 0.1, of several objectives 0.3", Default: 0.0, Min: 0, Max: maxExploration},
			{Name: "guided", Doc: "probability that a design is completed like the best one of its node, else uniformly", Default: DefaultGuided, Min: 0, Max: 1},
			{Name: "change", Unit: "axes", Doc: "expected changes of a design that is completed like the best; 0 = 1", Default: 0.0, Min: 0, Max: maxChange},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, Options{Exploration: o.Float("exploration"), Guided: orNever(o.Float("guided")), Change: o.Float("change")}, rng)
		},
	}
}

// orNever writes the 0 of an experiment file as the negative number that Options takes for it.
func orNever(v float64) float64 {
	if v == 0 {
		return -1
	}
	return v
}
