package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/journal"
)

// patience is how long a pull waits for a task; without one the worker asks whether the run is still there.
const patience = 2 * time.Second

// next pulls one task and does it.
func (w *worker) next(ctx context.Context) error {
	m, err := w.pull(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, nats.ErrTimeout) && !errors.Is(err, jetstream.ErrNoMessages) {
			select {
			case <-ctx.Done():
			case <-time.After(notYet):
			}
		}
		return w.ping(ctx)
	}
	var t task
	if err := json.Unmarshal(m.Data(), &t); err != nil || t.Evaluation == "" && (t.Study < 0 || t.Study >= len(w.plan.Studies)) {
		return fmt.Errorf("a task that is none: %.100q", m.Data())
	}
	beat, quiet := context.WithCancel(ctx)
	var beating sync.WaitGroup
	beating.Go(func() { w.heartbeat(beat, m) })
	defer beating.Wait()
	defer quiet()
	if t.Evaluation != "" {
		return w.evaluate(ctx, m, t)
	}
	return w.study(ctx, m, t.Study)
}

// pull waits for a message.
func (w *worker) pull(ctx context.Context) (jetstream.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return w.queue.Next(jetstream.FetchContext(ctx))
}

// ping asks whether the run is still there.
func (w *worker) ping(ctx context.Context) error {
	r, _, err := w.ask(ctx, verbWho, request{Worker: w.name}, nil)
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return err
	case r.Run == nil || r.Run.Identity != w.run.Identity:
		return errors.New("another run has begun on the subject prefix")
	}
	return nil
}

// heartbeat keeps the lease of a task, and tells the coordinator that the worker is alive while an evaluation takes long.
func (w *worker) heartbeat(ctx context.Context, m jetstream.Msg) {
	tick := time.NewTicker(w.run.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = m.InProgress() // one that is lost is followed by others, likewise below
			_ = w.conn.Publish(w.prefix.subject(verbWho), encode(request{Worker: w.name}, nil))
		}
	}
}

// study plays a study and hands the message back or acknowledges it. The error ends the worker.
func (w *worker) study(ctx context.Context, m jetstream.Msg, index int) error {
	about := request{
		Worker: w.name, Study: index, Token: fmt.Sprintf("%s/%d", w.name, w.deliveries.Add(1)), Identity: w.plan.StudyIdentity(index),
	}
	err := w.play(ctx, about)
	switch {
	case err == nil:
		w.studies.Add(1)
		_ = m.Ack() // one that is lost brings the study back, and then it is over
	case ctx.Err() != nil, errors.Is(err, errGap):
		_ = m.Nak()
	case errors.Is(err, errOver):
		_ = m.Ack()
	case errors.Is(err, errSuperseded): // the message is another worker's now
	case errors.Is(err, errGone):
		return err
	default:
		q := about
		q.Error = err.Error()
		_, _, err := w.ask(ctx, verbBroken, q, nil)
		if err != nil && ctx.Err() == nil && !errors.Is(err, errOver) {
			return err
		}
	}
	return nil
}

// play plays a study from what is committed of it to its end.
func (w *worker) play(ctx context.Context, about request) error {
	r, _, err := w.ask(ctx, verbOpen, about, nil)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	c := newCourier(ctx, w.asker, about, r.Committed, stop)
	played, err := w.player.PlayTo(ctx, about.Study, r.Trials, c, nil)
	if lost := c.close(); lost != nil {
		return lost
	}
	if err == nil && !played.Done() {
		err = context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	for from := 0; from < len(played.Policy); from += batchBytes {
		q := about
		q.From = from
		if _, _, err := w.ask(ctx, verbPolicy, q, played.Policy[from:min(len(played.Policy), from+batchBytes)]); err != nil {
			return err
		}
	}
	played.Policy = nil
	about.Played, about.Trials = &played, r.Trials
	_, _, err = w.ask(ctx, verbFinish, about, nil)
	return err
}

// evaluate evaluates one design. The error ends the worker.
func (w *worker) evaluate(ctx context.Context, m jetstream.Msg, t task) error {
	q := request{Worker: w.name, Evaluation: t.Evaluation}
	results, err := w.player.Evaluate(ctx, t.Scenario, []space.Point{t.Point})
	if ctx.Err() != nil {
		_ = m.Nak()
		return nil
	}
	if err != nil {
		q.Error = err.Error()
		_, _, err = w.ask(ctx, verbBroken, q, nil)
	} else {
		w.evaluations.Add(1)
		_, _, err = w.ask(ctx, verbResult, q, journal.Append(nil, journal.Record{Point: t.Point, Result: results[0]}))
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, errOver) {
		return err
	}
	_ = m.Ack()
	return nil
}
