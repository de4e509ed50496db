package soc

import (
	"context"
	"errors"
	"sync"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc"
)

// designs is a simulator of SoC designs: a space, and what a point of it stands for. It never changes but for the pool.
type designs struct {
	spec     simulators.Spec
	system   *soc.System
	measured []reading
	// decode writes the design of a point over d, or says why there is none.
	decode func(p space.Point, d *soc.Design) error
	// distance is how far a point that the model refuses is from a design; nil = 1.
	distance func(p space.Point) float64
	pool     sync.Pool // of *bench
}

// refusal is why a point stands for no design.
type refusal struct {
	reason    string
	violation float64
}

// bench is what an evaluation works with.
type bench struct {
	scratch soc.Scratch
	design  soc.Design
}

var _ simulators.Simulator = (*designs)(nil)

func newDesigns(spec simulators.Spec, system *soc.System, decode func(space.Point, *soc.Design) error) *designs {
	d := &designs{spec: spec, system: system, measured: readings(system), decode: decode}
	d.spec.Metrics = metricsOf(d.measured)
	d.pool.New = func() any { return new(bench) }
	return d
}

// Spec implements simulators.Simulator.
func (d *designs) Spec() simulators.Spec { return d.spec }

// Evaluate implements simulators.Simulator.
func (d *designs) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	b := d.pool.Get().(*bench)
	defer d.pool.Put(b)
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		results[i] = d.evaluate(p, b)
	}
	return results, nil
}

// evaluate is the result of one point.
func (d *designs) evaluate(p space.Point, b *bench) simulators.Result {
	r, refused := d.simulate(p, b)
	if refused != nil {
		return simulators.Infeasible(refused.reason, refused.violation)
	}
	return d.report(r)
}

// report is the metrics of a simulation.
func (d *designs) report(r *soc.Result) simulators.Result {
	values := make([]float64, len(d.measured))
	for i, m := range d.measured {
		values[i] = m.of(d.system, r)
	}
	return simulators.OK(values...)
}

// simulate runs the design of a point; the result is the bench's.
func (d *designs) simulate(p space.Point, b *bench) (*soc.Result, *refusal) {
	if err := d.decode(p, &b.design); err != nil {
		return nil, d.refused(p, err)
	}
	r, err := b.scratch.Simulate(d.system, &b.design)
	return r, d.refused(p, err)
}

// explain runs it and keeps what happens.
func (d *designs) explain(p space.Point, b *bench) (*soc.Result, *soc.Timeline, *refusal) {
	if err := d.decode(p, &b.design); err != nil {
		return nil, nil, d.refused(p, err)
	}
	r, t, err := b.scratch.Explain(d.system, &b.design)
	return r, t, d.refused(p, err)
}

// refused is an error of the model as a property of the design; nil stays nil.
func (d *designs) refused(p space.Point, err error) *refusal {
	switch {
	case err == nil:
		return nil
	case d.distance == nil:
		return &refusal{err.Error(), 1}
	}
	return &refusal{err.Error(), d.distance(p)}
}

// Detail explains a design: see the package documentation.
func (d *designs) Detail(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
	b := d.pool.Get().(*bench)
	defer d.pool.Put(b)
	r, t, refused := d.explain(p, b)
	if refused != nil {
		return nil, errors.New(refused.reason)
	}
	return artifacts(d.system, &b.design, r, t), nil
}
