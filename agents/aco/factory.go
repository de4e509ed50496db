package aco

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/simulators"
)

// Factories lists the catalogue's entries "acs" and "mmas".
func Factories() []agents.Factory { return []agents.Factory{ACSFactory(), MMASFactory()} }

// ACSFactory is the catalogue's entry "acs".
func ACSFactory() agents.Factory {
	return agents.Factory{
		Name: "acs",
		Doc:  "Ant colony system: greedy ants, local updates that drive them apart, and trails of the best design.",
		Options: append(common(DefaultEvaporationACS, DefaultGreedinessACS),
			simulators.Setting{Name: "decay", Doc: "share of a trail that an ant takes from what it follows", Default: DefaultDecay, Min: 0, Max: 1}),
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			read := options(o)
			read.Decay = orNone(o.Float("decay"))
			return NewACS(p, read, rng)
		},
	}
}

// MMASFactory is the catalogue's entry "mmas".
func MMASFactory() agents.Factory {
	return agents.Factory{
		Name: "mmas",
		Doc:  "MAX-MIN ant system: bounded trails, marked by the best of each turn and now and then by the best of all.",
		Options: append(common(DefaultEvaporationMMAS, 0),
			simulators.Setting{Name: "p_best", Doc: "probability that an ant repeats the best design when the trails have converged", Default: DefaultPBest, Min: 1e-6, Max: 1 - 1e-6}),
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			read := options(o)
			read.PBest = o.Float("p_best")
			return NewMMAS(p, read, rng)
		},
	}
}

// common are the options of both kinds.
func common(evaporation, greediness float64) []simulators.Setting {
	start := sampling.StartSetting()
	start.Default = string(sampling.Latin)
	return []simulators.Setting{
		{Name: "ants", Unit: "designs", Doc: "designs of a turn, at most the budget; 0 = 10, or the budget when that is less", Default: 0, Min: 0, Max: 1e6},
		{Name: "evaporation", Doc: "share of a trail that a turn replaces", Default: evaporation, Min: 1e-6, Max: 1},
		{Name: "greediness", Doc: "probability that an ant follows the strongest trail of an axis; divided by the number of objectives", Default: greediness, Min: 0, Max: 1},
		{Name: "trails", Doc: "what the ants mark: levels, or pairs of levels of successive axes", Default: string(Values), Allowed: AllTrails()},
		{Name: "smoothing", Doc: "width of a mark on an ordinal axis, as a share of its levels", Default: DefaultSmoothing, Min: 0, Max: 1},
		{Name: "stagnation", Unit: "turns", Doc: "turns without a better design before a restart", Default: DefaultStagnation, Min: 1, Max: 1e6},
		start,
	}
}

func options(o simulators.Settings) Options {
	return Options{
		Ants:        o.Int("ants"),
		Evaporation: o.Float("evaporation"),
		Greediness:  orNone(o.Float("greediness")),
		Trails:      Trails(o.String("trails")),
		Smoothing:   orNone(o.Float("smoothing")),
		Stagnation:  o.Int("stagnation"),
		Start:       sampling.Design(o.String("start")),
	}
}

// orNone writes the 0 of an experiment file as the negative number that Options takes for it.
func orNone(v float64) float64 {
	if v == 0 {
		return -1
	}
	return v
}
