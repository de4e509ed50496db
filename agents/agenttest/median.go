package agenttest

import (
	"math"
	"slices"
	"testing"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// Seeds is the number of fixed seeds, 0 … Seeds-1, that medians are over.
const Seeds = 20

// Medians runs the agent on a function of one objective for the largest of the ascending budgets with each seed and returns, for each
// budget, the median over the seeds of the best feasible value (minimised) within it; +Inf when there is none.
func Medians(t testing.TB, f Function, make New, budgets ...int) []float64 {
	t.Helper()
	best := make2(len(budgets), Seeds)
	for s := range Seeds {
		agent, err := make.made(f.Problem(budgets[len(budgets)-1]), uint64(s))
		if err != nil {
			t.Fatal(err)
		}
		trials, err := Study{Budget: budgets[len(budgets)-1], Evaluate: func(_ int, p space.Point) agents.Trial { return f.Trial(p) }}.Run(agent, f.Space)
		if err != nil {
			t.Fatalf("%s, seed %d: %v", f.Name, s, err)
		}
		least, at := math.Inf(1), 0
		for i, trial := range trials {
			if trial.Feasible() {
				least = min(least, -trial.Objectives[0])
			}
			for at < len(budgets) && (i+1 == budgets[at] || i+1 == len(trials)) {
				best[at][s] = least
				at++
			}
		}
	}
	medians := make2(1, len(budgets))[0]
	for i, values := range best {
		slices.Sort(values)
		medians[i] = (values[(Seeds-1)/2] + values[Seeds/2]) / 2
	}
	return medians
}

// make2 is a matrix of rows x columns zeros.
func make2(rows, columns int) [][]float64 {
	m := make([][]float64, rows)
	for i := range m {
		m[i] = make([]float64, columns)
	}
	return m
}

// RequireMedian fails the test when the agent's median after budget trials is above bound. Print with -v shows the median itself.
func RequireMedian(t *testing.T, f Function, make New, budget int, bound float64) {
	t.Helper()
	got := Medians(t, f, make, budget)[0]
	t.Logf("%s after %d trials: median of %d seeds %.4g, bound %.4g, least possible %.4g", f.Name, budget, Seeds, got, bound, f.Best)
	if !(got <= bound) {
		t.Errorf("%s after %d trials: the median of %d seeds is %v, above %v", f.Name, budget, Seeds, got, bound)
	}
}
