package stats

// Improvement is the probability that a run of x beats a run of y on a task picked at random [AG21]: the mean over the tasks of the share of pairs
// with x > y, pairs of equal values a half each. x and y are parallel: the values of the runs on each task. Tasks without a run of both are
// left out; without any task it is NaN.
func Improvement(x, y [][]float64) float64 {
	shares := make([]float64, 0, len(x))
	for task := range x {
		if len(x[task]) == 0 || len(y[task]) == 0 {
			continue
		}
		u, _ := MannWhitney(x[task], y[task])
		shares = append(shares, u/float64(len(x[task])*len(y[task])))
	}
	return Mean(shares)
}

// Profile is the performance profile [AG21], the tail of the distribution of the scores: for each threshold the share of runs above it, each task
// counting alike.
func Profile(tasks [][]float64, thresholds []float64) []float64 {
	profile := make([]float64, len(thresholds))
	for i, threshold := range thresholds {
		shares := make([]float64, len(tasks))
		for task, values := range tasks {
			above := 0
			for _, v := range values {
				if v > threshold {
					above++
				}
			}
			shares[task] = float64(above) / float64(len(values))
		}
		profile[i] = Mean(shares)
	}
	return profile
}
