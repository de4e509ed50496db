package bayes

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// check reports everything that is wrong with told trials.
func (a *Agent) check(trials []agents.Trial) error {
	var errs []error
	told := map[int]bool{}
	pending := slices.Clone(a.pending)
	for _, t := range trials {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("trial %d: "+format, append([]any{t.ID}, args...)...))
		}
		if a.ids[t.ID] || told[t.ID] {
			bad("was told before")
		}
		told[t.ID] = true
		if err := a.problem.Space.Check(t.Point); err != nil {
			bad("%w", err)
			continue
		}
		if !t.Given {
			at := slices.IndexFunc(pending, func(p space.Point) bool { return slices.Equal(p, t.Point) })
			if at < 0 {
				bad("design %v was not asked for and is not given", t.Point)
			} else {
				pending = slices.Delete(pending, at, at+1)
			}
		}
		if t.Objectives != nil && len(t.Objectives) != a.problem.Objectives {
			bad("has %d objectives: the problem has %d", len(t.Objectives), a.problem.Objectives)
		}
		for i, v := range t.Objectives {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				bad("objective %d is %v: must be finite", i, v)
			}
		}
		if want := a.problem.Constraints + 1; len(t.Violations) != want {
			bad("has %d violations: the problem has %d, the simulator's included", len(t.Violations), want)
		}
	}
	return errors.Join(errs...)
}
