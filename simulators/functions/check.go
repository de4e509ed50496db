package functions

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/simulators"
)

// tolerance is the relative difference up to which two values are equal; below 1 it is absolute.
const tolerance = 1e-9

// Check compares every function with the outputs of its independent implementation, which are embedded.
func Check() simulators.Check {
	return simulators.Check{
		Area: "functions",
		Doc:  "objectives and constraints of the test functions' implementation in Python",
		Run: func(ctx context.Context, _ string) ([]simulators.Agreement, error) {
			vectors, err := functions.Vectors()
			if err != nil {
				return nil, err
			}
			var list []simulators.Agreement
			for _, f := range functions.All() {
				a, err := agreement(ctx, f, vectors)
				if err != nil {
					return list, err
				}
				list = append(list, a)
			}
			return list, nil
		},
	}
}

// agreement evaluates the points of a function's vectors and compares.
func agreement(ctx context.Context, f functions.Function, vectors []functions.Vector) (simulators.Agreement, error) {
	a := simulators.Agreement{Reference: "Python, " + f.Name}
	vectors = slices.DeleteFunc(slices.Clone(vectors), func(v functions.Vector) bool { return v.Function != f.Name })
	points := make([]space.Point, len(vectors))
	for i, v := range vectors {
		points[i] = v.Point
	}
	results, err := New(f).Evaluate(ctx, points)
	if err != nil {
		return a, err
	}
	largest := make([]float64, len(vectors)) // relative error of each row
	for i, v := range vectors {
		want := slices.Concat(v.Objectives, v.Constraints)
		if len(want) != len(results[i].Values) {
			return a, fmt.Errorf("%s: %d values, the reference has %d", f.Name, len(results[i].Values), len(want))
		}
		for k, value := range results[i].Values {
			largest[i] = max(largest[i], math.Abs(value-want[k])/max(1, math.Abs(want[k])))
		}
		if largest[i] <= tolerance {
			a.Equal++
		} else if a.FirstDifference == "" {
			a.FirstDifference = fmt.Sprintf("%v is %v, the reference has %v", v.Point, results[i].Values, want)
		}
	}
	slices.Sort(largest)
	a.Rows, a.MedianRelativeError, a.LargestRelativeError = len(vectors), largest[len(largest)/2], largest[len(largest)-1]
	return a, nil
}
