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
	for _, s := range append(c.launches(v), found{a.rows[v.order[0]].trial.Point, math.Inf(-1)}) { // the best design cannot win itself
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

// launches are the best Restarts of the candidates, the best first. Those that are mutations are looked at first, each from its parent.
func (c *climber) launches(v *view) []found {
	a := c.a
	most := a.options.Restarts
	var best []found
	visit := func(p space.Point, columns []int) {
		least := math.Inf(-1)
		if len(best) == most {
			least = best[most-1].value
		}
		value, ok := c.q.above(c.x, columns, least)
		if !ok && len(best) == most {
			return
		}
		at := len(best)
		for at > 0 && value > best[at-1].value {
			at--
		}
		best = slices.Insert(best, at, found{p, value})
		best = best[:min(len(best), most)]
	}
	list := a.candidates(v)
	for _, row := range a.parents(v) {
		c.stand(a.rows[row].trial.Point)
		for _, p := range list {
			if p.parent == row {
				visit(p.point, c.differing(p.point))
			}
		}
	}
	for _, p := range list {
		if p.parent < 0 {
			c.x = a.encoder.append(c.x[:0], p.point)
			visit(p.point, nil)
		}
	}
	return best
}

// candidate is a design that climbs may begin at, and the row that it is a mutation of; -1 when it is of none.
type candidate struct {
	point  space.Point
	parent int
}

// parents are the best rows.
func (a *Agent) parents(v *view) []int { return v.order[:min(len(v.order), parents)] }

// candidates are unseen designs: half of them random, half mutations of the best told ones.
func (a *Agent) candidates(v *view) []candidate {
	s, count := a.problem.Space, a.options.Candidates
	list := make([]candidate, 0, count)
	parent := a.parents(v)
	rate := 2 / float64(max(len(a.encoder.axes), 2))
	for i := range count {
		c := candidate{parent: -1}
		switch {
		case i >= (count+1)/2:
			c.parent = parent[i%len(parent)]
			from := a.rows[c.parent].trial.Point
			if c.point = vary.One(s, from, a.rng); a.rng.Float64() >= single {
				c.point = vary.Mutate(s, from, rate, a.rng)
			}
		case v.box != nil:
			c.point = v.box.sample(a.rng)
		default:
			c.point = s.Sample(a.rng)
		}
		if !a.seen.Has(c.point) && v.box.has(c.point) {
			list = append(list, c)
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
