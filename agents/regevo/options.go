package regevo

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Population int             // members of the queue, at most the budget; zero means DefaultPopulation, or a quarter of the budget when that is less
	Sample     int             // members that compete to be a parent; zero means DefaultSample, of several objectives the population; at most that
	Start      sampling.Design // how the first population is spread; zero means Latin
}

// The defaults of Options.
const (
	DefaultPopulation = 40
	DefaultSample     = 15
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(p agents.Problem) (Options, error) {
	o.Population = cmp.Or(o.Population, sampling.Affordable(DefaultPopulation, p.Budget))
	if o.Sample == 0 {
		o.Sample = min(DefaultSample, o.Population)
		if p.Objectives > 1 {
			o.Sample = o.Population
		}
	}
	o.Start = cmp.Or(o.Start, sampling.Latin)
	var wrong mistakes.List
	wrong.If(o.Population < 1, "population %d must be at least 1", o.Population)
	wrong.If(o.Sample < 1 || o.Sample > o.Population, "sample %d must be in [1, %d], the population", o.Sample, o.Population)
	wrong.Add(vary.Affordable("population", o.Population, p.Budget))
	return o, wrong.Err()
}
