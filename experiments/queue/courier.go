package queue

import (
	"cmp"
	"context"
	"iter"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// courier is a worker's end of a study's journal: it fetches the committed trials, and sends the new ones in batches while the study goes on. It is a
// sweep.Log.
type courier struct {
	asker
	about request // study and token
	kept  int

	served int // of the kept ones
	pull   func() (journal.Record, error, bool)
	halt   func()
	ctx    context.Context // of sending: it outlives the study's by a moment, so that what was evaluated is not lost
	cancel context.CancelFunc

	mu      sync.Mutex
	room    *sync.Cond // there is room for trials again, or an error
	open    []byte     // the batch that is being filled
	trials  int        // in it
	full    [][]byte   // those that wait to be sent
	closing bool
	failed  error
	wake    chan struct{} // a batch is full, or it is closing
	sent    chan struct{} // closed when the sender has ended
	fail    func(error)   // tells who plays the study
}

// newCourier serves a study of which so many trials are committed. fail is called when the study must be left.
func newCourier(ctx context.Context, a asker, about request, kept int, fail func(error)) *courier {
	c := &courier{asker: a, about: about, kept: kept, wake: make(chan struct{}, 1), sent: make(chan struct{}), fail: fail}
	c.ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() { time.AfterFunc(leaving/2, c.cancel) })
	c.room = sync.NewCond(&c.mu)
	c.pull, c.halt = iter.Pull2(c.records(ctx))
	go c.deliver()
	return c
}

// Kept is how many trials are served.
func (c *courier) Kept() int { return c.kept }

// Next is the next committed trial.
func (c *courier) Next() (wrap.Evaluation, bool, error) {
	if c.served == c.kept {
		return wrap.Evaluation{}, false, nil
	}
	rec, err, ok := c.pull()
	if err == nil && !ok {
		err = errGap
	}
	if err != nil {
		return wrap.Evaluation{}, false, err
	}
	c.served++
	return wrap.Evaluation(rec), true, nil
}

// records fetches the committed trials, batch by batch.
func (c *courier) records(ctx context.Context) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		for from := 0; from < c.kept; {
			q := c.about
			q.From = from
			_, batch, err := c.ask(ctx, verbRecords, q, nil)
			if err != nil || len(batch) == 0 {
				yield(journal.Record{}, cmp.Or(err, errGap))
				return
			}
			for rec, err := range journal.Frames(batch) {
				if !yield(rec, err) || err != nil {
					return
				}
				from = rec.ID + 1
			}
		}
	}
}

// Record takes a new trial. It waits when the coordinator does not keep up.
func (c *courier) Record(id int, p space.Point, r simulators.Result) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.failed == nil && len(c.full) >= batchesKept {
		c.room.Wait()
	}
	if c.failed != nil {
		return c.failed
	}
	c.open = journal.Append(c.open, journal.Record{ID: id, Point: p, Result: r})
	if c.trials++; c.trials == batchTrials || len(c.open) >= batchBytes-maxReasons {
		c.seal()
		c.signal()
	}
	return nil
}

// maxReasons leaves room for one more record in a batch: reasons have at most 4 KiB, and values few.
const maxReasons = 16 << 10

// seal ends the batch that is being filled. The caller holds the lock.
func (c *courier) seal() {
	if c.trials > 0 {
		c.full, c.open, c.trials = append(c.full, c.open), make([]byte, 0, len(c.open)), 0
	}
}

func (c *courier) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// deliver sends batches until the study is closed or an error ends it.
func (c *courier) deliver() {
	defer close(c.sent)
	tick := time.NewTicker(batchDelay)
	defer tick.Stop()
	for {
		due := false
		select {
		case <-c.wake:
		case <-tick.C:
			due = true
		case <-c.ctx.Done():
			c.leave(c.ctx.Err())
			return
		}
		for batch, last := c.take(due); batch != nil || last; batch, last = c.take(false) {
			if batch == nil {
				return
			}
			if _, _, err := c.ask(c.ctx, verbCommit, c.about, batch); err != nil {
				c.leave(err)
				return
			}
			tick.Reset(batchDelay)
		}
	}
}

// take is the next batch to send: a full one, or with due what there is; last tells that there will be no more.
func (c *courier) take(due bool) (batch []byte, last bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if due || c.closing {
		c.seal()
	}
	if len(c.full) == 0 {
		return nil, c.closing
	}
	batch, c.full = c.full[0], c.full[1:]
	c.room.Broadcast()
	return batch, false
}

// leave ends the study with an error.
func (c *courier) leave(err error) {
	c.mu.Lock()
	c.failed = err
	c.mu.Unlock()
	c.room.Broadcast()
	c.fail(err)
}

// close sends what is left, and tells what went wrong.
func (c *courier) close() error {
	c.mu.Lock()
	c.closing = true
	c.mu.Unlock()
	c.signal()
	<-c.sent
	c.cancel()
	c.halt()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed
}
