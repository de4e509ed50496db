package cmaes

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// code places the designs of a space among real coordinates. Package comment: the law.
type code struct {
	space space.Space
	parts []part // one an axis
	size  int    // coordinates
}

// part is the coordinates of one axis.
type part struct {
	shape       shape
	first, size int // coordinates
	levels      int
}

// shape is how the coordinates of an axis tell its level.
type shape int

const (
	fixed  shape = iota // one level, no coordinate
	steps               // one coordinate, [0, 1] cut into equal parts
	argmax              // a coordinate a label, the greatest tells
	keys                // a coordinate a label, their ascending order tells
)

func newCode(s space.Space) code {
	c := code{space: s}
	for axis := range s.Len() {
		p := s.Param(axis)
		part := part{first: c.size, levels: p.Levels()}
		switch {
		case part.levels == 1:
		case p.Kind == space.Permutation:
			part.shape, part.size = keys, len(p.Labels)
		case p.Kind == space.Nominal && part.levels > 2:
			part.shape, part.size = argmax, part.levels
		default:
			part.shape, part.size = steps, 1
		}
		c.parts = append(c.parts, part)
		c.size += part.size
	}
	return c
}

// design is the canonical design at a place.
func (c code) design(x []float64) space.Point {
	p := make(space.Point, len(c.parts))
	for axis, part := range c.parts {
		p[axis] = part.level(x[part.first : part.first+part.size])
	}
	return c.space.Canonical(p)
}

func (p part) level(x []float64) int {
	switch p.shape {
	case steps:
		return cell(x[0], p.levels)
	case argmax:
		return greatest(x)
	case keys:
		return space.Rank(ascending(x))
	}
	return 0
}

// cell is the part of [0, 1] that x is in; beyond the ends it is the first or the last one.
func cell(x float64, levels int) int { return int(min(max(x*float64(levels), 0), float64(levels-1))) }

// greatest is the index of the first greatest number.
func greatest(x []float64) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}

// ascending is the order of the numbers' indices, the least first.
func ascending(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case x[i] < x[j]:
			return -1
		case x[i] > x[j]:
			return 1
		}
		return 0
	})
	return order
}

// place is a place of the design in [0, 1] a coordinate: in the middle of its part, label or order.
func (c code) place(p space.Point) []float64 {
	x := make([]float64, c.size)
	for axis, part := range c.parts {
		at := x[part.first : part.first+part.size]
		switch part.shape {
		case steps:
			at[0] = (float64(p[axis]) + 0.5) / float64(part.levels)
		case argmax:
			for i := range at {
				at[i] = 0.25
			}
			at[p[axis]] = 0.75
		case keys:
			var buf [space.MaxPermuted]int
			for i, label := range space.Unrank(buf[:0], p[axis], part.size) {
				at[label] = (float64(i) + 0.5) / float64(part.size)
			}
		}
	}
	return x
}
