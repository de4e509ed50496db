package stats

import (
	"math"
	"slices"
)

// TrialsTo is how many trials a run took until its best value was at least as good as the target; false when it never was.
func TrialsTo(c Curve, target float64, minimise bool) (int, bool) {
	for _, step := range c.Steps {
		if step.Best == target || (step.Best < target) == minimise {
			return step.Trials, true
		}
	}
	return 0, false
}

// Targets are n (>= 2) values from the easy to the hard one: the gap to the hard one falls from all of it to a thousandth in equal steps of its logarithm,
// and the last target is the hard value itself [HAN21].
func Targets(easy, hard float64, n int) []float64 {
	const leastGap = 1e-3
	targets := make([]float64, n)
	for i := range n - 1 {
		gap := math.Pow(leastGap, float64(i)/float64(max(1, n-2)))
		targets[i] = hard + gap*(easy-hard)
	}
	targets[n-1] = hard
	return targets
}

// FixedTarget is the empirical distribution of the trials to target [HAN21]: for each trial count of the grid, the share of pairs of a run and a target
// where the run had reached the target. Runs of several tasks, each with targets of its own, are added up pair by pair with Add.
type FixedTarget struct {
	hits  []int // trials of each pair that got there
	pairs int
}

// Add counts the runs of one task.
func (f *FixedTarget) Add(curves []Curve, targets []float64, minimise bool) {
	for _, c := range curves {
		for _, target := range targets {
			f.pairs++
			if trials, ok := TrialsTo(c, target, minimise); ok {
				f.hits = append(f.hits, trials)
			}
		}
	}
}

// At is the share of the pairs that had got there after each of the trial counts; NaN without pairs.
func (f *FixedTarget) At(grid []int) []float64 {
	slices.Sort(f.hits)
	shares := make([]float64, len(grid))
	for i, trials := range grid {
		reached, _ := slices.BinarySearch(f.hits, trials+1)
		shares[i] = float64(reached) / float64(f.pairs)
	}
	return shares
}

// ExpectedTrials is the expected number of trials to the target when a run that fails is followed by another one [HAN21]: all trials spent, of
// successful runs until the target, by the number of successful ones; +Inf when there is none.
func ExpectedTrials(curves []Curve, target float64, minimise bool) float64 {
	spent, reached := 0, 0
	for _, c := range curves {
		trials, ok := TrialsTo(c, target, minimise)
		if ok {
			reached++
		} else {
			trials = c.Trials
		}
		spent += trials
	}
	if reached == 0 {
		return math.Inf(1)
	}
	return float64(spent) / float64(reached)
}

// Area is the area under a run's best-so-far curve over the logarithm of the trials, in parts of what the best score from the first trial on would
// give: the mean score at a trial count picked evenly in its logarithm. score maps a value to [0, 1] and is cut off there; before its first feasible
// design a run has 0.
func Area(c Curve, score func(float64) float64) float64 {
	if c.Trials < 1 || len(c.Steps) == 0 {
		return 0
	}
	cut := func(v float64) float64 { return min(max(score(v), 0), 1) }
	if c.Trials == 1 {
		return cut(c.Steps[0].Best)
	}
	area := 0.0
	for i, step := range c.Steps {
		until := c.Trials
		if i+1 < len(c.Steps) {
			until = c.Steps[i+1].Trials
		}
		area += cut(step.Best) * math.Log(float64(until)/float64(step.Trials))
	}
	return area / math.Log(float64(c.Trials))
}
