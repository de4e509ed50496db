package agenttest

import (
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// Study runs an agent as a study does: one trial asked at a time, told when Lag trials are in flight, in ID order.
type Study struct {
	Evaluate func(id int, p space.Point) agents.Trial // ID and Point are filled in afterwards
	Budget   int                                      // asked trials
	Lag      int                                      // trials in flight; zero means 1
	Given    []agents.Trial                           // told before the first Ask
}

// Run returns the asked trials in order, fewer than the budget when the agent finishes. A point that is not canonical and more than one
// point at a time are errors.
func (s Study) Run(agent agents.Agent, in space.Space) ([]agents.Trial, error) {
	lag := max(s.Lag, 1)
	if len(s.Given) > 0 {
		if err := agent.Tell(s.Given); err != nil {
			return nil, fmt.Errorf("tell given trials: %w", err)
		}
	}
	var trials []agents.Trial
	told := 0
	for len(trials) < s.Budget {
		points, err := ask(agent, in, 1)
		if err != nil {
			return trials, fmt.Errorf("trial %d: %w", len(trials), err)
		}
		if len(points) == 0 {
			break
		}
		id := len(s.Given) + len(trials)
		t := s.Evaluate(id, points[0])
		t.ID, t.Point = id, points[0]
		trials = append(trials, t)
		if len(trials)-told == lag {
			if err := agent.Tell(trials[told : told+1]); err != nil {
				return trials, fmt.Errorf("tell trial %d: %w", trials[told].ID, err)
			}
			told++
		}
	}
	if told < len(trials) {
		if err := agent.Tell(trials[told:]); err != nil {
			return trials, fmt.Errorf("tell the last trials: %w", err)
		}
	}
	return trials, nil
}

// ask asks for n points and checks them.
func ask(agent agents.Agent, in space.Space, n int) ([]space.Point, error) {
	points, err := agent.Ask(n)
	if err != nil {
		return nil, fmt.Errorf("ask(%d): %w", n, err)
	}
	if len(points) > n {
		return nil, fmt.Errorf("ask(%d) gave %d points: at most %d", n, len(points), n)
	}
	for _, p := range points {
		if err := in.Check(p); err != nil {
			return nil, fmt.Errorf("ask(%d) gave %v, not a canonical point: %w", n, p, err)
		}
	}
	return points, nil
}
