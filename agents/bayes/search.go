package bayes

import (
	"math"
	"slices"

	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// The law of the search for the greatest acquisition.
const (
	parents    = 10  // best designs that candidates are mutations of
	single     = 0.6 // probability that a mutation changes one axis
	rounds     = 10  // of a local search over the axes, at most
	exhaustive = 16  // levels up to which a local search tries all of an axis
)

// found is a design with its acquisition.
type found struct {
	point space.Point
	value float64
}

// search is the design with the greatest acquisition that it finds among those that were not seen; a nil point when it comes upon none.
func (a *Agent) search(v *view) space.Point {
	q := v.acquisition()
	if a.small {
		return a.enumerate(q).point
	}
	c := climber{a: a, q: q, box: v.box, known: map[string]found{}}
	var best found
	for _, s := range append(a.starts3(v, q), found{a.rows[v.order[0]].trial.Point, math.Inf(-1)}) { // the best design cannot win itself
		if s = c.climb(s); !a.seen.Has(s.point) && (best.point == nil || s.value > best.value) {
			best = s
		}
	}
	return best.point
}

// enumerate tries every design.
func (a *Agent) enumerate(q *acquisition) (best found) {
	var x []float64
	for p := range a.problem.Space.Points() {
		if a.seen.Has(p) {
			continue
		}
		least := math.Inf(-1)
		if best.point != nil {
			least = best.value
		}
		x = a.encoder.append(x[:0], p)
		if value, ok := q.above(x, nil, least); ok || best.point == nil {
			best = found{p, value}
		}
	}
	return best
}

// starts3 are the best Restarts of the candidates, the best first; of equal ones those first that come first.
func (a *Agent) starts3(v *view, q *acquisition) []found {
	var best []found
	var x []float64
	for _, p := range a.candidates(v) {
		least := math.Inf(-1)
		if len(best) == a.options.Restarts {
			least = best[len(best)-1].value
		}
		x = a.encoder.append(x[:0], p)
		value, ok := q.above(x, nil, least)
		if !ok && len(best) == a.options.Restarts {
			continue
		}
		at := len(best)
		for at > 0 && value > best[at-1].value {
			at--
		}
		best = slices.Insert(best, at, found{p, value})
		best = best[:min(len(best), a.options.Restarts)]
	}
	return best
}

// candidates are unseen designs: half of them random, half mutations of the best told ones.
func (a *Agent) candidates(v *view) []space.Point {
	s, count := a.problem.Space, a.options.Candidates
	list := make([]space.Point, 0, count)
	parent := v.order[:min(len(v.order), parents)]
	rate := 2 / float64(max(len(a.encoder.axes), 2))
	for i := range count {
		var p space.Point
		switch {
		case i >= (count+1)/2:
			from := a.rows[parent[i%len(parent)]].trial.Point
			if p = vary.One(s, from, a.rng); a.rng.Float64() >= single {
				p = vary.Mutate(s, from, rate, a.rng)
			}
		case v.box != nil:
			p = v.box.sample(a.rng)
		default:
			p = s.Sample(a.rng)
		}
		if !a.seen.Has(p) && v.box.has(p) {
			list = append(list, p)
		}
	}
	return list
}

// levels lists the other levels of an axis that a climb tries: all of a small axis; of a larger one the neighbours and, when it is ordinal, those
// 2, 4, 8, … levels away.
func (a *Agent) levels(dst []int, p space.Point, axis int) []int {
	s, level := a.problem.Space, p[axis]
	if !s.Active(p, axis) {
		return dst
	}
	count := s.Levels(axis)
	if count <= exhaustive {
		for other := range count {
			if other != level {
				dst = append(dst, other)
			}
		}
		return dst
	}
	for other := range s.Neighbors(p, axis) {
		dst = append(dst, other)
	}
	if s.Param(axis).Kind == space.Ordinal {
		for step := 2; step < count; step *= 2 {
			if level >= step {
				dst = append(dst, level-step)
			}
			if level+step < count {
				dst = append(dst, level+step)
			}
		}
	}
	return dst
}
