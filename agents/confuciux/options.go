package confuciux

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Share      float64          // of the budget for the first stage; zero means DefaultShare
	Population int              // parents of the second stage; zero means DefaultPopulation
	Form       categorical.Form // how the axes depend on each other in the policy; zero means Factorised
}

// The defaults of Options, those of the released script: 500 episodes, then 100 generations of 20 designs.
const (
	DefaultShare      = 0.2
	DefaultPopulation = 20
	unknownLength     = 500 // trials of the first stage when the budget is unknown
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(budget int) (Options, error) {
	o.Share = cmp.Or(o.Share, DefaultShare)
	if o.Population == 0 {
		o.Population = DefaultPopulation
		budget = 0 // a smaller study has a smaller second stage
	}
	o.Form = cmp.Or(o.Form, categorical.Factorised)
	var wrong mistakes.List
	wrong.If(!(o.Share > 0 && o.Share <= 1), "share %v must be above 0 and at most 1", o.Share)
	wrong.If(o.Population < 2, "population %d must be at least 2", o.Population)
	wrong.Add(vary.Affordable("population", o.Population, budget))
	return o, wrong.Err()
}

// length is the number of trials of the first stage.
func (o Options) length(budget int) int {
	if budget == 0 {
		return unknownLength
	}
	return max(int(o.Share*float64(budget)), 1)
}
