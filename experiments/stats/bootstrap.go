package stats

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Interval is a confidence interval, both ends included.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Bootstrap is the percentile bootstrap interval of a statistic at a confidence in (0, 1), from so many resamples (>= 1; a thousand or more
// for 95 %). The statistic is called with one reused slice in no particular order, which it must neither keep nor change.
func Bootstrap(values []float64, statistic func([]float64) float64, confidence float64, resamples int, random *rand.Rand) Interval {
	return Stratified([][]float64{values}, func(strata [][]float64) float64 { return statistic(strata[0]) }, confidence, resamples, random)
}

// Stratified is Bootstrap of a statistic of several strata (the runs of each task), each of which is resampled by itself and keeps its size.
// The statistic is called with reused slices, in the order of the strata, which it must neither keep nor change.
func Stratified(strata [][]float64, statistic func([][]float64) float64, confidence float64, resamples int, random *rand.Rand) Interval {
	checkBootstrap(confidence, resamples)
	sample := make([][]float64, len(strata))
	for s, values := range strata {
		sample[s] = make([]float64, len(values))
	}
	estimates := make([]float64, resamples)
	for i := range estimates {
		for s, values := range strata {
			for j := range values {
				sample[s][j] = values[random.IntN(len(values))]
			}
		}
		estimates[i] = statistic(sample)
	}
	return percentiles(estimates, confidence)
}

// BootstrapMedian is Bootstrap of the median, to the bit, without sorting each resample: n steps in place of n log n.
func BootstrapMedian(values []float64, confidence float64, resamples int, random *rand.Rand) Interval {
	if hasNaN(values) || len(values) == 0 {
		return Bootstrap(values, Median, confidence, resamples, random)
	}
	checkBootstrap(confidence, resamples)
	n := len(values)
	order := make([]int, n) // of the values, ascending
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	rank, drawn := make([]int, n), make([]int, n) // place of each value in the order, and how often the value at a place was drawn
	for place, i := range order {
		rank[i] = place
	}
	estimates := make([]float64, resamples)
	for i := range estimates {
		clear(drawn)
		for range n {
			drawn[rank[random.IntN(n)]]++
		}
		var middle [2]float64 // the values at (n - 1) / 2, rounded down and up
		place, seen := 0, drawn[0]
		for k, at := range [2]int{(n - 1) / 2, n / 2} {
			for seen <= at {
				place++
				seen += drawn[place]
			}
			middle[k] = values[order[place]]
		}
		estimates[i] = sortedQuantile(middle[:], 0.5)
	}
	return percentiles(estimates, confidence)
}

func checkBootstrap(confidence float64, resamples int) {
	if !(confidence > 0 && confidence < 1) || resamples < 1 {
		panic(fmt.Sprintf("stats: bootstrap with confidence %g and %d resamples: want (0, 1) and at least 1", confidence, resamples))
	}
}

// percentiles is the interval that holds so much of the estimates, which it sorts.
func percentiles(estimates []float64, confidence float64) Interval {
	slices.Sort(estimates)
	return Interval{
		Low:  sortedQuantile(estimates, (1-confidence)/2),
		High: sortedQuantile(estimates, (1+confidence)/2),
	}
}
