package wrap

import (
	"context"
	"sync"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Pool is a number of worker slots: at most so many evaluations run at once in all stacks that share it. A stack that runs inside another
// one must not share its pool: the outer evaluation would hold the slot that the inner one waits for.
type Pool struct{ slots chan struct{} }

// NewPool is a pool of n slots; it panics when n is below 1.
func NewPool(n int) *Pool {
	if n < 1 {
		panic("wrap: a pool needs at least 1 slot")
	}
	return &Pool{make(chan struct{}, n)}
}

// Slots is the number of slots.
func (p *Pool) Slots() int { return cap(p.slots) }

// Parallel splits each batch into at most as many chunks as the pool has slots, of neighbouring points and of equal length up to one. A
// chunk runs when it has a slot; the first runs in the caller's goroutine, so that a batch of one starts none. Results are placed by
// index. The first error ends the other chunks' context and is returned when all have ended. A panic in a chunk ends the program: Isolate
// belongs below.
func Parallel(pool *Pool) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator { return &parallel{next, pool} }
}

type parallel struct {
	simulators.Simulator
	pool *Pool
}

func (p *parallel) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	chunks := min(len(points), p.pool.Slots())
	if chunks <= 1 {
		return p.chunk(ctx, points)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		once  sync.Once
		first error
		all   sync.WaitGroup
	)
	results := make([]simulators.Result, len(points))
	run := func(k int) {
		low, high := k*len(points)/chunks, (k+1)*len(points)/chunks
		got, err := p.chunk(ctx, points[low:high])
		if err != nil {
			once.Do(func() { first = err })
			cancel()
		}
		copy(results[low:high], got)
	}
	for k := 1; k < chunks; k++ {
		all.Go(func() { run(k) })
	}
	run(0)
	all.Wait()
	if first != nil {
		return nil, first
	}
	return results, nil
}

// chunk evaluates points in a slot of the pool.
func (p *parallel) chunk(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case p.pool.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-p.pool.slots }()
	return evaluate(ctx, p.Simulator, points)
}
