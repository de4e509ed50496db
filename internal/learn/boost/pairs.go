package boost

import "math"

// pairs are the gradients of the pairwise loss.
func (o objective) pairs(scores, g, h []float64) {
	clear(g)
	clear(h)
	groups := o.groups
	if groups == nil {
		groups = []int{len(o.y)}
	}
	first := 0
	for _, n := range groups {
		o.group(first, n, scores, g, h)
		first += n
	}
	for i := range g {
		g[i] *= o.weight(i)
		h[i] *= o.weight(i)
	}
}

// group forms the pairs of n rows from the first one on: all of them, or some of each row with drawn ones.
func (o objective) group(first, n int, scores, g, h []float64) {
	if n <= o.options.Pairs+1 {
		for i := first; i < first+n; i++ {
			for j := i + 1; j < first+n; j++ {
				o.pair(i, j, 1/float64(n-1), scores, g, h)
			}
		}
		return
	}
	drawn := o.options.Pairs / 2
	for i := first; i < first+n; i++ {
		for range drawn {
			j := first + o.rng.IntN(n-1)
			if j >= i {
				j++
			}
			o.pair(i, j, 1/float64(2*drawn), scores, g, h)
		}
	}
}

// pair adds the share of a pair to both of its rows.
func (o objective) pair(i, j int, share float64, scores, g, h []float64) {
	switch {
	case o.y[i] == o.y[j]:
		return
	case o.y[i] < o.y[j]:
		i, j = j, i
	}
	wrong := 1 / (1 + math.Exp(scores[i]-scores[j])) // probability that the scores give to the wrong order
	slope, curvature := share*wrong, share*wrong*(1-wrong)
	g[i] -= slope
	g[j] += slope
	h[i] += curvature
	h[j] += curvature
}
