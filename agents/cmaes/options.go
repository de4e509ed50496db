package cmaes

import (
	"math"

	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Population int     // designs of a generation of the first start, at most the budget; zero means DefaultPopulation of the coordinates
	Sigma      float64 // standard deviation at a start, of axes that are 1 wide; zero means DefaultSigma
	Growth     int     // of the population from start to start; zero means DefaultGrowth, 1 keeps it
}

// The defaults of Options.
const (
	DefaultSigma  = 0.2
	DefaultGrowth = 2
)

// minPopulation is the least that has two parents.
const minPopulation = 4

// DefaultPopulation is the number of designs of a generation for so many coordinates.
func DefaultPopulation(coordinates int) int {
	return minPopulation + int(3*math.Log(float64(max(coordinates, 1))))
}

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(coordinates, budget int) (Options, error) {
	if o.Population == 0 {
		o.Population = DefaultPopulation(coordinates)
		budget = 0 // affordable, but for the least population
	}
	if o.Sigma == 0 {
		o.Sigma = DefaultSigma
	}
	if o.Growth == 0 {
		o.Growth = DefaultGrowth
	}
	var wrong mistakes.List
	wrong.If(o.Population < minPopulation, "population %d must be at least %d", o.Population, minPopulation)
	wrong.If(!(o.Sigma > 0 && o.Sigma <= maxSigma), "sigma %v must be above 0 and at most %v", o.Sigma, maxSigma)
	wrong.If(o.Growth < 1, "growth %d must be at least 1", o.Growth)
	wrong.Add(vary.Affordable("population", o.Population, budget))
	return o, wrong.Err()
}

// maxSigma spreads a start far beyond its axes.
const maxSigma = 10.0
