package stats

import (
	"fmt"
	"math"
	"slices"
)

// Quantile is the type 7 quantile of the values at p in [0, 1].
func Quantile(values []float64, p float64) float64 {
	return sortedQuantile(sorted(values), p)
}

// Median is the quantile at 1/2.
func Median(values []float64) float64 { return Quantile(values, 0.5) }

// sortedQuantile is Quantile of values in ascending order.
func sortedQuantile(ascending []float64, p float64) float64 {
	if !(p >= 0 && p <= 1) {
		panic(fmt.Sprintf("stats: quantile at %g out of range [0, 1]", p))
	}
	if len(ascending) == 0 || math.IsNaN(ascending[0]) { // sorted puts NaN first
		return math.NaN()
	}
	whole, frac := math.Modf(float64(len(ascending)-1) * p)
	below := ascending[int(whole)]
	if frac == 0 {
		return below
	}
	above := ascending[int(whole)+1]
	if below == above || math.IsInf(below, -1) { // the difference of two infinities is not a number
		return below
	}
	return below + frac*(above-below)
}

func sorted(values []float64) []float64 {
	ascending := slices.Clone(values)
	slices.Sort(ascending)
	return ascending
}

func hasNaN(values []float64) bool { return slices.ContainsFunc(values, math.IsNaN) }
