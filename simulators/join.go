package simulators

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// Join is several simulators as one: its space is the union of theirs by axis name, in order of first appearance, and its metrics are
// theirs side by side. An axis that several have must be declared alike, and metric keys must differ. A design is infeasible when it is for
// any part (reasons joined, violations added), failed when any part failed.
func Join(name, doc string, parts ...Simulator) (Simulator, error) {
	j := joined{parts: parts, axes: make([][]int, len(parts))}
	var params []space.Param
	var errs []error
	versions := make([]string, len(parts))
	seen := map[string]string{}
	for i, part := range parts {
		spec := part.Spec()
		versions[i] = spec.Name + "@" + spec.Version
		for _, p := range spec.Space.Params() {
			at := slices.IndexFunc(params, func(q space.Param) bool { return q.Name == p.Name })
			if at < 0 {
				at, params = len(params), append(params, p)
			} else if !reflect.DeepEqual(params[at], p) {
				errs = append(errs, fmt.Errorf("axis %q of %s differs from the one declared before: %s and %s", p.Name, spec.Name, p.Range(), params[at].Range()))
			}
			j.axes[i] = append(j.axes[i], at)
		}
		for _, m := range spec.Metrics {
			if other, dup := seen[m.Key()]; dup {
				errs = append(errs, fmt.Errorf("metric %q is reported by both %s and %s", m.Key(), other, spec.Name))
			}
			seen[m.Key()] = spec.Name
			j.spec.Metrics = append(j.spec.Metrics, m)
		}
	}
	s, err := space.New(params...)
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, fmt.Errorf("join %q: %w", name, err)
	}
	j.spec.Name, j.spec.Version, j.spec.Doc, j.spec.Space = name, strings.Join(versions, "+"), doc, s
	return j, nil
}

type joined struct {
	spec  Spec
	parts []Simulator
	axes  [][]int // part -> its axis -> axis of the union
}

func (j joined) Spec() Spec { return j.spec }

func (j joined) Evaluate(ctx context.Context, points []space.Point) ([]Result, error) {
	results := make([]Result, len(points))
	for i, part := range j.parts {
		got, err := evaluate(ctx, part, project(points, j.axes[i]))
		if err != nil {
			return nil, err
		}
		for k := range results {
			results[k] = merge(results[k], got[k])
		}
	}
	return results, nil
}

// evaluate calls a part; its errors and a wrong number of results name it.
func evaluate(ctx context.Context, part Simulator, points []space.Point) ([]Result, error) {
	results, err := part.Evaluate(ctx, points)
	if err == nil && len(results) != len(points) {
		err = fmt.Errorf("%d results for %d points", len(results), len(points))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", part.Spec().Name, err)
	}
	return results, nil
}

// project keeps the listed axes of every point, in the list's order.
func project(points []space.Point, axes []int) []space.Point {
	out := make([]space.Point, len(points))
	flat := make([]int, len(points)*len(axes))
	for i, p := range points {
		q := flat[i*len(axes) : (i+1)*len(axes) : (i+1)*len(axes)]
		for k, axis := range axes {
			q[k] = p[axis]
		}
		out[i] = q
	}
	return out
}

// merge is the result of two parts together; a failure outweighs infeasibility, which outweighs values.
func merge(a, b Result) Result {
	switch {
	case a.Failed != "" || b.Failed != "":
		return Failed(both(a.Failed, b.Failed))
	case a.Infeasible != "" || b.Infeasible != "":
		return Infeasible(both(a.Infeasible, b.Infeasible), a.Violation+b.Violation)
	}
	return OK(append(a.Values[:len(a.Values):len(a.Values)], b.Values...)...)
}

func both(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
