package wrap

import (
	"context"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Clock adds the time spent below to the counter. It belongs below Cache and Parallel: what waits for a slot, or for another study that evaluates the
// same design, costs nothing.
func Clock(counter *Counter) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator { return &clock{next, counter} }
}

type clock struct {
	simulators.Simulator
	counter *Counter
}

func (c *clock) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	start := time.Now()
	results, err := c.Simulator.Evaluate(ctx, points)
	c.counter.nanoseconds.Add(int64(time.Since(start)))
	return results, err
}
