package wrap

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Timeout fails the points whose evaluation takes longer than the limit. A batch of n points has n times the limit; when it takes longer,
// its points are evaluated again one by one with the limit each, so that only the slow ones fail.
//
// The context of the evaluation ends with the limit. A model that ignores it is abandoned: a goroutine cannot be killed, so a model that
// hangs keeps its goroutine, its memory and, when it computes, a processor until the program ends. A limit of 0 or less is none and
// costs nothing; else a call costs the hand-over to a goroutine and back, about 3 µs (BenchmarkFacade).
func Timeout(limit time.Duration) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator {
		if limit <= 0 {
			return next
		}
		return &timeout{next, next.Spec().Space, limit}
	}
}

// timeoutPrefix begins the reason of a point that the limit ended.
const timeoutPrefix = "timeout after "

// TimedOut tells whether a result failed by a Timeout: such a result depends on the machine.
func TimedOut(r simulators.Result) bool { return strings.HasPrefix(r.Failed, timeoutPrefix) }

type timeout struct {
	simulators.Simulator
	space space.Space
	limit time.Duration
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

// answer is what an evaluation in its own goroutine gave.
type answer struct {
	results []simulators.Result
	err     error
	caught  *panicked
}

// within evaluates in a goroutine of its own and waits for n times the limit; late tells that it took longer. A panic goes on here.
func (t *timeout) within(ctx context.Context, points []space.Point) (results []simulators.Result, late bool, err error) {
	limited, cancel := context.WithTimeout(ctx, t.limit*time.Duration(len(points)))
	defer cancel()
	own := copied(points) // an abandoned model may read them after the caller's call has ended
	answered := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if value := recover(); value != nil {
				a.caught = catch(value)
			}
			answered <- a
		}()
		a.results, a.err = evaluate(limited, t.Simulator, own)
	}()
	select {
	case a := <-answered:
		if a.caught != nil {
			panic(a.caught)
		}
		if a.err == nil || limited.Err() == nil {
			return a.results, false, a.err
		}
	case <-limited.Done():
	}
	return nil, ctx.Err() == nil, ctx.Err()
}

// copied is the points in memory of their own.
func copied(points []space.Point) []space.Point {
	own := make([]space.Point, len(points))
	flat := make([]int, 0, len(points)*len(points[0]))
	for i, p := range points {
		start := len(flat)
		flat = append(flat, p...)
		own[i] = flat[start:len(flat):len(flat)]
	}
	return own
}
