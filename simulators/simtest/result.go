package simtest

import (
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// alike compares results bit by bit; of failures only that they are failures, since their wording may tell of the circumstances.
func alike(a, b simulators.Result) bool {
	if a.Failed != "" || b.Failed != "" {
		return a.Failed != "" && b.Failed != ""
	}
	bits := func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
	return a.Infeasible == b.Infeasible && bits(a.Violation, b.Violation) && slices.EqualFunc(a.Values, b.Values, bits)
}

func clones(results []simulators.Result) []simulators.Result {
	own := slices.Clone(results)
	for i := range own {
		own[i].Values = slices.Clone(own[i].Values)
	}
	return own
}

func clonePoints(points []space.Point) []space.Point {
	own := make([]space.Point, len(points))
	for i, p := range points {
		own[i] = slices.Clone(p)
	}
	return own
}
