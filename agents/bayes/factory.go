package bayes

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/internal/learn/gp"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "bo".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "bo",
		Doc:  "Bayesian optimisation: Gaussian processes of objectives and constraints, expected improvement, trust region for many trials.",
		Options: []simulators.Setting{
			{Name: "initial", Unit: "designs", Doc: "designs of the start; 0 = axes + 1, from 6 to 20, at most a quarter of the budget", Default: 0, Min: 0, Max: 1e4},
			{Name: "start", Doc: "how the start is spread; auto = sobol, or lhs in spaces of many axes", Default: string(StartAuto),
				Allowed: append([]string{string(StartAuto)}, sampling.Designs()...)},
			{Name: "candidates", Unit: "designs", Doc: "designs that a proposal is searched from; spaces of as many are enumerated", Default: DefaultCandidates, Min: 1, Max: 1e6},
			{Name: "restarts", Unit: "designs", Doc: "best candidates that local searches begin at; 0 = 3, or the candidates when that is less", Default: 0, Min: 0, Max: 1e6},
			{Name: "points", Unit: "trials", Doc: "the most trials that a model holds", Default: DefaultPoints, Min: 8, Max: 5000},
			{Name: "refit", Unit: "trials", Doc: "trials between fits of the models' parameters; 0 = 1 + told/20, at most 20", Default: 0, Min: 0, Max: 1e6},
			{Name: "warp", Doc: "how objectives are bent before they are modelled", Default: string(Power), Allowed: Warps()},
			{Name: "kernel", Doc: "how ordinal and nominal axes combine", Default: string(gp.Mixed), Allowed: gp.Mixes()},
			{Name: "region", Doc: "trust region; auto = once there are more trials than points", Default: string(Auto), Allowed: Regions()},
			{Name: "acquisition", Doc: "greatest expected improvement, or the best of the candidates in a draw of the models, for batches (lag)",
				Default: string(Improvement), Allowed: Acquisitions()},
			{Name: "several", Doc: "several objectives: expected hypervolume improvement of two, ParEGO's random weights of any number; auto = ehvi of two, parego of more",
				Default: string(SeveralAuto), Allowed: Ways()},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

func options(o simulators.Settings) Options {
	return Options{
		Initial:    o.Int("initial"),
		Start:      sampling.Design(o.String("start")),
		Candidates: o.Int("candidates"),
		Restarts:   o.Int("restarts"),
		Points:     o.Int("points"),
		Refit:      o.Int("refit"),
		Warp:       Warp(o.String("warp")),
		Kernel:     gp.Mix(o.String("kernel")),
		Region:     Region(o.String("region")),
		Several:    Several(o.String("several")),

		Acquisition: Acquisition(o.String("acquisition")),
	}
}

// TurboFactory is the catalogue's entry "turbo": the same agent with other defaults.
func TurboFactory() agents.Factory {
	f := Factory()
	f.Name, f.Doc = "turbo", "Bayesian optimisation in a trust region (TuRBO, CASMOPOLITAN): Thompson draws, for batches and thousands of trials."
	for name, value := range map[string]any{"region": string(On), "acquisition": string(Thompson), "candidates": turboCandidates} {
		at := slices.IndexFunc(f.Options, func(o simulators.Setting) bool { return o.Name == name })
		f.Options[at].Default = value
	}
	f.New = func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
		a, err := New(p, options(o), rng)
		if err != nil {
			return nil, fmt.Errorf("turbo: %w", err)
		}
		return a, nil
	}
	return f
}

// turboCandidates are what a draw of turbo is over: it costs their square and more.
const turboCandidates = 256
