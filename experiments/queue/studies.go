package queue

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// maxFruitless is how many workers in a row may begin a study without committing a trial of it.
const maxFruitless = 10

// entrusted is a study that is out.
type entrusted struct {
	desk  *sweep.Desk
	ended chan played // room for one

	owner     string // token of who opened it last
	worker    string // its name
	committed int    // when it was opened last
	fruitless int    // times that it was opened since a trial was committed
	policy    []byte // as far as it has arrived
	policyOf  string // token of who sends it
}

// played is how a study ended.
type played struct {
	result sweep.Played
	err    error
}

// end takes the first end of a study.
func (e *entrusted) end(p played) {
	select {
	case e.ended <- p:
	default:
	}
}

// Play has a study played by whichever worker comes.
func (c *Coordinator) Play(ctx context.Context, d *sweep.Desk) (sweep.Played, error) {
	e := &entrusted{desk: d, ended: make(chan played, 1)}
	c.mu.Lock()
	c.studies[d.Study] = e
	delete(c.over, d.Study) // a rung of a race may have been before
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.studies, d.Study)
		c.over[d.Study] = true
	}()
	if err := c.publish(ctx, task{Study: d.Study}); err != nil {
		return sweep.Played{}, err
	}
	select {
	case p := <-e.ended:
		return p.result, p.err
	case <-ctx.Done():
		return sweep.Played{}, ctx.Err()
	}
}

// study finds the study of a request; without one the reply says what to do.
func (c *Coordinator) study(q request) (*entrusted, reply) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.studies[q.Study]; e != nil {
		return e, reply{State: stateOK}
	}
	if c.over[q.Study] || q.Study < 0 || q.Study >= len(c.o.Plan.Studies) {
		return nil, reply{State: stateOver}
	}
	return nil, reply{State: stateLater}
}

// failed ends the run because of a study, unless the study is over.
func (c *Coordinator) failed(e *entrusted, err error) reply {
	if !errors.Is(err, sweep.ErrSettled) {
		e.end(played{err: err})
	}
	return reply{State: stateOver}
}

// open makes a worker the owner of a study.
func (c *Coordinator) open(q request, _ []byte) (reply, []byte) {
	c.meet(q.Worker)
	e, r := c.study(q)
	if e == nil {
		return r, nil
	}
	if own := hex.EncodeToString(e.desk.Identity()); own != q.Identity {
		return c.failed(e, fmt.Errorf("worker %s has another study: identity %.12s, not %.12s: a program that its scenario names is another one there",
			q.Worker, q.Identity, own)), nil
	}
	n, err := e.desk.Committed()
	if err != nil {
		return c.failed(e, err), nil
	}
	c.mu.Lock()
	if e.fruitless++; n > e.committed {
		e.fruitless = 1
	}
	e.owner, e.worker, e.committed = q.Token, q.Worker, n
	fruitless := e.fruitless
	c.mu.Unlock()
	if fruitless > maxFruitless {
		return c.failed(e, fmt.Errorf("%d workers in a row began it and none of them committed trial %d: it probably ends them", maxFruitless, n)), nil
	}
	return reply{State: stateOK, Committed: n, Trials: e.desk.Trials}, nil
}

// records sends committed trials.
func (c *Coordinator) records(q request, _ []byte) (reply, []byte) {
	e, r := c.study(q)
	if e == nil {
		return r, nil
	}
	batch, err := e.desk.Records(nil, max(q.From, 0), batchBytes)
	if err != nil {
		return c.failed(e, err), nil
	}
	return reply{State: stateOK}, batch
}

// commit takes a batch of trials.
func (c *Coordinator) commit(q request, batch []byte) (reply, []byte) {
	e, r := c.study(q)
	if e == nil {
		return r, nil
	}
	err := e.desk.Commit(batch)
	if gap, ok := errors.AsType[*sweep.GapError](err); ok {
		return reply{State: stateGap, Error: gap.Error()}, nil
	}
	if err != nil {
		return c.failed(e, err), nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e.owner {
	case "": // of before a restart
		e.owner, e.worker = q.Token, q.Worker
	case q.Token:
	default:
		return reply{State: stateSuperseded}, nil
	}
	return reply{State: stateOK}, nil
}

// policy takes a piece of what was learned.
func (c *Coordinator) policy(q request, piece []byte) (reply, []byte) {
	e, r := c.study(q)
	if e == nil {
		return r, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.policyOf != q.Token {
		e.policyOf, e.policy = q.Token, nil
	}
	if q.From > len(e.policy) {
		return reply{State: stateGap, Error: "pieces of the policy are missing"}, nil
	}
	e.policy = append(e.policy[:q.From:q.From], piece...)
	return reply{State: stateOK}, nil
}

// finish ends a study whose trials have all been committed.
func (c *Coordinator) finish(q request, _ []byte) (reply, []byte) {
	e, r := c.study(q)
	if e == nil {
		return r, nil
	}
	n, err := e.desk.Committed()
	switch {
	case err != nil:
		return c.failed(e, err), nil
	case q.Trials != e.desk.Trials: // of an earlier rung
		return reply{State: stateSuperseded}, nil
	case q.Played == nil || !q.Played.Done() || q.Played.Told() != n:
		return reply{State: stateGap, Error: fmt.Sprintf("the end of a study with %d committed trials does not fit", n)}, nil
	}
	result := *q.Played
	c.mu.Lock()
	if e.policyOf == q.Token {
		result.Policy = e.policy
	}
	c.mu.Unlock()
	result.Worker = q.Worker
	c.crew.note(q.Worker, func(m *sweep.Worker) { m.Finished++ })
	e.end(played{result: result})
	return reply{State: stateOK}, nil
}

// broken ends the run: a simulator or an agent is broken.
func (c *Coordinator) broken(q request, _ []byte) (reply, []byte) {
	err := fmt.Errorf("%s (worker %s)", q.Error, q.Worker)
	if q.Evaluation != "" {
		c.answered(q.Evaluation, evaluated{err: err})
		return reply{State: stateOK}, nil
	}
	e, r := c.study(q)
	if e == nil {
		return r, nil
	}
	e.end(played{err: err})
	return reply{State: stateOK}, nil
}
