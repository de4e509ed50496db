package chart

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// densityPoints is at how many places a density is worked out.
const densityPoints = 80

// density is the Gaussian kernel density of the values along the axis, on its scale, between the least and the greatest value: places and heights, the greatest
// height 1. Equal values have one place each side of them, and full height.
func density(values []float64, a Axis) (places, heights []float64) {
	scaled := make([]float64, len(values))
	for i, v := range values {
		scaled[i] = a.at(a.clamp(v))
	}
	slices.Sort(scaled)
	low, high := scaled[0], scaled[len(scaled)-1]
	spread := stat.StdDev(scaled, nil)
	if quartiles := (stats.Quantile(scaled, 0.75) - stats.Quantile(scaled, 0.25)) / 1.34; quartiles > 0 {
		spread = min(spread, quartiles)
	}
	width := 0.9 * spread * math.Pow(float64(len(scaled)), -0.2)
	if !(width > 0) || high-low <= 1e-9*max(math.Abs(low), math.Abs(high)) {
		sliver := 0.002 * (a.at(a.High) - a.at(a.Low))
		return []float64{a.value(low - sliver), a.value(high + sliver)}, []float64{1, 1}
	}
	most := 0.0
	for i := range densityPoints {
		at := low + (high-low)*float64(i)/(densityPoints-1)
		height := 0.0
		for _, v := range scaled {
			z := (at - v) / width
			height += math.Exp(-z * z / 2)
		}
		most = max(most, height)
		places, heights = append(places, a.value(at)), append(heights, height)
	}
	for i := range heights {
		heights[i] /= most
	}
	return places, heights
}
