package screen

import (
	"math"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// queue is what an inner agent proposed and was not told of, the oldest first. It is told in its own order, which skipped designs are part of.
type queue struct {
	inner agents.Agent
	asked []*proposal
	last  int // greatest ID that the agent was told
}

// proposal is a design of the inner agent.
type proposal struct {
	point   space.Point
	instead *agents.Trial // what the agent is told of it without an evaluation; nil = it is evaluated
}

func newQueue(inner agents.Agent) queue { return queue{inner: inner, last: math.MinInt} }

// ask takes one more proposal; nil when the inner agent has finished.
func (q *queue) ask() (*proposal, error) {
	points, err := q.inner.Ask(1)
	if err != nil || len(points) == 0 {
		return nil, err
	}
	p := &proposal{point: points[0]}
	q.asked = append(q.asked, p)
	return p, nil
}

// answer tells a trial that was evaluated or given, and the skipped designs whose turn it then is.
func (q *queue) answer(t agents.Trial) error {
	if !t.Given {
		q.asked = q.asked[1:] // no skipped one is first in turn
	}
	if err := q.tell(t); err != nil {
		return err
	}
	return q.tellSkipped()
}

// tellSkipped tells of the skipped designs whose turn it is.
func (q *queue) tellSkipped() error {
	for len(q.asked) > 0 && q.asked[0].instead != nil {
		t := *q.asked[0].instead
		q.asked = q.asked[1:]
		t.ID = math.MinInt
		if err := q.tell(t); err != nil {
			return err
		}
	}
	return nil
}

// tell tells the inner agent of a trial, which counts skipped designs among its trials.
func (q *queue) tell(t agents.Trial) error {
	t.ID = max(t.ID, q.last+1)
	q.last = t.ID
	return q.inner.Tell([]agents.Trial{t})
}
