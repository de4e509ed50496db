package proxy

import (
	"cmp"
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
	Metrics   []string     // keys of what to predict; none = all metrics of the table that vary. Others are predicted too where these follow from them
	Kind      regress.Kind // zero means boost or tables, for each metric what predicts it better in cross-validation
	Transform string       // of every target: "none", "log" or "boxcox"; empty = chosen by cross-validation
	Trees     int          // of boost and forest; zero means 400 and 100
	Budgets   []Bound      // on metrics to predict, which designs are to meet: each has a classifier where that is better than the metric's intervals
	Seed      uint64
	Workers   int // goroutines; zero means 1; never changes the proxy
}

// Check reports a kind or a transform that there is none of, and metrics that are named twice.
func (o FitOptions) Check() error {
	var errs []error
	if kinds := regress.Kinds(); o.Kind != "" && !slices.Contains(kinds, string(o.Kind)) {
		errs = append(errs, suggest.Unknown("kind of model", string(o.Kind), kinds))
	}
	if transforms := regress.TransformNames(); o.Transform != "" && !slices.Contains(transforms, o.Transform) {
		errs = append(errs, suggest.Unknown("transform", o.Transform, transforms))
	}
	for i, key := range o.Metrics {
		if slices.Contains(o.Metrics[:i], key) {
			errs = append(errs, fmt.Errorf("metric %s is named twice", key))
		}
	}
	return errors.Join(errs...)
}

// Residuals of rows that the model has not learned from make the intervals. With fewer rows than crossBelow they are those of cross-validation in so many folds,
// and the model is then fitted to all rows; of more rows, for the time that it takes, one fold calibrates and the model is fitted to the others.
const (
	crossBelow = 50_000
	crossFolds = 5
)

// ErrTooFew is the cause of the error about a table that has fewer rows than features.
var ErrTooFew = errors.New("proxy: too few rows")

// Fit learns a proxy. The proxy is a function of the table and the options.
func Fit(t *Table, o FitOptions) (*Proxy, error) {
	if err := errors.Join(o.Check(), t.check()); err != nil {
		return nil, err
	}
	f := newFile(t, o)
	e := newEncoding(t.Spec.Space, len(t.Tasks), f.Counts, f.Related)
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
	if len(valued) < e.plain {
		return nil, fmt.Errorf("%w: %d feasible rows for %d features: need at least as many rows as features", ErrTooFew, len(valued), e.plain)
	}
	metrics, err := o.targets(t, valued)
	if err != nil {
		return nil, err
	}
	l := learner{table: t, o: o, valued: valued, metrics: metrics, data: all, groups: make([]uint64, len(valued))}
	for k, i := range valued {
		l.groups[k] = t.Rows[i].Group
	}
	l.deal()
	if f.Targets, err = l.targets(); err != nil {
		return nil, err
	}
	if len(valued) == len(t.Rows) && len(o.Budgets) == 0 {
		return finish(f, t, o)
	}
	related := regress.Data{Axes: e.relatedAxes(), X: make([]float64, 0, len(t.Rows)*e.relatedWidth()), Y: feasible}
	for _, r := range t.Rows {
		related.X = e.appendRelated(related.X, r.Point, r.Task)
	}
	if f.Feasibility, _, err = fitClassifier(related, groups, o.Workers, seed.New(o.Seed, "proxy", "feasible")); err != nil {
		return nil, err
	}
	if f.Budgets, err = l.budgets(f.Targets, related); err != nil {
		return nil, err
	}
	return finish(f, t, o)
}

// finish makes the proxy of a fit's file, and tells what features say of new tasks.
func finish(f File, t *Table, o FitOptions) (*Proxy, error) {
	p, err := open(f)
	if err != nil {
		return nil, err
	}
	return p, p.learnNewTasks(t, o)
}

// targets are the indices of the metrics to predict.
func (o FitOptions) targets(t *Table, valued []int) ([]int, error) {
	keys := t.Spec.Keys()
	var list []int
	if len(o.Metrics) == 0 {
		for m := range keys {
			if !t.constant(m, valued) {
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
		if t.constant(m, valued) {
			errs = append(errs, fmt.Errorf("proxy: metric %s is %v in every row: a constant needs no proxy", key, t.Rows[valued[0]].Values[m]))
		}
		list = append(list, m)
	}
	return list, errors.Join(errs...)
}

// residual is the error of a row that was not learned from.
type residual struct {
	row   int // index among the rows with values
	error float64
}

// fit learns the model, and gives the residuals that make its intervals. The features of rows that judge are those of judged.
func (l *learner) fit(kind regress.Kind, d, judged regress.Data, o regress.Options, rng *rand.Rand) (regress.Model, []residual, error) {
	o = o.Prepared(kind, d, rng)
	var in, out []int
	var residuals []residual
	part := func(calibrates int) (regress.Model, error) {
		in, out = in[:0], out[:0]
		for k, fold := range l.folds {
			if fold == calibrates {
				out = append(out, k)
			} else {
				in = append(in, k)
			}
		}
		if len(in) == 0 || len(out) == 0 {
			return nil, nil // fewer groups than folds: of one group there is no honest residual, and intervals are as wide as the targets spread
		}
		m, err := regress.Fit(kind, d.Rows(in), o, rng)
		if err != nil {
			return nil, err
		}
		f := make([]float64, len(out))
		m.Predict(judged.Rows(out).X, f)
		for i, k := range out {
			residuals = append(residuals, residual{k, f[i] - d.Y[k]})
		}
		return m, nil
	}
	if len(l.folds) >= crossBelow {
		if m, err := part(0); m != nil || err != nil {
			return m, residuals, err
		}
	} else {
		for fold := range crossFolds {
			if _, err := part(fold); err != nil {
				return nil, nil, err
			}
		}
	}
	m, err := regress.Fit(kind, d, o, rng)
	return m, residuals, err
}

// deal gives each row with values a fold. The groups come in turn, in the order of their means of the first metric: groups that are much alike go to different folds, so
// that none takes all that is to be known of a part of the space. Every target has the same folds: one made of others has rows that none of these has learned from. Transforms and
// kinds are chosen on thirds that are dealt likewise; of many rows, any third of the groups has all that is to be known.
func (l *learner) deal() {
	type group struct {
		key       uint64
		sum, rows float64
	}
	at := map[uint64]int{}
	var groups []group
	for k, key := range l.groups {
		i, known := at[key]
		if !known {
			i, at[key] = len(groups), len(groups)
			groups = append(groups, group{key: key})
		}
		groups[i].sum += l.table.Rows[l.valued[k]].Values[l.metrics[0]]
		groups[i].rows++
	}
	slices.SortFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.sum/a.rows, b.sum/b.rows), cmp.Compare(a.key, b.key))
	})
	for turn, g := range groups {
		at[g.key] = turn
	}
	first := int(mixed(l.o.Seed, 0) % crossFolds)
	l.folds, l.turns = make([]int, len(l.groups)), make([]uint64, len(l.groups))
	for k, key := range l.groups {
		turn := first + at[key]
		l.folds[k], l.turns[k] = turn%crossFolds, uint64(turn)
	}
	if len(l.groups) >= crossBelow {
		l.turns = l.groups
	}
}

// mixed spreads a seed and a group over 64 bits (splitmix64's finaliser).
func mixed(root, group uint64) uint64 {
	x := group + root*0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// choose is the kind of model and the transform asked for, or the best ones.
func (l *learner) choose(d regress.Data, o regress.Options) (regress.Kind, regress.Transform, error) {
	kinds := []regress.Kind{l.o.Kind}
	if l.o.Kind == "" {
		kinds = []regress.Kind{regress.Boost, regress.Summed}
	}
	least, best, chosen := math.Inf(1), kinds[0], regress.Transform{}
	for _, kind := range kinds {
		t, err := l.transform(kind, d, o)
		if err != nil || len(kinds) == 1 {
			return kind, t, err
		}
		error, err := regress.Error(kind, t, d, l.turns, o, seed.New(l.o.Seed, "proxy", "kind"))
		if err != nil {
			return kind, t, err
		}
		if error < least || kind == kinds[0] {
			least, best, chosen = error, kind, t
		}
	}
	return best, chosen, nil
}

// transform is the one asked for, or the best.
func (l *learner) transform(kind regress.Kind, d regress.Data, o regress.Options) (regress.Transform, error) {
	if l.o.Transform == "" {
		return regress.ChooseTransform(kind, d, l.turns, o, seed.New(l.o.Seed, "proxy", "transform"))
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
