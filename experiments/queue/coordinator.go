package queue

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Coordinating says what a coordinator offers, and how.
type Coordinating struct {
	Conn    *nats.Conn
	Prefix  string // of all subjects; empty = DefaultPrefix
	Plan    *sweep.Plan
	Catalog string // hash of the catalogue
	Build   sweep.Build
	Lease   time.Duration // after which an unacknowledged study is given to another worker; 0 = DefaultLease
	Lasting bool          // the queue is kept on the server's disk: for a server that others run
	Notice  func(format string, args ...any)
}

// DefaultLease is how long a worker may be silent.
const DefaultLease = 30 * time.Second

// leaving is how long the end of a run waits for its workers to say goodbye.
const leaving = 2 * time.Second

// Coordinator has the studies and evaluations of a run done by workers. It is a sweep.Fleet.
type Coordinator struct {
	o       Coordinating
	prefix  prefix
	js      jetstream.JetStream
	shipped []byte // the plan
	subs    []*nats.Subscription
	session string // tells this coordinator's evaluations from those of the one before
	stop    context.CancelFunc
	tending sync.WaitGroup

	mu      sync.Mutex
	studies map[int]*entrusted
	over    map[int]bool // studies that ended here
	designs map[string]*design
	asked   int               // evaluations so far
	known   map[string][]byte // answers to the last evaluations, to hold repeats against
	recent  []string          // their names, the oldest first
	workers map[string]bool
	crew    *crew
	left    chan struct{} // a worker said goodbye
}

var _ sweep.Fleet = (*Coordinator)(nil)

// Coordinate begins to serve workers. The coordinator must be closed.
func Coordinate(ctx context.Context, o Coordinating) (*Coordinator, error) {
	p, err := newPrefix(o.Prefix)
	if err != nil {
		return nil, err
	}
	if o.Lease == 0 {
		o.Lease = DefaultLease
	}
	if o.Notice == nil {
		o.Notice = func(string, ...any) {}
	}
	c := &Coordinator{
		o: o, prefix: p, session: rand.Text()[:8], studies: map[int]*entrusted{}, over: map[int]bool{}, designs: map[string]*design{},
		known: map[string][]byte{}, workers: map[string]bool{}, crew: newCrew(), left: make(chan struct{}, 1),
	}
	if c.js, err = streams(ctx, o.Conn); err != nil {
		return nil, err
	}
	if c.shipped, err = o.Plan.Ship(); err != nil {
		return nil, err
	}
	if err := c.alone(); err != nil {
		return nil, err
	}
	if err := c.js.DeleteStream(ctx, p.stream()); err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil, fmt.Errorf("stream %s: %w", p.stream(), err)
	}
	if err := c.makeStream(ctx); err != nil {
		return nil, err
	}
	if err := c.subscribe(); err != nil {
		return nil, err
	}
	tend, stop := context.WithCancel(context.Background())
	c.stop = stop
	c.tending.Go(func() { c.tend(tend) })
	return c, nil
}

// alone reports another run on the prefix.
func (c *Coordinator) alone() error {
	m, err := c.o.Conn.Request(c.prefix.subject(verbWho), encode(request{}, nil), time.Second)
	if errors.Is(err, nats.ErrNoResponders) || errors.Is(err, nats.ErrTimeout) {
		return nil
	}
	if err != nil {
		return err
	}
	var r reply
	if _, err := decode(m.Data, &r); err != nil || r.Run == nil {
		return fmt.Errorf("somebody else uses the subjects below %q: choose another prefix", c.prefix)
	}
	return fmt.Errorf("the run of %s on %s uses the subject prefix %q: choose another one", r.Run.Name, r.Run.Host, c.prefix)
}

// subscribe begins to answer requests, each in a goroutine of its own.
func (c *Coordinator) subscribe() error {
	for verb, answer := range map[string]func(request, []byte) (reply, []byte){
		verbHello: c.hello, verbWho: c.who, verbPlan: c.plan, verbOpen: c.open, verbRecords: c.records, verbCommit: c.commit, verbPolicy: c.policy,
		verbFinish: c.finish, verbResult: c.result, verbBroken: c.broken, verbBye: c.bye,
	} {
		sub, err := c.o.Conn.Subscribe(c.prefix.subject(verb), func(m *nats.Msg) {
			go func() {
				var q request
				payload, err := decode(m.Data, &q)
				r, out := reply{State: stateRefused}, []byte(nil)
				if err != nil {
					r.Error = err.Error()
				} else {
					c.crew.note(q.Worker, func(*sweep.Worker) {})
					r, out = answer(q, payload)
				}
				_ = m.Respond(encode(r, out)) // one that is lost is asked for again
			}()
		})
		if err != nil {
			return err
		}
		c.subs = append(c.subs, sub)
	}
	return c.o.Conn.Flush()
}

// describe is the run for those who join.
func (c *Coordinator) describe() *run {
	return &run{Name: c.o.Plan.File.Name, Identity: c.o.Plan.Identity(), Host: hostname(), Lease: c.o.Lease, Plan: len(c.shipped)}
}

// who tells which run this is.
func (c *Coordinator) who(q request, _ []byte) (reply, []byte) {
	c.meet(q.Worker)
	return reply{State: stateOK, Run: c.describe()}, nil
}

// hello takes a worker in, or refuses it.
func (c *Coordinator) hello(q request, _ []byte) (reply, []byte) {
	if why := refusal(q, c.o.Build, c.o.Catalog); why != "" {
		c.o.Notice("worker %s refused: %s", q.Worker, why)
		return reply{State: stateRefused, Error: why}, nil
	}
	c.meet(q.Worker)
	return reply{State: stateOK, Run: c.describe()}, nil
}

// meet keeps the name of a worker; those of before a restart do not say hello again.
func (c *Coordinator) meet(worker string) {
	if worker == "" {
		return
	}
	c.mu.Lock()
	again := c.workers[worker]
	c.workers[worker] = true
	n := len(c.workers)
	c.mu.Unlock()
	c.crew.join(worker)
	if !again {
		c.o.Notice("worker %s joined (%d)", worker, n)
	}
}

// refusal is why a worker may not join; empty = it may.
func refusal(q request, own sweep.Build, catalog string) string {
	for _, x := range []struct{ what, theirs, ours string }{
		{"version", q.Build.Version, own.Version}, {"Go release", q.Build.Go, own.Go}, {"operating system", q.Build.OS, own.OS},
		{"architecture", q.Build.Arch, own.Arch}, {"catalogue", q.Catalog, catalog}, {"executable", q.Build.SHA256, own.SHA256},
	} {
		if x.theirs != x.ours {
			return fmt.Sprintf("its %s is %.20s, the coordinator's %.20s: results would not be reproducible", x.what, orNone(x.theirs), orNone(x.ours))
		}
	}
	return ""
}

func orNone(text string) string {
	if text == "" {
		return "unknown"
	}
	return text
}

// plan sends a piece of the plan.
func (c *Coordinator) plan(q request, _ []byte) (reply, []byte) {
	if q.From < 0 || q.From > len(c.shipped) {
		return reply{State: stateRefused, Error: "the plan has no such piece"}, nil
	}
	return reply{State: stateOK}, c.shipped[q.From:min(len(c.shipped), q.From+batchBytes)]
}

func (c *Coordinator) bye(q request, _ []byte) (reply, []byte) {
	c.mu.Lock()
	known := c.workers[q.Worker]
	delete(c.workers, q.Worker)
	n := len(c.workers)
	c.mu.Unlock()
	if known {
		c.crew.note(q.Worker, func(m *sweep.Worker) { m.Left = true })
		c.o.Notice("worker %s left (%d)", q.Worker, n)
	}
	select {
	case c.left <- struct{}{}:
	default:
	}
	return reply{State: stateOK}, nil
}

// Close ends the run for the workers: they are told how it ended, and waited for shortly. After an interruption they are told nothing, and wait for the run
// to be resumed.
func (c *Coordinator) Close(status sweep.Status, failure error) {
	c.stop()
	c.tending.Wait()
	if status != sweep.Interrupted {
		end := ending{Status: status}
		if failure != nil {
			end.Error = failure.Error()
		}
		_ = c.o.Conn.Publish(c.prefix.subject(subjectEnd), encode(end, nil)) // who does not hear it finds out by asking
		_ = c.o.Conn.Flush()
		c.seeOff()
	}
	for _, sub := range c.subs {
		_ = sub.Unsubscribe() // the connection is closed next
	}
	ctx, cancel := context.WithTimeout(context.Background(), leaving)
	defer cancel()
	_ = c.js.DeleteStream(ctx, c.prefix.stream()) // the next run on the prefix would
}

// seeOff waits until all workers have left.
func (c *Coordinator) seeOff() {
	deadline := time.After(leaving)
	for {
		c.mu.Lock()
		n := len(c.workers)
		c.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-c.left:
		case <-deadline:
			return
		}
	}
}
