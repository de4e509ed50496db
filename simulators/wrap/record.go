package wrap

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Recorder keeps evaluations: what a journal's writer implements.
type Recorder interface {
	// Record takes the next trial in ID order, without gaps. Point and result are only valid during the call. It is never called by two
	// goroutines at once, nor again after an error.
	Record(id int, p space.Point, r simulators.Result) error
}

// Record hands every evaluation to the recorder strictly in ID order. A trial that finishes before an earlier one waits, as a copy, until the
// gap is closed; when the earlier one ends with an error, it is not recorded, since a recorded run has no gaps. Replayed trials are not
// recorded again. An error of the recorder is the error of this call and of all later ones.
func Record(recorder Recorder) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator {
		return &record{Simulator: next, recorder: recorder, waiting: map[int]Evaluation{}}
	}
}

type record struct {
	simulators.Simulator
	counted trials

	mu       sync.Mutex
	recorder Recorder
	next     int                // the ID to record next
	waiting  map[int]Evaluation // finished trials above next
	err      error              // of the recorder
}

func (r *record) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	t := r.counted.of(ctx, len(points))
	results, err := evaluate(ctx, r.Simulator, points)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next = max(r.next, t.replayed)
	for k, result := range results {
		if err := r.add(t.first+k, points[k], result); err != nil {
			return nil, fmt.Errorf("record: %w", err)
		}
	}
	return results, nil
}

// add records a trial and those that waited for it, or lets it wait.
func (r *record) add(id int, p space.Point, result simulators.Result) error {
	if _, twice := r.waiting[id]; twice || id < r.next {
		return fmt.Errorf("trial %d was evaluated twice", id)
	}
	if id > r.next {
		r.waiting[id] = Evaluation{id, slices.Clone(p), clone(result)}
		return r.err
	}
	for e, ok := (Evaluation{id, p, result}), true; ok && r.err == nil; e, ok = r.waiting[r.next] {
		delete(r.waiting, r.next)
		r.err = r.recorder.Record(r.next, e.Point, e.Result)
		r.next++
	}
	return r.err
}

// clone is a result that shares no memory with r.
func clone(r simulators.Result) simulators.Result {
	r.Values = slices.Clone(r.Values)
	return r
}
