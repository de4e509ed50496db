package proxy

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// CorrectedTask is a task whose predictions are corrected by rows that came after the fit, or that the fit had no rows of.
type CorrectedTask struct {
	Task
	Like    int          `json:"like"` // index in File.Tasks of the task that it is; -1 = it is new
	Rows    int          `json:"rows"` // that the corrections were learned from
	Targets []Correction `json:"targets"`
	// Outside lists features that are outside what the tasks of the fit have: of a task without rows, intervals are then as wide as the targets spread.
	Outside []string `json:"outside,omitempty"`
}

// Correction turns the scores of one target into those of the corrected task. The zero value leaves them as they are.
type Correction struct {
	Kind      string           `json:"kind"`               // one of Corrections
	Blend     *Blend           `json:"blend,omitempty"`    // of a new task with features that tell the target
	Linear    *regress.Linear  `json:"linear,omitempty"`   // over the scores of all tasks, added to the blend; nil = the score of the task that it is, of a new one the blend or else their mean
	Shift     float64          `json:"shift,omitempty"`    // added
	Residual  *regress.Encoded `json:"residual,omitempty"` // added: over the features of the design
	HalfWidth float64          `json:"half_width"`
	Spread    float64          `json:"spread"`

	residual regress.Model // of Residual, once it is fitted or opened; never changed then, as a proxy predicts for several goroutines at once
}

// Corrections lists what a correction may be, the simplest first.
func Corrections() []string { return []string{"none", "shift", "linear", "linear+gp", "linear+boost"} }

// leastRows is how many rows each sort of correction needs, parallel to Corrections, and mostProcess the most of a Gaussian process, for its time.
func leastRows() []int { return []int{0, 2, 4, 10, 50} }

const mostProcess = 150

// Correct is the proxy with one more task, that of the table: learned from the table's rows on top of what the proxy knows of its own tasks. When the task is one of
// them, the correction takes its place. Infeasible rows teach nothing. Without rows a new task is predicted as its features tell; where they do not, as the mean of the known ones, its
// intervals as wide as their targets spread. The result is a function of the arguments.
func (p *Proxy) Correct(t *Table, o FitOptions) (*Proxy, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	columns, err := p.columns(t)
	if err != nil {
		return nil, err
	}
	f := p.file
	c := CorrectedTask{Task: t.Tasks[0], Like: p.known(t.Tasks[0])}
	f.Corrected = slices.DeleteFunc(slices.Clone(f.Corrected), func(old CorrectedTask) bool { return jsonText(p.settings(old.Task)) == jsonText(c.Settings) })
	c.Features = p.described(t)
	if c.Like < 0 {
		c.Outside = p.outside(c.Features)
	}
	rows, points := different(t)
	c.Rows = len(rows)
	for k := range f.Targets {
		truth := make([]float64, len(rows))
		for i, r := range rows {
			truth[i] = f.Targets[k].Transform.Forward(r.Values[columns[k]])
			if truth[i]-truth[i] != 0 {
				return nil, fmt.Errorf("proxy: metric %s of row %d is %v: it is learned as %s, which it has not", t.Spec.Metrics[columns[k]].Key(), i, r.Values[columns[k]], f.Targets[k].Transform.Name)
			}
		}
		l := corrector{proxy: p, target: k, like: c.Like, outside: len(c.Outside) > 0, points: points, truth: truth, o: o}
		if c.Like < 0 {
			l.blend, l.features = p.blend(k, c.Features), c.Features
		}
		c.Targets = append(c.Targets, l.choose())
	}
	f.Corrected = append(f.Corrected, c)
	f.part(p)
	corrected := *p // with its tables
	corrected.file = f
	return &corrected, c.open(&corrected)
}

// part shares the settings of all tasks anew: a new task may differ in one that the others have in common.
func (f *File) part(before *Proxy) {
	var all []Task
	for _, t := range f.Tasks {
		all = append(all, Task{t.Name, before.settings(t), t.Features})
	}
	for i, c := range f.Corrected {
		set := c.Settings
		if i < len(f.Corrected)-1 { // the last is as the table has it: whole
			set = before.settings(c.Task)
		}
		all = append(all, Task{c.Name, set, c.Features})
	}
	common, differ := commonSettings(all)
	n := len(f.Tasks)
	f.Common, f.Tasks = common, differ[:n:n]
	for i := range f.Corrected {
		f.Corrected[i].Task = differ[n+i]
	}
}

// columns finds the proxy's metrics among those of a table: same key, same unit, same axes.
func (p *Proxy) columns(t *Table) ([]int, error) {
	if len(t.Tasks) != 1 {
		return nil, fmt.Errorf("proxy: a correction is of one task, the rows are of %d", len(t.Tasks))
	}
	if t.Spec.Name != p.file.Simulator || t.Spec.Version != p.file.Version {
		return nil, fmt.Errorf("proxy: the proxy is of %s %s, the rows are of %s %s: the numbers are not the same", p.file.Simulator, p.file.Version, t.Spec.Name, t.Spec.Version)
	}
	if !sameAxes(t.Spec.Space, p.space) {
		return nil, fmt.Errorf("proxy: the rows have other axes or levels than the proxy of %s", p.file.Simulator)
	}
	var columns []int
	var errs []error
	for _, m := range p.Metrics() {
		at := slices.Index(t.Spec.Keys(), m.Key())
		switch {
		case at < 0:
			errs = append(errs, fmt.Errorf("proxy: the rows have no metric %s, which the proxy predicts", m.Key()))
		case t.Spec.Metrics[at].Unit != m.Unit:
			errs = append(errs, fmt.Errorf("proxy: metric %s is in %q in the rows, in %q in the proxy", m.Key(), t.Spec.Metrics[at].Unit, m.Unit))
		}
		columns = append(columns, at)
	}
	return columns, errors.Join(errs...)
}

// known is the index of the file's task with the settings; -1 = none.
func (p *Proxy) known(t Task) int {
	return slices.IndexFunc(p.file.Tasks, func(own Task) bool { return jsonText(p.settings(own)) == jsonText(t.Settings) })
}

// different is the rows with values, one of each design.
func different(t *Table) (rows []Row, points []space.Point) {
	seen := map[string]bool{}
	for _, r := range t.Rows {
		if key := t.Spec.Space.Key(r.Point); !r.Infeasible && !seen[key] {
			seen[key] = true
			rows, points = append(rows, r), append(points, r.Point)
		}
	}
	return rows, points
}

// corrector learns the correction of one target.
type corrector struct {
	proxy    *Proxy
	target   int
	like     int
	outside  bool
	blend    *Blend    // nil = none
	features []float64 // of the task
	points   []space.Point
	truth    []float64 // transformed
	o        FitOptions
	scores   regress.Data // of each row: the scores of all tasks
	blended  []float64    // of each row: the score of the blend; nil = none
	x        regress.Data // of each row: the features of the design
}

// choose takes the correction whose predictions have the least squared error in cross-validation, the simpler one where two are equal: on the blend, where there is one, or without it.
func (l *corrector) choose() Correction {
	l.prepare()
	n := len(l.truth)
	target := &l.proxy.file.Targets[l.target]
	spread := target.Spread
	if n > 0 {
		spread = max(spread, slices.Max(l.truth)-slices.Min(l.truth))
	}
	best, least := Correction{Kind: Corrections()[0], Blend: l.blend}, math.Inf(1)
	var kept []float64
	bases := []*corrector{l}
	if l.blend != nil {
		blind := *l
		blind.blend, blind.blended = nil, nil
		bases = append(bases, &blind)
	}
	for i, kind := range Corrections() {
		if n < leastRows()[i] || i == 3 && n > mostProcess {
			continue
		}
		for _, l := range bases {
			residuals, ok := l.across(kind)
			sum := 0.0
			for _, r := range residuals {
				sum += r * r
			}
			if !ok || !(sum < least) {
				continue
			}
			if made, ok := l.fit(kind, all(n), l.random(kind, "all")); ok {
				best, least, kept = made, sum, residuals
			}
		}
	}
	best.Spread, best.HalfWidth = spread, spread
	switch plain := best.Kind == Corrections()[0]; {
	case plain && l.like >= 0:
		best.HalfWidth = target.HalfWidth[l.like]
	case plain && best.Blend != nil && !l.outside:
		best.HalfWidth = target.New.HalfWidth
	}
	if width := regress.HalfWidth(kept, Cover); !math.IsInf(width, 1) {
		best.HalfWidth = min(max(width, rounding*spread), spread)
	}
	return best
}

// random is a stream of its own for each fit.
func (l *corrector) random(kind string, part string) *rand.Rand {
	return seed.New(l.o.Seed, "proxy", "correct", l.proxy.Metrics()[l.target].Key(), kind, part)
}

// prepare computes what the rows are corrected by.
func (l *corrector) prepare() {
	l.x = l.proxy.designs(l.points)
	of := l.proxy.scoresOfAll(l.points)
	l.scores, l.blended = l.proxy.scoreRows(of, l.target), l.proxy.blended(of, l.target, l.blend, l.x, l.features)
	l.x.Y, l.scores.Y = l.truth, l.truth
}

// mostFolds is how many parts cross-validation makes at most.
const mostFolds = 10

// across is the errors of each row when the part that holds it is left out.
func (l *corrector) across(kind string) (residuals []float64, ok bool) {
	n := len(l.truth)
	residuals = make([]float64, n)
	folds := min(mostFolds, n)
	if kind == "linear+gp" || kind == "linear+boost" {
		folds = min(crossFolds, n)
	}
	for fold := range folds {
		var in, out []int
		for i := range n {
			if i%folds == fold {
				out = append(out, i)
			} else {
				in = append(in, i)
			}
		}
		c, ok := l.fit(kind, in, l.random(kind, fmt.Sprint(fold)))
		if !ok {
			return nil, false
		}
		f := c.apply(l.scores.Rows(out), l.x.Rows(out), some(l.blended, out), l.like)
		for k, i := range out {
			residuals[i] = f[k] - l.truth[i]
		}
	}
	return residuals, true
}

// fit learns one sort of correction from the rows of the indices; false where they do not allow it.
func (l *corrector) fit(kind string, rows []int, rng *rand.Rand) (Correction, bool) {
	c := Correction{Kind: kind, Blend: l.blend}
	scores, x, blended := l.scores.Rows(rows), l.x.Rows(rows), some(l.blended, rows)
	if kind == "none" || len(rows) == 0 {
		return c, true
	}
	if kind != "shift" {
		d := scores
		if blended != nil {
			d.Y = slices.Clone(scores.Y)
			for i, z := range blended {
				d.Y[i] -= z
			}
		}
		m, err := regress.Fit(regress.Ridge, d, regress.Options{}, rng)
		if err != nil { // of equal targets, say
			return c, false
		}
		c.Linear = m.(*regress.Linear)
	}
	rest := c.apply(scores, x, blended, l.like)
	for i, f := range rest {
		rest[i] = scores.Y[i] - f
		c.Shift += rest[i] / float64(len(rest))
	}
	if kind == "shift" || kind == "linear" {
		return c, true
	}
	for i := range rest {
		rest[i] -= c.Shift
	}
	x.Y = rest
	sort := regress.Process
	if kind == "linear+boost" {
		sort = regress.Boost
	}
	m, err := regress.Fit(sort, x, regress.Options{Trees: 100, Workers: l.o.Workers}, rng)
	if err != nil {
		return c, false
	}
	encoded := regress.Encode(m)
	c.Residual, c.residual = &encoded, m
	return c, true
}

// apply is the corrected scores of rows, given the scores of all tasks, the features of the designs, and the scores of the blend where there is one.
func (c *Correction) apply(scores, x regress.Data, blended []float64, like int) []float64 {
	n, tasks := len(scores.Y), scores.Features()
	out := make([]float64, n)
	switch {
	case c.Linear != nil:
		c.Linear.Predict(scores.X, out)
	case like >= 0:
		for i := range out {
			out[i] = scores.X[i*tasks+like]
		}
	case blended == nil:
		for i := range out {
			for _, z := range scores.Row(i) {
				out[i] += z / float64(tasks)
			}
		}
	}
	for i, z := range blended {
		out[i] += z
	}
	rest := make([]float64, n)
	if c.residual != nil {
		c.residual.Predict(x.X, rest)
	}
	for i := range out {
		out[i] += c.Shift + rest[i]
	}
	return out
}

// correctedScores are the transformed targets of a corrected task.
func (p *Proxy) correctedScores(points []space.Point, c *CorrectedTask) [][]float64 {
	of := p.scoresOfAll(points)
	x := p.designs(points)
	out := make([][]float64, len(p.targets))
	for k := range out {
		out[k] = c.Targets[k].apply(p.scoreRows(of, k), x, p.blended(of, k, c.Targets[k].Blend, x, c.Features), c.Like)
	}
	return out
}

// designs are the features of designs alone, with room for targets.
func (p *Proxy) designs(points []space.Point) regress.Data {
	d := regress.Data{Axes: p.encode.axes[:p.space.Len()], Y: make([]float64, len(points))}
	for _, q := range points {
		d.X = p.space.AppendFeatures(d.X, q)
	}
	return d
}

// scoresOfAll are the scores of designs in each task of the fit.
func (p *Proxy) scoresOfAll(points []space.Point) [][][]float64 {
	of := make([][][]float64, len(p.file.Tasks))
	for task := range of {
		of[task] = p.scores(points, task)
	}
	return of
}

// scoreRows are, for each design, the scores of one target in all tasks of the fit.
func (p *Proxy) scoreRows(of [][][]float64, target int) regress.Data {
	n, tasks := len(of[0][target]), len(of)
	d := regress.Data{Axes: slices.Repeat([]int{1}, tasks), X: make([]float64, 0, n*tasks), Y: make([]float64, n)}
	for i := range n {
		for task := range of {
			d.X = append(d.X, of[task][target][i])
		}
	}
	return d
}

// some are the values at the indices; nil of nil.
func some(values []float64, at []int) []float64 {
	if values == nil {
		return nil
	}
	out := make([]float64, len(at))
	for k, i := range at {
		out[k] = values[i]
	}
	return out
}

// open makes a correction ready to be applied, and reports one that cannot be.
func (c *CorrectedTask) open(p *Proxy) (err error) {
	if c.Like < -1 || c.Like >= len(p.file.Tasks) || len(c.Targets) != len(p.file.Targets) {
		return fmt.Errorf("corrected task %s: like task %d of %d, %d targets for %d", c.Name, c.Like, len(p.file.Tasks), len(c.Targets), len(p.file.Targets))
	}
	features := 0
	for _, n := range p.encode.axes[:p.space.Len()] {
		features += n
	}
	for k := range c.Targets {
		t := &c.Targets[k]
		if t.Blend != nil {
			if scores := len(p.file.Tasks); len(t.Blend.Weights) != scores || c.Like >= 0 || t.Blend.Log && !(t.Blend.Least > 0) || t.Blend.TreesFrac > 0 && (p.file.Targets[k].New == nil || p.file.Targets[k].New.Trees == nil || c.Features == nil) {
				return fmt.Errorf("corrected task %s, target %d: a blend of %d tasks for %d, least value %v", c.Name, k, len(t.Blend.Weights), scores, t.Blend.Least)
			}
		}
		if t.Linear != nil && len(t.Linear.Weights) != len(p.file.Tasks) {
			return fmt.Errorf("corrected task %s, target %d: %d weights for %d tasks", c.Name, k, len(t.Linear.Weights), len(p.file.Tasks))
		}
		if t.Residual != nil && t.residual == nil {
			if t.residual, err = t.Residual.Model(features); err != nil {
				return fmt.Errorf("corrected task %s, target %d: %w", c.Name, k, err)
			}
		}
	}
	return nil
}

// all lists the numbers below n.
func all(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
