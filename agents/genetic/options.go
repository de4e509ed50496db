package genetic

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/internal/suggest"
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
	Population int             // designs of a generation; zero means DefaultPopulation
	Elites     int             // parents that compete with the children for survival; zero means DefaultElites or Population if less, negative none
	Selection  Selection       // zero means Tournament
	Tournament int             // draws of a tournament; zero means DefaultTournament
	Crossover  float64         // probability that a child has two parents; zero means DefaultCrossover, negative never
	Blend      float64         // probability that an ordinal or permutation axis mixes its parents' levels; zero means DefaultBlend, negative never
	Mutation   float64         // probability of each axis to mutate, one at least; zero means 1 / axes, negative exactly one axis
	Start      sampling.Design // how the first generation is spread; zero means Uniform
}

// The defaults of Options.
const (
	DefaultPopulation = 30
	DefaultElites     = 2
	DefaultTournament = 3
	DefaultCrossover  = 0.9
	DefaultBlend      = 0.25
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(axes int) (Options, error) {
	var errs []error
	o.Population = defaultInt(o.Population, DefaultPopulation)
	if o.Population < 2 {
		errs = append(errs, fmt.Errorf("population %d must be at least 2", o.Population))
	}
	o.Elites = max(defaultInt(o.Elites, min(DefaultElites, o.Population)), 0)
	if o.Elites > o.Population {
		errs = append(errs, fmt.Errorf("elites %d must be at most %d, the population", o.Elites, o.Population))
	}
	switch o.Selection {
	case "":
		o.Selection = Tournament
	case Tournament, Rank:
	default:
		errs = append(errs, suggest.Unknown("selection", string(o.Selection), Selections()))
	}
	o.Tournament = defaultInt(o.Tournament, DefaultTournament)
	if o.Tournament < 1 {
		errs = append(errs, fmt.Errorf("tournament %d must be at least 1", o.Tournament))
	}
	for _, f := range []struct {
		name  string
		value *float64
		zero  float64
	}{{"crossover", &o.Crossover, DefaultCrossover}, {"blend", &o.Blend, DefaultBlend}, {"mutation", &o.Mutation, 1 / float64(max(axes, 1))}} {
		if *f.value == 0 {
			*f.value = f.zero
		}
		*f.value = max(*f.value, 0)
		if !(*f.value <= 1) {
			errs = append(errs, fmt.Errorf("%s %v must be at most 1", f.name, *f.value))
		}
	}
	return o, errors.Join(errs...)
}

func defaultInt(v, zero int) int {
	if v == 0 {
		return zero
	}
	return v
}
