package screen

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// mostSkipped is how many designs in a row are screened out at most.
const mostSkipped = 64

// Agent is another agent behind a classifier. Memory: that of the agent and every told trial.
type Agent struct {
	problem agents.Problem
	limit   float64
	rng     *rand.Rand
	guard   agents.Guard
	encoder *predictor.Encoder
	trials  []agents.Trial // told
	result  *boost.Model   // nil while there is nothing to tell apart
	due     int            // told trials from which on it is fitted anew
	row     []float64      // scratch
	queue   queue
}

var _ agents.Agent = (*Agent)(nil)

// New puts the classifier in front of an agent for the same problem. Designs of a probability of a result below the limit, in (0, 1), are not handed out.
func New(p agents.Problem, inner agents.Agent, limit float64, rng *rand.Rand) (*Agent, error) {
	if !(limit > 0 && limit < 1) {
		return nil, fmt.Errorf("screen %v must be in (0, 1)", limit)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("screen: %w", err)
	}
	return &Agent{problem: p, limit: limit, rng: rng, guard: guard, encoder: predictor.NewEncoder(p.Space), due: 20, queue: newQueue(inner)}, nil
}

// Ask hands out what the inner agent proposes, but for what is screened out.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	var points []space.Point
	for range n {
		p, err := a.next()
		if err != nil {
			return nil, err
		}
		if p == nil { // finished
			break
		}
		points = append(points, p)
	}
	a.guard.Ask(points...)
	return points, nil
}

// next is the next design that is not screened out; nil when the inner agent has finished.
func (a *Agent) next() (space.Point, error) {
	for skipped := 0; ; skipped++ {
		proposed, err := a.queue.ask()
		if err != nil || proposed == nil {
			return nil, err
		}
		if a.result == nil || skipped == mostSkipped {
			return proposed.point, nil
		}
		a.row = a.encoder.Append(a.row[:0], proposed.point)
		probability := boost.Probability(a.result.Score(a.row))
		if probability >= a.limit {
			return proposed.point, nil
		}
		proposed.instead = a.missing(proposed.point, 1-probability)
		if err := a.queue.tellSkipped(); err != nil {
			return nil, err
		}
	}
}

// missing is what the inner agent is told of a design that hardly has a result.
func (a *Agent) missing(p space.Point, probability float64) *agents.Trial {
	t := &agents.Trial{Point: p, Infeasible: "no result expected", Violations: make([]float64, a.problem.Constraints+1)}
	for c := range t.Violations {
		t.Violations[c] = 1
	}
	t.Violations[a.problem.Constraints] = probability
	return t
}

// Tell learns whether the designs have results and passes the trials on.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return err
	}
	for _, t := range trials {
		a.trials = append(a.trials, t)
		if err := a.queue.answer(t); err != nil {
			return err
		}
	}
	return a.learn()
}

// learn fits the classifier when it is due.
func (a *Agent) learn() (err error) {
	if len(a.trials) < a.due {
		return nil
	}
	a.due = len(a.trials) + max(len(a.trials)/10, 1)
	a.result, err = a.encoder.Result(a.trials, predictor.Options{Options: boost.Options{Trees: 50, MaxDepth: 4}}, a.rng)
	return err
}
