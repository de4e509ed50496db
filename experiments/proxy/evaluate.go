package proxy

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/internal/learn/measure"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// topK is how many designs the top-k regret measures.
const topK = 10

// Split says which rows are learned from and which judge. Groups of the table are never torn apart.
type Split struct {
	Seed      uint64
	TestFrac  float64 // share of the groups that judge
	TrainRows int     // at most so many rows learn, whole designs; 0 = all that do not judge
	Holdout   string  // a task all rows of which judge, in place of TestFrac; empty = none
}

// Part lists the rows that learn and those that judge.
func (s Split) Part(t *proxy.Table) (train, test []int, err error) {
	task := slices.IndexFunc(t.Tasks, func(k proxy.Task) bool { return k.Name == s.Holdout })
	if s.Holdout != "" && task < 0 {
		return nil, nil, suggest.Unknown("scenario", s.Holdout, taskNames(t))
	}
	if s.Holdout != "" && len(t.Tasks) < 2 {
		return nil, nil, fmt.Errorf("%q is the only scenario: nothing would be left to learn from", s.Holdout)
	}
	for i, r := range t.Rows {
		judges := dataset.Side(s.Seed, r.Group, s.TestFrac)
		if s.Holdout != "" {
			judges = r.Task == task
		}
		if judges {
			test = append(test, i)
		} else {
			train = append(train, i)
		}
	}
	if s.TrainRows > 0 && len(train) < s.TrainRows {
		return nil, nil, fmt.Errorf("%d rows are left to learn from, %d were asked for", len(train), s.TrainRows)
	}
	if len(test) == 0 || len(train) == 0 {
		return nil, nil, fmt.Errorf("%d rows to learn from and %d to judge: there are too few groups", len(train), len(test))
	}
	if s.TrainRows > 0 {
		train = s.some(t, train)
	}
	return train, test, nil
}

// some draws designs until their rows are as many as asked for.
func (s Split) some(t *proxy.Table, rows []int) []int {
	byDesign := map[uint64][]int{}
	var designs []uint64
	for _, i := range rows {
		key := designKey(t.Spec.Space, t.Rows[i].Point)
		if byDesign[key] == nil {
			designs = append(designs, key)
		}
		byDesign[key] = append(byDesign[key], i)
	}
	rng := seed.New(s.Seed, "proxy", "rows")
	rng.Shuffle(len(designs), func(i, j int) { designs[i], designs[j] = designs[j], designs[i] })
	var out []int
	for _, key := range designs {
		if len(out) >= s.TrainRows {
			break
		}
		out = append(out, byDesign[key]...)
	}
	slices.Sort(out)
	return out
}

// Evaluation is how good a proxy was on rows that it had not seen.
type Evaluation struct {
	Split       Split
	Kind        string // of the models; best = of each metric its own
	Train, Test int    // rows
	Targets     []TargetErrors
	Feasible    *measure.Classes // of the chance of being feasible, and of meeting the bounds where there are some; nil where all rows are
	FitS        float64          // wall-clock
	PredictNS   float64          // wall-clock of one design with all its metrics, in a batch on one goroutine: the best of several
}

// TargetErrors is one metric's.
type TargetErrors struct {
	Key       string
	Unit      string
	Kind      string // of model
	Transform string
	measure.Errors
	Coverage  float64 // of the intervals, which are made for proxy.Cover
	TopRegret float64 // of measuring the topK best predicted designs of each task, the mean over the tasks
}

// Evaluate fits a proxy on one side of a split and judges it on the other, with the budgets of the fit.
func Evaluate(t *proxy.Table, s Split, o proxy.FitOptions) (Evaluation, *proxy.Proxy, error) {
	train, test, err := s.Part(t)
	if err != nil {
		return Evaluation{}, nil, err
	}
	start := time.Now()
	p, err := proxy.Fit(t.Subset(train), o)
	if err != nil {
		return Evaluation{}, nil, err
	}
	fit := time.Since(start).Seconds()
	e, err := Judge(t.Subset(test), p, o.Budgets...)
	e.Split, e.Train, e.FitS = s, len(train), fit
	e.only(o.Metrics)
	if o.Kind == "" {
		e.Kind = "best"
	}
	return e, p, err
}

// only leaves the metrics of the keys, where there are some, of those that the proxy predicts.
func (e *Evaluation) only(keys []string) {
	if len(keys) > 0 {
		e.Targets = slices.DeleteFunc(e.Targets, func(t TargetErrors) bool { return !slices.Contains(keys, t.Key) })
	}
}

// Judge compares a proxy with the rows of a table that it has not learned from. With bounds, a row is a yes when it is feasible and meets them all.
func Judge(t *proxy.Table, p *proxy.Proxy, bounds ...proxy.Bound) (Evaluation, error) {
	e := Evaluation{Test: len(t.Rows), Kind: kindOf(p)}
	columns, err := columnsOf(t, p)
	if err != nil {
		return e, err
	}
	n := len(columns)
	truths, means, lows, highs := make([][]float64, n), make([][]float64, n), make([][]float64, n), make([][]float64, n)
	regrets, tasks := make([]float64, len(columns)), 0.0
	var feasible []bool
	var chances []float64
	for task := range t.Tasks {
		rows := rowsOf(t, task)
		if len(rows) == 0 {
			continue
		}
		p, known, err := taskOf(t, task, p)
		if err != nil {
			return e, err
		}
		points := make([]space.Point, len(rows))
		for i, r := range rows {
			points[i] = t.Rows[r].Point
		}
		said := p.Predict(points, known)
		e.PredictNS = max(e.PredictNS, timed(p, points, known))
		var valued []int
		for i, r := range rows {
			if !t.Rows[r].Infeasible {
				valued = append(valued, i)
			}
		}
		if said.Feasible != nil || len(bounds) > 0 {
			meets, err := p.Meets(points, known, bounds)
			if err != nil {
				return e, err
			}
			chances = append(chances, meets...)
			for _, r := range rows {
				feasible = append(feasible, meetsBounds(t, &t.Rows[r], bounds))
			}
		}
		for k, c := range columns {
			from := len(truths[k])
			for _, i := range valued {
				truths[k] = append(truths[k], t.Rows[rows[i]].Values[c])
				means[k], lows[k], highs[k] = append(means[k], said.Metrics[k].Mean[i]), append(lows[k], said.Metrics[k].Low[i]), append(highs[k], said.Metrics[k].High[i])
			}
			regrets[k] += measure.TopRegret(truths[k][from:], means[k][from:], topK)
		}
		tasks++
	}
	for k, m := range p.Metrics() {
		e.Targets = append(e.Targets, TargetErrors{
			Key: m.Key(), Unit: m.Unit, Kind: string(p.File().Targets[k].Kind), Transform: p.File().Targets[k].Transform.Name, Errors: measure.Of(truths[k], means[k]),
			Coverage: measure.Coverage(truths[k], lows[k], highs[k]), TopRegret: regrets[k] / tasks,
		})
	}
	if chances != nil {
		c := measure.Classify(feasible, chances)
		e.Feasible = &c
	}
	return e, nil
}

// kindOf is the kind of all the models, or "best" where a metric has another one than the first.
func kindOf(p *proxy.Proxy) string {
	targets := p.File().Targets
	if slices.ContainsFunc(targets, func(t proxy.Target) bool { return t.Kind != targets[0].Kind || t.Product != nil }) {
		return "best"
	}
	return string(targets[0].Kind)
}

// columnsOf finds the proxy's metrics in the table.
func columnsOf(t *proxy.Table, p *proxy.Proxy) ([]int, error) {
	keys := t.Spec.Keys()
	var columns []int
	for _, m := range p.Metrics() {
		at := slices.IndexFunc(t.Spec.Metrics, func(own simulators.Metric) bool { return own.Key() == m.Key() && own.Unit == m.Unit })
		if at < 0 {
			return nil, fmt.Errorf("the rows have no metric %s in %q, which the proxy predicts; they have %v", m.Key(), m.Unit, keys)
		}
		columns = append(columns, at)
	}
	return columns, nil
}

// taskNames lists the scenarios of the rows.
func taskNames(t *proxy.Table) []string {
	var names []string
	for _, task := range t.Tasks {
		names = append(names, task.Name)
	}
	return names
}

// rowsOf lists the rows of a task.
func rowsOf(t *proxy.Table, task int) []int {
	var rows []int
	for i, r := range t.Rows {
		if r.Task == task {
			rows = append(rows, i)
		}
	}
	return rows
}

// taskOf is the proxy with a task of the table's settings, and that task: of an unseen workload what is known of the others (proxy.Proxy.Correct without rows).
func taskOf(t *proxy.Table, task int, p *proxy.Proxy) (*proxy.Proxy, int, error) {
	if at := p.Task(t.Tasks[task].Settings); at >= 0 {
		return p, at, nil
	}
	blind, err := p.Correct(alone(t, task, nil), proxy.FitOptions{})
	if err != nil {
		return nil, 0, err
	}
	return blind, blind.Task(t.Tasks[task].Settings), nil
}

// timed is the time of one prediction in a batch.
func timed(p *proxy.Proxy, points []space.Point, task int) float64 {
	best := math.Inf(1)
	for range 5 {
		start := time.Now()
		p.Means(points, task)
		best = min(best, float64(time.Since(start).Nanoseconds())/float64(len(points)))
	}
	return best
}

// meetsBounds tells whether a row is feasible and meets every bound.
func meetsBounds(t *proxy.Table, r *proxy.Row, bounds []proxy.Bound) bool {
	keys := t.Spec.Keys()
	return !r.Infeasible && !slices.ContainsFunc(bounds, func(b proxy.Bound) bool {
		v := r.Values[slices.Index(keys, b.Key)] // the proxy predicts it, so it is there
		return b.AtLeast && v < b.Limit || !b.AtLeast && v > b.Limit
	})
}
