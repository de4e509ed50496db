package wrap

import (
	"context"
	"sync/atomic"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// WithTrial marks the batches evaluated under ctx: the k-th point of a batch is trial first+k. IDs of one stack start at 0 and have no gap,
// and each is asked for once. The mark is for the outermost Stack: the model, and stacks inside it, do not see it.
func WithTrial(ctx context.Context, first int) context.Context {
	return context.WithValue(ctx, trialKey{}, trial{first: first})
}

// TrialOf is the number of the first point of a batch, for a simulator that Options.Marked lets see it; false where the batch is not of a study.
func TrialOf(ctx context.Context) (first int, ok bool) {
	t, ok := ctx.Value(trialKey{}).(trial)
	return t.first, ok
}

type trialKey struct{}

// trial says which trials a batch holds.
type trial struct {
	first    int // the ID of the batch's first point
	replayed int // IDs below it were served by Replay and never reach Record
}

// trials numbers the batches of one wrapper: as the context says, else by counting.
type trials struct{ next atomic.Int64 }

func (c *trials) of(ctx context.Context, points int) trial {
	if t, ok := ctx.Value(trialKey{}).(trial); ok {
		return t
	}
	return trial{first: int(c.next.Add(int64(points))) - points}
}

// unmarked hides the mark from the model, which may hold stacks of its own: their trials are others.
type unmarked struct{ simulators.Simulator }

func (u unmarked) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	if ctx.Value(trialKey{}) != nil {
		ctx = context.WithValue(ctx, trialKey{}, nil)
	}
	return u.Simulator.Evaluate(ctx, points)
}
