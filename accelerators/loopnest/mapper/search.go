package mapper

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// Options say how to search.
type Options struct {
	Algorithm  Algorithm
	Objectives []Objective // the first decides, the next breaks ties; empty = EDP
	Budget     int         // mappings evaluated, unfitting ones included; 0 means 10,000
	Victory    int         // stop after so many fitting mappings in a row that were no better; 0 = never
	Timeout    int         // stop after so many unfitting mappings in a row; 0 = never
	Imperfect  bool        // factors need not divide
}

// DefaultBudget is the budget of the zero Options.
const DefaultBudget = 10_000

// Outcome is the best mapping found.
type Outcome struct {
	Mapping     loopnest.Mapping
	Result      loopnest.Result
	Evaluations int  // mappings evaluated
	Fitting     int  // of them
	Complete    bool // the whole space was covered: no mapping in it is better
}

// ErrNone says that no mapping within the budget fitted. The error that wraps it tells how near the best one came.
var ErrNone = errors.New("no mapping fits")

// Search looks for the best mapping of a model under constraints; the generator is its only source of chance.
func Search(m *loopnest.Model, c Constraints, o Options, r *rand.Rand) (Outcome, error) {
	s, err := NewSpace(m, c, o.Imperfect)
	if err != nil {
		return Outcome{}, err
	}
	return s.Search(o, r)
}

// Search looks for the best mapping of a space, see the function of that name. Whether factors divide is the space's to say.
func (s *Space) Search(o Options, r *rand.Rand) (Outcome, error) {
	t, err := newTrial(s, o, r)
	if err != nil {
		return Outcome{}, err
	}
	switch o.Algorithm {
	case Hybrid:
		t.hybrid()
	case Exhaustive:
		t.exhaustive()
	case Random:
		t.random()
	case Annealing:
		t.annealing()
	case Genetic:
		t.genetic()
	}
	return t.outcome()
}

// trial is a search under way.
type trial struct {
	space      *Space
	rng        *rand.Rand
	objectives []Objective
	budget     int
	victory    int
	timeout    int

	evaluations, fitting int
	noBetter, unfit      int // in a row
	complete             bool

	best     cost
	found    bool // best belongs to an evaluated mapping
	bestOf   loopnest.Mapping
	mapping  loopnest.Mapping
	result   loopnest.Result
	violated loopnest.Infeasible // by the last mapping
	broken   error
}

func newTrial(s *Space, o Options, r *rand.Rand) (*trial, error) {
	t := &trial{space: s, rng: r, objectives: o.Objectives, budget: o.Budget, victory: o.Victory, timeout: o.Timeout}
	var errs []error
	if o.Algorithm >= algorithms {
		errs = append(errs, fmt.Errorf("mapper: unknown algorithm %s: known are %s", o.Algorithm, algorithmNames))
	}
	if len(t.objectives) == 0 {
		t.objectives = []Objective{EDP}
	}
	for i, objective := range t.objectives {
		if objective >= objectives {
			errs = append(errs, fmt.Errorf("mapper: unknown objective %s: known are %s", objective, objectiveNames))
		}
		for _, earlier := range t.objectives[:i] {
			if earlier == objective {
				errs = append(errs, fmt.Errorf("mapper: objective %s twice", objective))
			}
		}
	}
	if t.budget == 0 {
		t.budget = DefaultBudget
	}
	if t.budget < 0 || t.victory < 0 || t.timeout < 0 {
		errs = append(errs, fmt.Errorf("mapper: budget %d, victory %d, timeout %d: want at least 0", o.Budget, o.Victory, o.Timeout))
	}
	return t, errors.Join(errs...)
}

// done tells whether the search has to stop.
func (t *trial) done() bool {
	return t.broken != nil || t.evaluations >= t.budget || t.victory > 0 && t.noBetter >= t.victory || t.timeout > 0 && t.unfit >= t.timeout
}

// try evaluates a genome and remembers the best.
func (t *trial) try(g *genome) cost {
	t.space.mapping(g, &t.mapping)
	return t.tryMapping(t.space.permits(g))
}

// tryMapping evaluates the mapping that stands ready, given how far its fan-out is from the constraints.
func (t *trial) tryMapping(violation float64) cost {
	t.evaluations++
	if err := t.space.model.Evaluate(&t.mapping, &t.result); err != nil {
		t.broken = err // a mistake of ours: the space makes whole mappings only
		return cost{violation: 1}
	}
	t.violated = t.result.Infeasible
	c := cost{violation: max(violation, t.violated.Violation())}
	if c.violation == 0 {
		if u := t.result.UtilizationFrac; u < t.space.minUtilizationFrac {
			c.violation = t.space.minUtilizationFrac/u - 1
		}
	}
	if c.violation == 0 {
		for i, o := range t.objectives {
			c.values[i] = o.of(&t.result)
		}
		t.fitting++
		t.unfit = 0
		t.noBetter++
	} else {
		t.unfit++
	}
	if !t.found || c.less(&t.best) {
		t.best, t.found, t.noBetter = c, true, 0
		t.bestOf.CopyFrom(&t.mapping)
	}
	return c
}

// hopeless tells whether the mapping that stands ready cannot beat the best one under any order. It is an evaluation.
func (t *trial) hopeless() bool {
	if !t.found || t.best.violation > 0 {
		return false
	}
	t.evaluations++
	holds, err := t.space.model.Bound(&t.mapping, &t.result)
	if err != nil {
		t.broken = err
	}
	if !holds || t.result.Infeasible.Cause != loopnest.Feasible {
		return false
	}
	var lowest cost
	for i, o := range t.objectives {
		lowest.values[i] = o.of(&t.result)
	}
	return !lowest.less(&t.best)
}

// outcome evaluates the best mapping again.
func (t *trial) outcome() (Outcome, error) {
	o := Outcome{Evaluations: t.evaluations, Fitting: t.fitting, Complete: t.complete}
	if t.broken != nil {
		return o, t.broken
	}
	if !t.found {
		return o, fmt.Errorf("mapper: %w", ErrNone)
	}
	o.Mapping = t.bestOf
	if err := t.space.model.Evaluate(&o.Mapping, &o.Result); err != nil {
		return o, err
	}
	if t.best.violation > 0 {
		reason := t.space.model.Reason(o.Result.Infeasible)
		if reason == "" {
			reason = "a constraint of its fan-out or utilisation does not hold"
		}
		return o, fmt.Errorf("mapper: %w in %d evaluations; the nearest one: %s", ErrNone, t.evaluations, reason)
	}
	return o, nil
}
