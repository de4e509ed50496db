package bayes

import (
	"math"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// margin is how far the reference of the hypervolume lies beyond the worst values of feasible designs, in parts of their extent.
const margin = 0.1

// conditionObjectives models evaluated designs: their scores, or of two objectives each by itself.
func (a *Agent) conditionObjectives(v *view, evaluated []int, scores []float64) error {
	fit := a.model.due(len(a.rows))
	targets := make([][]float64, len(a.model.objectives))
	for m := range a.model.objectives {
		raw := make([]float64, len(evaluated))
		for k, i := range evaluated {
			raw[k] = scores[i]
			if len(targets) > 1 {
				raw[k] = a.rows[i].trial.Objectives[m]
			}
		}
		targets[m] = a.model.warp(raw)
		p := &a.model.objectives[m]
		if err := p.condition(evaluated, a.x, targets[m]); err != nil {
			return err
		}
		if fit {
			if err := p.gp.Fit(fitSteps); err != nil {
				return err
			}
			a.model.fitted = len(a.rows)
		}
	}
	var feasible []int // among the evaluated ones
	for k, i := range evaluated {
		if a.rows[i].trial.Feasible() {
			feasible = append(feasible, k)
		}
	}
	if v.gains = len(feasible) > 0; !v.gains {
		return nil
	}
	if len(targets) > 1 {
		return a.conditionFront(v, feasible, targets)
	}
	v.best = math.Inf(-1)
	for _, k := range feasible {
		v.best = max(v.best, targets[0][k])
	}
	return a.lie(0, targets[0], func([]float64) float64 { return v.best })
}

// conditionFront makes the front of two objectives. Designs in flight are taken to have the values that are expected of them.
func (a *Agent) conditionFront(v *view, feasible []int, targets [][]float64) error {
	var pairs [][2]float64
	for _, k := range feasible {
		pairs = append(pairs, [2]float64{targets[0][k], targets[1][k]})
	}
	reference := referenceOf(pairs)
	believed := make([][2]float64, len(a.pending()))
	for m := range targets {
		at := 0
		err := a.lie(m, targets[m], func(x []float64) float64 {
			mean, _ := a.model.objectives[m].predict(x)
			believed[at][m] = mean
			at++
			return mean
		})
		if err != nil {
			return err
		}
	}
	v.front = gp.NewFront(append(pairs, believed...), reference)
	return nil
}

// referenceOf is the pair below all pairs by the margin. One below the front alone would see no gain in longer fronts.
func referenceOf(pairs [][2]float64) [2]float64 {
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, p := range pairs {
		for m := range p {
			low[m], high[m] = min(low[m], p[m]), max(high[m], p[m])
		}
	}
	for m := range low {
		low[m] -= margin * max(high[m]-low[m], 1) // of one design, too: targets have a variance of 1
	}
	return low
}

// pending lists the designs in flight that the models are told of: none for draws, which differ by themselves.
func (a *Agent) pending() []space.Point {
	if a.options.Acquisition == Thompson {
		return nil
	}
	return a.guard.Pending()
}

// lie adds the designs in flight to a process of an objective, with the values that it is told.
func (a *Agent) lie(m int, targets []float64, value func(x []float64) float64) error {
	p := &a.model.objectives[m]
	var inputs [][]float64
	for _, q := range a.pending() {
		x := a.encoder.append(nil, q)
		inputs, targets = append(inputs, x), append(targets, value(x))
	}
	for _, x := range inputs {
		if err := p.gp.Add(x); err != nil {
			return err
		}
	}
	return p.gp.SetTargets(p.rest(targets, inputs))
}
