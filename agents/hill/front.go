package hill

import (
	"math"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Of several objectives.
const (
	startsPerObjective = 10  // that a climb begins with, together at most a quarter of the budget
	maxFront           = 100 // incumbents: the last ones of package rank's order beyond it are forgotten
)

// startsOf is how many designs a climb begins with.
func startsOf(p agents.Problem) int {
	starts := startsPerObjective * p.Objectives
	if p.Budget > 0 {
		starts = min(starts, max(p.Budget/4, 1))
	}
	return starts
}

// front is the incumbents of a climb on several objectives: none is better than another.
type front []incumbent

// incumbent is a told design and its moves.
type incumbent struct {
	trial  agents.Trial
	listed bool        // moves is filled in
	moves  []vary.Move // not yet proposed, the next one last
}

// add takes a trial unless an incumbent is better, or as good in every objective, and drops the incumbents that it betters. As long as none is
// feasible the newest of the best is the only incumbent, which crosses plateaus.
func (f *front) add(t agents.Trial) {
	for _, held := range *f {
		if c := rank.Compare(t, held.trial); c > 0 || t.Feasible() && slices.Equal(t.Objectives, held.trial.Objectives) {
			return
		}
	}
	*f = slices.DeleteFunc(*f, func(held incumbent) bool { return !t.Feasible() || rank.Compare(t, held.trial) < 0 })
	*f = append(*f, incumbent{trial: t})
	if len(*f) > maxFront {
		trials := make([]agents.Trial, len(*f))
		for i, held := range *f {
			trials[i] = held.trial
		}
		worst := rank.Order(trials)[maxFront]
		*f = slices.Delete(*f, worst, worst+1)
	}
}

// moveOfFront is the next unseen move from the incumbent that is best by newly drawn weights among those with moves left; false when none has any.
func (a *Agent) moveOfFront() (space.Point, bool) {
	for i := range a.weights {
		a.weights[i] = a.rng.ExpFloat64()
	}
	low, high := a.front.ranges()
	for {
		best, least := -1, math.Inf(1)
		for i, held := range a.front {
			if held.listed && len(held.moves) == 0 {
				continue
			}
			if d := chebyshev(held.trial.Objectives, low, high, a.weights); best < 0 || d < least {
				best, least = i, d
			}
		}
		if best < 0 {
			return nil, false
		}
		held := &a.front[best]
		if !held.listed {
			held.moves, held.listed = a.appendMoves(nil, held.trial.Point), true
		}
		if p, ok := a.move(&held.moves, held.trial.Point); ok {
			return p, true
		}
	}
}

// ranges are the least and the greatest value of each objective.
func (f front) ranges() (low, high []float64) {
	for i, held := range f {
		if i == 0 {
			low, high = slices.Clone(held.trial.Objectives), slices.Clone(held.trial.Objectives)
		}
		for k, v := range held.trial.Objectives {
			low[k], high[k] = min(low[k], v), max(high[k], v)
		}
	}
	return low, high
}

// chebyshev is the augmented weighted Chebyshev distance of maximised objectives from the best of each, in units of their ranges; 0 where nothing
// was evaluated.
func chebyshev(objectives, low, high, weights []float64) float64 {
	const share = 0.05 // of the weighted sum, as in ParEGO
	most, sum := 0.0, 0.0
	for k, v := range objectives {
		if high[k] > low[k] {
			d := weights[k] * (high[k] - v) / (high[k] - low[k])
			most, sum = max(most, d), sum+d
		}
	}
	return most + share*sum
}
