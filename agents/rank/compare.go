package rank

import (
	"cmp"
	"math"

	"github.com/codesign-gym/codesign/agents"
)

// Compare is negative when a is better than b, positive when b is better, and 0 when they are equal or, of several objectives, neither
// dominates the other.
func Compare(a, b agents.Trial) int {
	classA, farA := grade(a)
	classB, farB := grade(b)
	if c := cmp.Or(cmp.Compare(classA, classB), cmp.Compare(farA, farB)); c != 0 || classA != feasible {
		return c
	}
	return dominance(a.Objectives, b.Objectives)
}

// The classes of trials, the best first.
const (
	feasible  = iota // evaluated, every constraint holds
	violating        // evaluated
	distant          // not evaluated, the distance from feasible is known
	unknown          // not evaluated
)

// grade is the class of a trial and how far it is from feasible, for comparison within the class.
func grade(t agents.Trial) (class int, far float64) {
	if t.Feasible() {
		return feasible, 0
	}
	if t.Objectives != nil {
		return violating, known(t.Violation())
	}
	if n := len(t.Violations); n > 0 && t.Violations[n-1] > 0 {
		return distant, t.Violations[n-1]
	}
	return unknown, 0
}

// known is a violation, +Inf for one that is not a number.
func known(violation float64) float64 {
	if math.IsNaN(violation) {
		return math.Inf(1)
	}
	return violation
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
