package dashboard

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// How often a sweep is looked at, and how much of it is read before others have a turn.
const (
	lookEvery   = 250 * time.Millisecond // one that runs
	idleEvery   = 2 * time.Second        // one that does not
	restFactor  = 10                     // a look that took long is followed by a rest of so many times as long, at most idleEvery
	sliceTrials = 2048
	stalledFor  = 10 * time.Second // without a sign of life
	oldFor      = time.Minute      // of a sign of life at the first look: nobody waits for the next one
)

// watch follows one sweep. Its loop is the one writer; documents are made under the lock for reading.
type watch struct {
	place
	catalog sweep.Catalog
	epoch   string // of the versions: another one for each watch

	mu       sync.RWMutex
	manifest sweep.Manifest
	live     sweep.Live
	liveAt   time.Time // when live changed last, by our clock; zero = never seen
	note     string
	plan     *sweep.Plan // nil while it is not read, or cannot be
	spaces   []space.Space
	grid     []int
	studies  []tally
	cells    []cell
	rows     []dataset.Row // of the slice that is being read, reused
	cellOf   []int         // of each study
	standing []standing
	leaders  [][]int // cells of each scenario
	faults   faults
	total    counts
	done     int // studies
	spared   int // trials that studies ended before
	busy     map[int]bool
	pace     pace
	reading  bool // the first look has not come to its end
	settled  bool // nothing will change any more
	replaced bool // another run has begun in the folder

	version       uint64
	workersAt     uint64 // version of the last sign of life
	lastPublished time.Time
	signal        signal
	left          chan struct{} // closed when nobody keeps the watch any more: the sweep is gone, another run has begun, or nobody has asked for it
}

func newWatch(p place, c sweep.Catalog, m sweep.Manifest) *watch {
	return &watch{place: p, catalog: c, manifest: m, epoch: rand.Text()[:8], reading: true, version: 1, signal: newSignal(), left: make(chan struct{})}
}

// follow reads the sweep until ctx ends or nothing can change any more.
func (w *watch) follow(ctx context.Context) {
	defer w.shut()
	if err := w.open(); err != nil {
		w.remark(err.Error())
	}
	for ctx.Err() == nil {
		began := time.Now()
		err := w.look(ctx)
		took := time.Since(began)
		w.looked(err)
		w.mu.RLock()
		settled, running := w.settled, w.manifest.Status == sweep.Running
		w.mu.RUnlock()
		if settled {
			return
		}
		rest := idleEvery
		if running {
			rest = min(max(lookEvery, restFactor*took), idleEvery)
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
	}
}

// isReplaced tells whether another run has begun in the folder, and isSettled whether nothing will change any more.
func (w *watch) isReplaced() bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.replaced
}

func (w *watch) isSettled() bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.settled
}

// open plans the sweep again from its folder, to read it.
func (w *watch) open() error {
	plan, err := sweep.Recall(w.dir, w.catalog)
	if err != nil {
		return fmt.Errorf("its experiment file cannot be planned here: %w", err)
	}
	cells := cellsOf(plan)
	cellOf := make([]int, len(plan.Studies))
	spaces := make([]space.Space, len(cells))
	for i, c := range cells {
		spaces[i] = c.info.Spec.Space
		for k := range c.studies {
			cellOf[c.first+k] = i
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.plan, w.cells, w.cellOf, w.spaces = plan, cells, cellOf, spaces
	w.studies, w.busy = make([]tally, len(plan.Studies)), map[int]bool{}
	w.standing, w.leaders = make([]standing, len(cells)), make([][]int, len(plan.Scenarios))
	w.grid = stats.Grid(plan.File.Budget, curvePoints, plan.File.Budget > 500)
	w.publish()
	return nil
}

// shut ends what the plan has started; it is read no more, but its documents stay.
func (w *watch) shut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.plan != nil {
		_ = w.plan.Close() // no programs: there is nothing to end
	}
}

// remark keeps why there is less to see.
func (w *watch) remark(note string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note = note
	w.publish()
}

// look reads what is new.
func (w *watch) look(ctx context.Context) error {
	m, err := sweep.ReadManifest(w.dir)
	if err != nil {
		return err
	}
	live, alive, err := sweep.ReadLive(w.dir)
	if err != nil {
		return err
	}
	begun, err := sweep.Begun(w.dir)
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.replaced = w.replaced || m.Identity != w.manifest.Identity || m.Started != w.manifest.Started
	if m.Status != w.manifest.Status && m.Status == sweep.Running {
		w.pace = pace{} // a new attempt
	}
	w.manifest = m
	if alive {
		w.heard(live)
	}
	w.mu.Unlock()
	if w.plan == nil {
		return w.lookWithoutPlan(begun)
	}
	for _, i := range begun {
		if i >= len(w.studies) || w.studies[i].done() || w.studies[i].broken != "" {
			continue
		}
		if err := w.lookAt(ctx, i); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// heard takes the sign of life of the sweep's process. The caller holds the lock.
func (w *watch) heard(live sweep.Live) {
	if live.Updated.Equal(w.live.Updated) && live.PID == w.live.PID {
		return
	}
	now := time.Now()
	if first := w.liveAt.IsZero(); first && now.Sub(live.Updated) > oldFor {
		w.liveAt = now.Add(-stalledFor)
	} else {
		w.liveAt = now
	}
	w.live, w.workersAt = live, w.version+1
	clear(w.busy)
	for _, worker := range live.Workers {
		for _, i := range worker.Studies {
			if w.busy == nil {
				w.busy = map[int]bool{}
			}
			w.busy[i] = true
		}
	}
}

// lookWithoutPlan counts what can be counted without knowing what the studies are.
func (w *watch) lookWithoutPlan(begun []int) error {
	done := 0
	for _, i := range begun {
		_, ended, err := sweep.Ended(w.dir, i)
		if err != nil {
			return err
		}
		if ended {
			done++
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done = done
	w.studies = make([]tally, len(begun))
	return nil
}

// lookAt reads what is new of a study.
func (w *watch) lookAt(ctx context.Context, i int) error {
	t := &w.studies[i]
	if t.reader == nil && !t.complete {
		w.mu.Lock()
		w.begin(i)
		w.mu.Unlock()
	}
	for !t.complete {
		rows := w.rows[:0]
		var failure error
		for row, err := range t.reader.Trials() {
			if failure = err; err != nil {
				break
			}
			if rows = append(rows, row); len(rows) == sliceTrials {
				break
			}
		}
		w.take(i, rows, failure)
		w.rows = rows
		if failure != nil || len(rows) < sliceTrials || ctx.Err() != nil {
			break
		}
	}
	if !t.complete {
		return ctx.Err()
	}
	played, done, err := sweep.Ended(w.dir, i)
	if err == nil && done {
		w.mu.Lock()
		w.end(i, played)
		w.mu.Unlock()
	}
	return err
}

// begin marks a study as begun. The caller holds the lock, likewise below.
func (w *watch) begin(i int) {
	t := &w.studies[i]
	t.reader = w.plan.Follow(w.dir, i)
	if !t.begun {
		t.begun = true
		c := &w.cells[w.cellOf[i]]
		c.begun++
		c.changed = w.version + 1
	}
}

// take adds trials to a study and to what it belongs to.
func (w *watch) take(i int, rows []dataset.Row, failure error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, at := &w.studies[i], w.cellOf[i]
	c, next := &w.cells[at], w.version+1
	before := t.counts
	for _, row := range rows {
		t.add(row, c.terms, w.grid)
		if row.Result.Failed != "" || row.Result.Infeasible != "" {
			w.faults.add(i, row, next, func() string { return inWords(axes(w.plan.Studies[i], w.spaces[at], row.Point)) })
		}
	}
	if len(rows) > 0 {
		gain := counts{t.told - before.told, t.failed - before.failed, t.infeasible - before.infeasible, t.met - before.met}
		c.add(gain)
		w.total.add(gain)
		c.changed = next
	}
	if _, ok := errors.AsType[*journal.ReplacedError](failure); ok {
		w.replaced = true
	}
	if failure != nil && !errors.Is(failure, fs.ErrNotExist) {
		t.broken, c.changed = failure.Error(), next
	}
	if t.complete = t.reader.Complete(); t.complete {
		t.reader, c.changed = nil, next
	}
	if time.Since(w.lastPublished) >= lookEvery {
		w.publish()
	}
}

// end takes how a study ended.
func (w *watch) end(i int, played sweep.Played) {
	t := &w.studies[i]
	t.reason, t.worker, t.wallS = played.Reason, played.Worker, played.WallS
	w.done++
	if t.reason != study.LeftBehind { // what races spare is in the plan's count already
		w.spared += max(0, w.plan.File.Budget-t.told)
	}
	c := &w.cells[w.cellOf[i]]
	c.done++
	c.changed = w.version + 1
}

// looked ends a look.
func (w *watch) looked(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		if !errors.Is(err, context.Canceled) && !errors.Is(err, fs.ErrNotExist) { // a folder that is being deleted is found to be gone
			w.note = err.Error()
		}
		w.publish()
		return
	}
	w.reading = false
	if w.manifest.Status == sweep.Running {
		w.pace.note(time.Now(), w.total.told)
	}
	w.settled = w.manifest.Status == sweep.Complete // what it says it wrote last
	if missing := len(w.studies) - w.done; w.settled && w.plan != nil && missing > 0 && w.note == "" {
		w.note = fmt.Sprintf("%d of %d studies have no whole journal any more: see the report, which is made of the dataset", missing, len(w.studies))
	}
	w.publish()
}

// publish gives what has changed its version and wakes who waits for it. The caller holds the lock.
func (w *watch) publish() {
	w.stand()
	w.version++
	w.lastPublished = time.Now()
	w.signal.raise()
}
