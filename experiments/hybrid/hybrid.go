package hybrid

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Measured is the key of the metric that says whether a row is the true simulator's.
const Measured = "measured"

// Options are those of one study.
type Options struct {
	Share float64 // of the trials that are measured whatever is predicted, in [0, 1]
	Refit int     // trials of an epoch, at least 1
	Lag   int     // trials in flight, at least 1
	Seed  uint64
	// Score is what a result is worth; it is called for what is predicted, and for what was measured.
	Score func(simulators.Result) objective.Score
}

// Simulator predicts and measures the trials of one study. It is a wrap.Recorder and, once Watch was called, a wrap.Tape: both tell it what was measured.
type Simulator struct {
	scenario *Scenario
	o        Options
	truth    simulators.Simulator

	mu       sync.Mutex
	told     []trial // measured trials with a result, ascending
	epochs   map[int]*epoch
	repaired func(space.Point) space.Point // from the points of the log to those of the proxy
}

// trial is one measured trial.
type trial struct {
	id     int
	point  space.Point
	result simulators.Result
}

// epoch is a proxy with the task that it predicts.
type epoch struct {
	proxy *proxy.Proxy
	task  int
	rows  int // that it was corrected by
}

// Scenario is what the studies of a scenario share.
type Scenario struct {
	proxy    *proxy.Proxy
	task     int
	settings map[string]any // of the true simulator
	truth    simulators.Simulator
	columns  []int // of the truth: the proxy's metrics
	spec     simulators.Spec
}

var _ simulators.Simulator = (*Simulator)(nil)

// New is the scenario of a proxy's simulator, as proxy.Factory makes it. One whose true simulator is not at hand is an error.
func New(of simulators.Simulator) (*Scenario, error) {
	p, task, truth, ok := proxy.Opened(of)
	if !ok {
		return nil, fmt.Errorf("%s is no proxy: recheck is for simulator = \"proxy:FILE\"", of.Spec().Name)
	}
	if truth == nil {
		return nil, fmt.Errorf("the true simulator %s is not in the catalogue", p.File().Simulator)
	}
	if n := len(of.Spec().Metrics); n != len(p.Metrics()) {
		return nil, fmt.Errorf("recheck reports intervals itself: leave out intervals")
	}
	s := &Scenario{proxy: p, task: task, settings: p.Settings(task), truth: truth, spec: of.Spec()}
	keys := truth.Spec().Keys()
	for _, m := range p.Metrics() {
		s.columns = append(s.columns, slices.Index(keys, m.Key())) // the proxy was opened with it: it is there
	}
	s.spec.Metrics = append(slices.Clone(s.spec.Metrics), simulators.Metric{Name: Measured, Doc: "1 = evaluated by the true simulator, 0 = predicted"})
	for _, m := range p.Metrics() {
		for _, about := range []struct{ suffix, doc string }{
			{"_predicted", "what the proxy says of " + m.Key()}, {"_low", "lower end of the interval that holds the true " + m.Key() + " nine times in ten"}, {"_high", "upper end of that interval"},
		} {
			s.spec.Metrics = append(s.spec.Metrics, simulators.Metric{Name: m.Name + about.suffix, Unit: m.Unit, Doc: about.doc})
		}
	}
	s.spec.Version += "+recheck"
	return s, nil
}

// Truth is the true simulator.
func (s *Scenario) Truth() simulators.Simulator { return s.truth }

// Alone is the scenario's simulator outside of a study: every design is measured.
func (s *Scenario) Alone() *Simulator { return s.Study(s.truth, Options{Share: 1, Refit: 1, Lag: 1}) }

// Study is the scenario's simulator of one study; truth is the true simulator, as it is to be called.
func (s *Scenario) Study(truth simulators.Simulator, o Options) *Simulator {
	return &Simulator{scenario: s, o: o, truth: truth, epochs: map[int]*epoch{}, repaired: slices.Clone[space.Point]}
}

// Spec is that of the proxy, with what was measured and what was predicted.
func (s *Simulator) Spec() simulators.Spec { return s.scenario.spec }

// Evaluate predicts or measures trials of the study; the context tells which.
func (s *Simulator) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	first, numbered := wrap.TrialOf(ctx)
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		e, err := s.epoch(first + i)
		if err != nil {
			return nil, err
		}
		said := e.proxy.Predict([]space.Point{p}, e.task)
		results[i] = s.predicted(said)
		if numbered && !s.drawn(first+i) && !s.claims(first+i, results[i]) {
			continue
		}
		truth, err := s.truth.Evaluate(ctx, []space.Point{p})
		if err != nil {
			return nil, err
		}
		results[i] = s.measured(truth[0], said)
	}
	return results, nil
}

// predicted is a prediction as a result.
func (s *Simulator) predicted(said proxy.Prediction) simulators.Result {
	if said.Feasible != nil && said.Feasible[0] < 0.5 {
		return simulators.Infeasible(fmt.Sprintf("predicted to be infeasible, with a chance of %.2f", 1-said.Feasible[0]), 0)
	}
	var values []float64
	for _, m := range said.Metrics {
		values = append(values, m.Mean[0])
	}
	return simulators.OK(append(append(values, 0), intervals(said)...)...)
}

// measured is a result of the true simulator beside what was predicted.
func (s *Simulator) measured(r simulators.Result, said proxy.Prediction) simulators.Result {
	if r.Values == nil {
		return r
	}
	var values []float64
	for _, c := range s.scenario.columns {
		values = append(values, r.Values[c])
	}
	return simulators.OK(append(append(values, 1), intervals(said)...)...)
}

func intervals(said proxy.Prediction) []float64 {
	var values []float64
	for _, m := range said.Metrics {
		values = append(values, m.Mean[0], m.Low[0], m.High[0])
	}
	return values
}

// drawn tells whether a trial is measured whatever is predicted.
func (s *Simulator) drawn(id int) bool {
	return float64(seed.Derive(s.o.Seed, "recheck", fmt.Sprint(id))>>11)/(1<<53) < s.o.Share
}

// claims tells whether no measured trial that the agent was told of is at least as good as a prediction.
func (s *Simulator) claims(id int, guess simulators.Result) bool {
	if guess.Values == nil {
		return false
	}
	said := s.o.Score(guess)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.upTo(id - s.o.Lag) {
		if atLeastAsGood(s.o.Score(t.result), said) {
			return false
		}
	}
	return true
}

// atLeastAsGood compares scores of results: constraints first, then all objectives.
func atLeastAsGood(a, b objective.Score) bool {
	if a.Objectives == nil || b.Objectives == nil {
		return a.Objectives != nil || b.Objectives == nil
	}
	missA, missB := missed(a), missed(b)
	if missA > 0 || missB > 0 {
		return missA <= missB
	}
	for k, v := range a.Objectives {
		if v < b.Objectives[k] {
			return false
		}
	}
	return true
}

// missed is the sum of the violations.
func missed(s objective.Score) float64 {
	total := 0.0
	for _, v := range s.Violations {
		total += math.Max(v, 0)
	}
	return total
}

// upTo are the measured trials up to an ID. The caller holds the lock.
func (s *Simulator) upTo(id int) []trial {
	n, _ := slices.BinarySearchFunc(s.told, id+1, func(t trial, id int) int { return t.id - id })
	return s.told[:n]
}

// epoch is the proxy that predicts a trial. Of several trials that need a new one at once the first makes it.
func (s *Simulator) epoch(id int) (*epoch, error) {
	at := id / s.o.Refit
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.epochs[at]; e != nil {
		return e, nil
	}
	c := s.scenario
	e := &epoch{proxy: c.proxy, task: c.task}
	rows := s.upTo(at*s.o.Refit - s.o.Lag)
	for _, before := range s.epochs { // an epoch that was told nothing new goes on with its proxy
		if before.rows == len(rows) {
			e = before
		}
	}
	if len(rows) > 0 && e.rows != len(rows) {
		made, err := c.correct(rows, seed.Derive(s.o.Seed, "refit", fmt.Sprint(len(rows)))) // of the rows alone: a resumed study has made no earlier epochs
		if err != nil {
			return nil, fmt.Errorf("correction by %d measured trials: %w", len(rows), err)
		}
		e = made
	}
	maps.DeleteFunc(s.epochs, func(old int, _ *epoch) bool { return old*s.o.Refit+s.o.Refit+s.o.Lag < id })
	s.epochs[at] = e
	return e, nil
}

// correct is the proxy corrected by measured trials.
func (c *Scenario) correct(rows []trial, root uint64) (*epoch, error) {
	t := &proxy.Table{
		Spec:  simulators.Spec{Name: c.proxy.File().Simulator, Version: c.proxy.File().Version, Space: c.spec.Space, Metrics: c.proxy.Metrics()},
		Tasks: []proxy.Task{{Name: "measured", Settings: c.settings}},
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, proxy.Row{Point: r.point, Values: r.result.Values[:len(c.columns)]})
	}
	corrected, err := c.proxy.Correct(t, proxy.FitOptions{Seed: root})
	if err != nil {
		return nil, err
	}
	return &epoch{proxy: corrected, task: corrected.Task(c.settings), rows: len(rows)}, nil
}
