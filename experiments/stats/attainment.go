package stats

import (
	"cmp"
	"math"
	"slices"
)

// Attainment is the border of what at least k of the runs have reached [FF96], for two maximised objectives: no vector of it is dominated, every one of
// it is dominated or equalled by the fronts of at least k runs, and so is nothing beyond it. k = 1 is the joint front, k = half of the runs the median
// attainment surface. It ascends in the first objective.
func Attainment(fronts [][][]float64, k int) [][]float64 {
	type point struct {
		first, second float64
		run           int
	}
	var points []point
	for run, front := range fronts {
		checkVectors(front)
		for _, v := range front {
			points = append(points, point{v[0], v[1], run})
		}
	}
	if k < 1 || k > len(fronts) {
		return nil
	}
	slices.SortFunc(points, func(a, b point) int { return cmp.Compare(b.first, a.first) })
	best := slices.Repeat([]float64{math.Inf(-1)}, len(fronts)) // second that each run has beside a first of at least the point's
	ascending := slices.Clone(best)
	var border [][]float64
	for i, p := range points {
		if p.second > best[p.run] {
			at, _ := slices.BinarySearch(ascending, best[p.run])
			to, _ := slices.BinarySearch(ascending, p.second)
			copy(ascending[at:], ascending[at+1:to])
			ascending[to-1], best[p.run] = p.second, p.second
		}
		second := ascending[len(fronts)-k]
		last := i+1 == len(points) || points[i+1].first != p.first
		if last && !math.IsInf(second, -1) && (len(border) == 0 || second > border[len(border)-1][1]) {
			border = append(border, []float64{p.first, second})
		}
	}
	slices.Reverse(border)
	return border
}

// Epsilon is the least amount by which every vector of the front must be raised in all objectives to equal or dominate the whole reference front, the
// additive epsilon indicator [ZIT03]; negative where it is ahead everywhere, +Inf for an empty front.
func Epsilon(front, reference [][]float64) float64 {
	checkVectors(slices.Concat(front, reference))
	worst := math.Inf(-1)
	for _, r := range reference {
		nearest := math.Inf(1)
		for _, v := range front {
			short := math.Inf(-1)
			for j := range r {
				short = max(short, r[j]-v[j])
			}
			nearest = min(nearest, short)
		}
		worst = max(worst, nearest)
	}
	return worst
}

// InvertedDistance is the mean over the reference front of how far the nearest vector of the front falls short of it, IGD+ [ISH15]: only objectives in which
// it is worse count. +Inf for an empty front.
func InvertedDistance(front, reference [][]float64) float64 {
	checkVectors(slices.Concat(front, reference))
	distances := make([]float64, len(reference))
	for i, r := range reference {
		distances[i] = math.Inf(1)
		for _, v := range front {
			squares := 0.0
			for j := range r {
				short := max(0, r[j]-v[j])
				squares += short * short
			}
			distances[i] = min(distances[i], math.Sqrt(squares))
		}
	}
	return Mean(distances)
}
