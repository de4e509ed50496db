package coexplore

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// repair takes the excess of PEs and bandwidth away, a step at a time from where there is most, and builds the first sub-accelerator where there is none.
func (n *nasaic) repair(p space.Point) (space.Point, bool) {
	out := slices.Clone(p)
	first := len(p) - n.subs*subAxisCount
	var pes, bandwidths []int // axes
	for i := range n.subs {
		pes = append(pes, first+i*subAxisCount+atPEs)
	}
	shrink(out, pes, 0, n.limits.PEs/peStep/n.copies)
	for _, axis := range pes {
		if out[axis] > 0 {
			bandwidths = append(bandwidths, axis+atBandwidth-atPEs)
		}
	}
	shrink(out, bandwidths, 1, n.limits.NoCBandwidth/bandwidthStep/n.copies)
	if n.chip(out).AreaUM2(n.area) == 0 {
		out[first+atPEs] = leastPEs / peStep
	}
	out = n.spec.Space.Canonical(out)
	return out, !slices.Equal(out, p)
}

// leastPEs is a cluster of the template kcp.
const leastPEs = 64

// shrink lowers the largest of some levels, the last among equals, until their steps sum to at most a bound; level 0 is so many steps.
func shrink(p space.Point, axes []int, steps, most int) {
	for {
		sum, largest := 0, -1
		for _, axis := range axes {
			sum += p[axis] + steps
			if largest < 0 || p[axis] >= p[largest] {
				largest = axis
			}
		}
		if sum <= most {
			return
		}
		p[largest]--
	}
}
