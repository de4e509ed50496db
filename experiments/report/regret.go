package report

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// sameValue is how far from the optimum, in parts of its size, a score counts as being there: an optimum is written down with few digits.
const sameValue = 1e-9

// regret is how far an agent stays from the best design there is.
type regret struct {
	Median  float64 // of the seeds: distance to the optimum, in parts of its size (where that is 0: in the objective's unit); NaN without runs
	Optimal int     // seeds that reached the optimum
	Seeds   int
}

// regretOf judges the seeds' scores; an infinite score is that of a seed without a feasible design.
func regretOf(optimum float64, minimise bool, scores []float64) regret {
	r := regret{Median: math.NaN(), Seeds: len(scores)}
	distances := make([]float64, len(scores))
	for i, score := range scores {
		distances[i] = stats.Regret(optimum, score, minimise)
		if distances[i] <= sameValue {
			r.Optimal++
		}
	}
	if len(distances) > 0 {
		r.Median = stats.Median(distances)
	}
	return r
}

// text is the median regret and how many of the seeds reached the optimum.
func (r regret) text(optimum float64) string {
	median := "-"
	switch {
	case infinite(r.Median):
	case math.Abs(r.Median) <= sameValue:
		median = "0"
	case optimum == 0:
		median = number(r.Median, 3)
	default:
		median = number(100*r.Median, 3)
	}
	if optimum != 0 && median != "-" {
		median += " %"
	}
	return fmt.Sprintf("%s (%d/%d)", median, r.Optimal, r.Seeds)
}

// beaten says that a stated optimum is none, as a clause behind the best score; empty otherwise.
func beaten(scored measure, best summary) string {
	if scored.Optimum == nil || stats.Regret(*scored.Optimum, best.Best, scored.Minimise) >= -sameValue {
		return ""
	}
	return ", better than the stated optimum " + withUnit(score(*scored.Optimum), scored.Unit)
}
