package simulators

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
)

// NotEvaluated ends the reason of a design for which a staged simulator skipped its costly part, so that reports can count what was saved.
const NotEvaluated = " was not evaluated"

// Stage evaluates first, and second only for the designs whose first result was evaluated and passes: it skips the costly part for designs
// that the cheap one already rules out. Spaces and metrics unite as in Join. A design that does not pass is infeasible with that reason and
// an unknown violation.
func Stage(first, second Simulator, pass func(Result) bool) (Simulator, error) {
	name := first.Spec().Name + "+" + second.Spec().Name
	all, err := Join(name, first.Spec().Doc, first, second)
	if err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	return staged{all.(joined), pass}, nil
}

type staged struct {
	joined
	pass func(Result) bool
}

func (s staged) Evaluate(ctx context.Context, points []space.Point) ([]Result, error) {
	first, second := s.parts[0], s.parts[1]
	results, err := evaluate(ctx, first, project(points, s.axes[0]))
	if err != nil {
		return nil, err
	}
	var at []int
	var passed []space.Point
	for i, r := range results {
		switch {
		case r.Values == nil:
		case s.pass(r):
			at, passed = append(at, i), append(passed, points[i])
		default:
			results[i] = Infeasible(fmt.Sprintf("does not pass %s: %s", first.Spec().Name, second.Spec().Name)+NotEvaluated, 0)
		}
	}
	if len(passed) == 0 {
		return results, nil
	}
	more, err := evaluate(ctx, second, project(passed, s.axes[1]))
	if err != nil {
		return nil, err
	}
	for k, i := range at {
		results[i] = merge(results[i], more[k])
	}
	return results, nil
}
