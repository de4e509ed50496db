package queue

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

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
