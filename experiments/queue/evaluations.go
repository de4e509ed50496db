package queue

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// repeatsKept is how many answers are kept to hold repeats against.
const repeatsKept = 10_000

// design is an evaluation that is out.
type design struct {
	task   task
	answer chan evaluated // room for one
}

// evaluated is the answer to an evaluation.
type evaluated struct {
	result simulators.Result
	err    error
}

// Evaluate has designs evaluated by whichever workers come, all at the same time.
func (c *Coordinator) Evaluate(ctx context.Context, scenario int, points []space.Point) ([]simulators.Result, error) {
	out := make([]*design, len(points))
	for i, p := range points {
		d := &design{answer: make(chan evaluated, 1)}
		out[i] = d
		c.mu.Lock()
		c.asked++
		d.task = task{Evaluation: fmt.Sprintf("%s-%d", c.session, c.asked), Scenario: scenario, Point: p}
		c.designs[d.task.Evaluation] = d
		c.mu.Unlock()
		defer c.forget(d)
		if err := c.publish(ctx, d.task); err != nil {
			return nil, err
		}
	}
	results := make([]simulators.Result, len(points))
	for i, d := range out {
		select {
		case a := <-d.answer:
			if a.err != nil {
				return nil, a.err
			}
			results[i] = a.result
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return results, nil
}

func (c *Coordinator) forget(d *design) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.designs, d.task.Evaluation)
}

// answered hands the first answer to who waits for it.
func (c *Coordinator) answered(name string, a evaluated) {
	c.mu.Lock()
	d := c.designs[name]
	delete(c.designs, name)
	c.mu.Unlock()
	if d != nil {
		d.answer <- a
	}
}

// result takes the answer to an evaluation. A repeat must be equal.
func (c *Coordinator) result(q request, frame []byte) (reply, []byte) {
	rec, err := one(frame)
	if err != nil {
		return reply{State: stateRefused, Error: err.Error()}, nil
	}
	if first, repeated := c.remember(q.Evaluation, frame); repeated {
		if kept, err := one(first); err == nil && !bytes.Equal(first, frame) && !wrap.TimedOut(kept.Result) && !wrap.TimedOut(rec.Result) {
			c.fail(fmt.Errorf("the design with levels %v was evaluated twice and differs: %v, then %v by worker %s: the simulator or the machines are not deterministic",
				rec.Point, kept.Result, rec.Result, q.Worker))
		}
		return reply{State: stateOver}, nil
	}
	c.crew.note(q.Worker, func(m *sweep.Worker) { m.Evaluations++ })
	c.answered(q.Evaluation, evaluated{result: rec.Result})
	return reply{State: stateOK}, nil
}

// fail ends the run with the next evaluation that is waited for.
func (c *Coordinator) fail(err error) {
	c.mu.Lock()
	var names []string
	for name := range c.designs {
		names = append(names, name)
	}
	c.mu.Unlock()
	for _, name := range names {
		c.answered(name, evaluated{err: err})
	}
}

// remember keeps an answer; a repeat gives the first one.
func (c *Coordinator) remember(name string, frame []byte) (first []byte, repeated bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if first, repeated = c.known[name]; repeated {
		return first, true
	}
	c.known[name] = bytes.Clone(frame)
	c.recent = append(c.recent, name)
	if len(c.recent) > repeatsKept {
		delete(c.known, c.recent[0])
		c.recent = c.recent[1:]
	}
	return nil, false
}

// one is the only record of a batch.
func one(batch []byte) (journal.Record, error) {
	var list []journal.Record
	for rec, err := range journal.Frames(batch) {
		if err != nil {
			return journal.Record{}, err
		}
		list = append(list, rec)
	}
	if len(list) != 1 {
		return journal.Record{}, errors.New("the answer to an evaluation is one record")
	}
	return list[0], nil
}
