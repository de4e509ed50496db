package linas

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Population   int             // designs of the first population; zero means DefaultPopulation, or a quarter of the budget when that is less
	Batch        int             // designs measured between two fits; zero means DefaultBatch, or the population when that is less
	Start        sampling.Design // how the first population is spread; zero means Latin
	NoEarlyExit  bool            // infeasible designs count for the first population too
	Inner        int             // designs that the search inside the predictors looks at; zero means DefaultInner
	Trees        int             // of each predictor; zero means DefaultTrees
	Depth        int             // of each tree; zero means DefaultDepth
	LearningRate float64         // zero means DefaultLearningRate
	Memory       int             // most told trials that the predictors learn from; zero means DefaultMemory
}

// The defaults of Options, and the most that Depth can be.
const (
	DefaultPopulation   = 20
	DefaultBatch        = 10
	DefaultInner        = 1000
	DefaultTrees        = 100
	DefaultDepth        = 4
	DefaultLearningRate = 0.1
	DefaultMemory       = 2000
	MostDepth           = 16
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(p agents.Problem) (Options, error) {
	o.Population = cmp.Or(o.Population, sampling.Affordable(DefaultPopulation, p.Budget))
	if o.Batch == 0 {
		o.Batch = min(DefaultBatch, max(o.Population, 1))
	}
	o.Start = cmp.Or(o.Start, sampling.Latin)
	o.Inner = cmp.Or(o.Inner, DefaultInner)
	o.Trees = cmp.Or(o.Trees, DefaultTrees)
	o.Depth = cmp.Or(o.Depth, DefaultDepth)
	o.LearningRate = cmp.Or(o.LearningRate, DefaultLearningRate)
	o.Memory = cmp.Or(o.Memory, DefaultMemory)
	var wrong mistakes.List
	wrong.If(o.Population < 1, "population %d must be at least 1", o.Population)
	wrong.Add(vary.Affordable("population", o.Population, p.Budget))
	wrong.If(o.Batch < 1, "batch %d must be at least 1", o.Batch)
	wrong.If(o.Inner < 1, "inner %d must be at least 1", o.Inner)
	wrong.If(o.Trees < 1, "trees %d must be at least 1", o.Trees)
	wrong.If(o.Depth < 1 || o.Depth > MostDepth, "depth %d must be in [1, %d]", o.Depth, MostDepth)
	wrong.If(!(o.LearningRate > 0 && o.LearningRate <= 1), "learning_rate %v must be in (0, 1]", o.LearningRate)
	wrong.If(o.Memory < 2, "memory %d must be at least 2", o.Memory)
	return o, wrong.Err()
}
