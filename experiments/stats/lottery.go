package stats

// Lottery is what a draw among the settings of an agent is worth: each setting by its median over the seeds, larger is better.
type Lottery struct {
	Settings    int     `json:"settings"`
	Best        float64 `json:"best"`
	High        float64 `json:"high"` // upper quartile
	Median      float64 `json:"median"`
	Low         float64 `json:"low"` // lower quartile
	Worst       float64 `json:"worst"`
	ReachedFrac float64 `json:"reached_frac"` // chance that a run of a setting picked at random reaches what is asked for
}

// NewLottery sums up the settings: the values of the seeds of each one, and how many of its runs reached what is asked for.
func NewLottery(settings [][]float64, reached []int) Lottery {
	medians := make([]float64, len(settings))
	chances := make([]float64, len(settings))
	for i, values := range settings {
		medians[i] = Median(values)
		chances[i] = float64(reached[i]) / float64(len(values))
	}
	medians = sorted(medians)
	at := func(p float64) float64 { return sortedQuantile(medians, p) }
	return Lottery{Settings: len(settings), Best: at(1), High: at(0.75), Median: at(0.5), Low: at(0.25), Worst: at(0), ReachedFrac: Mean(chances)}
}

// ExpectedBest is the expected best of k different values picked at random, without replacement [TAN20]: what tuning with k settings brings. With the
// values ascending, v(i) is the largest of k with probability C(i-1, k-1) / C(n, k). k is in [1, n].
func ExpectedBest(values []float64, k int) float64 {
	ascending := sorted(values)
	n := len(ascending)
	expected, chance := 0.0, float64(k)/float64(n) // that the largest of all is among them
	for i := n; i >= k; i-- {
		if chance > 0 {
			expected += chance * ascending[i-1]
		}
		if i > 1 {
			chance *= float64(i-k) / float64(i-1) // C(i-2, k-1) / C(i-1, k-1)
		}
	}
	return expected
}
