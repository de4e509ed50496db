package simulators

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/internal/mistakes"
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

// CheckMetrics reports every way in which a list of metrics is none that objectives can be made of.
func CheckMetrics(metrics []Metric) error {
	var wrong mistakes.List
	wrong.If(len(metrics) == 0, "the model reports no metric")
	seen := map[string]bool{}
	for _, m := range metrics {
		wrong.If(m.Name == "", "a metric has no name")
		wrong.If(m.Name != "" && !identifier(m.Key()), "metric %q: expressions cannot read its key %q: it must be a letter or '_', then letters, digits and '_'",
			m.Name, m.Key())
		wrong.If(seen[m.Key()], "metric %q is declared twice", m.Key())
		seen[m.Key()] = true
	}
	return wrong.Err()
}

// identifier tells whether a metric key can be read by the expressions of objectives.
func identifier(key string) bool {
	for i, c := range []byte(key) {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if digit := '0' <= c && c <= '9'; !letter && (!digit || i == 0) {
			return false
		}
	}
	return key != ""
}
