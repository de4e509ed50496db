package sweep

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// race is some settings of an agent on one scenario: after each rung but the last some are left behind.
type race struct {
	search   file.Search
	rungs    []int   // trials, ascending; the last is the budget
	settings [][]int // the studies of each, one a repeat
}

// races lists those of the plan, in the order of its studies. Studies that are in none have the whole budget.
func (p *Plan) races() []race {
	if p.evaluated != nil {
		return nil
	}
	var list []race
	for agent, a := range p.File.Agents {
		for _, b := range p.File.Brackets(agent) {
			for _, scenario := range p.Scenarios {
				r := race{search: a.Search, rungs: b.Rungs}
				for i, s := range p.Studies {
					if s.Scenario != scenario || s.Agent.agent != agent || s.Agent.place < b.First || s.Agent.place >= b.First+b.Count {
						continue
					}
					if s.Repeat == 0 {
						r.settings = append(r.settings, nil)
					}
					r.settings[len(r.settings)-1] = append(r.settings[len(r.settings)-1], i)
				}
				if len(r.settings) > 1 {
					list = append(list, r)
				}
			}
		}
	}
	return list
}

// saved is how many trials are not spent because settings are left behind.
func (r race) saved(repeats int) int {
	saved, n := 0, len(r.settings)
	for _, trials := range r.rungs[:len(r.rungs)-1] {
		kept := r.search.Keep(n)
		saved += (n - kept) * (r.rungs[len(r.rungs)-1] - trials) * repeats
		n = kept
	}
	return saved
}

// checkRaces reports settings that cannot be ranked because a scenario has several objectives.
func (p *Plan) checkRaces() error {
	var errs []error
	for _, r := range p.races() {
		s := p.Studies[r.settings[0][0]]
		if n := len(s.Scenario.objectives[s.Mode].objective.Objectives()); n > 1 {
			errs = append(errs, p.File.Errorf(p.File.At("agent", s.Agent.agent, "search"), "scenario %s has %d objectives: %s ranks settings by one", s.Scenario.Name, n, r.search.Kind))
		}
	}
	return errors.Join(errs...)
}

// standing is a setting with its score so far.
type standing struct {
	setting int
	score   float64
}

// rank sorts settings by score, the best first, equal ones by their place.
func rank(list []standing) {
	slices.SortFunc(list, func(a, b standing) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.setting, b.setting))
	})
}

// score is the median over a setting's studies of the best objective within the first trials; a study without a design that meets every constraint is worse
// than all others.
func (r *runner) score(studies []int, trials int) (float64, error) {
	scores := make([]float64, len(studies))
	for k, i := range studies {
		scores[k] = math.Inf(-1)
		for row, err := range r.plan.rows(r.dir.path, r.plan.Studies[i]) {
			if err != nil {
				return 0, fmt.Errorf("study %d: %w", i, err)
			}
			if row.Trial >= trials {
				break
			}
			if row.Score.Objectives != nil && !slices.ContainsFunc(row.Score.Violations, func(v float64) bool { return v > 0 }) {
				scores[k] = max(scores[k], row.Score.Objectives[0])
			}
		}
	}
	return stats.Median(scores), nil
}
