package dashboard

import (
	"math"
	"slices"
	"sort"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// curvePoints is at how many trial counts a best-so-far curve is known.
const curvePoints = 48

// counts are trials by what became of them.
type counts struct {
	told, failed, infeasible, met int // met: every constraint holds
}

func (c *counts) add(o counts) {
	c.told, c.failed, c.infeasible, c.met = c.told+o.told, c.failed+o.failed, c.infeasible+o.infeasible, c.met+o.met
}

// tally is what is kept of a study.
type tally struct {
	counts
	firstMet int          // trials to the first design that meets every constraint; 0 = none yet
	steps    []stats.Step // of the first objective, in its own direction: at most one between two counts of the grid
	best     best         // by the first objective
	reason   study.Reason // how it ended; empty = it has not
	worker   string       // that brought it to its end, of a fleet
	wallS    float64      // of finished ones
	begun    bool         // it has a journal
	complete bool         // its journal is
	broken   string       // why its journal cannot be read
	reader   *sweep.Follower
}

// best is the best design of a study.
type best struct {
	trial      int
	point      space.Point
	objectives []float64 // in their own directions
}

// done tells whether the study has come to its end.
func (t *tally) done() bool { return t.complete && t.reason != "" }

// add takes a trial.
func (t *tally) add(row dataset.Row, terms []dataset.Term, grid []int) {
	t.told++
	switch {
	case row.Result.Failed != "":
		t.failed++
		return
	case row.Result.Infeasible != "":
		t.infeasible++
		return
	case !meets(row):
		return
	}
	t.met++
	if t.firstMet == 0 {
		t.firstMet = t.told
	}
	value := results.Natural(terms[0], row.Score.Objectives[0])
	if len(t.steps) > 0 && !better(value, t.steps[len(t.steps)-1].Best, terms[0].Minimise) {
		return
	}
	t.step(value, grid)
	t.best = best{row.Trial, slices.Clone(row.Point), make([]float64, len(terms))}
	for i, term := range terms {
		t.best.objectives[i] = results.Natural(term, row.Score.Objectives[i])
	}
}

// step adds an improvement; one that no count of the grid separates from the last takes its place.
func (t *tally) step(value float64, grid []int) {
	if n := len(t.steps); n > 0 && sort.SearchInts(grid, t.steps[n-1].Trials) == sort.SearchInts(grid, t.told) {
		t.steps[n-1] = stats.Step{Trials: t.told, Best: value}
		return
	}
	t.steps = append(t.steps, stats.Step{Trials: t.told, Best: value})
}

// curve is the best-so-far curve; a study that has ended would never have improved.
func (t *tally) curve(budget int) stats.Curve {
	c := stats.Curve{Trials: t.told, Steps: t.steps}
	if t.done() && t.reason != study.LeftBehind {
		c.Trials = max(budget, t.told)
	}
	return c
}

// final is the best value so far; NaN without one.
func (t *tally) final() float64 {
	if len(t.steps) == 0 {
		return math.NaN()
	}
	return t.steps[len(t.steps)-1].Best
}

// meets tells whether a row has scores that meet every constraint.
func meets(row dataset.Row) bool {
	return row.Score.Objectives != nil && !slices.ContainsFunc(row.Score.Violations, func(v float64) bool { return v > 0 })
}

// better compares values in an objective's own direction; a NaN is worse than every value.
func better(a, b float64, minimise bool) bool {
	switch {
	case math.IsNaN(a):
		return false
	case math.IsNaN(b):
		return true
	case minimise:
		return a < b
	}
	return a > b
}
