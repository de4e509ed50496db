package wrap

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Counter is what a meter and a clock count. It is safe for concurrent use, during evaluations too.
type Counter struct {
	evaluations, nanoseconds atomic.Int64
}

// Evaluations is the number of points whose evaluation ended without an error, cache hits included, replayed ones not.
func (c *Counter) Evaluations() int { return int(c.evaluations.Load()) }

// Time is the wall time spent below the clock, calls that ran at the same time added up.
func (c *Counter) Time() time.Duration { return time.Duration(c.nanoseconds.Load()) }

// LimitError says that a trial is above the meter's limit. Nothing of its batch was evaluated.
type LimitError struct {
	Trial int // the first refused trial
	Limit int // trials 0 … Limit-1 are allowed
}

// Error words the refusal.
func (e *LimitError) Error() string {
	return fmt.Sprintf("meter: trial %d is above the limit of %d trials", e.Trial, e.Limit)
}

// Meter counts evaluations. With a limit above 0 it refuses, with a LimitError, each batch that holds a trial ID at or above the limit;
// replayed trials count, since they have IDs too.
func Meter(counter *Counter, limit int) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator {
		return &meter{Simulator: next, counter: counter, limit: limit}
	}
}

type meter struct {
	simulators.Simulator
	counted trials
	counter *Counter
	limit   int
}

func (m *meter) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	t := m.counted.of(ctx, len(points))
	if m.limit > 0 && t.first+len(points) > m.limit {
		return nil, &LimitError{Trial: max(t.first, m.limit), Limit: m.limit}
	}
	results, err := m.Simulator.Evaluate(ctx, points)
	if err == nil {
		m.counter.evaluations.Add(int64(len(results)))
	}
	return results, err
}
