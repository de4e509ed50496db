package aco

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// trail is the pheromone of one axis.
type trail interface {
	// draw chooses the axis' level in a design whose earlier axes are set.
	draw(p space.Point, greed float64, rng *rand.Rand) int
	// visit calls for each trail that stands for the axis' level in p, with weight 1, and for those of levels nearby, with less.
	visit(p space.Point, call func(trail *float64, weight float64))
	pheromone() *table
}

// newTrail makes the trail of an axis.
func newTrail(s space.Space, axis int, o Options, r rule) trail {
	param := s.Param(axis)
	if param.Kind == space.Permutation {
		n := len(param.Labels)
		return &orders{newTable(n+1, n, r.bounds(n)), axis}
	}
	l := &levels{space: s, axis: axis, near: kernel(param, o.Smoothing), rows: []float64{1}}
	rows := 1
	if o.Trails == Edges && axis > 0 {
		if before := s.Param(axis - 1); before.Kind != space.Permutation && (before.Levels()+1)*param.Levels() <= MaxEdges {
			l.edges, l.rows, rows = true, kernel(before, o.Smoothing), before.Levels()+1
		}
	}
	l.table = newTable(rows, param.Levels(), r.bounds(param.Levels()))
	for k := 1; k < len(l.near) && l.near[k] >= branch; k++ {
		l.single += 2
	}
	l.single = min(l.single, l.columns)
	return l
}
