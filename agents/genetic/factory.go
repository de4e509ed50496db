package genetic

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "ga".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "ga",
		Doc:  "Genetic algorithm with elitism, typed crossover and mutation, and no duplicates; of several objectives the survival is that of NSGA-II.",
		Options: append(common(),
			simulators.Setting{Name: "elites", Unit: "designs", Doc: "parents that compete with the children for survival; 0 = the population", Default: 0, Min: 0, Max: 1e6},
			simulators.Setting{Name: "selection", Doc: "how parents are chosen", Default: string(Tournament), Allowed: Selections()},
			simulators.Setting{Name: "tournament", Unit: "designs", Doc: "draws of a tournament", Default: DefaultTournament, Min: 1, Max: 1e6},
		),
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

// common are the options of both kinds.
func common() []simulators.Setting {
	start := sampling.StartSetting()
	start.Default = string(sampling.Latin)
	return []simulators.Setting{
		{Name: "population", Unit: "designs", Doc: "parents, at most the budget; 0 = a fiftieth of the budget, in [10, 50]", Default: 0, Min: 0, Max: 1e6},
		{Name: "offspring", Unit: "designs", Doc: "children of a generation; 0 = 1, or the population when not all parents may survive", Default: 0, Min: 0, Max: 1e6},
		{Name: "crossover", Doc: "probability that a child has two parents", Default: DefaultCrossover, Min: 0, Max: 1},
		{Name: "blend", Doc: "probability that an ordinal or permutation axis mixes its parents' levels", Default: DefaultBlend, Min: 0, Max: 1},
		{Name: "mutation", Doc: "probability of each axis to mutate, at least one does; 0 = exactly one", Default: 0.0, Min: 0, Max: 1},
		start,
	}
}

func options(o simulators.Settings) Options {
	read := commonOptions(o)
	read.Elites, read.Selection, read.Tournament = o.Int("elites"), Selection(o.String("selection")), o.Int("tournament")
	return read
}

func commonOptions(o simulators.Settings) Options {
	return Options{
		Population: o.Int("population"),
		Offspring:  o.Int("offspring"),
		Crossover:  orNever(o.Float("crossover")),
		Blend:      orNever(o.Float("blend")),
		Mutation:   o.Float("mutation"),
		Start:      sampling.Design(o.String("start")),
	}
}

// orNever writes the probability 0 of an experiment file as the negative number that Options takes for it.
func orNever(probability float64) float64 {
	if probability == 0 {
		return -1
	}
	return probability
}
