package catalog_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// The points (1, 0.5) and (0.5, 1) dominate (2-1)(2-0.5) = 1.5 and (2-0.5)(2-1) = 1.5, which share (2-1)(2-1) = 1: 2 in all.
func TestHypervolumeByHand(t *testing.T) {
	require.InDelta(t, 2.0, hypervolume([][]float64{{1, 0.5}, {0.5, 1}, {1.5, 1.5}, {3, 0}}, []float64{2, 2}), 1e-12)
	// One box of 1 x 1 x 1 and one of 2 x 1 x 0.5 that share 1 x 1 x 0.5: 1 + 1 - 0.5.
	require.InDelta(t, 1.5, hypervolume([][]float64{{1, 1, 1}, {0, 1, 1.5}}, []float64{2, 2, 2}), 1e-12)
}

// hypervolume is the volume that minimised points of two or three objectives dominate below a reference point.
func hypervolume(points [][]float64, reference []float64) float64 {
	var inside [][]float64
	for _, p := range points {
		below := true
		for i := range p {
			below = below && p[i] < reference[i]
		}
		if below {
			inside = append(inside, p)
		}
	}
	inside = nondominated(inside)
	if len(reference) == 2 {
		return area(inside, reference)
	}
	slices.SortFunc(inside, func(a, b []float64) int { return compareAt(2, a, b) })
	volume := 0.0
	for i, p := range inside {
		next := reference[2]
		if i+1 < len(inside) {
			next = inside[i+1][2]
		}
		if next > p[2] {
			volume += area(slices.Clone(inside[:i+1]), reference) * (next - p[2])
		}
	}
	return volume
}

// area is hypervolume of the first two objectives; it reorders the points.
func area(points [][]float64, reference []float64) float64 {
	slices.SortFunc(points, func(a, b []float64) int { return compareAt(0, a, b) })
	total, least := 0.0, reference[1]
	for _, p := range points {
		if p[1] < least {
			total += (reference[0] - p[0]) * (least - p[1])
			least = p[1]
		}
	}
	return total
}

func compareAt(i int, a, b []float64) int { return cmp.Compare(a[i], b[i]) }

// nondominated leaves out the points that another one is at least as good as everywhere; of equal ones the first stays.
func nondominated(points [][]float64) (front [][]float64) {
	for i, p := range points {
		dominated := slices.ContainsFunc(points[:i], func(q []float64) bool { return covers(q, p) }) ||
			slices.ContainsFunc(points[i+1:], func(q []float64) bool { return covers(q, p) && !slices.Equal(q, p) })
		if !dominated {
			front = append(front, p)
		}
	}
	return front
}

func covers(q, p []float64) bool {
	for i := range p {
		if q[i] > p[i] {
			return false
		}
	}
	return true
}
