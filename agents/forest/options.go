package forest

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Transform is how objectives become targets of the forest. The zero value means Rank.
type Transform string

// The transforms; the package comment has their laws.
const (
	Rank Transform = "rank" // normal quantiles of the ranks
	Log  Transform = "log"  // logarithm of the distance from a little beyond the best
	None Transform = "none" // the objectives as they are
)

// Transforms lists the names of the transforms.
func Transforms() []string { return []string{string(Rank), string(Log), string(None)} }

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Startup     int             // designs of the start, given ones included; zero means DefaultStartup, or a quarter of the budget when that is less
	Start       sampling.Design // how they are spread; zero means Uniform
	Trees       int             // of each forest; zero means DefaultTrees
	Transform   Transform       // of the objectives; zero means Rank
	RandomFrac  float64         // share of designs drawn uniformly after the start, in [0, 1]; zero means DefaultRandomFrac, negative none
	Challengers int             // uniformly drawn candidates; zero means DefaultChallengers
	Leaders     int             // best told designs whose one-axis moves are candidates; zero means DefaultLeaders, negative none
	Memory      int             // most told trials that the forests learn from; zero means DefaultMemory
}

// The defaults of Options.
const (
	DefaultStartup     = 20
	DefaultTrees       = 10
	DefaultRandomFrac  = 0.1
	DefaultChallengers = 1000
	DefaultLeaders     = 10
	DefaultMemory      = 2000
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(p agents.Problem) (Options, error) {
	o.Startup = cmp.Or(o.Startup, sampling.Affordable(DefaultStartup, p.Budget))
	o.Trees = cmp.Or(o.Trees, DefaultTrees)
	o.Transform = cmp.Or(o.Transform, Rank)
	o.RandomFrac = max(cmp.Or(o.RandomFrac, DefaultRandomFrac), 0)
	o.Challengers = cmp.Or(o.Challengers, DefaultChallengers)
	o.Leaders = max(cmp.Or(o.Leaders, DefaultLeaders), 0)
	o.Memory = cmp.Or(o.Memory, DefaultMemory)
	var wrong mistakes.List
	wrong.If(o.Startup < 1, "startup %d must be at least 1", o.Startup)
	wrong.If(o.Trees < 1, "trees %d must be at least 1", o.Trees)
	wrong.If(!(o.RandomFrac <= 1), "random_frac %v must be in [0, 1]", o.RandomFrac)
	wrong.If(o.Challengers < 1, "challengers %d must be at least 1", o.Challengers)
	wrong.If(o.Memory < 2, "memory %d must be at least 2", o.Memory)
	wrong.IfUnknown("transform", string(o.Transform), Transforms())
	return o, wrong.Err()
}
