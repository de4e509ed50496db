package aco

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// NewMMAS makes the agent "mmas". Options.Decay must be zero.
func NewMMAS(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	checked, err := o.withDefaults(DefaultEvaporationMMAS, 0, p.Budget)
	if o.Decay != 0 {
		err = errors.Join(err, errors.New("decay is of acs only: leave it zero"))
	}
	if err != nil {
		return nil, fmt.Errorf("mmas: %w", err)
	}
	return build("mmas", p, checked, newMaxMin(p.Space, checked), rng)
}

// mmas is the rule of the MAX-MIN ant system.
type mmas struct {
	evaporation float64
	repeat      float64 // probability that an ant makes the best choice, of converged trails: the root of p_best
}

var _ rule = mmas{}

// period is that of the turns that the best design marks.
const period = 3

func newMaxMin(s space.Space, o Options) mmas {
	choices := 0
	for _, p := range s.Params() {
		choices++
		if p.Kind == space.Permutation {
			choices += len(p.Labels) - 2 // all but the last label
		}
	}
	return mmas{o.Evaporation, math.Pow(o.PBest, 1/float64(max(choices, 1)))}
}

// bounds solves repeat = 1 / (1 + (columns - 1) least) for the least trail, where all trails but one are at it. Above 1 / columns it would leave
// the ants no preference.
func (m mmas) bounds(columns int) bounds {
	if columns == 1 {
		return bounds{1, 1}
	}
	least := (1 - m.repeat) / (m.repeat * float64(columns-1))
	return bounds{min(least, 1/float64(columns)), 1}
}

func (mmas) proposed(trail, space.Point) {}

func (mmas) leads(turn int) bool { return turn%period == 0 }

func (m mmas) evaporate(t trail) { t.pheromone().evaporate(m.evaporation) }

// mark adds what evaporation took, by weight.
func (m mmas) mark(t trail, p space.Point) {
	t.visit(p, func(trail *float64, weight float64) { *trail = min(*trail+m.evaporation*weight, 1) })
}
