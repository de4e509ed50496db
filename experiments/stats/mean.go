package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Mean is the arithmetic mean; infinite when values of one sign are, and NaN without values.
func Mean(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	return stat.Mean(values, nil)
}

// InterquartileMean is the mean of the middle half: of the n values without the ⌊n/4⌋ smallest and the ⌊n/4⌋ largest.
func InterquartileMean(values []float64) float64 {
	cut := len(values) / 4
	return Mean(sorted(values)[cut : len(values)-cut])
}

// InterquartileMeanOf is the interquartile mean of all values of all strata together.
func InterquartileMeanOf(strata [][]float64) float64 {
	return InterquartileMean(slices.Concat(strata...))
}

// MedianOf is the median over the strata of each one's mean: a stratum counts once, however many values it has.
func MedianOf(strata [][]float64) float64 {
	means := make([]float64, len(strata))
	for i, values := range strata {
		means[i] = Mean(values)
	}
	return Median(means)
}
