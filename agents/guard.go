package agents

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// Guard is what an agent checks its told trials with, before it learns anything of them. It remembers the designs that were asked for and are
// not told yet; every agent of the catalogue holds one:
//
//	func (a *Agent) Ask(n int) ([]space.Point, error) { …; a.guard.Ask(points); return points, nil }
//	func (a *Agent) Tell(trials []agents.Trial) error { if err := a.guard.Tell(trials); err != nil { return err }; … }
type Guard struct {
	problem Problem
	pending []space.Point // asked for and not told, the oldest first
	last    int           // greatest ID that was told
}

// NewGuard is the guard of an agent for a problem. A problem that no agent can have is an error.
func NewGuard(p Problem) (Guard, error) { return Guard{problem: p, last: math.MinInt}, p.check() }

// check reports a problem that no agent can have.
func (p Problem) check() error {
	var errs []error
	if p.Objectives < 1 {
		errs = append(errs, fmt.Errorf("a problem of %d objectives: must be at least 1", p.Objectives))
	}
	if p.Constraints < 0 {
		errs = append(errs, fmt.Errorf("a problem of %d constraints: must be at least 0", p.Constraints))
	}
	if p.Budget < 0 {
		errs = append(errs, fmt.Errorf("a budget of %d trials: must be at least 0, which is unknown", p.Budget))
	}
	return errors.Join(errs...)
}

// Ask remembers copies of the designs that the agent hands out.
func (g *Guard) Ask(points ...space.Point) {
	for _, p := range points {
		g.pending = append(g.pending, slices.Clone(p))
	}
}

// Pending lists the designs that were asked for and are not told yet, the oldest first. They must not be changed.
func (g *Guard) Pending() []space.Point { return g.pending }

// Tell takes the trials for told, or reports everything that is wrong with them and takes none: a design outside the space, numbers of
// objectives or violations that are not the problem's, one of them that is NaN or infinite, an ID that was told already, and a trial that is
// neither given nor the answer to the oldest design that is waited for.
func (g *Guard) Tell(trials []Trial) error {
	last, answered := g.last, 0
	var errs []error
	for i := range trials {
		t := &trials[i]
		wrong := func(err error) { errs = append(errs, fmt.Errorf("trial %d: %w", t.ID, err)) }
		if err := g.check(t); err != nil {
			wrong(err)
		}
		if t.ID <= last {
			wrong(fmt.Errorf("told already, or late: the last one told is %d, and IDs ascend", last))
		}
		last = max(last, t.ID)
		switch {
		case t.Given:
		case answered == len(g.pending):
			wrong(errors.New("not asked for and not given: no design is waited for"))
		case !slices.Equal(t.Point, g.pending[answered]):
			wrong(fmt.Errorf("not asked for and not given: the design is %v, the next one waited for is %v", t.Point, g.pending[answered]))
		default:
			answered++
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	g.last, g.pending = last, g.pending[answered:]
	return nil
}

// check reports what is wrong with a trial by itself.
func (g *Guard) check(t *Trial) error {
	var errs []error
	if err := g.problem.Space.Check(t.Point); err != nil {
		errs = append(errs, err)
	}
	if n := len(t.Objectives); t.Objectives != nil && n != g.problem.Objectives {
		errs = append(errs, fmt.Errorf("%d objectives: the problem has %d", n, g.problem.Objectives))
	}
	if n, want := len(t.Violations), g.problem.Constraints+1; n != want {
		errs = append(errs, fmt.Errorf("%d violations: the problem has %d, the simulator's own included", n, want))
	}
	errs = append(errs, finite("objective", t.Objectives), finite("violation", t.Violations))
	return errors.Join(errs...)
}

// finite reports the numbers that are not.
func finite(what string, values []float64) error {
	var errs []error
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			errs = append(errs, fmt.Errorf("%s %d is %v: must be finite", what, i, v))
		}
	}
	return errors.Join(errs...)
}
