package bayes

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// drawing is what the proposals of one batch are drawn from: candidates, and the posteriors of all models at them. The zero value is not made yet.
type drawing struct {
	view       *view
	points     []space.Point
	objectives []*gp.Joint // none while no feasible design is known
	limits     []limit
	values     [][]float64 // scratch: a draw of each objective
	over       []float64   // scratch: how far a draw is over its limits, in all
	one        []float64   // scratch
}

// limit is a modelled function that must not be above a bound.
type limit struct {
	joint *gp.Joint
	bound float64
}

// thompson draws all models at the candidates at once and proposes the best of those that were not seen; nil when there is none.
func (a *Agent) thompson(batch *drawing) (space.Point, error) {
	if batch.view == nil {
		made, err := a.drawing()
		if err != nil {
			return nil, err
		}
		*batch = *made
	}
	batch.draw(a)
	best := -1
	for i, p := range batch.points {
		if !a.seen.Has(p) && (best < 0 || batch.better(i, best)) {
			best = i
		}
	}
	if best < 0 {
		return nil, nil
	}
	return batch.points[best], nil
}

// drawing makes what a batch is drawn from.
func (a *Agent) drawing() (*drawing, error) {
	view, err := a.view()
	if err != nil {
		return nil, err
	}
	d := &drawing{view: view}
	if a.small {
		for p := range a.problem.Space.Points() {
			if !a.seen.Has(p) {
				d.points = append(d.points, slices.Clone(p))
			}
		}
	} else {
		for _, c := range a.candidates(view) {
			d.points = append(d.points, c.point)
		}
	}
	inputs := make([][]float64, len(d.points))
	for i, p := range d.points {
		inputs[i] = a.encoder.append(nil, p)
	}
	joint := func(p *process) *gp.Joint {
		var j *gp.Joint
		if err == nil {
			j, err = p.gp.Joint(inputs)
		}
		if err == nil {
			j.Shift(func(i int) float64 {
				mean, _ := p.prior.mean(inputs[i])
				return mean
			})
		}
		return j
	}
	if view.gains {
		for i := range a.model.objectives {
			d.objectives = append(d.objectives, joint(&a.model.objectives[i]))
		}
	}
	for c := range a.model.constraints {
		if p := &a.model.constraints[c]; len(p.held) > 0 {
			d.limits = append(d.limits, limit{joint(p), view.bounds[c]})
		}
	}
	if view.results != nil {
		d.limits = append(d.limits, limit{joint(view.results), view.bound})
	}
	d.over, d.one, d.values = make([]float64, len(inputs)), make([]float64, len(inputs)), make([][]float64, len(d.objectives))
	for m := range d.values {
		d.values[m] = make([]float64, len(inputs))
	}
	return d, err
}

// draw draws every model once.
func (d *drawing) draw(a *Agent) {
	for m, joint := range d.objectives {
		joint.Draw(d.values[m], a.rng)
	}
	clear(d.over)
	for _, l := range d.limits {
		l.joint.Draw(d.one, a.rng)
		for i, v := range d.one {
			d.over[i] += max(v-l.bound, 0)
		}
	}
}

// better tells whether candidate i is better than k in this draw: nearer to its limits or, within them, with the greater objective or, of two objectives, the
// greater area that it adds to the front.
func (d *drawing) better(i, k int) bool {
	if d.over[i] != d.over[k] {
		return d.over[i] < d.over[k]
	}
	return d.merit(i) > d.merit(k)
}

// merit is what candidate i is worth in this draw where it is within its limits.
func (d *drawing) merit(i int) float64 {
	switch len(d.values) {
	case 0:
		return 0
	case 1:
		return d.values[0][i]
	}
	return d.view.front.LogExpectedImprovement([2]float64{d.values[0][i], d.values[1][i]}, [2]float64{})
}
