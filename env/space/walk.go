package space

import (
	"iter"
	"slices"
)

// Points walks every canonical point once, the last axis fastest. Each yielded point is the caller's to keep.
func (s Space) Points() iter.Seq[Point] {
	return func(yield func(Point) bool) {
		p := make(Point, len(s.params))
		for {
			if !yield(slices.Clone(p)) {
				return
			}
			if !s.Next(p) {
				return
			}
		}
	}
}

// Next turns the canonical point p into its successor in the order of Points; false when p was the last one, which leaves p as the
// first point again.
func (s Space) Next(p Point) bool {
	for axis := len(p) - 1; axis >= 0; axis-- {
		if p[axis]+1 < s.levels[axis] && s.Active(p, axis) {
			p[axis]++
			return true
		}
		p[axis] = 0
	}
	return false
}

// Neighbors walks the levels next to p's level on one axis: one down and one up for an ordinal axis, all others for a nominal one,
// every swap of two adjacent labels for a permutation. An inactive axis has none. The caller makes the changed point canonical.
func (s Space) Neighbors(p Point, axis int) iter.Seq[int] {
	return func(yield func(int) bool) {
		if !s.Active(p, axis) {
			return
		}
		param, level := s.params[axis], p[axis]
		switch param.Kind {
		case Ordinal:
			if level > 0 && !yield(level-1) {
				return
			}
			if level+1 < s.levels[axis] {
				yield(level + 1)
			}
		case Nominal:
			for other := range s.levels[axis] {
				if other != level && !yield(other) {
					return
				}
			}
		case Permutation:
			var buf [MaxPermuted]int
			order := Unrank(buf[:0], level, len(param.Labels))
			for i := range len(order) - 1 {
				order[i], order[i+1] = order[i+1], order[i]
				if !yield(Rank(order)) {
					return
				}
				order[i], order[i+1] = order[i+1], order[i]
			}
		}
	}
}
