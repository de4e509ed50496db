package wrap

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Timeout fails the points whose evaluation takes longer than the limit. A batch of n points has n times the limit; when it takes longer,
// its points are evaluated again one by one with the limit each, so that only the slow ones fail.
//
// The context of the evaluation ends with the limit. A model that ignores it is abandoned: a goroutine cannot be killed, so a model that
// hangs keeps its goroutine, its memory and, when it computes, a processor until the program ends. A limit of 0 or less is none and
// costs nothing; else a call costs the hand-over to a parked goroutine and back, about 1 µs (2.2 µs an evaluation in all, where a new
// goroutine and a context with a timer took 4.4 µs: BenchmarkFacade). As many goroutines run as there are calls at once; at most 64 stay
// parked between calls, and one that was not called for a second ends. So a synctest bubble must go on for a second after its last call.
func Timeout(limit time.Duration) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator {
		if limit <= 0 {
			return next
		}
		return &timeout{Simulator: next, space: next.Spec().Space, limit: limit}
	}
}

// timeoutPrefix begins the reason of a point that the limit ended.
const timeoutPrefix = "timeout after "

// TimedOut tells whether a result failed by a Timeout: such a result depends on the machine.
func TimedOut(r simulators.Result) bool { return strings.HasPrefix(r.Failed, timeoutPrefix) }

type timeout struct {
	simulators.Simulator
	space   space.Space
	limit   time.Duration
	workers workers
}

func (t *timeout) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	if len(points) == 0 {
		return t.Simulator.Evaluate(ctx, points)
	}
	results, late, err := t.within(ctx, points)
	if !late {
		return results, err
	}
	if len(points) == 1 {
		return []simulators.Result{simulators.Failed(fmt.Sprintf("%s%v: design %s", timeoutPrefix, t.limit, design(t.space, points[0])))}, nil
	}
	results = make([]simulators.Result, len(points))
	for i := range points {
		one, err := t.Evaluate(ctx, points[i:i+1])
		if err != nil {
			return nil, err
		}
		results[i] = one[0]
	}
	return results, nil
}

// within evaluates in a worker and waits for n times the limit; late tells that it took longer. A panic goes on here.
func (t *timeout) within(ctx context.Context, points []space.Point) (results []simulators.Result, late bool, err error) {
	began := time.Now()
	limited := &limited{Context: ctx, deadline: began.Add(t.limit * time.Duration(len(points)))}
	w := t.workers.start(t.Simulator, limited, points)
	select {
	case late = <-w.events:
	case <-ctx.Done():
		limited.end(ctx.Err())
		t.workers.abandon(w)
		return nil, false, ctx.Err()
	}
	if late {
		limited.end(context.DeadlineExceeded)
		t.workers.abandon(w)
		return nil, ctx.Err() == nil, ctx.Err()
	}
	limited.end(context.Canceled)
	a := w.answer
	t.workers.park(w, began)
	switch {
	case a.caught != nil:
		panic(a.caught)
	case a.err != nil && (ctx.Err() != nil || !time.Now().Before(limited.deadline)): // the model noticed the end first
		return nil, ctx.Err() == nil, ctx.Err()
	}
	return a.results, false, a.err
}

// limited is the context of one evaluation: the caller's with a deadline. Whoever waits for the evaluation ends it; so it needs, unlike
// context.WithTimeout's, no timer of its own and no channel until somebody asks for Done.
type limited struct {
	context.Context
	deadline time.Time

	mu   sync.Mutex
	err  error
	done chan struct{} // made when it is first asked for
}

func (l *limited) end(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = err
	if l.done != nil {
		close(l.done)
	}
}

// Deadline implements context.Context.
func (l *limited) Deadline() (time.Time, bool) {
	if earlier, ok := l.Context.Deadline(); ok && earlier.Before(l.deadline) {
		return earlier, true
	}
	return l.deadline, true
}

// Done implements context.Context.
func (l *limited) Done() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.done == nil {
		l.done = make(chan struct{})
		if l.err != nil {
			close(l.done)
		}
	}
	return l.done
}

// Err implements context.Context.
func (l *limited) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
