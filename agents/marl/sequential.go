package marl

import (
	"slices"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/policygrad"
)

// order is that in which the teams are updated: by chance when each sees what those before it have become.
func (p *Policy) order() []int {
	if p.options.Sequential {
		return p.rng.Perm(len(p.teams))
	}
	order := make([]int, len(p.teams))
	for i := range order {
		order[i] = i
	}
	return order
}

// updateSequentially updates an agent with its advantages multiplied by the factors of the agents before it, and returns the factors with its own; nil
// means that it is the first. The advantages are standardised before: standardising products would take the factors away.
func (p *Policy) updateSequentially(t *team, s policygrad.Samples, o policygrad.Options, rate float64, compound []float64) []float64 {
	if o.Normalise {
		policygrad.Standardise(s.Advantages)
		o.Normalise = false
	}
	if compound == nil {
		compound = slices.Repeat([]float64{1}, len(s.Advantages))
	}
	for i, factor := range compound {
		s.Advantages[i] *= factor
	}
	b := categorical.Batch{Obs: s.Obs, Masks: s.Masks, Points: s.Points}
	before, _ := t.learner.Actor.Evaluate(b)
	before = slices.Clone(before)
	t.learner.Update(s, o, rate, p.rng)
	policygrad.Compound(compound, t.learner.Actor, b, before)
	return compound
}
