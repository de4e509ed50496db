package tpe

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Startup     int             // designs of the start, given ones included; zero means DefaultStartup
	Start       sampling.Design // how they are spread; zero means Uniform
	Candidates  int             // draws that compete by expected improvement; zero means DefaultCandidates
	GoodFrac    float64         // share of the told designs that are good, in (0, 1]; zero means DefaultGoodFrac
	MaxGood     int             // at most so many are; zero means DefaultMaxGood
	PriorWeight float64         // of the prior, where a new design has 1; zero means DefaultPriorWeight
	Bandwidth   Bandwidth       // of ordinal kernels; zero means Spread
	Univariate  bool            // an estimator for each axis alone instead of one for all
}

// The defaults of Options.
const (
	DefaultStartup     = 10
	DefaultCandidates  = 24
	DefaultGoodFrac    = 0.1
	DefaultMaxGood     = 25
	DefaultPriorWeight = 1.0
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults() (Options, error) {
	o.Startup = cmp.Or(o.Startup, DefaultStartup)
	o.Candidates = cmp.Or(o.Candidates, DefaultCandidates)
	o.GoodFrac = cmp.Or(o.GoodFrac, DefaultGoodFrac)
	o.MaxGood = cmp.Or(o.MaxGood, DefaultMaxGood)
	o.PriorWeight = cmp.Or(o.PriorWeight, DefaultPriorWeight)
	o.Bandwidth = cmp.Or(o.Bandwidth, Spread)
	var wrong mistakes.List
	wrong.If(o.Startup < 1, "startup %d must be at least 1", o.Startup)
	wrong.If(o.Candidates < 1, "candidates %d must be at least 1", o.Candidates)
	wrong.If(!(o.GoodFrac > 0 && o.GoodFrac <= 1), "good_frac %v must be in (0, 1]", o.GoodFrac)
	wrong.If(o.MaxGood < 1, "max_good %d must be at least 1", o.MaxGood)
	wrong.If(!(o.PriorWeight > 0 && o.PriorWeight <= 1e6), "prior_weight %v must be in (0, 1000000]", o.PriorWeight)
	wrong.IfUnknown("bandwidth", string(o.Bandwidth), Bandwidths())
	return o, wrong.Err()
}
