package forest

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// scalars is one maximised number for each trial: the objective or, of several, the augmented Chebyshev scalarisation with random weights; NaN
// where a trial was not evaluated.
func scalars(trials []agents.Trial, objectives int, rng *rand.Rand) []float64 {
	values := make([]float64, len(trials))
	if objectives == 1 {
		for i, t := range trials {
			if values[i] = math.NaN(); t.Objectives != nil {
				values[i] = t.Objectives[0]
			}
		}
		return values
	}
	best, worst, weights := make([]float64, objectives), make([]float64, objectives), make([]float64, objectives)
	total := 0.0
	for k := range objectives {
		best[k], worst[k], weights[k] = math.Inf(-1), math.Inf(1), rng.ExpFloat64() // exponential: uniform on the simplex once normalised
		total += weights[k]
		for _, t := range trials {
			if t.Objectives != nil {
				best[k], worst[k] = max(best[k], t.Objectives[k]), min(worst[k], t.Objectives[k])
			}
		}
	}
	for i, t := range trials {
		if t.Objectives == nil {
			values[i] = math.NaN()
			continue
		}
		const augmentation = 0.05 // Knowles 2006
		greatest, sum := 0.0, 0.0
		for k, v := range t.Objectives {
			if best[k] > worst[k] {
				term := weights[k] / total * ((best[k] - v) / (best[k] - worst[k]))
				greatest, sum = max(greatest, term), sum+term
			}
		}
		values[i] = -greatest - augmentation*sum
	}
	return values
}

// transformed is the targets of finite, maximised numbers.
func transformed(values []float64, t Transform) []float64 {
	switch t {
	case Rank:
		return gp.RankGauss(values)
	case Log:
		return logDistance(values)
	}
	targets, _, _ := gp.Standardise(values)
	return targets
}

// logDistance is -ln((far - v) / (far - worst)) with far as far beyond the best as the best is from the 95th percentile.
func logDistance(values []float64) []float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	best, worst := sorted[n-1], sorted[0]
	far := best + (best - sorted[(n-1)*19/20])
	if far == best {
		far += 1e-5 * (best - worst)
	}
	targets := make([]float64, n)
	if !(far > best) || math.IsInf(far-worst, 0) {
		return targets // all equal, or too far apart for numbers
	}
	for i, v := range values {
		targets[i] = -math.Log((far - v) / (far - worst))
	}
	return targets
}

// margins is how far each trial is from feasible: <= 0 where it is feasible. The package comment has the law.
func margins(trials []agents.Trial) []float64 {
	var scale []float64 // mean absolute value of each violation of evaluated trials
	evaluated, known, distances := 0.0, 0.0, 0.0
	for _, t := range trials {
		if t.Objectives == nil {
			if n := len(t.Violations); n > 0 && t.Violations[n-1] > 0 {
				known, distances = known+1, distances+t.Violations[n-1]
			}
			continue
		}
		evaluated++
		for k, v := range t.Violations {
			if k == len(scale) {
				scale = append(scale, 0)
			}
			scale[k] += math.Abs(v)
		}
	}
	values, farthest := make([]float64, len(trials)), 0.0
	for i, t := range trials {
		if t.Objectives == nil {
			continue
		}
		worst := math.Inf(-1)
		for k, v := range t.Violations {
			if scale[k] > 0 && (k < len(t.Violations)-1 || v > 0) {
				worst = max(worst, v/(scale[k]/evaluated))
			}
		}
		if math.IsInf(worst, 0) {
			worst = -1
		}
		values[i] = bilog(worst)
		farthest = max(farthest, values[i])
	}
	for i, t := range trials {
		if t.Objectives != nil {
			continue
		}
		values[i] = farthest + 2
		if n := len(t.Violations); n > 0 && t.Violations[n-1] > 0 {
			ratio := t.Violations[n-1] / (distances / known)
			values[i] = farthest + 1 + ratio/(1+ratio)
		}
	}
	return values
}

// bilog is sign(v) ln(1 + |v|).
func bilog(v float64) float64 { return math.Copysign(math.Log1p(math.Abs(v)), v) }
