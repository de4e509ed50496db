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
	total, widest := 0.0, reference[0]
	for i, v := range vectors {
		floor := reference[last]
		if i+1 < len(vectors) {
			floor = vectors[i+1][last]
		}
		widest = max(widest, v[0])
		height := v[last] - floor
		switch {
		case height == 0: // same slice as the next one
		case last == 1:
			total += height * (widest - reference[0])
		default:
			total += height * volume(vectors[:i+1], reference[:last])
		}
	}
	return total
}
