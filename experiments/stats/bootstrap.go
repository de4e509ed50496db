package stats

import (
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
	if !(confidence > 0 && confidence < 1) || resamples < 1 {
		panic(fmt.Sprintf("stats: bootstrap with confidence %g and %d resamples: want (0, 1) and at least 1", confidence, resamples))
	}
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
	slices.Sort(estimates)
	return Interval{
		Low:  sortedQuantile(estimates, (1-confidence)/2),
		High: sortedQuantile(estimates, (1+confidence)/2),
	}
}
