package grid

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent proposes every canonical point once, in the order of space.Points, and then finishes.
type Agent struct {
	space space.Space
	next  space.Point // nil when finished
	guard agents.Guard
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem) (*Agent, error) {
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("grid: %w", err)
	}
	return &Agent{space: p.Space, next: make(space.Point, p.Space.Len()), guard: guard}, nil
}

// Ask proposes the next n points, fewer at the end and then none.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	var points []space.Point
	for len(points) < n && a.next != nil {
		points = append(points, slices.Clone(a.next))
		if !a.space.Next(a.next) {
			a.next = nil
		}
	}
	a.guard.Ask(points...)
	return points, nil
}

// Tell learns nothing: the order is fixed. Given designs are proposed as well.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("grid: %w", err)
	}
	return nil
}
