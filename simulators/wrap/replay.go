package wrap

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Evaluation is one recorded trial.
type Evaluation struct {
	ID     int
	Point  space.Point // as it was asked
	Result simulators.Result
}

// Tape is a recorded run, read once from its start: what a journal's reader implements.
type Tape interface {
	// Next is the next trial in ID order: 0, 1, …; false after the last. Point and result belong to the caller. It is never called by two
	// goroutines at once, nor again after the end or an error.
	Next() (Evaluation, bool, error)
}

// Replay serves the tape's results to the first trials and passes the others on. A point that differs from the recorded one is an error:
// the run that asks is not the run that was recorded. What is read ahead of its call waits in memory.
func Replay(tape Tape) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator {
		return &replay{Simulator: next, spec: next.Spec(), tape: tape, ahead: map[int]Evaluation{}}
	}
}

type replay struct {
	simulators.Simulator
	spec    simulators.Spec
	counted trials

	mu    sync.Mutex
	tape  Tape
	read  int                // trials read so far: the next ID on the tape
	ahead map[int]Evaluation // read for a later trial of another call, not asked yet
	ended bool
	err   error // what ended the tape early
}

func (r *replay) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	t := r.counted.of(ctx, len(points))
	served, t, err := r.serve(t, points)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	if len(served) == len(points) {
		return served, nil
	}
	fresh, err := evaluate(context.WithValue(ctx, trialKey{}, t), r.Simulator, points[len(served):])
	if err != nil || len(served) == 0 {
		return fresh, err
	}
	return append(served, fresh...), nil
}

// serve returns the recorded results of the first points, and which trials the others are.
func (r *replay) serve(t trial, points []space.Point) ([]simulators.Result, trial, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var served []simulators.Result
	for _, p := range points {
		entry, ok, err := r.take(t.first)
		if err != nil {
			return nil, t, err
		}
		if !ok {
			break
		}
		if !slices.Equal(entry.Point, p) {
			return nil, t, fmt.Errorf("trial %d asks for the design %s, the recorded run for %s: the file, the binary or the seed differs from the recorded run",
				t.first, design(r.spec.Space, p), design(r.spec.Space, entry.Point))
		}
		if err := r.spec.CheckResult(entry.Result); err != nil {
			return nil, t, fmt.Errorf("trial %d: the recorded result is not one of %s@%s: %w", t.first, r.spec.Name, r.spec.Version, err)
		}
		served = append(served, entry.Result)
		t.first++
	}
	t.replayed = r.read
	return served, t, nil
}

// take is the recorded trial; false when the tape ended before it.
func (r *replay) take(id int) (Evaluation, bool, error) {
	for r.err == nil && !r.ended && r.read <= id {
		entry, ok, err := r.tape.Next()
		switch {
		case err != nil:
			r.err = fmt.Errorf("trial %d: %w", r.read, err)
		case !ok:
			r.ended = true
		case entry.ID != r.read:
			r.err = fmt.Errorf("the tape holds trial %d where trial %d must follow", entry.ID, r.read)
		default:
			r.ahead[r.read] = entry
			r.read++
		}
	}
	if r.err != nil {
		return Evaluation{}, false, r.err
	}
	if id >= r.read {
		return Evaluation{}, false, nil
	}
	entry, ok := r.ahead[id]
	if !ok {
		return Evaluation{}, false, fmt.Errorf("trial %d was asked for twice", id)
	}
	delete(r.ahead, id)
	return entry, true, nil
}
