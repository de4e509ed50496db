package bayes

import "math"

// tchebycheff is the weight of the sum in ParEGO's scalarisation.
const tchebycheff = 0.05

// scores are the one number by which each told row is maximised, from the region's first on: its objective or, of several, minus the augmented
// Tchebycheff distance from the best of each, under weights drawn anew for every proposal. Rows without objectives score 0 and are not used.
func (a *Agent) scores() []float64 {
	scores := make([]float64, len(a.rows))
	k := a.problem.Objectives
	if k == 1 {
		for i, r := range a.rows {
			if r.trial.Objectives != nil {
				scores[i] = r.trial.Objectives[0]
			}
		}
		return scores
	}
	weights := a.weights(k)
	low, high := a.ranges(k)
	for i, r := range a.rows {
		if r.trial.Objectives == nil {
			continue
		}
		worst, sum := math.Inf(-1), 0.0
		for m, o := range r.trial.Objectives {
			cost := 0.0
			if high[m] > low[m] {
				cost = weights[m] * (high[m]/2 - o/2) / (high[m]/2 - low[m]/2)
			}
			worst, sum = max(worst, cost), sum+cost
		}
		scores[i] = -worst - tchebycheff*sum
	}
	return scores
}

// weights draws k weights that sum to 1, uniformly over the simplex.
func (a *Agent) weights(k int) []float64 {
	weights, sum := make([]float64, k), 0.0
	for m := range weights {
		weights[m] = a.rng.ExpFloat64()
		sum += weights[m]
	}
	for m := range weights {
		weights[m] /= sum
	}
	return weights
}

// ranges are the least and the greatest of each objective over the feasible designs, or over all evaluated ones while none is feasible.
func (a *Agent) ranges(k int) (low, high []float64) {
	low, high = make([]float64, k), make([]float64, k)
	for m := range k {
		low[m], high[m] = math.Inf(1), math.Inf(-1)
	}
	feasible := false
	for _, r := range a.rows {
		feasible = feasible || r.trial.Feasible()
	}
	for _, r := range a.rows {
		if r.trial.Objectives == nil || feasible && !r.trial.Feasible() {
			continue
		}
		for m, o := range r.trial.Objectives {
			low[m], high[m] = min(low[m], o), max(high[m], o)
		}
	}
	return low, high
}
