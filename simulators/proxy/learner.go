package proxy

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/simulators"
)

// learner fits the targets of one table.
type learner struct {
	table   *Table
	o       FitOptions
	valued  []int        // rows with values
	metrics []int        // of the table: that of each target
	data    regress.Data // features of all rows
	groups  []uint64     // of the rows with values
	folds   []int        // of the rows with values

	of []learned // each target
}

// learned is what a target's model says of the rows with values.
type learned struct {
	fitted []float64 // by the model that stays
	honest []float64 // by one that has not learned from the row; NaN where there is none
	off    float64   // root of the mean squared honest error over the mean of the metric
	used   bool      // a floor is made of it
	roofed bool      // it is over floors itself, and none is made of it
}

// When floors are tried, unless the kind of model is given.
const (
	offTarget = 0.005 // a metric that is predicted no better
	offFloor  = 0.02  // on metrics that are predicted better

	worthFloors = 0.8 // times the error without them, or less: models over floors have no tables

	fineOverFloors = 3 // regress.Options.Fine: what is left over the floors is small and uneven
)

// targets fits every metric: first those that are no products of ones before them.
func (l *learner) targets() ([]Target, error) {
	list := make([]Target, len(l.metrics))
	l.of = make([]learned, len(l.metrics))
	var bases, factors []int // targets with models of their own, and with sums too
	auto := l.o.Kind == "" && l.o.Transform == ""
	sums := make([]*Sum, len(l.metrics))
	if auto {
		sums = l.sums()
	}
	for k, metric := range l.metrics {
		m := l.table.Spec.Metrics[metric]
		list[k] = Target{Name: m.Name, Unit: m.Unit, Doc: m.Doc, Sum: sums[k]}
		if auto && list[k].Sum == nil && !slices.ContainsFunc(sums, func(f *Sum) bool { return f != nil && slices.Contains(f.Metrics, k) }) {
			list[k].Product = l.law(metric, factors)
		}
		if list[k].Product == nil {
			factors = append(factors, k)
		}
		if list[k].derived() {
			continue
		}
		bases = append(bases, k)
	}
	if err := l.models(list, bases); err != nil {
		return nil, err
	}
	if auto {
		for _, k := range bases {
			if err := l.overFloors(&list[k], k, bases); err != nil {
				return nil, fmt.Errorf("proxy: metric %s: %w", l.table.Spec.Metrics[l.metrics[k]].Key(), err)
			}
		}
	}
	for k := range list {
		if list[k].Sum != nil {
			l.sum(&list[k], k)
		}
	}
	for k := range list {
		if list[k].Product != nil {
			l.product(&list[k], k)
		}
	}
	return list, nil
}

// values are the metric of a target in the rows with values.
func (l *learner) values(target int) regress.Data {
	return l.data.With(l.valued, func(i int) float64 { return l.table.Rows[i].Values[l.metrics[target]] })
}

// models learns the targets that have models of their own, as many at once as there are workers.
func (l *learner) models(list []Target, bases []int) error {
	workers := max(l.o.Workers, 1)
	atOnce := max(min(workers, len(bases)), 1)
	errs := make([]error, len(bases))
	var group sync.WaitGroup
	for worker := range atOnce {
		group.Go(func() {
			for i := worker; i < len(bases); i += atOnce {
				k := bases[i]
				if err := l.model(&list[k], k, workers/atOnce); err != nil {
					errs[i] = fmt.Errorf("proxy: metric %s: %w", list[k].key(), err)
				}
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// model learns a target by its features alone.
func (l *learner) model(t *Target, k, workers int) error {
	d := l.values(k)
	o := regress.Options{Trees: l.o.Trees, Workers: workers}
	kind, transform, err := l.choose(d, o)
	if err != nil {
		return err
	}
	t.Kind, t.Transform = kind, transform
	y := d.Y
	d.Y = make([]float64, len(y))
	for i, v := range y {
		d.Y[i] = transform.Forward(v)
	}
	model, residuals, err := l.fit(kind, d, d, o, seed.New(l.o.Seed, "proxy", "fit", t.key()))
	if err != nil {
		return err
	}
	t.Model = regress.Encode(model)
	l.calibrate(t, d.Y, residuals)
	f := make([]float64, len(y))
	model.Predict(d.X, f)
	l.keep(k, transform, d.Y, f, residuals)
	return nil
}

func (t *Target) key() string { return simulators.Metric{Name: t.Name, Unit: t.Unit}.Key() }

// keep remembers what a target's model says of the rows; z are the transformed values, f the model's.
func (l *learner) keep(k int, transform regress.Transform, z, f []float64, residuals []residual) {
	of := learned{fitted: f, honest: make([]float64, len(z)), used: l.of[k].used}
	for i := range f {
		f[i], of.honest[i] = transform.Inverse(f[i]), math.NaN()
	}
	mean, squares := 0.0, 0.0
	for _, r := range residuals {
		y := transform.Inverse(z[r.row])
		of.honest[r.row] = transform.Inverse(z[r.row] + r.error)
		mean, squares = mean+y, squares+(of.honest[r.row]-y)*(of.honest[r.row]-y)
	}
	n := float64(len(residuals))
	of.off = math.Sqrt(squares/n) / math.Abs(mean/n)
	l.of[k] = of
}

// calibrate makes the intervals of a target; z are the transformed values.
func (l *learner) calibrate(t *Target, z []float64, residuals []residual) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range z {
		low, high = min(low, v), max(high, v)
	}
	t.Spread = high - low
	t.HalfWidth = l.halfWidths(residuals, t.Spread)
}

// overFloors learns the logarithm of a target over its floors, and keeps that where it is better.
func (l *learner) overFloors(t *Target, k int, bases []int) error {
	if l.of[k].used || !(l.of[k].off > offTarget) {
		return nil
	}
	d := l.values(k)
	for _, y := range d.Y {
		if !(y > 0) {
			return nil
		}
	}
	var others []int
	for _, b := range bases {
		if b != k && !l.of[b].roofed && l.of[b].off < offFloor {
			others = append(others, b)
		}
	}
	floors := l.floors(l.metrics[k], others)
	if len(floors) == 0 {
		return nil
	}
	beside := besides(floors)
	train, judged := l.wide(d, floors, beside)
	o := regress.Options{Trees: l.o.Trees, Fine: fineOverFloors, Workers: l.o.Workers}
	model, residuals, err := l.fit(regress.Boost, train.Data, judged.Data, o, seed.New(l.o.Seed, "proxy", "floors", t.key()))
	if err != nil {
		return err
	}
	z, f := make([]float64, len(d.Y)), make([]float64, len(d.Y))
	model.Predict(train.X, f)
	for i, y := range d.Y {
		z[i] = math.Log(y)
		f[i] += train.roofs[i]
	}
	for i, r := range residuals {
		residuals[i].error = (r.error + train.Y[r.row] + judged.roofs[r.row]) - z[r.row]
	}
	before, log := l.of[k], regress.Transform{Name: regress.Log}
	l.keep(k, log, z, f, residuals)
	if l.of[k].off >= worthFloors*before.off {
		l.of[k] = before
		return nil
	}
	l.of[k].roofed = true
	for _, of := range beside {
		l.of[of].used = true
	}
	t.Kind, t.Transform, t.Floors, t.Beside, t.Model = regress.Boost, log, floors, beside, regress.Encode(model)
	l.calibrate(t, z, residuals)
	return nil
}

// points are the designs of the rows with values.
func (l *learner) points() []space.Point {
	points := make([]space.Point, len(l.valued))
	for k, i := range l.valued {
		points[k] = l.table.Rows[i].Point
	}
	return points
}

// roofed is rows whose target is a logarithm over that of the greatest floor.
type roofed struct {
	regress.Data
	roofs []float64
}

// wide makes the rows that a model over floors learns from, and those that judge it: in these the other metrics are told by models that do not know the row.
func (l *learner) wide(d regress.Data, floors []Floor, beside []int) (train, judged roofed) {
	points := l.points()
	rows := func(says func(of *learned, design int) float64) roofed {
		x, roofs := appendFloors(floors, beside, l.table.Spec.Space, points, d.X, d.Features(), func(target, design int) float64 { return says(&l.of[target], design) })
		out := regress.Data{Axes: append([]int(nil), d.Axes...), X: x}
		for range len(floors) + len(beside) {
			out.Axes = append(out.Axes, 1)
		}
		for i, y := range d.Y {
			out.Y = append(out.Y, math.Log(y)-roofs[i])
		}
		return roofed{out, roofs}
	}
	train = rows(func(of *learned, i int) float64 { return of.fitted[i] })
	judged = rows(func(of *learned, i int) float64 {
		if v := of.honest[i]; v == v {
			return v
		}
		return of.fitted[i]
	})
	return train, judged
}

// product makes the intervals of a target that is a product of others.
func (l *learner) product(t *Target, k int) {
	points := l.points()
	z := make([]float64, len(points))
	of := learned{honest: make([]float64, len(points))}
	var residuals []residual
	for i, p := range points {
		y := l.table.Rows[l.valued[i]].Values[l.metrics[k]]
		z[i] = math.Log(y)
		says := t.Product.value(l.table.Spec.Space, p, func(target int) float64 { return l.of[target].honest[i] })
		of.honest[i] = says
		if says > 0 { // false for NaN: no model that does not know the row
			residuals = append(residuals, residual{i, math.Log(says) - z[i]})
		}
	}
	l.of[k] = of
	t.Kind, t.Transform = lawKind, regress.Transform{Name: regress.Log}
	l.calibrate(t, z, residuals)
}

// sum makes the intervals of a target that is a sum of others.
func (l *learner) sum(t *Target, k int) {
	y := l.values(k).Y
	of := learned{fitted: make([]float64, len(y)), honest: make([]float64, len(y))}
	var residuals []residual
	for i := range y {
		of.fitted[i] = t.Sum.value(func(target int) float64 { return l.of[target].fitted[i] })
		of.honest[i] = t.Sum.value(func(target int) float64 { return l.of[target].honest[i] })
		if error := of.honest[i] - y[i]; error == error {
			residuals = append(residuals, residual{i, error})
		}
	}
	l.of[k], t.Kind = of, sumKind
	l.calibrate(t, y, residuals)
}

// What a file says of a target that is a product or a sum of others.
const (
	lawKind regress.Kind = "product"
	sumKind regress.Kind = "sum"
)
