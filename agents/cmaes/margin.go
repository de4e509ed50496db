package cmaes

import "math"

// keepMargin moves and widens the distribution so that no level becomes out of reach: package comment.
func (c *core) keepMargin(in code) {
	rare := 1 / (float64(max(in.size, 1)) * float64(c.lambda))
	for _, p := range in.parts {
		switch p.shape {
		case steps:
			c.keepSteps(p.first, p.levels, rare)
		case argmax:
			c.keepLabels(p.first, p.size, rare/float64(p.size-1))
		case keys:
			c.keepOrder(p.first, p.size, rare/float64(p.size-1))
		}
	}
}

// keepSteps keeps the chance that a coordinate leaves the part its mean is in.
func (c *core) keepSteps(i, levels int, rare float64) {
	deviation := c.deviation(i)
	at := cell(c.mean[i], levels)
	low, high := float64(at)/float64(levels), float64(at+1)/float64(levels)
	switch {
	case at == 0:
		c.mean[i] = max(c.mean[i], high-deviation*quantile(1-rare))
	case at == levels-1:
		c.mean[i] = min(c.mean[i], low+deviation*quantile(1-rare))
	default:
		below, above := normal((low-c.mean[i])/deviation), normal((c.mean[i]-high)/deviation)
		if below >= rare/2 && above >= rare/2 {
			return
		}
		below, above = max(below, rare/2), max(above, rare/2)
		toLow, toHigh := quantile(1-below), quantile(1-above)
		wanted := (high - low) / (toLow + toHigh)
		c.scale[i] *= wanted / deviation
		c.mean[i] = low + wanted*toLow
	}
}

// keepLabels keeps the chance that each label beats the one whose mean is greatest.
func (c *core) keepLabels(first, labels int, rare float64) {
	best := first + greatest(c.mean[first:first+labels])
	for i := first; i < first+labels; i++ {
		if i != best {
			gap := math.Hypot(c.deviation(i), c.deviation(best)) * quantile(1-rare)
			c.mean[i] = max(c.mean[i], c.mean[best]-gap)
		}
	}
}

// keepOrder keeps the chance that two labels that follow one another change places: it closes the gaps from the first label on.
func (c *core) keepOrder(first, labels int, rare float64) {
	order := ascending(c.mean[first : first+labels])
	for k := 1; k < labels; k++ {
		before, after := first+order[k-1], first+order[k]
		gap := math.Hypot(c.deviation(before), c.deviation(after)) * quantile(1-rare)
		c.mean[after] = min(c.mean[after], c.mean[before]+gap)
	}
}

// normal is the standard normal distribution function.
func normal(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// quantile is its inverse.
func quantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }
