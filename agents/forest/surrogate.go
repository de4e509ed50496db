package forest

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/forest"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// surrogate is what is believed of designs: the two forests, of which one may be missing, and what is to be improved.
type surrogate struct {
	space     space.Space
	objective *forest.Forest // of the targets; nil while nothing is feasible
	margin    *forest.Forest // nil when everything told is feasible
	best      float64        // greatest target of a feasible trial; while there is none, least margin
	leaders   []space.Point  // of the told trials, the best first
	row       []int          // scratch
}

// newSurrogate learns from the told trials; each pending point counts as an average design.
func newSurrogate(p agents.Problem, o Options, trials []agents.Trial, pending []space.Point, rng *rand.Rand) (*surrogate, error) {
	order, values, margin := ranked(trials, p.Objectives, rng)
	s := &surrogate{space: p.Space}
	for _, i := range order[:min(o.Leaders, len(order))] {
		s.leaders = append(s.leaders, trials[i].Point)
	}
	chosen := history.Remembered(order, o.Memory)
	columns := Features(p.Space)
	feasible, infeasible := false, false
	var rows, evaluated [][]int
	var limits, targets []float64
	for _, i := range chosen {
		row := AppendRow(nil, p.Space, trials[i].Point)
		rows, limits = append(rows, row), append(limits, margin[i])
		feasible = feasible || trials[i].Feasible()
		infeasible = infeasible || !trials[i].Feasible()
		if trials[i].Objectives != nil {
			evaluated, targets = append(evaluated, row), append(targets, values[i])
		}
	}
	var err error
	if feasible {
		targets = transformed(targets, o.Transform)
		s.best, evaluated, targets = bestTarget(trials, chosen, targets), lie(p.Space, evaluated, pending), extended(targets, len(pending))
		if s.objective, err = forest.Train(columns, evaluated, targets, forest.Options{Trees: o.Trees}, rng); err != nil {
			return nil, err
		}
	}
	if infeasible {
		if !feasible {
			s.best = slices.Min(limits)
			rows, limits = lie(p.Space, rows, pending), extended(limits, len(pending))
		}
		if s.margin, err = forest.Train(columns, rows, limits, forest.Options{Trees: o.Trees}, rng); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// ranked orders the trials, the best first: feasible ones by their scalar, then the others by margin.
func ranked(trials []agents.Trial, objectives int, rng *rand.Rand) (order []int, values, margin []float64) {
	values, margin = scalars(trials, objectives, rng), margins(trials)
	order = make([]int, len(trials))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch a, b := trials[i].Feasible(), trials[j].Feasible(); {
		case a && b:
			return cmp.Compare(values[j], values[i])
		case a:
			return -1
		case b:
			return 1
		}
		return cmp.Compare(margin[i], margin[j])
	})
	return order, values, margin
}

// bestTarget is the greatest target of a feasible trial; targets are those of the evaluated ones of the chosen.
func bestTarget(trials []agents.Trial, chosen []int, targets []float64) float64 {
	best, at := math.Inf(-1), 0
	for _, i := range chosen {
		if trials[i].Objectives == nil {
			continue
		}
		if trials[i].Feasible() {
			best = max(best, targets[at])
		}
		at++
	}
	return best
}

// lie appends the rows of the pending points.
func lie(s space.Space, rows [][]int, pending []space.Point) [][]int {
	for _, p := range pending {
		rows = append(rows, AppendRow(nil, s, p))
	}
	return rows
}

// extended appends the mean of the targets n times.
func extended(targets []float64, n int) []float64 {
	mean := 0.0
	for _, y := range targets {
		mean += y / float64(len(targets))
	}
	for range n {
		targets = append(targets, mean)
	}
	return targets
}

// score is the log of the acquisition: the expected improvement of the target times the probability of being feasible or, while nothing is,
// the expected improvement of the margin.
func (s *surrogate) score(p space.Point) float64 {
	const least = 1e-6 // standard deviation: trees may agree
	s.row = AppendRow(s.row[:0], s.space, p)
	var distance, doubt float64
	if s.margin != nil {
		mean, variance := s.margin.Predict(s.row)
		distance, doubt = mean, max(math.Sqrt(variance), least)
	}
	if s.objective == nil {
		return gp.LogExpectedImprovement(-distance, doubt, -s.best)
	}
	mean, variance := s.objective.Predict(s.row)
	log := gp.LogExpectedImprovement(mean, max(math.Sqrt(variance), least), s.best)
	if s.margin != nil {
		log += gp.LogNormalCDF(-distance / doubt)
	}
	return log
}
