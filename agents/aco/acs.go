package aco

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// NewACS makes the agent "acs". Options.PBest must be zero.
func NewACS(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	checked, err := o.withDefaults(DefaultEvaporationACS, DefaultGreedinessACS, p.Budget)
	if o.PBest != 0 {
		err = errors.Join(err, errors.New("p_best is of mmas only: leave it zero"))
	}
	if err != nil {
		return nil, fmt.Errorf("acs: %w", err)
	}
	return build("acs", p, checked, acs{checked.Evaporation, checked.Decay}, rng)
}

// acs is the rule of the ant colony system.
type acs struct{ evaporation, decay float64 }

var _ rule = acs{}

// bounds gives an unmarked trail the weight of one of the alternatives and the one that is left out.
func (a acs) bounds(columns int) bounds {
	outset := 1 / float64(columns+1)
	return bounds{outset, outset}
}

// proposed draws the trails that an ant has followed back towards the outset: the next ant does better to turn off elsewhere.
func (a acs) proposed(t trail, p space.Point) {
	outset := t.pheromone().outset
	t.visit(p, func(trail *float64, weight float64) {
		if weight == 1 {
			*trail += a.decay * (outset - *trail)
		}
	})
}

func (acs) leads(int) bool { return true }

// evaporate does nothing: only the best design's trails change.
func (acs) evaporate(trail) {}

// mark lifts the trails towards their weights.
func (a acs) mark(t trail, p space.Point) {
	t.visit(p, func(trail *float64, weight float64) {
		*trail += a.evaporation * max(weight-*trail, 0)
	})
}
