package forest

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "rf".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "rf",
		Doc:  "Expected improvement on a random forest, as in SMAC, with a forest for feasibility.",
		Options: []simulators.Setting{
			{Name: "startup", Unit: "designs", Doc: "designs of the start, given ones included; 0 = 20, or a quarter of the budget when that is less", Default: 0, Min: 0, Max: 1e6},
			sampling.StartSetting(),
			{Name: "trees", Doc: "of each forest", Default: DefaultTrees, Min: 1, Max: 1000},
			{Name: "transform", Doc: "what the forest learns of the objectives", Default: string(Rank), Allowed: Transforms()},
			{Name: "random_frac", Doc: "share of designs that are drawn uniformly after the start", Default: DefaultRandomFrac, Min: 0, Max: 1},
			{Name: "challengers", Unit: "designs", Doc: "uniformly drawn candidates", Default: DefaultChallengers, Min: 1, Max: 1e6},
			{Name: "leaders", Unit: "designs", Doc: "best told designs whose one-axis moves are candidates", Default: DefaultLeaders, Min: 0, Max: 1000},
			{Name: "memory", Unit: "trials", Doc: "most told trials that the forests learn from: the best half and the newest", Default: DefaultMemory, Min: 2, Max: 1e6},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

func options(o simulators.Settings) Options {
	made := Options{
		Startup:     o.Int("startup"),
		Start:       sampling.Design(o.String("start")),
		Trees:       o.Int("trees"),
		Transform:   Transform(o.String("transform")),
		RandomFrac:  o.Float("random_frac"),
		Challengers: o.Int("challengers"),
		Leaders:     o.Int("leaders"),
		Memory:      o.Int("memory"),
	}
	if made.RandomFrac == 0 { // Options writes none as a negative number
		made.RandomFrac = -1
	}
	if made.Leaders == 0 {
		made.Leaders = -1
	}
	return made
}
