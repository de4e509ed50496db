package stats

import (
	"math"
	"slices"
)

// Attainment is the border of what at least k of the runs have reached [FF96], for two maximised objectives: no vector of it is dominated, every one of
// it is dominated or equalled by the fronts of at least k runs, and so is nothing beyond it. k = 1 is the joint front, k = half of the runs the median
// attainment surface. It ascends in the first objective.
func Attainment(fronts [][][]float64, k int) [][]float64 {
	var firsts []float64
	for _, front := range fronts {
		checkVectors(front)
		for _, v := range front {
			firsts = append(firsts, v[0])
		}
	}
	slices.Sort(firsts)
	firsts = slices.Compact(firsts)
	var border [][]float64
	seconds := make([]float64, len(fronts))
	for _, first := range slices.Backward(firsts) {
		for i, front := range fronts {
			seconds[i] = math.Inf(-1)
			for _, v := range front {
				if v[0] >= first {
					seconds[i] = max(seconds[i], v[1])
				}
			}
		}
		slices.Sort(seconds)
		second := math.Inf(-1)
		if k >= 1 && k <= len(seconds) {
			second = seconds[len(seconds)-k]
		}
		if math.IsInf(second, -1) || len(border) > 0 && second <= border[len(border)-1][1] {
			continue
		}
		border = append(border, []float64{first, second})
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
