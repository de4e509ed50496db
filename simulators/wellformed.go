package simulators

import (
	"fmt"
	"math"
)

// CheckResult reports how a result breaks the contract of Result: not exactly one of its forms, a wrong number of values, a value or a
// violation that is not finite.
func (s Spec) CheckResult(r Result) error {
	forms := 0
	for _, set := range [...]bool{r.Values != nil, r.Infeasible != "", r.Failed != ""} {
		if set {
			forms++
		}
	}
	switch {
	case forms != 1:
		return fmt.Errorf("the result has %d values, infeasible %q and failed %q, where exactly one must be set", len(r.Values), r.Infeasible, r.Failed)
	case r.Violation != 0 && r.Infeasible == "":
		return fmt.Errorf("the violation is %v in a result that is not infeasible", r.Violation)
	case math.IsNaN(r.Violation) || math.IsInf(r.Violation, 0) || r.Violation < 0:
		return fmt.Errorf("the violation is %v, where a finite number >= 0 is due", r.Violation)
	case r.Values != nil && len(r.Values) != len(s.Metrics):
		return fmt.Errorf("the result has %d values for %d metrics", len(r.Values), len(s.Metrics))
	}
	for i, v := range r.Values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("metric %q is %v", s.Metrics[i].Key(), v)
		}
	}
	return nil
}
