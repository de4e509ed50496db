package bayes

import (
	"cmp"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// conditionFeasibility models the constraints of evaluated designs, and whether a design has a result.
func (a *Agent) conditionFeasibility(v *view, rows, evaluated []int) error {
	fit := a.model.due(len(a.rows))
	v.bounds = make([]float64, len(a.model.constraints))
	for c := range a.model.constraints {
		values := make([]float64, len(evaluated))
		for k, i := range evaluated {
			values[k] = finite(a.rows[i].trial.Violations[c])
		}
		var targets []float64
		targets, v.bounds[c] = bilog(values)
		p := &a.model.constraints[c]
		if err := p.condition(evaluated, a.x, targets); err != nil {
			return err
		}
		if fit {
			if err := p.gp.Fit(fitSteps); err != nil {
				return err
			}
		}
	}
	return a.conditionResults(v, rows, fit)
}

// conditionResults models whether a design has a result at all, once one had none: by labels, -1 and 1, or, where the simulator told how far
// a design is from a result, by these distances, as a constraint.
func (a *Agent) conditionResults(v *view, rows []int, fit bool) error {
	values := make([]float64, len(rows))
	nearest, farthest, missing := math.Inf(1), 0.0, false
	for k, i := range rows {
		t := a.rows[i].trial
		if values[k] = max(finite(t.Violations[len(t.Violations)-1]), 0); values[k] > 0 {
			nearest, farthest = min(nearest, values[k]), max(farthest, values[k])
		}
		missing = missing || values[k] > 0 || t.Objectives == nil
	}
	if !missing {
		return nil
	}
	v.results = &a.model.labels
	if farthest > 0 {
		v.results = &a.model.distances
	} else {
		nearest, farthest = 1, 1
	}
	for k, i := range rows {
		switch {
		case values[k] > 0:
		case a.rows[i].trial.Objectives == nil:
			values[k] = farthest // unknown: taken for the worst
		default:
			values[k] = -nearest
		}
	}
	if v.results == &a.model.distances {
		values, v.bound = bilog(values)
	}
	if err := v.results.condition(rows, a.x, values); err != nil {
		return err
	}
	if fit {
		return v.results.gp.Fit(fitSteps)
	}
	return nil
}

// bilog is sign(v) ln(1 + |v|/scale) with the median of |v| over the values as scale, standardised, and where 0 comes to lie: the law that makes
// constraints of any unit and tail fit a Gaussian process without moving their bound.
func bilog(values []float64) (z []float64, bound float64) {
	scale := median(values)
	z = make([]float64, len(values))
	for i, v := range values {
		z[i] = math.Copysign(math.Log1p(math.Abs(v)/scale), v)
	}
	z, shift, spread := gp.Standardise(z)
	return z, -shift / spread
}

// median is that of the magnitudes other than 0; 1 when there is none.
func median(values []float64) float64 {
	var magnitudes []float64
	for _, v := range values {
		if v != 0 {
			magnitudes = append(magnitudes, math.Abs(v))
		}
	}
	if len(magnitudes) == 0 {
		return 1
	}
	slices.SortFunc(magnitudes, cmp.Compare[float64])
	return magnitudes[len(magnitudes)/2]
}

// finite is a violation as the models take it: what is not a number is as bad as can be.
func finite(v float64) float64 {
	const most = 1e100
	if math.IsNaN(v) {
		return most
	}
	return min(max(v, -most), most)
}
