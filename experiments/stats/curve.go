package stats

import (
	"math"
	"slices"
	"sort"
)

// Step says that after Trials trials (counted from 1) the best value became Best.
type Step struct {
	Trials int
	Best   float64
}

// Curve is the best-so-far curve of one run: Steps only where the best changes, in ascending order, none before the first feasible design.
// It is known up to Trials. Who knows that a run would never have improved (its agent had finished) may set Trials to the budget.
type Curve struct {
	Trials int
	Steps  []Step
}

// At is the best value after so many trials; false before the first feasible design and beyond the end of the curve.
func (c Curve) At(trials int) (float64, bool) {
	later := sort.Search(len(c.Steps), func(i int) bool { return c.Steps[i].Trials > trials })
	if later == 0 || trials > c.Trials {
		return 0, false
	}
	return c.Steps[later-1].Best, true
}

// Final is the best value of the whole run; false when it has no feasible design.
func (c Curve) Final() (float64, bool) { return c.At(c.Trials) }

// Grid is at most size (>= 2) ascending trial counts from 1 to trials, evenly spaced, or evenly in their logarithm; all counts when they fit.
func Grid(trials, size int, logarithmic bool) []int {
	grid := make([]int, 0, max(0, min(trials, size)))
	for i := range cap(grid) {
		at := float64(i) / float64(max(1, cap(grid)-1)) // 0 … 1
		count := 1 + math.Round(at*float64(trials-1))
		if logarithmic && trials > size {
			count = math.Round(math.Pow(float64(trials), at))
		}
		if len(grid) == 0 || int(count) > grid[len(grid)-1] {
			grid = append(grid, int(count))
		}
	}
	return grid
}

// Band is the spread of several runs after the same number of trials. A quantile that falls on a run without a feasible design, or between
// one and another value, is infinite: +Inf for a minimised value, -Inf for a maximised one.
type Band struct {
	Trials            int
	Runs              int // that reached so many trials
	Low, Median, High float64
}

// Bands takes the quantiles of the curves at low, 1/2 and high for each trial count of the grid, up to the end of the longest curve.
func Bands(curves []Curve, grid []int, minimise bool, low, high float64) []Band {
	bands := make([]Band, 0, len(grid))
	for _, trials := range grid {
		values := make([]float64, 0, len(curves))
		for _, c := range curves {
			if trials > c.Trials {
				continue
			}
			value, ok := c.At(trials)
			if !ok {
				value = worst(minimise)
			}
			values = append(values, value)
		}
		if len(values) == 0 {
			break
		}
		slices.Sort(values)
		bands = append(bands, Band{
			Trials: trials, Runs: len(values),
			Low: sortedQuantile(values, low), Median: sortedQuantile(values, 0.5), High: sortedQuantile(values, high),
		})
	}
	return bands
}

func worst(minimise bool) float64 {
	if minimise {
		return math.Inf(1)
	}
	return math.Inf(-1)
}
