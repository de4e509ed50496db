package gbdt

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// unlikely is the probability of a result below which a candidate is only taken when there is no other, in terms of that of the told trials.
const unlikely = 0.25

// belief is one draw of what the told trials leave possible.
type belief struct {
	space   space.Space
	order   *boost.Model
	result  *boost.Model  // nil when all trials have a result, or none has
	odds    float64       // of a result: below it a candidate is unlikely
	leaders []space.Point // of the told trials, the best first
	kept    [][]bool      // levels of each axis that are not pruned
	doubt   []float64     // scratch
}

// newBelief learns from the trials; nil when nothing is known of them.
func newBelief(s space.Space, e *predictor.Encoder, o Options, trials []agents.Trial, rng *rand.Rand) (*belief, error) {
	order := rank.Order(trials)
	chosen := make([]agents.Trial, 0, min(len(trials), o.Memory))
	for _, i := range history.Remembered(order, o.Memory) {
		chosen = append(chosen, trials[i])
	}
	fit := predictor.Options{Options: boost.Options{Trees: o.Trees, MaxDepth: o.Depth, LearningRate: o.LearningRate, FeatureFrac: o.FeatureFrac}, Bootstrap: true}
	b := &belief{space: s}
	var err error
	if b.order, err = e.Order(chosen, fit, rng); err != nil || b.order == nil {
		return nil, err
	}
	if b.result, err = e.Result(chosen, fit, rng); err != nil {
		return nil, err
	}
	if b.result != nil {
		share := 0.0
		for _, t := range chosen {
			if t.Objectives != nil {
				share += unlikely / float64(len(chosen))
			}
		}
		b.odds = math.Log(share / (1 - share))
	}
	for _, i := range order[:min(o.Leaders, len(order))] {
		b.leaders = append(b.leaders, trials[i].Point)
	}
	var background []space.Point
	for _, i := range order[:min(backgroundDesigns, len(order))] {
		background = append(background, trials[i].Point)
	}
	b.kept = prune(s, e, b.order, background, o.PruneFrac)
	return b, nil
}

// keeps tells whether the design has no pruned level on an active axis.
func (b *belief) keeps(p space.Point) bool {
	for axis, level := range p {
		if !b.kept[axis][level] && b.space.Active(p, axis) {
			return false
		}
	}
	return true
}

// sample draws a design from the levels that are kept.
func (b *belief) sample(rng *rand.Rand) space.Point {
	p := make(space.Point, b.space.Len())
	for axis, kept := range b.kept {
		if !b.space.Active(p, axis) {
			continue
		}
		for {
			if p[axis] = rng.IntN(len(kept)); kept[p[axis]] {
				break
			}
		}
	}
	return p
}

// score says how good n rows are; it returns scores, or a longer slice. What is unlikely to have a result comes after all that is likely.
func (b *belief) score(rows, scores []float64, n int) []float64 {
	scores = slices.Grow(scores[:0], n)[:n]
	boost.Scores(b.order, rows, scores)
	if b.result != nil {
		b.doubt = slices.Grow(b.doubt[:0], n)[:n]
		boost.Scores(b.result, rows, b.doubt)
		const far = 1e3 // beyond all scores, which are normal quantiles
		for i, odds := range b.doubt {
			if odds < b.odds {
				scores[i] += odds - far
			}
		}
	}
	return scores
}
