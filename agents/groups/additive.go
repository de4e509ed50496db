package groups

import (
	"cmp"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// coarse is an axis in a few bins: which one each trial is in.
type coarse struct {
	bins   int
	of     []int
	absent int // the bin of trials in which the axis is inactive, -1 when there are none
}

// maxBins bounds the bins of an axis: two axes have at most 16 cells, of which some hundred trials fill each with several.
const maxBins = 4

// coarsen puts an axis' levels into bins of about as many trials each: neighbours of an ordered axis, of others the levels whose trials score alike. An
// inactive axis is in a bin of its own.
func coarsen(s space.Space, axis int, trials []agents.Trial, scores []float64) coarse {
	levels := s.Levels(axis)
	count, total := make([]int, levels+1), make([]float64, levels+1)
	at := make([]int, len(trials))
	for i, t := range trials {
		at[i] = t.Point[axis]
		if !s.Active(t.Point, axis) {
			at[i] = levels
		}
		count[at[i]]++
		total[at[i]] += scores[i]
	}
	order := make([]int, 0, levels)
	active := 0
	for level := range levels {
		if count[level] > 0 {
			order, active = append(order, level), active+count[level]
		}
	}
	if s.Param(axis).Kind != space.Ordinal && len(order) > maxBins {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(total[a]/float64(count[a]), total[b]/float64(count[b])) })
	}
	bin, next, filled := make([]int, levels+1), 0, 0
	for k, level := range order {
		if k > 0 && (len(order) <= maxBins || filled*maxBins >= (next+1)*active && next+1 < maxBins) {
			next++
		}
		bin[level] = next
		filled += count[level]
	}
	c := coarse{bins: next + 1, of: make([]int, len(trials)), absent: -1}
	if count[levels] > 0 {
		c.absent, bin[levels] = c.bins, c.bins
		c.bins++
	}
	for i, level := range at {
		c.of[i] = bin[level]
	}
	return c
}

// sweeps is how often the effects of each axis are fitted to what the others leave: they converge within some few where axes are drawn independently.
const sweeps = 20

// residuals is what the sum of the axes' own effects leaves of the scores, and its degrees of freedom.
func residuals(axes []coarse, scores []float64) (rest []float64, freedom int) {
	mean := 0.0
	for _, v := range scores {
		mean += v / float64(len(scores))
	}
	rest = make([]float64, len(scores))
	for i, v := range scores {
		rest[i] = v - mean
	}
	freedom = len(scores) - 1
	for _, c := range axes {
		freedom -= c.bins - 1
	}
	for range sweeps {
		for _, c := range axes {
			count, total := make([]float64, c.bins), make([]float64, c.bins)
			for i, b := range c.of {
				count[b]++
				total[b] += rest[i]
			}
			for i, b := range c.of {
				rest[i] -= total[b] / count[b]
			}
		}
	}
	return rest, freedom
}

// joint is how much of the residuals' squares the means of the cells of two axes explain, and how many degrees of freedom these cost beyond the axes' own.
// Trials in which one of them is inactive do not tell what they do together.
func joint(a, b coarse, rest []float64) (explained float64, extra int) {
	count, total := make([]float64, a.bins*b.bins), make([]float64, a.bins*b.bins)
	for i, r := range rest {
		if a.of[i] == a.absent || b.of[i] == b.absent {
			continue
		}
		cell := a.of[i]*b.bins + b.of[i]
		count[cell]++
		total[cell] += r
	}
	extra = 1 - a.present() - b.present()
	for cell, n := range count {
		if n > 0 {
			extra++
			explained += total[cell] * total[cell] / n
		}
	}
	return explained, extra
}

// present is the number of bins in which the axis is active.
func (c coarse) present() int {
	if c.absent >= 0 {
		return c.bins - 1
	}
	return c.bins
}
