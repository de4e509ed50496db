package grid

import (
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent proposes every canonical point once, in the order of space.Points, and then finishes.
type Agent struct {
	space space.Space
	next  space.Point // nil when finished
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem) *Agent {
	return &Agent{space: p.Space, next: make(space.Point, p.Space.Len())}
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
	return points, nil
}

// Tell does nothing: the order is fixed. Given designs are proposed as well.
func (a *Agent) Tell([]agents.Trial) error { return nil }
