package stats

import (
	"fmt"
	"slices"
)

// Front lists the indices, ascending, of the vectors that no other one dominates; all objectives are maximised and equal vectors are all
// kept. O(n log n) for one and two objectives, O(n f) vector comparisons beyond, f the size of the front. Vectors that differ in length or
// hold a NaN are a programmer's error and panic.
func Front(vectors [][]float64) []int {
	checkVectors(vectors)
	order := make([]int, len(vectors))
	for i := range order {
		order[i] = i
	}
	// Descending lexicographic order: whatever dominates a vector comes before it.
	slices.SortFunc(order, func(a, b int) int { return slices.Compare(vectors[b], vectors[a]) })
	front := make([]int, 0, len(order))
	for _, candidate := range order {
		rivals := front
		if len(vectors[candidate]) <= 2 && len(front) > 0 {
			// The last one kept has the largest second objective so far, and every one kept has at least this first objective.
			rivals = front[len(front)-1:]
		}
		beaten := slices.ContainsFunc(rivals, func(kept int) bool { return Dominates(vectors[kept], vectors[candidate]) })
		if !beaten {
			front = append(front, candidate)
		}
	}
	slices.Sort(front)
	return front
}

// Dominates tells whether a is nowhere smaller than b and somewhere larger; both have the same length.
func Dominates(a, b []float64) bool {
	larger := false
	for i, v := range a {
		if v < b[i] {
			return false
		}
		larger = larger || v > b[i]
	}
	return larger
}

func checkVectors(vectors [][]float64) {
	for i, v := range vectors {
		if len(v) != len(vectors[0]) || hasNaN(v) {
			panic(fmt.Sprintf("stats: objective vector %d is %v: want %d numbers", i, v, len(vectors[0])))
		}
	}
}
