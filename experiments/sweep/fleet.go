package sweep

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Fleet is other processes that do the work of a run: what package queue offers. Both methods are called by many goroutines at once, and return when
// ctx ends.
type Fleet interface {
	// Play has a study played. Its trials arrive at the desk. The error ends the run.
	Play(ctx context.Context, d *Desk) (Played, error)
	// Evaluate has designs of a scenario, by index, evaluated: one result a design, in order.
	Evaluate(ctx context.Context, scenario int, points []space.Point) ([]simulators.Result, error)
}

// The studies that are under way at once where others do the work: enough for every worker, and a bound on what is kept of them.
const (
	entrustedStudies = 4096
	agentsHere       = 256
)

// atATime is how many studies are under way at once.
func (r *runner) atATime() int {
	switch {
	case r.o.Fleet == nil:
		return r.o.Workers
	case r.plan.File.DistributeEvaluations:
		return min(agentsHere, max(len(r.plan.Studies), 1))
	}
	return min(entrustedStudies, max(len(r.plan.Studies), 1))
}

// entrusts tells whether studies are played by the fleet.
func (r *runner) entrusts() bool { return r.o.Fleet != nil && r.player.elsewhere == nil }

// entrust has one study played by the fleet, to so many trials.
func (r *runner) entrust(ctx context.Context, s Study, trials int, before ending) (ending, error) {
	d := &Desk{Study: s.Index, Trials: trials, runner: r, s: s}
	played, err := r.o.Fleet.Play(ctx, d)
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		played, err = Played{ending: ending{Reason: study.Interrupted}}, nil
	}
	t := d.shut()
	if t == nil {
		return played.ending, err // nobody has begun with it
	}
	if !played.done() {
		played.Trials = t.writer.Len()
	}
	return r.settle(s, before, t, r.atRung(played, trials), err)
}

// Desk is where the trials of a study arrive that is played elsewhere. Its journal is opened when the first worker asks for the study.
type Desk struct {
	Study  int
	Trials int // to which it is to be played

	runner *runner
	s      Study

	mu     sync.Mutex
	tape   *tape
	closed bool
	cursor *journal.Reader // of Records, where it left off
}

// ErrSettled says that the study is over: there is nothing to commit any more.
var ErrSettled = errors.New("the study is over")

// GapError says that a batch begins behind the committed trials: its study must begin again from them.
type GapError struct{ First, Committed int }

func (e *GapError) Error() string {
	return fmt.Sprintf("a batch from trial %d on, where %d trials are committed", e.First, e.Committed)
}

// MismatchError says that a trial came twice with different content: the results depend on more than the file.
type MismatchError struct {
	Study           int
	Kept, Delivered journal.Record
}

func (e *MismatchError) Error() string {
	show := func(r journal.Record) string {
		switch {
		case r.Result.Failed != "":
			return fmt.Sprintf("levels %v: failed: %s", r.Point, r.Result.Failed)
		case r.Result.Infeasible != "":
			return fmt.Sprintf("levels %v: infeasible: %s (violation %v)", r.Point, r.Result.Infeasible, r.Result.Violation)
		}
		return fmt.Sprintf("levels %v: %v", r.Point, r.Result.Values)
	}
	return fmt.Sprintf("study %d, trial %d came twice and differs: the journal has %s; the repeat has %s: the simulator, the agent or the machines are not deterministic",
		e.Study, e.Kept.ID, show(e.Kept), show(e.Delivered))
}

// Identity is what a journal of the study must be of: the same for everyone who plays the same study.
func (d *Desk) Identity() []byte { return d.runner.plan.journalIdentity(d.s) }

// Committed is the number of trials that the journal holds.
func (d *Desk) Committed() (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.open(); err != nil {
		return 0, err
	}
	return d.tape.writer.Len(), nil
}

// Records appends committed trials to batch, from one on, as far as limit bytes and at least one; none = there are no more.
func (d *Desk) Records(batch []byte, from, limit int) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.open(); err != nil {
		return nil, err
	}
	next := from
	for rec, err := range d.walk(&next) {
		if err != nil {
			return nil, err
		}
		batch = journal.Append(batch, rec)
		if len(batch) >= limit {
			break
		}
	}
	return batch, nil
}

// Commit takes a batch of trials, in order and without gaps. Trials that are there already must be equal, byte by byte: a difference is a
// *MismatchError, but for evaluations that a time limit ended, of which the first one counts. A gap is a *GapError.
func (d *Desk) Commit(batch []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.open(); err != nil {
		return err
	}
	var repeated []journal.Record
	for rec, err := range journal.Frames(batch) {
		if err != nil {
			return err
		}
		switch n := d.tape.writer.Len(); {
		case rec.ID > n:
			return &GapError{rec.ID, n}
		case rec.ID < n:
			repeated = append(repeated, rec)
			continue
		}
		if err := d.tape.Record(rec.ID, rec.Point, rec.Result); err != nil {
			return err
		}
		d.runner.reached(d.Study, d.tape.writer.Len())
	}
	return d.compare(repeated)
}

// compare holds repeated trials against the journal.
func (d *Desk) compare(repeated []journal.Record) error {
	if len(repeated) == 0 {
		return nil
	}
	next, k := repeated[0].ID, 0
	for kept, err := range d.walk(&next) {
		if err != nil {
			return err
		}
		again := repeated[k]
		same := bytes.Equal(journal.Append(nil, kept), journal.Append(nil, again))
		if !same && !wrap.TimedOut(kept.Result) && !wrap.TimedOut(again.Result) {
			return &MismatchError{d.Study, kept, again}
		}
		if k++; k == len(repeated) {
			break
		}
	}
	return nil
}

// open opens the journal. The caller holds the lock.
func (d *Desk) open() (err error) {
	if d.closed {
		return ErrSettled
	}
	if d.tape == nil {
		if d.tape, err = d.runner.openTape(d.s); err == nil {
			d.runner.reached(d.Study, d.tape.kept)
		}
	}
	return err
}

// walk yields the committed trials from *next on, and counts *next up. The caller holds the lock.
func (d *Desk) walk(next *int) func(yield func(journal.Record, error) bool) {
	return func(yield func(journal.Record, error) bool) {
		if d.cursor == nil || d.cursor.Len() != *next {
			d.leave()
			var err error
			if d.cursor, err = journal.Open(journalPath(d.runner.dir.path, d.Study), d.Identity()); err != nil {
				yield(journal.Record{}, err)
				return
			}
		}
		for rec, err := range d.cursor.Records() {
			if err == nil && rec.ID < *next {
				continue
			}
			if err == nil {
				*next = rec.ID + 1
			}
			if !yield(rec, err) {
				return
			}
		}
		d.leave() // at its end it would not see what comes later
	}
}

// leave closes the cursor.
func (d *Desk) leave() {
	if d.cursor != nil {
		_ = d.cursor.Close() // read only
		d.cursor = nil
	}
}

// shut ends the desk; its tape, if it has one, is the caller's.
func (d *Desk) shut() *tape {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	d.leave()
	return d.tape
}
