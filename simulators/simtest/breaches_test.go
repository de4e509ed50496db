package simtest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// respecced is the toy with another spec.
func respecced(change func(*simulators.Spec)) simulators.Instance {
	in := toy()
	in.Simulator = &altered{Simulator: in.Simulator, spec: func(s simulators.Spec) simulators.Spec {
		s.Metrics = slices.Clone(s.Metrics)
		change(&s)
		return s
	}}
	return in
}

type evaluator = func(ctx context.Context, points []space.Point) ([]simulators.Result, error)

// reevaluated is the toy with another evaluation, made from the right one.
func reevaluated(change func(right evaluator) evaluator) simulators.Instance {
	in := toy()
	in.Simulator = &altered{Simulator: in.Simulator, evaluate: change(in.Simulator.Evaluate)}
	return in
}

// spoiled is the toy with its results changed by a function that also sees the point.
func spoiled(change func(p space.Point, r *simulators.Result)) simulators.Instance {
	return reevaluated(func(right evaluator) evaluator {
		return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
			results, err := right(ctx, points)
			for i := range results {
				change(points[i], &results[i])
			}
			return results, err
		}
	})
}

func repairing(repair func(space.Point) (space.Point, bool)) simulators.Instance {
	in := toy()
	in.Repair = repair
	return in
}

func advising(advise func(space.Point) []simulators.Advice) simulators.Instance {
	in := toy()
	in.Advise = advise
	return in
}

// counted advises another number of entries at each call.
func counted() func(space.Point) []simulators.Advice {
	calls := 0
	return func(space.Point) []simulators.Advice {
		calls++
		return []simulators.Advice{{Point: space.Point{calls % 4, 0, 0, 5}, About: "latency"}}
	}
}

func detailing(artifacts ...simulators.Artifact) simulators.Instance {
	in := toy()
	in.Detail = func(context.Context, space.Point) ([]simulators.Artifact, error) { return artifacts, nil }
	return in
}

// featuring is the toy with features.
func featuring(list ...simulators.Feature) simulators.Instance {
	in := toy()
	in.Features = func() []simulators.Feature { return list }
	return in
}

// growing is state that a simulator must not have.
type growing struct{ calls atomic.Int64 }

func (g *growing) change(s *simulators.Spec) { s.Doc = fmt.Sprint("call ", g.calls.Add(1)) }

func (g *growing) spoil(_ space.Point, r *simulators.Result) {
	if r.Values != nil {
		r.Values[0] += float64(g.calls.Add(1))
	}
}

// unreachable has an axis whose two conditions exclude each other.
func unreachable() simulators.Instance {
	return respecced(func(s *simulators.Spec) {
		nominal := func(name string, when ...space.Cond) space.Param {
			return space.Param{Name: name, Kind: space.Nominal, Labels: []string{"a", "b"}, When: when}
		}
		s.Space, _ = space.New(nominal("p"), nominal("q", space.Cond{Param: "p", In: []string{"a"}}, space.Cond{Param: "p", In: []string{"b"}}), nominal("r"), nominal("s"))
	})
}

// sharedScratch keeps the point that it evaluates where the next call overwrites it. The mutex and the yield make the loss visible without a
// data race, which -race would report before the clause does.
func sharedScratch() simulators.Instance {
	var mu sync.Mutex
	var scratch space.Point
	return reevaluated(func(right evaluator) evaluator {
		return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
			var results []simulators.Result
			for _, p := range points {
				mu.Lock()
				scratch = slices.Clone(p)
				mu.Unlock()
				runtime.Gosched()
				mu.Lock()
				one, err := right(ctx, []space.Point{scratch})
				mu.Unlock()
				if err != nil {
					return nil, err
				}
				results = append(results, one...)
			}
			return results, nil
		}
	})
}

// busy refuses a call while another one runs.
func busy() simulators.Instance {
	var running atomic.Int64
	return reevaluated(func(right evaluator) evaluator {
		return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
			defer running.Add(-1)
			if running.Add(1) > 1 {
				return nil, errors.New("one at a time")
			}
			runtime.Gosched()
			return right(ctx, points)
		}
	})
}

// forgetless answers from its last point when it is asked for it again, but keeps the caller's slice.
func forgetless() simulators.Instance {
	var last space.Point
	var told simulators.Result
	return reevaluated(func(right evaluator) evaluator {
		return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
			if len(points) == 1 && slices.Equal(points[0], last) {
				return clones([]simulators.Result{told}), nil
			}
			results, err := right(ctx, points)
			if len(points) == 1 {
				last, told = points[0], clones(results)[0]
			}
			return results, err
		}
	})
}

// memoising hands out the values that it keeps.
func memoising() simulators.Instance {
	kept := map[string]simulators.Result{}
	return reevaluated(func(right evaluator) evaluator {
		return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
			results := make([]simulators.Result, len(points))
			for i, p := range points {
				key := fmt.Sprint(p)
				if _, ok := kept[key]; !ok {
					one, err := right(ctx, points[i:i+1])
					if err != nil {
						return nil, err
					}
					kept[key] = one[0]
				}
				results[i] = kept[key]
				if slices.ContainsFunc(points[:i], func(q space.Point) bool { return slices.Equal(p, q) }) {
					results[i] = clones(results[i : i+1])[0]
				}
			}
			return results, nil
		}
	})
}

// rewriting uses the values of its last call as memory for the next one.
func rewriting() simulators.Instance {
	var last []simulators.Result
	return reevaluated(func(right evaluator) evaluator {
		return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
			results, err := right(ctx, points)
			for i := range min(len(last), len(results)) {
				copy(last[i].Values, results[i].Values)
			}
			last = results
			return slices.Clone(results), err
		}
	})
}
