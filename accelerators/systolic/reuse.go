package systolic

import "math"

// reuseGap is a lower bound on the reads between two reads of one element, 0 if none is known. Where it reaches the limit of a window, every
// read misses, because the window cannot hold the element that long.
//
// It is known for an ifmap whose depths lie along the rows (ws), when the rows divide the channels. Two reads of one element then lie whole folds
// apart, at the same row, ρ kernel rows and σ kernel columns away:
//
//	depths apart  d = (ρ·S + σ)·C, a multiple of R;  pixels apart  Δ = (ρ·dilation/stride)·OW + σ·dilation/stride
//	reads apart   ≥ d·V − R·(M − V + Δ + R + 1)             within a pass
//	              ≥ (K − d)·V − R·(M − V − Δ + R + 1)       from one pass to the next
//
// V is the least number of pixels that find an element at one kernel position: the others read border. The skew accounts for the last R + 1.
func (r reading) reuseGap(p Problem) int64 {
	g, rows := p.Ifmap, int64(r.array.Rows)
	if g.isMatrix() || r.array.Dataflow != WeightStationary || int64(g.Channels)%rows != 0 {
		return 0
	}
	down, across := g.axes()
	valid := down.leastInside() * across.leastInside()
	border := p.M - valid
	gap := int64(math.MaxInt64)
	for rho := range down.kernel {
		for sigma := 1 - across.kernel; sigma < across.kernel; sigma++ {
			positions := rho*across.kernel + sigma
			if positions < 1 || rho*down.dilation%down.stride != 0 || sigma*across.dilation%across.stride != 0 {
				continue
			}
			depths := int64(positions) * int64(g.Channels)
			pixels := int64(rho*down.dilation/down.stride)*int64(g.OutWidth) + int64(sigma*across.dilation/across.stride)
			gap = min(gap,
				depths*valid-rows*(border+pixels+rows+1),
				(p.K-depths)*valid-rows*(border-pixels+rows+1))
		}
	}
	return min(gap, p.K*valid)
}

// leastInside is the least number of windows that have one kernel position inside the input.
func (a axis) leastInside() int64 {
	least := int64(a.windows)
	for position := range a.kernel {
		least = min(least, a.inside(position*a.dilation, a.windows))
	}
	return least
}
