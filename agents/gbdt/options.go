package gbdt

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Startup      int             // designs of the start, given ones included; zero means DefaultStartup, or a quarter of the budget when that is less
	Start        sampling.Design // how they are spread; zero means Uniform
	Trees        int             // of each model; zero means DefaultTrees
	Depth        int             // of each tree; zero means DefaultDepth
	LearningRate float64         // zero means DefaultLearningRate
	FeatureFrac  float64         // share of the features that each tree may use; zero means DefaultFeatureFrac
	PruneFrac    float64         // share of the levels that are pruned, in [0, 1); zero means DefaultPruneFrac, negative none
	Challengers  int             // candidates drawn from what is left; zero means DefaultChallengers
	Leaders      int             // best told designs whose one-axis moves are candidates; zero means DefaultLeaders, negative none
	Memory       int             // most told trials that a model learns from; zero means DefaultMemory
}

// The defaults of Options.
const (
	DefaultStartup      = 20
	DefaultTrees        = 30
	DefaultDepth        = 4
	DefaultLearningRate = 0.2
	DefaultFeatureFrac  = 0.5
	DefaultPruneFrac    = 0.3
	DefaultChallengers  = 1000
	DefaultLeaders      = 10
	DefaultMemory       = 1000
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(p agents.Problem) (Options, error) {
	o.Startup = cmp.Or(o.Startup, sampling.Affordable(DefaultStartup, p.Budget))
	o.Trees = cmp.Or(o.Trees, DefaultTrees)
	o.Depth = cmp.Or(o.Depth, DefaultDepth)
	o.LearningRate = cmp.Or(o.LearningRate, DefaultLearningRate)
	o.FeatureFrac = cmp.Or(o.FeatureFrac, DefaultFeatureFrac)
	o.PruneFrac = max(cmp.Or(o.PruneFrac, DefaultPruneFrac), 0)
	o.Challengers = cmp.Or(o.Challengers, DefaultChallengers)
	o.Leaders = max(cmp.Or(o.Leaders, DefaultLeaders), 0)
	o.Memory = cmp.Or(o.Memory, DefaultMemory)
	var wrong mistakes.List
	wrong.If(o.Startup < 1, "startup %d must be at least 1", o.Startup)
	wrong.If(o.Trees < 1, "trees %d must be at least 1", o.Trees)
	wrong.If(o.Depth < 1 || o.Depth > MostDepth, "depth %d must be in [1, %d]", o.Depth, MostDepth)
	wrong.If(!(o.LearningRate > 0 && o.LearningRate <= 1), "learning_rate %v must be in (0, 1]", o.LearningRate)
	wrong.If(!(o.FeatureFrac > 0 && o.FeatureFrac <= 1), "feature_frac %v must be in (0, 1]", o.FeatureFrac)
	wrong.If(!(o.PruneFrac < 1), "prune_frac %v must be in [0, 1)", o.PruneFrac)
	wrong.If(o.Challengers < 1, "challengers %d must be at least 1", o.Challengers)
	wrong.If(o.Memory < 2, "memory %d must be at least 2", o.Memory)
	return o, wrong.Err()
}

// MostDepth is the most that Options.Depth can be.
const MostDepth = 16
