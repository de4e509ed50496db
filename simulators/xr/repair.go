package xr

import (
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// repairs projects designs onto those that keep the budgets and run every network somewhere.
type repairs struct {
	*scenario
	built *simulators.Built[design]
	first int // axis of accelerator 0
}

func repairer(built *simulators.Built[design], sc *scenario) repairs {
	return repairs{sc, built, built.Spec().Space.Len() - sc.maxAccelerators*acceleratorAxes}
}

// The axes of an accelerator, in the order of acceleratorFields.
const (
	axisTemplate = iota
	axisPEs
	_ // network-on-chip
	axisOffchip
	axisL1
	axisL2
)

func (r repairs) axis(k, of int) int { return r.first + k*acceleratorAxes + of }

// repair shrinks, and then enlarges.
func (r repairs) repair(p space.Point) (space.Point, bool) {
	q := slices.Clone(p)
	for _, share := range []struct {
		axis, budget int
		levels       []int
	}{{axisPEs, r.peBudget, peLevels()}, {axisOffchip, r.offchipBudget, offchipLevels()}} {
		q = r.shrink(q, share.axis, share.levels, share.budget)
	}
	r.enlarge(q)
	return q, !slices.Equal(p, q)
}

// shrink takes a level from the largest share until the budget holds; where all are at their least, an accelerator goes.
func (r repairs) shrink(q space.Point, axis int, levels []int, budget int) space.Point {
	for {
		sum, largest := 0, 0
		count := r.built.Config(q).count
		for k := range count {
			level := q[r.axis(k, axis)]
			sum += levels[level]
			if level > q[r.axis(largest, axis)] {
				largest = k
			}
		}
		switch at := r.axis(largest, axis); {
		case sum <= budget:
			return q
		case q[at] > 0:
			q[at]--
		default: // one accelerator at the least level keeps every budget, so there are several
			q[0]--
			q = r.built.Spec().Space.Canonical(q)
		}
	}
}

// enlarge gives every network that fits nowhere the buffers that it needs on the accelerator that lacks least. Where the largest buffers would not do,
// accelerator 0 becomes an NVDLA, whose needs they always hold.
func (r repairs) enlarge(q space.Point) {
	memory := r.scratch.Get().(*scratch)
	defer r.scratch.Put(memory)
	for i := 0; i < len(r.networks); i++ {
		best, bestExcess := -1, 0.0
		var l1, l2 int
		d := r.built.Config(q)
		for k, a := range d.accelerators[:d.count] {
			costs, err := r.costs(a.shape, memory)
			if err != nil {
				return // Evaluate reports it
			}
			c := costs[i]
			need1, need2 := enough(l1Levels(), c.L1Bytes), enough(l2Levels(), (c.L2Bytes+1023)>>10)
			excess := c.Excess(a.l1Bytes(), a.l2Bytes())
			if c.Refused == "" && need1 >= 0 && need2 >= 0 && (best < 0 || excess < bestExcess) {
				best, bestExcess, l1, l2 = k, excess, need1, need2
			}
		}
		if best < 0 {
			q[r.axis(0, axisTemplate)] = slices.Index(dataflow.Templates(), dataflow.KCP)
			i = -1 // what ran on accelerator 0 only is looked at again
			continue
		}
		if bestExcess > 0 {
			at1, at2 := r.axis(best, axisL1), r.axis(best, axisL2)
			q[at1], q[at2] = max(q[at1], l1), max(q[at2], l2)
		}
	}
}

// enough is the least level that holds a need; -1 when none does.
func enough(levels []int, need int64) int {
	return slices.IndexFunc(levels, func(size int) bool { return int64(size) >= need })
}
