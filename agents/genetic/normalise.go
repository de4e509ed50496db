package genetic

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/codesign-gym/codesign/agents"
)

// normalise gives the objectives of trials as numbers to minimise, 0 at the best of each, 1 where the plane through the extreme trials meets its axis. First
// is the first front, whose worst values stand in for a plane that does not exist.
func normalise(pool []agents.Trial, of, first []int) [][]float64 {
	objectives := len(pool[of[0]].Objectives)
	ideal := make([]float64, objectives)
	for m := range ideal {
		ideal[m] = math.Inf(-1)
		for _, i := range of {
			ideal[m] = max(ideal[m], pool[i].Objectives[m])
		}
	}
	loss := func(i int) []float64 {
		v := make([]float64, objectives)
		for m := range v {
			v[m] = ideal[m] - pool[i].Objectives[m]
		}
		return v
	}
	points := make([][]float64, len(of))
	for k, i := range of {
		points[k] = loss(i)
	}
	unit, ok := intercepts(points)
	if !ok {
		unit = make([]float64, objectives)
		for _, i := range first {
			for m, v := range loss(i) {
				unit[m] = max(unit[m], v)
			}
		}
	}
	for _, p := range points {
		for m := range p {
			p[m] /= max(unit[m], least)
		}
	}
	return points
}

// least is the smallest unit of an objective; below it all trials are alike in it.
const least = 1e-12

// intercepts are where the plane through the extreme points meets the axes; false where there is no such plane or it misses an axis. The extreme
// point of an axis has the least greatest coordinate when the others weigh a million times as much.
func intercepts(points [][]float64) ([]float64, bool) {
	const other = 1e6
	n := len(points[0])
	extremes := mat.NewDense(n, n, nil)
	for axis := range n {
		best, at := math.Inf(1), points[0]
		for _, p := range points {
			greatest := 0.0
			for m, v := range p {
				if m != axis {
					v *= other
				}
				greatest = max(greatest, v)
			}
			if greatest < best {
				best, at = greatest, p
			}
		}
		extremes.SetRow(axis, at)
	}
	var plane mat.VecDense
	ones := mat.NewVecDense(n, nil)
	for i := range n {
		ones.SetVec(i, 1)
	}
	if err := plane.SolveVec(extremes, ones); err != nil {
		return nil, false
	}
	unit := make([]float64, n)
	for m := range unit {
		if unit[m] = 1 / plane.AtVec(m); !(unit[m] > least) || math.IsInf(unit[m], 0) {
			return nil, false
		}
	}
	return unit, true
}
