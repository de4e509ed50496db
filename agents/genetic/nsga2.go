package genetic

import (
	"errors"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/simulators"
)

// NSGA2Tournament is the number of draws of NSGA-II's crowded tournament.
const NSGA2Tournament = 2

// NewNSGA2 makes the agent "nsga2": all parents compete for survival, and a parent is the better of two draws. Options.Elites, Selection and
// Tournament must be zero.
func NewNSGA2(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	if o.Elites != 0 || o.Selection != "" || o.Tournament != 0 {
		return nil, errors.New("nsga2: elites, selection and tournament are fixed: leave them zero")
	}
	o.Tournament = NSGA2Tournament
	return build("nsga2", p, o, rng)
}

// NSGA2Factory is the catalogue's entry "nsga2".
func NSGA2Factory() agents.Factory {
	return agents.Factory{
		Name:    "nsga2",
		Doc:     "NSGA-II with constrained dominance, one child at a time: non-dominated sorting and crowding, for several objectives.",
		Options: common(),
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return NewNSGA2(p, commonOptions(o), rng)
		},
	}
}
