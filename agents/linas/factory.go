package linas

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "linas".
func Factory() agents.Factory {
	start := sampling.StartSetting()
	start.Default = string(sampling.Latin)
	return agents.Factory{
		Name: "linas",
		Doc:  "The loop of LINAS: measure, fit boosted trees, run NSGA-II inside these predictors, measure the best; starts with feasible designs only.",
		Options: []simulators.Setting{
			{Name: "population", Unit: "designs", Doc: "designs of the first population; 0 = 20, or a quarter of the budget when that is less", Default: 0, Min: 0, Max: 1e6},
			{Name: "batch", Unit: "designs", Doc: "designs measured between two fits; 0 = 10, or the population when that is less", Default: 0, Min: 0, Max: 1e6},
			start,
			{Name: "early_exit", Doc: "draw on until the first population is feasible", Default: true},
			{Name: "inner", Unit: "designs", Doc: "designs that the search inside the predictors looks at", Default: DefaultInner, Min: 1, Max: 1e5},
			{Name: "trees", Doc: "of each predictor", Default: DefaultTrees, Min: 1, Max: 10000},
			{Name: "depth", Doc: "of each tree", Default: DefaultDepth, Min: 1, Max: MostDepth},
			{Name: "learning_rate", Doc: "shrinkage of each tree", Default: DefaultLearningRate, Min: 1e-4, Max: 1},
			{Name: "memory", Unit: "trials", Doc: "most told trials that the predictors learn from: the best half and the newest", Default: DefaultMemory, Min: 2, Max: 1e5},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

func options(o simulators.Settings) Options {
	return Options{
		Population:   o.Int("population"),
		Batch:        o.Int("batch"),
		Start:        sampling.Design(o.String("start")),
		NoEarlyExit:  !o.Bool("early_exit"),
		Inner:        o.Int("inner"),
		Trees:        o.Int("trees"),
		Depth:        o.Int("depth"),
		LearningRate: o.Float("learning_rate"),
		Memory:       o.Int("memory"),
	}
}
