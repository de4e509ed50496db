package stats

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// Interval is a confidence interval, both ends included.
type Interval struct{ Low, High float64 }

// Bootstrap is the percentile bootstrap interval of a statistic at a confidence in (0, 1), from so many resamples (>= 1; a thousand or more
// for 95 %). The statistic is called with one reused slice in no particular order, which it must neither keep nor change.
func Bootstrap(values []float64, statistic func([]float64) float64, confidence float64, resamples int, random *rand.Rand) Interval {
	if !(confidence > 0 && confidence < 1) || resamples < 1 {
		panic(fmt.Sprintf("stats: bootstrap with confidence %g and %d resamples: want (0, 1) and at least 1", confidence, resamples))
	}
	sample := make([]float64, len(values))
	estimates := make([]float64, resamples)
	for i := range estimates {
		for j := range sample {
			sample[j] = values[random.IntN(len(values))]
		}
		estimates[i] = statistic(sample)
	}
	slices.Sort(estimates)
	return Interval{
		Low:  sortedQuantile(estimates, (1-confidence)/2),
		High: sortedQuantile(estimates, (1+confidence)/2),
	}
}
