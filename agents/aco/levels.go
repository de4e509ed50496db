package aco

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// MaxEdges is the most edges between two axes; where there would be more, the levels alone have trails.
const MaxEdges = 1 << 14

// levels is the trail of an ordinal or nominal axis: a column for each level.
type levels struct {
	table
	space space.Space
	axis  int
	edges bool      // a row for each level of the axis before and, last, one for its absence; else there is one row
	near  []float64 // weights of the levels 0, 1, … away
	rows  []float64 // weights of the rows 0, 1, … away
}

var _ trail = (*levels)(nil)

// kernel lists the weights of the levels 0, 1, … away, as far as they are above 1 %: exp(-distance / (smoothing · levels)) of an ordinal axis.
func kernel(p space.Param, smoothing float64) []float64 {
	const negligible = 0.01
	weights := []float64{1}
	width := smoothing * float64(p.Levels())
	if p.Kind != space.Ordinal || width == 0 {
		return weights
	}
	for k := 1; k < p.Levels(); k++ {
		w := math.Exp(-float64(k) / width)
		if w < negligible {
			break
		}
		weights = append(weights, w)
	}
	return weights
}

// situation is the row of a design.
func (l *levels) situation(p space.Point) int {
	switch {
	case !l.edges:
		return 0
	case l.space.Active(p, l.axis-1):
		return p[l.axis-1]
	}
	return l.absence()
}

// absence is the row where the axis before is not active.
func (l *levels) absence() int { return l.space.Levels(l.axis - 1) }

func (l *levels) draw(p space.Point, greed float64, rng *rand.Rand) int {
	return draw(l.row(l.situation(p)), greed, rng)
}

func (l *levels) visit(p space.Point, call func(trail *float64, weight float64)) {
	row, rows, last := l.situation(p), l.rows, 0
	if l.edges {
		if last = l.absence() - 1; row > last {
			rows, last = rows[:1], row
		}
	}
	spread(row, last, rows, func(i int, share float64) {
		spread(p[l.axis], l.columns-1, l.near, func(column int, weight float64) { call(l.at(i, column), share*weight) })
	})
}

// spread calls for the indices around a center within [0, last], each with the weight of its distance.
func spread(center, last int, weights []float64, call func(i int, weight float64)) {
	for k, weight := range weights {
		if center-k >= 0 {
			call(center-k, weight)
		}
		if k > 0 && center+k <= last {
			call(center+k, weight)
		}
	}
}
