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
	metrics []int        // of the table: that of each target; those asked for come first
	data    regress.Data // features of all rows
	groups  []uint64     // of the rows with values
	folds   []int        // of the rows with values
	turns   []uint64     // likewise: what thirds are taken by

	list  []Target
	of    []learned // each target
	bases []int     // targets with models of their own
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
	l.list = make([]Target, len(l.metrics))
	l.of = make([]learned, len(l.metrics))
	var factors []int // targets with models of their own, and with sums too
	auto := l.o.Kind == "" && l.o.Transform == ""
	sums := make([]*Sum, len(l.metrics))
	if auto {
		sums = l.sums()
	}
	for k, metric := range l.metrics {
		l.list[k] = l.target(metric)
		t := &l.list[k]
		t.Sum = sums[k]
		if auto && t.Sum == nil && !slices.ContainsFunc(sums, func(f *Sum) bool { return f != nil && slices.Contains(f.Metrics, k) }) {
			t.Product = l.law(metric, factors)
		}
		if t.Product == nil {
			factors = append(factors, k)
		}
		if !t.derived() {
			l.bases = append(l.bases, k)
		}
	}
	if err := l.models(l.list, l.bases); err != nil {
		return nil, err
	}
	if auto {
		for _, k := range l.bases {
			if err := l.overFloors(k); err != nil {
				return nil, fmt.Errorf("proxy: metric %s: %w", l.list[k].key(), err)
			}
		}
	}
	for k := range l.list {
		if l.list[k].Sum != nil {
			l.sum(&l.list[k], k)
		}
	}
	for k := range l.list {
		if l.list[k].Product != nil {
			l.product(&l.list[k], k)
		}
	}
	return l.list, nil
}

// target is a metric that is to be learned.
func (l *learner) target(metric int) Target {
	m := l.table.Spec.Metrics[metric]
	return Target{Name: m.Name, Unit: m.Unit, Doc: m.Doc}
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

// points are the designs of the rows with values.
func (l *learner) points() []space.Point {
	points := make([]space.Point, len(l.valued))
	for k, i := range l.valued {
		points[k] = l.table.Rows[i].Point
	}
	return points
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
