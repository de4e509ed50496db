package tpe

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "tpe".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "tpe",
		Doc:  "Multivariate tree-structured Parzen estimator: draws like the good designs and unlike the others.",
		Options: []simulators.Setting{
			{Name: "startup", Unit: "designs", Doc: "designs of the start, given ones included", Default: DefaultStartup, Min: 1, Max: 1e6},
			sampling.StartSetting(),
			{Name: "candidates", Unit: "designs", Doc: "draws that compete by expected improvement", Default: DefaultCandidates, Min: 1, Max: 1e6},
			{Name: "good_frac", Doc: "share of the told designs that count as good", Default: DefaultGoodFrac, Min: 1e-6, Max: 1},
			{Name: "max_good", Unit: "designs", Doc: "at most so many count as good", Default: DefaultMaxGood, Min: 1, Max: 1e4},
			{Name: "prior_weight", Doc: "weight of the prior, where a new design has 1", Default: DefaultPriorWeight, Min: 1e-6, Max: 1e6},
			{Name: "bandwidth", Doc: "what the width of ordinal kernels follows: the spread of the designs or the range of the axis", Default: string(Spread), Allowed: Bandwidths()},
			{Name: "univariate", Doc: "estimate each axis alone instead of all together", Default: false},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

func options(o simulators.Settings) Options {
	return Options{
		Startup:     o.Int("startup"),
		Start:       sampling.Design(o.String("start")),
		Candidates:  o.Int("candidates"),
		GoodFrac:    o.Float("good_frac"),
		MaxGood:     o.Int("max_good"),
		PriorWeight: o.Float("prior_weight"),
		Bandwidth:   Bandwidth(o.String("bandwidth")),
		Univariate:  o.Bool("univariate"),
	}
}
