package aco

import (
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
)

// best holds the best trial of one objective; of several a bounded number of those that none dominates, the crowded ones left out.
type best struct {
	several bool
	trials  []agents.Trial
}

// beats tells whether a makes b superfluous: better or, of one objective, as good.
func (k *best) beats(a, b agents.Trial) bool {
	c := rank.Compare(a, b)
	return c < 0 || c == 0 && !k.several
}

// add takes a trial unless one of those held beats it; it tells whether it did. At most n are kept.
func (k *best) add(t agents.Trial, n int) bool {
	if slices.ContainsFunc(k.trials, func(held agents.Trial) bool { return k.beats(held, t) }) {
		return false
	}
	k.trials = append(slices.DeleteFunc(k.trials, func(held agents.Trial) bool { return k.beats(t, held) }), t)
	if len(k.trials) > n {
		order := rank.Order(k.trials)
		k.trials = slices.Delete(k.trials, order[n], order[n]+1)
	}
	return true
}

// leader draws one of them uniformly.
func (k *best) leader(rng *rand.Rand) agents.Trial {
	if len(k.trials) == 1 {
		return k.trials[0]
	}
	return k.trials[rng.IntN(len(k.trials))]
}
