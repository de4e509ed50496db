package wrap

import (
	"context"
	"fmt"
	"path"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Isolate makes what goes wrong with one design a Failed result of that design alone: a panic, a value that is not a number, a result that
// breaks the contract. A batch that panics is evaluated again point by point, to find which one it was. An error of Evaluate and a wrong
// number of results stay errors: the whole simulator is broken.
//
// The reasons of failed and infeasible results leave it as valid UTF-8 of at most 4 KiB, a longer one cut with "…" at its end: journals and
// datasets keep them.
func Isolate() Wrapper {
	return func(next simulators.Simulator) simulators.Simulator { return &isolate{next, next.Spec()} }
}

type isolate struct {
	simulators.Simulator
	spec simulators.Spec
}

func (s *isolate) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results, caught, err := s.try(ctx, points)
	if caught != nil {
		return s.each(ctx, points, caught)
	}
	if err != nil {
		return nil, err
	}
	for i, r := range results {
		if err := s.spec.CheckResult(r); err != nil {
			r = simulators.Failed(fmt.Sprintf("%v: design %s", err, design(s.spec.Space, points[i])))
		}
		r.Failed, r.Infeasible = bounded(r.Failed), bounded(r.Infeasible)
		results[i] = r
	}
	return results, nil
}

// each evaluates the points of a batch that panicked alone; a batch of one has done so already.
func (s *isolate) each(ctx context.Context, points []space.Point, caught *panicked) ([]simulators.Result, error) {
	if len(points) == 1 {
		reason := fmt.Sprintf("panic: %v: design %s: at %s", caught.value, design(s.spec.Space, points[0]), caught.at)
		return []simulators.Result{simulators.Failed(bounded(reason))}, nil
	}
	results := make([]simulators.Result, len(points))
	for i := range points {
		one, err := s.Evaluate(ctx, points[i:i+1])
		if err != nil {
			return nil, err
		}
		results[i] = one[0]
	}
	return results, nil
}

// maxReason is the length of the longest reason in bytes.
const maxReason = 4096

// bounded is a reason made valid UTF-8 of at most maxReason bytes.
func bounded(reason string) string {
	valid := strings.ToValidUTF8(reason, "\uFFFD")
	if len(valid) <= maxReason {
		return valid
	}
	end := maxReason - len("…")
	for !utf8.RuneStart(valid[end]) {
		end--
	}
	return valid[:end] + "…"
}

func (s *isolate) try(ctx context.Context, points []space.Point) (results []simulators.Result, caught *panicked, err error) {
	defer func() {
		if value := recover(); value != nil {
			caught = catch(value)
		}
	}()
	results, err = evaluate(ctx, s.Simulator, points)
	return results, nil, err
}

// panicked is a recovered panic; Timeout carries one from the model's goroutine to its caller's.
type panicked struct {
	value any
	at    string // the functions on top of the stack, the innermost first
}

// catch keeps a recovered value with the place where it was thrown; call it from the deferred function that recovers.
func catch(value any) *panicked {
	if carried, ok := value.(*panicked); ok {
		return carried
	}
	var counters [32]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(3, counters[:])]) // from the deferred function's caller on: the runtime, then the place of the panic
	var places []string
	for more := true; more && len(places) < 3; {
		var f runtime.Frame
		if f, more = frames.Next(); !strings.HasPrefix(f.Function, "runtime.") {
			places = append(places, fmt.Sprintf("%s (%s:%d)", path.Base(f.Function), path.Base(f.File), f.Line))
		}
	}
	return &panicked{value, strings.Join(places, " < ")}
}
