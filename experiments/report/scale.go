package report

import (
	"math"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// randomKind is the kind of agent whose median run is worth nothing on the common scale.
const randomKind = "random"

// scale puts the scores of a scenario on one scale with those of other scenarios: 0 the median run of the random agent (the worst run where there is none, or where
// it has no feasible design), 1 the optimum (the best run where it is unknown).
type scale struct {
	zero, one float64
	minimise  bool
	byOptimum bool // 1 is the optimum
	byRandom  bool // 0 is the random agent
}

// newScale is false while no run has a feasible design.
func newScale(contenders []contender, scored measure) (scale, bool) {
	s := scale{zero: worst(scored.Minimise), one: worst(scored.Minimise), minimise: scored.Minimise}
	found := false
	for _, c := range contenders {
		for _, run := range c.Runs {
			v, ok := scored.of(run)
			if !ok {
				continue
			}
			if !found || better(s.minimise, v, s.one) {
				s.one = v
			}
			if !found || better(s.minimise, s.zero, v) {
				s.zero = v
			}
			found = true
		}
		if c.Kind == randomKind && !infinite(c.summary.Median) {
			s.byRandom = true
		}
	}
	if scored.Optimum != nil {
		s.byOptimum = true
		if !found || math.Abs(stats.Regret(*scored.Optimum, s.one, s.minimise)) > sameValue { // else the best run has all the digits of what is stated
			s.one = *scored.Optimum
		}
	}
	for _, c := range contenders {
		if c.Kind == randomKind && !infinite(c.summary.Median) {
			s.zero = c.summary.Median
			break
		}
	}
	return s, found
}

// of is a score on the scale, cut off at 0 and 1; 0 for a run without a feasible design.
func (s scale) of(score float64) float64 {
	if infinite(score) {
		return 0
	}
	return min(max(stats.Normalised(score, s.zero, s.one, s.minimise), 0), 1)
}

// all are the runs' scores on the scale; runs that have not begun are left out.
func (s scale) all(runs []Run, scored measure) []float64 {
	var list []float64
	for _, run := range runs {
		if run.Trials > 0 {
			list = append(list, s.of(scored.score(run)))
		}
	}
	return list
}

// score is a run's score; the worst one without a feasible design.
func (m measure) score(run Run) float64 {
	if v, ok := m.of(run); ok {
		return v
	}
	return worst(m.Minimise)
}
