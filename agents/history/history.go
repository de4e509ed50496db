package history

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/space"
)

// History is the told trials and the pending points of one agent.
type History struct {
	problem agents.Problem
	seen    *sampling.Seen
	unseen  *big.Int // designs of the space that were not seen
	trials  []agents.Trial
	pending []space.Point
}

// New remembers nothing yet.
func New(p agents.Problem) *History {
	return &History{problem: p, seen: sampling.NewSeen(p.Space), unseen: p.Space.Size()}
}

// Trials lists the told trials in ID order. They must not be changed.
func (h *History) Trials() []agents.Trial { return h.trials }

// Pending lists the asked points that are not told yet, in the order of asking. They must not be changed.
func (h *History) Pending() []space.Point { return h.pending }

// Len is the number of told and pending designs.
func (h *History) Len() int { return len(h.trials) + len(h.pending) }

// Has tells whether a canonical point was told or is pending.
func (h *History) Has(p space.Point) bool { return h.seen.Has(p) }

// Exhausted tells whether every design of the space was told or is pending.
func (h *History) Exhausted() bool { return h.unseen.Sign() <= 0 }

// add remembers a point as seen.
func (h *History) add(p space.Point) {
	if h.seen.Add(p) {
		h.unseen.Sub(h.unseen, big.NewInt(1))
	}
}

// Fresh proposes until a point comes that was neither told nor is pending, by the bounded effort of sampling.Seen.Fresh.
func (h *History) Fresh(propose func() space.Point, rng *rand.Rand) space.Point {
	return h.seen.Fresh(propose, rng)
}

// Ask makes a point pending and returns a copy of it for the caller of the agent.
func (h *History) Ask(p space.Point) space.Point {
	h.add(p)
	h.pending = append(h.pending, p)
	return slices.Clone(p)
}

// Tell appends the trials. When any of them is wrong, nothing changes and the error says everything that is wrong.
func (h *History) Tell(trials []agents.Trial) error {
	pending, last := slices.Clone(h.pending), math.MinInt
	if n := len(h.trials); n > 0 {
		last = h.trials[n-1].ID
	}
	var errs []error
	for _, t := range trials {
		if err := h.check(t); err != nil {
			errs = append(errs, fmt.Errorf("trial %d: %w", t.ID, err))
			continue
		}
		if t.ID <= last {
			errs = append(errs, fmt.Errorf("trial %d was told already, or late: the last one told was %d, and IDs ascend", t.ID, last))
			continue
		}
		last = t.ID
		if t.Given {
			continue
		}
		at := slices.IndexFunc(pending, func(p space.Point) bool { return slices.Equal(p, t.Point) })
		if at < 0 {
			errs = append(errs, fmt.Errorf("trial %d was not asked for and is not given: point %v is not among the %d pending", t.ID, t.Point, len(pending)))
			continue
		}
		pending = slices.Delete(pending, at, at+1)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, t := range trials {
		h.add(t.Point)
	}
	h.trials, h.pending = append(h.trials, trials...), pending
	return nil
}

// check reports what is wrong with a trial by itself.
func (h *History) check(t agents.Trial) error {
	errs := []error{h.problem.Space.Check(t.Point)}
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if n := len(t.Objectives); t.Objectives != nil && n != h.problem.Objectives {
		bad("%d objectives, the problem has %d", n, h.problem.Objectives)
	}
	if n := len(t.Violations); n > h.problem.Constraints+1 {
		bad("%d violations, the problem has %d constraints and the simulator one more", n, h.problem.Constraints)
	}
	for i, v := range t.Objectives {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			bad("objective %d is %v: it must be finite", i, v)
		}
	}
	for i, v := range t.Violations {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			bad("violation %d is %v: it must be finite", i, v)
		}
	}
	return errors.Join(errs...)
}
