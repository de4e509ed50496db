package regevo

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
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
	if o.Population == 0 {
		o.Population = DefaultPopulation
		if p.Budget > 0 {
			o.Population = min(o.Population, max(p.Budget/4, 1))
		}
	}
	if o.Sample == 0 {
		o.Sample = min(DefaultSample, o.Population)
		if p.Objectives > 1 {
			o.Sample = o.Population
		}
	}
	if o.Start == "" {
		o.Start = sampling.Latin
	}
	var errs []error
	if o.Population < 1 {
		errs = append(errs, fmt.Errorf("population %d must be at least 1", o.Population))
	}
	if o.Sample < 1 || o.Sample > o.Population {
		errs = append(errs, fmt.Errorf("sample %d must be in [1, %d], the population", o.Sample, o.Population))
	}
	errs = append(errs, vary.Affordable("population", o.Population, p.Budget))
	return o, errors.Join(errs...)
}
