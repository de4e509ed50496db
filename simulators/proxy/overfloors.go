package proxy

import (
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// overFloors learns the logarithm of a target over its floors, and keeps that where it is better.
func (l *learner) overFloors(k int) error {
	if l.of[k].used || !(l.of[k].off > offTarget) {
		return nil
	}
	d := l.values(k)
	for _, y := range d.Y {
		if !(y > 0) {
			return nil
		}
	}
	asked := len(l.list)
	others := l.floorMetrics(k)
	floors := l.floors(l.metrics[k], others)
	if len(floors) == 0 {
		l.forget(asked)
		return nil
	}
	beside := besides(floors)
	train, judged := l.wide(d, floors, beside)
	o := regress.Options{Trees: l.o.Trees, Fine: fineOverFloors, Workers: l.o.Workers}
	model, residuals, err := l.fit(regress.Boost, train.Data, judged.Data, o, seed.New(l.o.Seed, "proxy", "floors", l.list[k].key()))
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
		l.forget(asked)
		return nil
	}
	l.of[k].roofed = true
	for _, of := range beside {
		l.of[of].used = true
	}
	l.forget(asked)
	t := &l.list[k]
	t.Kind, t.Transform, t.Floors, t.Beside, t.Model = regress.Boost, log, floors, beside, regress.Encode(model)
	l.calibrate(t, z, residuals)
	return nil
}

// mostUnasked bounds the metrics that are tried beside those asked for, for each of these.
const mostUnasked = 3

// floorMetrics are the targets that floors of target k may be made of: those that are predicted well. Where it is not predicted well itself, and more rows are near a product of a
// metric that was not asked for and can be predicted well, this is learned as the last target; forget takes it away again.
func (l *learner) floorMetrics(k int) []int {
	var list []int
	for _, b := range l.bases {
		if b != k && !l.of[b].roofed && l.of[b].off < offFloor {
			list = append(list, b)
		}
	}
	if l.of[k].off < offFloor {
		return list
	}
	rows := l.valued[:min(len(l.valued), floorRows)]
	_, near := l.floorProduct(l.metrics[k], rows, list)
	every := learner{table: l.table, valued: l.valued, metrics: all(len(l.table.Spec.Metrics))} // its targets are the metrics of the table
	others := slices.DeleteFunc(slices.Clone(every.metrics), func(m int) bool {
		// what the target is a law of is as hard to predict as it is
		return slices.Contains(l.metrics, m) || l.table.constant(m, l.valued) || every.law(l.metrics[k], []int{m}) != nil
	})
	for range mostUnasked {
		f, nearer := every.floorProduct(l.metrics[k], rows, others)
		if nearer < leastNear || nearer <= near {
			break
		}
		metric, last := f.Metrics[0].Of, len(l.list)
		l.metrics, l.list, l.of = append(l.metrics, metric), append(l.list, l.target(metric)), append(l.of, learned{})
		// one that cannot be learned, as it is the same in some fold, is none to predict well
		if err := l.model(&l.list[last], last, max(l.o.Workers, 1)); err == nil && l.of[last].off < offFloor {
			return append(list, last)
		}
		l.forget(last)
		others = slices.DeleteFunc(others, func(m int) bool { return m == metric })
	}
	return list
}

// forget takes the target behind the first n away, which was not asked for, unless a floor is made of it: further ones may then be too.
func (l *learner) forget(n int) {
	if n == len(l.list) {
		return
	}
	if l.of[n].used {
		l.bases = append(l.bases, n)
		return
	}
	l.metrics, l.list, l.of = l.metrics[:n], l.list[:n], l.of[:n]
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
