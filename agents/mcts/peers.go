package mcts

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/space"
)

// peers are the trials that rewards compare with: of one objective the last ones told, of several the best ones.
type peers struct {
	several bool
	trials  []agents.Trial // of one objective a ring once full, of several the best first
	oldest  int            // in the full ring
}

// most is the number of peers.
const most = 64

// reward is the place of a trial among the peers, 1 the best and 0 the worst; 1/2 when there are none. Then the trial is a peer itself, if it is good enough.
func (r *peers) reward(t agents.Trial) float64 {
	n := len(r.trials)
	switch {
	case n == 0:
		r.trials = append(r.trials, t)
		return 0.5
	case r.several:
		return 1 - float64(r.admit(t))/float64(n)
	}
	share := r.share(t)
	if n < most {
		r.trials = append(r.trials, t)
	} else {
		r.trials[r.oldest] = t
		r.oldest = (r.oldest + 1) % most
	}
	return share
}

// share is the share of the peers that a trial is better than, those that it equals counting half.
func (r *peers) share(t agents.Trial) float64 {
	halves := 0
	for _, other := range r.trials {
		switch c := rank.Compare(t, other); {
		case c < 0:
			halves += 2
		case c == 0:
			halves++
		}
	}
	return float64(halves) / float64(2*len(r.trials))
}

// admit sorts a trial in by front and crowding and returns its place.
func (r *peers) admit(t agents.Trial) (place int) {
	n := len(r.trials)
	pool := append(r.trials, t)
	sorted := make([]agents.Trial, 0, n+1)
	for at, i := range rank.Order(pool) {
		if i == n {
			place = at
		}
		sorted = append(sorted, pool[i])
	}
	r.trials = sorted[:min(n+1, most)]
	return place
}

// model is a design to complete others by: of several objectives that of any peer of the first half, of one the best of the node.
func (r *peers) model(best agents.Trial, rng *rand.Rand) space.Point {
	if !r.several || len(r.trials) == 0 {
		return best.Point
	}
	return r.trials[rng.IntN((len(r.trials)+1)/2)].Point
}
