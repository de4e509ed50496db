package offpolicy

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// Best is the legal action of the greatest utility and that utility, the first of equal ones. Without values of whole actions it goes axis by axis: exact
// where no axis is conditional on another. A mask that allows nothing is an error.
func (u *Utilities) Best(row int, mask [][]bool) (space.Point, float64, error) {
	if u.points != nil {
		return u.bestAction(row, mask)
	}
	return u.pick(row, mask, func(_ int, values []float64, legal []bool) int {
		best := -1
		for l, v := range values {
			if (legal == nil || legal[l]) && (best < 0 || v > values[best]) {
				best = l
			}
		}
		return best
	})
}

// bestAction looks at every action.
func (u *Utilities) bestAction(row int, mask [][]bool) (space.Point, float64, error) {
	best, most := -1, 0.0
	for i, p := range u.points {
		if !u.allowed(p, mask) {
			continue
		}
		if v := u.Value(row, p); best < 0 || v > most {
			best, most = i, v
		}
	}
	if best < 0 {
		return nil, 0, fmt.Errorf("the mask allows none of the %d actions", len(u.points))
	}
	return slices.Clone(u.points[best]), most, nil
}

// allowed tells whether a mask allows the levels of an action's active axes.
func (u *Utilities) allowed(p space.Point, mask [][]bool) bool {
	if mask == nil {
		return true
	}
	for _, h := range u.heads {
		if u.space.Active(p, h.axis) && !mask[h.axis][p[h.axis]] {
			return false
		}
	}
	return true
}

// Explore is Best of which each axis is, with the given probability, a legal level drawn uniformly instead; so is an axis that only the drawn ones make
// active.
func (u *Utilities) Explore(row int, mask [][]bool, probability float64, rng *rand.Rand) (space.Point, error) {
	best, _, err := u.Best(row, mask)
	if err != nil {
		return nil, err
	}
	explored, _, err := u.pick(row, mask, func(axis int, values []float64, legal []bool) int {
		if rng.Float64() >= probability && u.space.Active(best, axis) {
			return best[axis]
		}
		for {
			if l := rng.IntN(len(values)); legal == nil || legal[l] {
				return l
			}
		}
	})
	return explored, err
}

// pick chooses axis by axis and adds up the values of the chosen levels.
func (u *Utilities) pick(row int, mask [][]bool, choose func(axis int, values []float64, legal []bool) int) (space.Point, float64, error) {
	point, total := make(space.Point, u.space.Len()), 0.0
	for _, h := range u.heads {
		if !u.space.Active(point, h.axis) {
			continue
		}
		var legal []bool
		if mask != nil {
			if legal = mask[h.axis]; !slices.Contains(legal, true) {
				return nil, 0, fmt.Errorf("the mask of %q allows none of its %d levels", u.space.Param(h.axis).Name, h.levels)
			}
		}
		values := u.levels(row, h)
		point[h.axis] = choose(h.axis, values, legal)
		total += values[point[h.axis]]
	}
	return point, total, nil
}
