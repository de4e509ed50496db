package stats

import (
	"cmp"
	"fmt"
	"slices"
)

// Hypervolume is the volume that the vectors dominate above the reference point, all objectives maximised. Vectors that are not larger
// than the reference in every objective add nothing; dominated ones change nothing. It is meant for up to four or five objectives. A length
// that differs from the reference's, which is at least 1, is a programmer's error and panics.
func Hypervolume(vectors [][]float64, reference []float64) float64 {
	checkVectors(vectors)
	if len(reference) == 0 || len(vectors) > 0 && len(vectors[0]) != len(reference) {
		panic(fmt.Sprintf("stats: reference point %v does not fit the objective vectors", reference))
	}
	inside := make([][]float64, 0, len(vectors))
	for _, v := range vectors {
		if above(v, reference) {
			inside = append(inside, v)
		}
	}
	return volume(inside, reference)
}

func above(v, reference []float64) bool {
	for i, r := range reference {
		if v[i] <= r {
			return false
		}
	}
	return true
}

// volume slices along the last objective of the reference: between two neighbouring values of it, the cross-section is the volume in one
// objective less of all vectors at or beyond. It looks at the first len(reference) objectives only.
func volume(vectors [][]float64, reference []float64) float64 {
	last := len(reference) - 1
	vectors = slices.Clone(vectors)
	slices.SortFunc(vectors, func(a, b []float64) int { return cmp.Compare(b[last], a[last]) })
	if last == 0 {
		if len(vectors) == 0 {
			return 0
		}
		return vectors[0][0] - reference[0]
	}
	total, widest, section := 0.0, reference[0], staircase{reference: reference}
	for i, v := range vectors {
		floor := reference[last]
		if i+1 < len(vectors) {
			floor = vectors[i+1][last]
		}
		height := v[last] - floor
		switch {
		case last == 1:
			widest = max(widest, v[0])
			total += height * (widest - reference[0])
		case last == 2:
			section.add(v[0], v[1])
			total += height * section.area
		case height > 0: // else in the same slice as the next one
			total += height * volume(vectors[:i+1], reference[:last])
		}
	}
	return total
}

// staircase is the area in the first two objectives that the vectors added so far dominate above the reference.
type staircase struct {
	reference []float64
	corners   [][2]float64 // x ascending, y strictly descending: those that none dominates
	area      float64
}

// add widens the area by a vector, larger than the reference in both objectives.
func (s *staircase) add(x, y float64) {
	// The corners from first on are no higher than the vector, those before beyond are no wider: the ones in both ranges are dominated.
	first, _ := slices.BinarySearchFunc(s.corners, y, func(c [2]float64, y float64) int { return cmp.Compare(y, c[1]) })
	beyond, _ := slices.BinarySearchFunc(s.corners, x, func(c [2]float64, x float64) int {
		if c[0] <= x {
			return -1
		}
		return 1
	})
	if first > 0 && s.corners[first-1][0] >= x || first < len(s.corners) && s.corners[first][1] == y && s.corners[first][0] >= x {
		return
	}
	left := s.reference[0]
	if first > 0 {
		left = s.corners[first-1][0]
	}
	for _, c := range s.corners[first:beyond] {
		s.area += (c[0] - left) * (y - c[1])
		left = c[0]
	}
	below := s.reference[1]
	if beyond < len(s.corners) {
		below = s.corners[beyond][1]
	}
	s.area += (x - left) * (y - below)
	s.corners = slices.Replace(s.corners, first, beyond, [2]float64{x, y})
}
