package wrap

import (
	"context"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Repair evaluates the repaired points instead of those asked for (see simulators.Instance).
func Repair(repair func(space.Point) (space.Point, bool)) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator { return &repaired{next, repair} }
}

type repaired struct {
	simulators.Simulator
	repair func(space.Point) (space.Point, bool)
}

func (r *repaired) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	valid, own := points, false
	for i, p := range points {
		q, changed := r.repair(p)
		if !changed {
			continue
		}
		if !own {
			valid, own = slices.Clone(points), true
		}
		valid[i] = q
	}
	return r.Simulator.Evaluate(ctx, valid)
}
