package de

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Base is what a difference is added to. The zero value means Toward.
type Base string

// The bases.
const (
	Random Base = "rand"  // another member, drawn uniformly
	Best   Base = "best"  // the best member
	Toward Base = "pbest" // the member itself, on its way to one of the best
)

// Bases lists the names of the bases.
func Bases() []string { return []string{string(Random), string(Best), string(Toward)} }

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Population int             // members, at least 4 and at most the budget; zero means DefaultPopulation of the budget
	Base       Base            // zero means Toward
	Best       float64         // share of the population that Toward goes to; zero means DefaultBest
	Start      sampling.Design // how the first population is spread; zero means Latin
}

// DefaultBest is the default of Options.Best.
const DefaultBest = 0.2

// minPopulation is a member and three others.
const minPopulation = 4

// DefaultPopulation is the number of members for a budget: a fortieth of it, in [10, 50]; 20 when it is unknown. A smaller budget has no more
// members than it, but four.
func DefaultPopulation(budget int) int {
	if budget == 0 {
		return 20
	}
	return max(min(max(budget/40, 10), 50, budget), minPopulation)
}

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(budget int) (Options, error) {
	if o.Population == 0 {
		o.Population = DefaultPopulation(budget)
		budget = 0 // affordable, but for the least population
	}
	o.Base = cmp.Or(o.Base, Toward)
	o.Best = cmp.Or(o.Best, DefaultBest)
	o.Start = cmp.Or(o.Start, sampling.Latin)
	var wrong mistakes.List
	wrong.If(o.Population < minPopulation, "population %d must be at least %d", o.Population, minPopulation)
	wrong.IfUnknown("base", string(o.Base), Bases())
	wrong.If(!(o.Best > 0 && o.Best <= 1), "best %v must be above 0 and at most 1", o.Best)
	wrong.Add(vary.Affordable("population", o.Population, budget))
	return o, wrong.Err()
}
