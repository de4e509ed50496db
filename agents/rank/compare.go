package rank

import (
	"cmp"
	"math"

	"github.com/codesign-gym/codesign/agents"
)

// Compare is negative when a is better than b, positive when b is better, and 0 when they are equal or, of several objectives, neither
// dominates the other.
func Compare(a, b agents.Trial) int {
	da, db := distance(a), distance(b)
	switch {
	case da != db:
		return cmp.Compare(da, db)
	case da > 0:
		return 0
	}
	return dominance(a.Objectives, b.Objectives)
}

// distance is how far a trial is from feasible: 0 when it is, +Inf when unknown.
func distance(t agents.Trial) float64 {
	if t.Feasible() {
		return 0
	}
	if v := t.Violation(); v > 0 {
		return v
	}
	return math.Inf(1)
}

// dominance is -1 when the maximised objectives a dominate b, 1 when b dominate a, and 0 otherwise.
func dominance(a, b []float64) int {
	better, worse := false, false
	for i := range a {
		better = better || a[i] > b[i]
		worse = worse || a[i] < b[i]
	}
	switch {
	case better && !worse:
		return -1
	case worse && !better:
		return 1
	}
	return 0
}
