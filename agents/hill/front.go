package hill

import (
	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// startsPerObjective is how many designs a climb on several objectives begins with, together at most a quarter of the budget.
const startsPerObjective = 10

// startsOf is how many designs a climb begins with.
func startsOf(p agents.Problem) int {
	starts := startsPerObjective * p.Objectives
	if p.Budget > 0 {
		starts = min(starts, max(p.Budget/4, 1))
	}
	return starts
}

// front is the incumbents of a climb on several objectives.
type front = rank.Front[plan]

// plan is the moves from an incumbent.
type plan struct {
	listed bool        // moves is filled in
	moves  []vary.Move // not yet proposed, the next one last
}

// moveOfFront is the next unseen move from the incumbent that is best by newly drawn weights among those with moves left; false when none has any.
func (a *Agent) moveOfFront() (space.Point, bool) {
	for i := range a.weights {
		a.weights[i] = a.rng.ExpFloat64()
	}
	for {
		best := a.front.Nearest(a.weights, func(held rank.Held[plan]) bool { return !held.Known.listed || len(held.Known.moves) > 0 })
		if best < 0 {
			return nil, false
		}
		held := &a.front[best]
		if !held.Known.listed {
			held.Known.moves, held.Known.listed = a.appendMoves(nil, held.Trial.Point), true
		}
		if p, ok := a.move(&held.Known.moves, held.Trial.Point); ok {
			return p, true
		}
	}
}
