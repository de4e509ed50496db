package bayes

import (
	"cmp"
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
	if a.small {
		return a.enumerate(v).point
	}
	var starts []found
	for _, p := range a.candidates(v) {
		starts = append(starts, found{p, v.acquisition(p)})
	}
	slices.SortStableFunc(starts, func(s, t found) int { return cmp.Compare(t.value, s.value) })
	starts = starts[:min(len(starts), a.options.Restarts)]
	starts = append(starts, found{a.rows[v.order[0]].trial.Point, math.Inf(-1)}) // the best design, which cannot win itself
	var best found
	for _, s := range starts {
		if s = a.climb(v, s); !a.seen.Has(s.point) && (best.point == nil || s.value > best.value) {
			best = s
		}
	}
	return best.point
}

// enumerate tries every design.
func (a *Agent) enumerate(v *view) (best found) {
	for p := range a.problem.Space.Points() {
		if a.seen.Has(p) {
			continue
		}
		if value := v.acquisition(p); best.point == nil || value > best.value {
			best = found{p, value}
		}
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

// climb changes one axis after the other, round and round, to its best level, until none is better.
func (a *Agent) climb(v *view, at found) found {
	var levels []int
	axes := a.encoder.of
	idle := 0 // axes tried since the last move
	for turn := 0; idle < len(axes) && turn < rounds*len(axes); turn++ {
		axis, best := axes[turn%len(axes)], at
		idle++
		levels = a.levels(levels[:0], at.point, axis)
		for _, level := range levels {
			p := vary.Move{Axis: axis, Level: level}.Apply(a.problem.Space, at.point, a.rng)
			if a.seen.Has(p) || !v.box.has(p) {
				continue
			}
			if value := v.acquisition(p); value > best.value {
				best, idle = found{p, value}, 1
			}
		}
		at = best
	}
	return at
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
