package queue

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Working says what a worker brings along.
type Working struct {
	Conn    *nats.Conn
	Prefix  string // of the run's subjects; empty = DefaultPrefix
	Catalog sweep.Catalog
	Build   sweep.Build
	Workers int           // studies and evaluations at a time; at least 1
	Wait    time.Duration // for a coordinator that does not answer; 0 = DefaultWait
	Notice  func(format string, args ...any)
}

// DefaultWait is how long a worker waits for a coordinator that does not answer.
const DefaultWait = time.Minute

// Done is what a worker did.
type Done struct {
	Studies     int // that it brought to their end
	Evaluations int // single ones
	Status      sweep.Status
}

// Work joins the run on the prefix and works until the run or ctx ends. A run that failed, and a coordinator that is gone, are errors.
func Work(ctx context.Context, o Working) (done Done, err error) {
	p, err := newPrefix(o.Prefix)
	if err != nil {
		return Done{}, err
	}
	if o.Wait == 0 {
		o.Wait = DefaultWait
	}
	if o.Notice == nil {
		o.Notice = func(string, ...any) {}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	w := &worker{
		asker: asker{o.Conn, p, o.Wait}, o: o, cancel: cancel, name: fmt.Sprintf("%s:%d:%s", hostname(), os.Getpid(), rand.Text()[:4]),
	}
	end, err := o.Conn.Subscribe(p.subject(subjectEnd), w.end)
	if err != nil {
		return Done{}, err
	}
	defer func() { _ = end.Unsubscribe() }() // the connection may be closed
	if err = w.join(ctx); err == nil {
		defer func() { err = errors.Join(err, w.plan.Close()) }()
		err = w.work(ctx)
		w.leave()
	}
	done = Done{Studies: int(w.studies.Load()), Evaluations: int(w.evaluations.Load())}
	if last := w.ended.Load(); last != nil {
		if done.Status = last.Status; last.Status != sweep.Complete {
			return done, fmt.Errorf("the run ended: %s: %s", last.Status, last.Error)
		}
		return done, nil
	}
	return done, err
}

// worker is a process that plays studies of one run.
type worker struct {
	asker
	o      Working
	name   string
	run    *run
	plan   *sweep.Plan
	player *sweep.Player
	queue  jetstream.Consumer
	cancel context.CancelCauseFunc

	ended       atomic.Pointer[ending]
	deliveries  atomic.Int64
	studies     atomic.Int64
	evaluations atomic.Int64
}

// end takes the news that the run is over.
func (w *worker) end(m *nats.Msg) {
	var e ending
	if _, err := decode(m.Data, &e); err == nil {
		w.ended.Store(&e)
		w.cancel(errOver)
	}
}

// join introduces the worker and fetches the plan.
func (w *worker) join(ctx context.Context) error {
	q := request{Worker: w.name, Build: w.o.Build, Catalog: w.o.Catalog.Hash()}
	r, _, err := w.ask(ctx, verbHello, q, nil)
	if err != nil {
		return err
	}
	w.run = r.Run
	var shipped []byte
	for len(shipped) < w.run.Plan {
		_, piece, err := w.ask(ctx, verbPlan, request{Worker: w.name, From: len(shipped)}, nil)
		if err != nil {
			return err
		}
		if shipped = append(shipped, piece...); len(piece) == 0 {
			return errors.New("the plan that was received is cut short")
		}
	}
	if w.plan, err = sweep.Receive(shipped, w.o.Catalog); err != nil {
		return err
	}
	w.player = sweep.NewPlayer(w.plan, w.o.Workers)
	js, err := streams(ctx, w.conn)
	if err == nil {
		w.queue, err = js.Consumer(ctx, w.prefix.stream(), consumer)
	}
	if err != nil {
		return errors.Join(err, w.plan.Close())
	}
	w.o.Notice("joined the run of %s on %s, %d at a time", w.run.Name, w.run.Host, w.o.Workers)
	return nil
}

// leave says goodbye, if somebody hears it.
func (w *worker) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), leaving/2)
	defer cancel()
	_, _, _ = w.ask(ctx, verbBye, request{Worker: w.name}, nil)
}

// work pulls tasks, several at a time, until ctx ends; the first error ends all.
func (w *worker) work(ctx context.Context) error {
	var slots sync.WaitGroup
	for range max(1, w.o.Workers) {
		slots.Go(func() {
			for ctx.Err() == nil {
				if err := w.next(ctx); err != nil {
					w.cancel(err)
				}
			}
		})
	}
	slots.Wait()
	if err := context.Cause(ctx); !errors.Is(err, errOver) {
		return err
	}
	return nil
}

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

// heartbeat keeps the lease of a task.
func (w *worker) heartbeat(ctx context.Context, m jetstream.Msg) {
	tick := time.NewTicker(w.run.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = m.InProgress() // one that is lost is followed by others
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
	played, err := w.player.Play(ctx, about.Study, c, nil)
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
	about.Played = &played
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
