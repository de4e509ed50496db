package gbdt

import (
	"cmp"
	"slices"

	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// backgroundDesigns is how many of the best told designs the contribution of a level is averaged over, fewer where all levels would need more rows than
// backgroundRows, but leastBackground.
const (
	backgroundDesigns = 16
	backgroundRows    = 1000
	leastBackground   = 4
)

// contribution is what a level adds to the predicted score, on average over the background.
type contribution struct {
	axis, level int
	value       float64
}

// contributions lists those of all levels of axes with a choice, the worst first.
func contributions(s space.Space, e *predictor.Encoder, m *boost.Model, background []space.Point) (list []contribution) {
	var rows, scores []float64
	q := make(space.Point, s.Len()) // a background design with another level
	for axis := range s.Len() {
		if s.Levels(axis) < 2 {
			continue
		}
		for level := range s.Levels(axis) {
			rows = rows[:0]
			n := 0
			for _, p := range background {
				if s.Active(p, axis) {
					copy(q, p)
					q[axis] = level
					rows = e.Append(rows, s.Canonical(q))
					n++
				}
			}
			scores = slices.Grow(scores[:0], n)[:n]
			boost.Scores(m, rows, scores)
			c := contribution{axis: axis, level: level}
			for _, score := range scores {
				c.value += score / float64(n)
			}
			list = append(list, c)
		}
	}
	centre(list)
	slices.SortStableFunc(list, func(a, b contribution) int { return cmp.Compare(a.value, b.value) })
	return list
}

// centre takes the mean of each axis from the contributions of its levels, which stand together.
func centre(list []contribution) {
	for start := 0; start < len(list); {
		end, mean := start, 0.0
		for end < len(list) && list[end].axis == list[start].axis {
			mean += list[end].value
			end++
		}
		mean /= float64(end - start)
		for i := start; i < end; i++ {
			list[i].value -= mean
		}
		start = end
	}
}

// prune marks the levels that are left when the share of the worst contributions is taken away. Every axis keeps a level.
func prune(s space.Space, e *predictor.Encoder, m *boost.Model, background []space.Point, share float64) [][]bool {
	kept, left := make([][]bool, s.Len()), make([]int, s.Len())
	for axis := range kept {
		kept[axis], left[axis] = slices.Repeat([]bool{true}, s.Levels(axis)), s.Levels(axis)
	}
	if share == 0 {
		return kept
	}
	levels := 0
	for axis := range kept {
		levels += left[axis]
	}
	most := min(max(backgroundRows/max(levels, 1), leastBackground), backgroundDesigns)
	list := contributions(s, e, m, background[:min(most, len(background))])
	for _, c := range list[:int(share*float64(len(list)))] {
		if c.value < 0 && left[c.axis] > 1 {
			kept[c.axis][c.level] = false
			left[c.axis]--
		}
	}
	return kept
}
