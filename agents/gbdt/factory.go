package gbdt

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "gbdt".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "gbdt",
		Doc:  "Search guided by boosted trees: levels that the trees think little of are pruned, the best predicted of the rest is tried.",
		Options: []simulators.Setting{
			{Name: "startup", Unit: "designs", Doc: "designs of the start, given ones included; 0 = 20, or a quarter of the budget when that is less", Default: 0, Min: 0, Max: 1e6},
			sampling.StartSetting(),
			{Name: "trees", Doc: "of each model", Default: DefaultTrees, Min: 1, Max: 10000},
			{Name: "depth", Doc: "of each tree", Default: DefaultDepth, Min: 1, Max: MostDepth},
			{Name: "learning_rate", Doc: "shrinkage of each tree", Default: DefaultLearningRate, Min: 1e-4, Max: 1},
			{Name: "feature_frac", Doc: "share of the features that each tree may use", Default: DefaultFeatureFrac, Min: 1e-3, Max: 1},
			{Name: "prune_frac", Doc: "share of the levels, those of the worst contributions, that are pruned", Default: DefaultPruneFrac, Min: 0, Max: 0.99},
			{Name: "challengers", Unit: "designs", Doc: "candidates drawn from what is left", Default: DefaultChallengers, Min: 1, Max: 1e6},
			{Name: "leaders", Unit: "designs", Doc: "best told designs whose one-axis moves are candidates", Default: DefaultLeaders, Min: 0, Max: 1000},
			{Name: "memory", Unit: "trials", Doc: "most told trials that a model learns from: the best half and the newest", Default: DefaultMemory, Min: 2, Max: 1e6},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

func options(o simulators.Settings) Options {
	return Options{
		Startup:      o.Int("startup"),
		Start:        sampling.Design(o.String("start")),
		Trees:        o.Int("trees"),
		Depth:        o.Int("depth"),
		LearningRate: o.Float("learning_rate"),
		FeatureFrac:  o.Float("feature_frac"),
		PruneFrac:    orNone(o.Float("prune_frac")),
		Challengers:  o.Int("challengers"),
		Leaders:      orNone(o.Int("leaders")),
		Memory:       o.Int("memory"),
	}
}

// orNone writes the 0 of an experiment file as the negative number that Options takes for none.
func orNone[N int | float64](n N) N {
	if n == 0 {
		return -1
	}
	return n
}
