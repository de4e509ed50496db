package mcts

import (
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Exploration float64 // weight of the confidence bound; zero means DefaultExploration of the objectives
	Guided      float64 // probability that a design is completed like the best one of its node; zero means DefaultGuided, negative never
	Change      float64 // expected changes of such a design; zero means DefaultChange
}

// The defaults of Options.
const (
	DefaultGuided = 0.9
	DefaultChange = 1.0
)

// DefaultExploration is the weight for so many objectives.
func DefaultExploration(objectives int) float64 {
	if objectives > 1 {
		return 0.3
	}
	return 0.1
}

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(objectives int) (Options, error) {
	if o.Exploration == 0 {
		o.Exploration = DefaultExploration(objectives)
	}
	if o.Guided == 0 {
		o.Guided = DefaultGuided
	}
	if o.Change == 0 {
		o.Change = DefaultChange
	}
	o.Guided = max(o.Guided, 0)
	var wrong mistakes.List
	wrong.If(!(o.Exploration > 0 && o.Exploration <= maxExploration), "exploration %v must be above 0 and at most %v", o.Exploration, maxExploration)
	wrong.If(!(o.Guided <= 1), "guided %v must be at most 1", o.Guided)
	wrong.If(!(o.Change > 0 && o.Change <= maxChange), "change %v must be above 0 and at most %v", o.Change, maxChange)
	return o, wrong.Err()
}

// The greatest values of Options: the bound then drowns every reward, and every axis changes.
const (
	maxExploration = 1000.0
	maxChange      = 1000.0
)
