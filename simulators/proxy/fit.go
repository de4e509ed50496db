package proxy

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// FitOptions are what fitting may be told. The zero value is the default.
type FitOptions struct {
	Metrics   []string     // keys of what to predict; none = all metrics of the table that vary
	Kind      regress.Kind // zero means boost
	Transform string       // of every target: "none", "log" or "boxcox"; empty = chosen by cross-validation
	Trees     int          // of boost and forest; zero means 400 and 100
	Seed      uint64
	Workers   int // goroutines; zero means 1; never changes the proxy
}

// The share of the rows that calibrates intervals: a fifth of few rows, at least 2000 of more, never less than a twentieth. With fewer rows than
// refitBelow the model is fitted again to all rows afterwards: its intervals are then a little too wide, never too narrow.
const (
	mostCalibration  = 0.2
	leastCalibration = 0.05
	calibrationRows  = 2000
	refitBelow       = 5000
)

// Fit learns a proxy. The proxy is a function of the table and the options.
func Fit(t *Table, o FitOptions) (*Proxy, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	f := newFile(t, o)
	e := newEncoding(t.Spec.Space, len(t.Tasks))
	all := regress.Data{Axes: e.axes}
	var groups []uint64
	feasible := make([]float64, len(t.Rows))
	var valued []int // rows with values
	for i, r := range t.Rows {
		all.X, groups = e.append(all.X, r.Point, r.Task), append(groups, r.Group)
		if !r.Infeasible {
			feasible[i], valued = 1, append(valued, i)
		}
	}
	if len(valued) < e.width {
		return nil, fmt.Errorf("proxy: %d feasible rows for %d features: need at least as many rows as features", len(valued), e.width)
	}
	metrics, err := o.targets(t, valued)
	if err != nil {
		return nil, err
	}
	learner := learner{t, o, e, valued, t.calibration(valued, o.Seed)}
	for _, m := range metrics {
		target, err := learner.target(m, all)
		if err != nil {
			return nil, err
		}
		f.Targets = append(f.Targets, target)
	}
	all.Y = feasible
	if f.Feasibility, err = fitClassifier(all, groups, o, seed.New(o.Seed, "proxy", "feasible")); err != nil {
		return nil, err
	}
	return open(f)
}

// targets are the indices of the metrics to predict.
func (o FitOptions) targets(t *Table, valued []int) ([]int, error) {
	constant := func(m int) bool {
		first := t.Rows[valued[0]].Values[m]
		return !slices.ContainsFunc(valued, func(i int) bool { return t.Rows[i].Values[m] != first })
	}
	keys := t.Spec.Keys()
	var list []int
	if len(o.Metrics) == 0 {
		for m := range keys {
			if !constant(m) {
				list = append(list, m)
			}
		}
		if len(list) == 0 {
			return nil, errors.New("proxy: every metric is constant: there is nothing to predict")
		}
		return list, nil
	}
	var errs []error
	for _, key := range o.Metrics {
		m := slices.Index(keys, key)
		if m < 0 {
			errs = append(errs, suggest.Unknown("metric", key, keys))
			continue
		}
		if constant(m) {
			errs = append(errs, fmt.Errorf("proxy: metric %s is %v in every row: a constant needs no proxy", key, t.Rows[valued[0]].Values[m]))
		}
		list = append(list, m)
	}
	return list, errors.Join(errs...)
}

// calibration tells which of the rows calibrate: whole groups, drawn by the seed.
func (t *Table) calibration(rows []int, root uint64) []bool {
	share := math.Min(mostCalibration, math.Max(leastCalibration, calibrationRows/float64(len(rows))))
	bySide := map[uint64]bool{}
	rng := seed.New(root, "proxy", "calibration")
	out := make([]bool, len(rows))
	for k, i := range rows {
		g := t.Rows[i].Group
		side, known := bySide[g]
		if !known {
			side = rng.Float64() < share
			bySide[g] = side
		}
		out[k] = side
	}
	return out
}

// learner fits the targets of one table.
type learner struct {
	table      *Table
	o          FitOptions
	encode     encoding
	valued     []int
	calibrates []bool // parallel to valued
}

// target learns one metric.
func (l *learner) target(metric int, all regress.Data) (Target, error) {
	m := l.table.Spec.Metrics[metric]
	wrap := func(err error) error { return fmt.Errorf("proxy: metric %s: %w", m.Key(), err) }
	rng := seed.New(l.o.Seed, "proxy", "fit", m.Key())
	d := all.With(l.valued, func(i int) float64 { return l.table.Rows[i].Values[metric] })
	groups := make([]uint64, len(l.valued))
	var in, out []int
	for k, i := range l.valued {
		groups[k] = l.table.Rows[i].Group
		if l.calibrates[k] {
			out = append(out, k)
		} else {
			in = append(in, k)
		}
	}
	options := regress.Options{Trees: l.o.Trees, Workers: l.o.Workers}
	transform, err := l.transform(d, groups, options)
	if err != nil {
		return Target{}, wrap(err)
	}
	t := Target{Name: m.Name, Unit: m.Unit, Doc: m.Doc, Kind: l.o.kind(), Transform: transform, HalfWidth: make([]float64, len(l.table.Tasks))}
	low, high := math.Inf(1), math.Inf(-1)
	for k, y := range d.Y {
		d.Y[k] = transform.Forward(y)
		low, high = min(low, d.Y[k]), max(high, d.Y[k])
	}
	t.Spread = high - low
	model, err := regress.Fit(l.o.kind(), d.Rows(in), options, rng)
	if err != nil {
		return Target{}, wrap(err)
	}
	l.calibrate(&t, model, d, out)
	if len(l.valued) < refitBelow {
		if model, err = regress.Fit(l.o.kind(), d, options, rng); err != nil {
			return Target{}, wrap(err)
		}
	}
	t.Model = regress.Encode(model)
	return t, nil
}

// transform is the one asked for, or the best.
func (l *learner) transform(d regress.Data, groups []uint64, o regress.Options) (regress.Transform, error) {
	if l.o.Transform == "" {
		return regress.ChooseTransform(l.o.kind(), d, groups, o, seed.New(l.o.Seed, "proxy", "transform"))
	}
	return regress.NamedTransform(l.o.Transform, d.Y)
}

// calibrate sets the half-widths of the intervals, task by task where a task has rows enough.
func (l *learner) calibrate(t *Target, m regress.Model, d regress.Data, rows []int) {
	test := d.Rows(rows)
	f := make([]float64, len(rows))
	m.Predict(test.X, f)
	residuals := make([][]float64, len(l.table.Tasks)+1)
	for i, k := range rows {
		task := l.table.Rows[l.valued[k]].Task
		e := f[i] - test.Y[i]
		residuals[task], residuals[len(residuals)-1] = append(residuals[task], e), append(residuals[len(residuals)-1], e)
	}
	learned := make([]bool, len(l.table.Tasks))
	for _, i := range l.valued {
		learned[l.table.Rows[i].Task] = true
	}
	for task := range t.HalfWidth {
		if !learned[task] { // a workload that no row is of
			t.HalfWidth[task] = t.Spread
			continue
		}
		of := residuals[task]
		if len(of) < leastResiduals {
			of = residuals[len(residuals)-1]
		}
		t.HalfWidth[task] = min(regress.HalfWidth(of, Cover), t.Spread)
	}
}

// leastResiduals is how many residuals a task needs for a half-width of its own.
const leastResiduals = 50

func (o FitOptions) kind() regress.Kind {
	if o.Kind == "" {
		return regress.Boost
	}
	return o.Kind
}
