package genetic

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Selection is how parents are chosen. The zero value means Tournament.
type Selection string

// The selections.
const (
	Tournament Selection = "tournament" // the best of Options.Tournament uniform draws
	Rank       Selection = "rank"       // probability falls linearly with the position in the order
)

// Selections lists the names of the selections.
func Selections() []string { return []string{string(Tournament), string(Rank)} }

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Population int             // parents, at most the budget; zero means DefaultPopulation of the budget
	Elites     int             // parents, the best first, that compete with the children for survival; zero means the population
	Offspring  int             // children of a generation; zero means 1 when all parents compete, else the population
	Selection  Selection       // zero means Tournament
	Tournament int             // draws of a tournament; zero means DefaultTournament
	Crossover  float64         // probability that a child has two parents; zero means DefaultCrossover, negative never
	Blend      float64         // probability that an ordinal or permutation axis mixes its parents' levels; zero means DefaultBlend, negative never
	Mutation   float64         // probability of each axis to mutate, at least one does; zero means exactly one
	Start      sampling.Design // how the first generation is spread; zero means Latin
}

// The defaults of Options.
const (
	DefaultTournament = 3
	DefaultCrossover  = 0.9
	DefaultBlend      = 0.25
)

// DefaultPopulation is the number of parents for a budget: a fiftieth of it, in [10, 50], but at most the budget; 20 when that is unknown.
// Never less than 2.
func DefaultPopulation(budget int) int {
	if budget == 0 {
		return 20
	}
	return max(min(max(budget/50, 10), 50, budget), 2)
}

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(budget int) (Options, error) {
	if o.Population == 0 {
		o.Population = DefaultPopulation(budget)
		budget = 0 // affordable, but for the least population
	}
	o.Elites = cmp.Or(o.Elites, o.Population)
	if o.Offspring == 0 {
		o.Offspring = 1
		if o.Elites < o.Population {
			o.Offspring = o.Population
		}
	}
	o.Start = cmp.Or(o.Start, sampling.Latin)
	o.Selection = cmp.Or(o.Selection, Tournament)
	o.Tournament = cmp.Or(o.Tournament, DefaultTournament)
	o.Crossover = max(cmp.Or(o.Crossover, DefaultCrossover), 0)
	o.Blend = max(cmp.Or(o.Blend, DefaultBlend), 0)
	var wrong mistakes.List
	wrong.If(o.Population < 2, "population %d must be at least 2", o.Population)
	wrong.If(o.Elites < 1 || o.Elites > max(o.Population, 1), "elites %d must be in [1, %d], the population", o.Elites, o.Population)
	wrong.If(o.Offspring < 1, "offspring %d must be at least 1", o.Offspring)
	wrong.If(o.Offspring >= 1 && o.Elites+o.Offspring < o.Population, "elites %d and offspring %d must be at least %d together, the population",
		o.Elites, o.Offspring, o.Population)
	wrong.If(o.Tournament < 1, "tournament %d must be at least 1", o.Tournament)
	wrong.If(!(o.Crossover <= 1), "crossover %v must be at most 1", o.Crossover)
	wrong.If(!(o.Blend <= 1), "blend %v must be at most 1", o.Blend)
	wrong.If(!(o.Mutation >= 0 && o.Mutation <= 1), "mutation %v must be in [0, 1]", o.Mutation)
	wrong.Add(vary.Affordable("population", o.Population, budget))
	wrong.IfUnknown("selection", string(o.Selection), Selections())
	return o, wrong.Err()
}
