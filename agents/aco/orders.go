package aco

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// orders is the trail of a permutation axis, a tour through the labels: a column for each label and a row for each label before it; the
// last row is for the first place.
type orders struct {
	table
	axis int
}

var _ trail = (*orders)(nil)

func (o *orders) draw(_ space.Point, greed float64, rng *rand.Rand) int {
	var order [space.MaxPermuted]int
	var used [space.MaxPermuted]bool
	var buf [space.MaxPermuted]float64
	weights, before := buf[:o.columns], o.columns
	for place := range o.columns - 1 {
		copy(weights, o.row(before))
		for label := range weights {
			if used[label] {
				weights[label] = 0
			}
		}
		before = draw(weights, greed, rng)
		order[place], used[before] = before, true
	}
	for label := range o.columns { // the last label is no choice
		if !used[label] {
			order[o.columns-1] = label
		}
	}
	return space.Rank(order[:o.columns])
}

func (o *orders) visit(p space.Point, call func(trail *float64, weight float64)) {
	var buf [space.MaxPermuted]int
	before := o.columns
	for _, label := range space.Unrank(buf[:0], p[o.axis], o.columns) {
		call(o.at(before, label), 1)
		before = label
	}
}
