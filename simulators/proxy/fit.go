package proxy

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
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

// Residuals of rows that the model has not learned from make the intervals. With fewer rows than crossBelow they are those of cross-validation in so many folds,
// and the model is then fitted to all rows; of more rows, for the time that it takes, a share calibrates and the model is fitted to the others.
const (
	crossBelow      = 50_000
	crossFolds      = 5
	calibrationFrac = 0.1
)

// ErrTooFew is the cause of the error about a table that has fewer rows than features.
var ErrTooFew = errors.New("proxy: too few rows")

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
		return nil, fmt.Errorf("%w: %d feasible rows for %d features: need at least as many rows as features", ErrTooFew, len(valued), e.width)
	}
	metrics, err := o.targets(t, valued)
	if err != nil {
		return nil, err
	}
	learner := learner{t, o, valued}
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

// learner fits the targets of one table.
type learner struct {
	table  *Table
	o      FitOptions
	valued []int // rows with values
}

// target learns one metric.
func (l *learner) target(metric int, all regress.Data) (Target, error) {
	m := l.table.Spec.Metrics[metric]
	wrap := func(err error) error { return fmt.Errorf("proxy: metric %s: %w", m.Key(), err) }
	d := all.With(l.valued, func(i int) float64 { return l.table.Rows[i].Values[metric] })
	groups := make([]uint64, len(l.valued))
	for k, i := range l.valued {
		groups[k] = l.table.Rows[i].Group
	}
	options := regress.Options{Trees: l.o.Trees, Workers: l.o.Workers}
	transform, err := l.transform(d, groups, options)
	if err != nil {
		return Target{}, wrap(err)
	}
	t := Target{Name: m.Name, Unit: m.Unit, Doc: m.Doc, Kind: l.o.kind(), Transform: transform}
	low, high := math.Inf(1), math.Inf(-1)
	for k, y := range d.Y {
		d.Y[k] = transform.Forward(y)
		low, high = min(low, d.Y[k]), max(high, d.Y[k])
	}
	t.Spread = high - low
	model, residuals, err := l.fit(d, groups, options, seed.New(l.o.Seed, "proxy", "fit", m.Key()))
	if err != nil {
		return Target{}, wrap(err)
	}
	t.Model, t.HalfWidth = regress.Encode(model), l.halfWidths(residuals, t.Spread)
	return t, nil
}

// residual is the error of a row that was not learned from.
type residual struct {
	row   int // index among the rows with values
	error float64
}

// fit learns the model, and gives the residuals that make its intervals.
func (l *learner) fit(d regress.Data, groups []uint64, o regress.Options, rng *rand.Rand) (regress.Model, []residual, error) {
	kind, n := l.o.kind(), len(groups)
	share := func(g uint64) float64 { return float64(mixed(l.o.Seed, g)>>11) / (1 << 53) }
	var in, out []int
	var residuals []residual
	part := func(calibrates func(k int) bool) (regress.Model, error) {
		in, out = in[:0], out[:0]
		for k := range n {
			if calibrates(k) {
				out = append(out, k)
			} else {
				in = append(in, k)
			}
		}
		m, err := regress.Fit(kind, d.Rows(in), o, rng)
		if err != nil {
			return nil, err
		}
		f := make([]float64, len(out))
		m.Predict(d.Rows(out).X, f)
		for i, k := range out {
			residuals = append(residuals, residual{k, f[i] - d.Y[k]})
		}
		return m, nil
	}
	if n >= crossBelow {
		m, err := part(func(k int) bool { return share(groups[k]) < calibrationFrac })
		return m, residuals, err
	}
	for fold := range crossFolds {
		_, err := part(func(k int) bool { return int(share(groups[k])*crossFolds) == fold })
		if err != nil {
			return nil, nil, err
		}
	}
	m, err := regress.Fit(kind, d, o, rng)
	return m, residuals, err
}

// mixed spreads a seed and a group over 64 bits (splitmix64's finaliser).
func mixed(root, group uint64) uint64 {
	x := group + root*0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// transform is the one asked for, or the best.
func (l *learner) transform(d regress.Data, groups []uint64, o regress.Options) (regress.Transform, error) {
	if l.o.Transform == "" {
		return regress.ChooseTransform(l.o.kind(), d, groups, o, seed.New(l.o.Seed, "proxy", "transform"))
	}
	return regress.NamedTransform(l.o.Transform, d.Y)
}

// halfWidths are those of the intervals, task by task where a task has rows enough. Of a task that no row is of they are the whole spread.
func (l *learner) halfWidths(residuals []residual, spread float64) []float64 {
	tasks := len(l.table.Tasks)
	of, learned := make([][]float64, tasks+1), make([]bool, tasks) // all tasks together come last
	for _, r := range residuals {
		task := l.table.Rows[l.valued[r.row]].Task
		of[task], of[tasks] = append(of[task], r.error), append(of[tasks], r.error)
	}
	for _, i := range l.valued {
		learned[l.table.Rows[i].Task] = true
	}
	widths := make([]float64, tasks)
	for task := range widths {
		errors := of[task]
		if len(errors) < leastResiduals {
			errors = of[tasks]
		}
		widths[task] = spread
		if learned[task] {
			widths[task] = min(max(regress.HalfWidth(errors, Cover), rounding*spread), spread)
		}
	}
	return widths
}

// rounding is the least half-width over the spread: of a metric that is predicted exactly, sums of trees differ from it in their last digits.
const rounding = 1e-9

// leastResiduals is how many residuals a task needs for a half-width of its own.
const leastResiduals = 50

func (o FitOptions) kind() regress.Kind {
	if o.Kind == "" {
		return regress.Boost
	}
	return o.Kind
}
