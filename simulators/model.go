package simulators

import (
	"context"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
)

// Model declares a simulator over a typed configuration C: the axes are fields of C, and one pure function evaluates a C.
type Model[C any] struct {
	Name, Version, Doc string // as in Spec
	Metrics            []Metric
	Fields             []Field[C] // the axes in order
	Base               C          // what Eval sees where no field sets it: the scenario
	// Eval is pure and safe for concurrent use; it returns OK with one value a metric, or Infeasible. A panic is a programmer's error that
	// wrap.Isolate turns into a Failed result. The configuration is Eval's own copy, but what Base points to is shared and read-only.
	Eval func(ctx context.Context, c C) Result
}

// Built is a Model made ready: a Simulator that can also show the configuration of a point.
type Built[C any] struct {
	spec   Spec
	base   C
	fields []Field[C]
	eval   func(context.Context, C) Result
}

// Build checks the declaration. Every mistake is reported at once.
func (m Model[C]) Build() (*Built[C], error) {
	var errs []error
	bad := func(missing bool, what string) {
		if missing {
			errs = append(errs, errors.New(what))
		}
	}
	bad(m.Name == "", "the model has no name")
	bad(m.Version == "", "the model has no version")
	bad(m.Eval == nil, "the model has no Eval function")
	errs = append(errs, CheckMetrics(m.Metrics))
	params := make([]space.Param, len(m.Fields))
	for i, f := range m.Fields {
		params[i] = f.Param
		bad(f.Set == nil, fmt.Sprintf("axis %q sets no field", f.Param.Name))
	}
	s, err := space.New(params...)
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, fmt.Errorf("model %q: %w", m.Name, err)
	}
	return &Built[C]{spec: Spec{m.Name, m.Version, m.Doc, s, m.Metrics}, base: m.Base, fields: m.Fields, eval: m.Eval}, nil
}

// Spec is the simulator's specification.
func (b *Built[C]) Spec() Spec { return b.spec }

// Config is the configuration that a canonical point stands for: Base with the fields of the active axes set.
func (b *Built[C]) Config(p space.Point) C {
	c := b.base
	for axis, f := range b.fields {
		if b.spec.Space.Active(p, axis) {
			f.Set(&c, p[axis])
		}
	}
	return c
}

// Evaluate evaluates the points one after the other; it ends early only when ctx does.
func (b *Built[C]) Evaluate(ctx context.Context, points []space.Point) ([]Result, error) {
	results := make([]Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		results[i] = b.eval(ctx, b.Config(p))
	}
	return results, nil
}
