package boost

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Probability is that of a score of the logistic loss.
func Probability(score float64) float64 { return 1 / (1 + math.Exp(-score)) }

// objective is a loss on the targets of a table.
type objective struct {
	options Options
	y       []float64
	weights []float64 // nil = 1 each
	groups  []int     // nil = one
	rng     *rand.Rand
}

func (o objective) weight(row int) float64 {
	if o.weights == nil {
		return 1
	}
	return o.weights[row]
}

// base is the best constant score.
func (o objective) base() float64 {
	if o.options.Loss == Pairwise {
		return 0
	}
	if o.options.Loss == Quantile {
		rows := make([]int32, len(o.y))
		for i := range rows {
			rows[i] = int32(i)
		}
		return o.quantile(rows, make([]float64, len(o.y)))
	}
	// The mean as the first target plus that of the differences: exact where all are equal, and no sum of large numbers.
	total, mean := 0.0, o.y[0]
	for i, y := range o.y {
		total += o.weight(i)
		mean += o.weight(i) / total * (y - mean)
	}
	if o.options.Loss == Logistic {
		const certain = 1e-6 // a table of one class says no more than that
		mean = min(max(mean, certain), 1-certain)
		return math.Log(mean / (1 - mean))
	}
	return mean
}

// gradients are those of the loss at the scores.
func (o objective) gradients(scores, g, h []float64) {
	switch o.options.Loss {
	case Pairwise:
		o.pairs(scores, g, h)
		return
	case Logistic:
		for i, y := range o.y {
			p, w := Probability(scores[i]), o.weight(i)
			g[i], h[i] = w*(p-y), w*p*(1-p)
		}
	case Quantile:
		for i, y := range o.y {
			w := o.weight(i)
			g[i], h[i] = -w*o.options.Quantile, w
			if scores[i] >= y {
				g[i] += w
			}
		}
	default:
		for i, y := range o.y {
			w := o.weight(i)
			g[i], h[i] = w*(scores[i]-y), w
		}
	}
}

// quantile is the weighted quantile of the residuals of rows: the least of them up to which the weights are the share asked for, half of the way to the next
// one where they are exactly that.
func (o objective) quantile(rows []int32, scores []float64) float64 {
	type residual struct{ value, weight float64 }
	list, total := make([]residual, len(rows)), 0.0
	for i, r := range rows {
		list[i] = residual{o.y[r] - scores[r], o.weight(int(r))}
		total += list[i].weight
	}
	slices.SortStableFunc(list, func(a, b residual) int { return cmp.Compare(a.value, b.value) })
	sum := 0.0
	for i, r := range list {
		switch sum += r.weight; {
		case sum == total*o.options.Quantile && i+1 < len(list):
			return r.value/2 + list[i+1].value/2
		case sum >= total*o.options.Quantile:
			return r.value
		}
	}
	return list[len(list)-1].value
}
