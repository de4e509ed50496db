package gamma

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "gamma".
func Factory() agents.Factory {
	rate := func(name, doc string, otherwise float64) simulators.Setting {
		return simulators.Setting{Name: name, Doc: doc, Default: otherwise, Min: 0, Max: 1}
	}
	return agents.Factory{
		Name: "gamma",
		Doc:  "Genetic algorithm with GAMMA's operators: it reads from the axes' groups which belong together, and breeds nests of loops level by level.",
		Options: []simulators.Setting{
			{Name: "population", Unit: "designs", Doc: "children of a generation, at most the budget; 0 = the root of the budget, at least 10", Default: 0, Min: 0, Max: 1e6},
			rate("elites", "share of the population that survives its children, at least one design", DefaultElites),
			rate("parents", "share of the population that breeds, the best, at least two designs", DefaultParents),
			rate("crossover", "probability that a child takes the axes of one role, in all groups, from a second parent", DefaultCrossover),
			rate("reorder", "probability that two labels of an order change places", DefaultReorder),
			rate("mutation", "probability that genes are drawn anew", DefaultMutation),
			{Name: "genes", Doc: "so many", Default: DefaultGenes, Min: 1, Max: 1e3},
			rate("exchange", "probability that two groups exchange a choice", DefaultExchange),
			rate("growth", "probability that a depth grows by one group", DefaultGrowth),
			rate("ageing", "probability that a depth shrinks by one group", DefaultAgeing),
			sampling.StartSetting(),
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

// options reads the options of an experiment file, in which 0 is 0.
func options(o simulators.Settings) Options {
	rate := func(name string) float64 {
		if v := o.Float(name); v != 0 {
			return v
		}
		return -1
	}
	return Options{
		Population: o.Int("population"), Elites: rate("elites"), Parents: rate("parents"),
		Crossover: rate("crossover"), Reorder: rate("reorder"), Mutation: rate("mutation"), Genes: o.Int("genes"),
		Exchange: rate("exchange"), Growth: rate("growth"), Ageing: rate("ageing"),
		Start: sampling.Design(o.String("start")),
	}
}
