package simulators

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
)

// Narrow is the instance on only the named levels of the named axes (see space.Narrow): for scenarios that fix or narrow axes.
// Detail, Repair and Advise follow; a repair that leaves the narrow space is not applied, advice that does is not given.
func Narrow(in Instance, keep map[string][]string) (Instance, error) {
	if len(keep) == 0 {
		return in, nil
	}
	spec := in.Simulator.Spec()
	cut, err := space.Narrow(spec.Space, keep)
	if err != nil {
		return Instance{}, fmt.Errorf("%s: %w", spec.Name, err)
	}
	spec.Space = cut.Space
	out := Instance{Simulator: narrowed{in.Simulator, spec, cut}, Features: in.Features, About: in.About}
	if in.Detail != nil {
		out.Detail = func(ctx context.Context, p space.Point) ([]Artifact, error) { return in.Detail(ctx, cut.Wide(p)) }
	}
	if in.Repair != nil {
		out.Repair = func(p space.Point) (space.Point, bool) {
			wide, changed := in.Repair(cut.Wide(p))
			if !changed {
				return p, false
			}
			q, ok := cut.Narrow(wide)
			if !ok {
				return p, false
			}
			return q, true
		}
	}
	if in.Advise != nil {
		out.Advise = func(p space.Point) (kept []Advice) {
			var wide space.Point
			if p != nil {
				wide = cut.Wide(p)
			}
			for _, advice := range in.Advise(wide) {
				if q, ok := cut.Narrow(advice.Point); ok {
					advice.Point = q
					kept = append(kept, advice)
				}
			}
			return kept
		}
	}
	return out, nil
}

type narrowed struct {
	wide Simulator
	spec Spec
	cut  space.Narrowed
}

func (n narrowed) Spec() Spec { return n.spec }

func (n narrowed) Evaluate(ctx context.Context, points []space.Point) ([]Result, error) {
	wide := make([]space.Point, len(points))
	for i, p := range points {
		wide[i] = n.cut.Wide(p)
	}
	return n.wide.Evaluate(ctx, wide)
}
