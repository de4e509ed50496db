package aco

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Trails is what the ants mark. The zero value means Values.
type Trails string

// The kinds of trails.
const (
	Values Trails = "values" // the level of each axis by itself
	Edges  Trails = "edges"  // the level of an axis together with that of the axis before
)

// AllTrails lists the names of the kinds of trails.
func AllTrails() []string { return []string{string(Values), string(Edges)} }

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Ants        int             // designs of a turn, at most the budget; zero means DefaultAnts, or the budget when that is less
	Evaporation float64         // share of a trail that a turn replaces, in (0, 1]; zero means 0.1 of acs, 0.2 of mmas
	Greediness  float64         // probability that an ant follows the strongest trail of an axis; zero means 0.9 of acs, 0 of mmas, negative never
	Decay       float64         // of acs: share of a trail that an ant takes from what it follows; zero means DefaultDecay, negative none
	PBest       float64         // of mmas: probability that an ant repeats the best design when the trails have converged; zero means DefaultPBest
	Trails      Trails          // zero means Values
	Smoothing   float64         // width of a mark on an ordinal axis, as a share of its levels; zero means DefaultSmoothing, negative one level
	Stagnation  int             // turns without a better design before a restart; zero means DefaultStagnation
	Start       sampling.Design // how the first turn's designs are spread; zero means Latin
}

// The defaults of Options.
const (
	DefaultAnts            = 10
	DefaultEvaporationACS  = 0.1
	DefaultEvaporationMMAS = 0.2
	DefaultGreedinessACS   = 0.9
	DefaultDecay           = 0.1
	DefaultPBest           = 0.2
	DefaultSmoothing       = 0.02
	DefaultStagnation      = 30
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(evaporation, greediness float64, budget int) (Options, error) {
	if o.Ants == 0 {
		o.Ants = DefaultAnts
		if budget > 0 {
			o.Ants = min(o.Ants, budget)
		}
	}
	o.Evaporation = cmp.Or(o.Evaporation, evaporation)
	o.Greediness = max(cmp.Or(o.Greediness, greediness), 0)
	o.Decay = max(cmp.Or(o.Decay, DefaultDecay), 0)
	o.PBest = cmp.Or(o.PBest, DefaultPBest)
	o.Trails = cmp.Or(o.Trails, Values)
	o.Smoothing = max(cmp.Or(o.Smoothing, DefaultSmoothing), 0)
	o.Stagnation = cmp.Or(o.Stagnation, DefaultStagnation)
	o.Start = cmp.Or(o.Start, sampling.Latin)
	var wrong mistakes.List
	wrong.Add(vary.Affordable("ants", o.Ants, budget))
	wrong.If(o.Ants < 1, "ants %d must be at least 1", o.Ants)
	wrong.If(!(o.Evaporation > 0 && o.Evaporation <= 1), "evaporation %v must be in (0, 1]", o.Evaporation)
	wrong.If(!(o.Greediness <= 1), "greediness %v must be at most 1", o.Greediness)
	wrong.If(!(o.Decay <= 1), "decay %v must be at most 1", o.Decay)
	wrong.If(!(o.PBest > 0 && o.PBest < 1), "p_best %v must be in (0, 1)", o.PBest)
	wrong.If(!(o.Smoothing <= 1), "smoothing %v must be at most 1", o.Smoothing)
	wrong.If(o.Stagnation < 1, "stagnation %d must be at least 1", o.Stagnation)
	wrong.IfUnknown("trails", string(o.Trails), AllTrails())
	return o, wrong.Err()
}
