package env

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Evaluate evaluates and scores designs in one batch, one Info a point in order. A result whose score is not finite counts as failed, with the
// objective's error as the reason. An error means that the simulator is broken or that ctx ended.
func Evaluate(ctx context.Context, sim simulators.Simulator, o objective.Objective, points []space.Point) ([]Info, error) {
	broken := func(err error) error { return fmt.Errorf("env: %s: %w", sim.Spec().Name, err) }
	results, err := sim.Evaluate(ctx, points)
	if err != nil {
		return nil, broken(err)
	}
	if len(results) != len(points) {
		return nil, broken(fmt.Errorf("%d results for %d points", len(results), len(points)))
	}
	infos := make([]Info, len(points))
	for i, r := range results {
		score, err := o.Score(r)
		if err != nil {
			r = simulators.Failed(err.Error())
			if score, err = o.Score(r); err != nil {
				return nil, broken(err)
			}
		}
		infos[i] = Info{points[i], r, score}
	}
	return infos, nil
}
