package dashboard

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// tempo is how often is looked.
type tempo struct {
	look time.Duration // at a sweep that runs
	idle time.Duration // at one that does not
	find time.Duration // for sweeps
}

func usual() tempo { return tempo{250 * time.Millisecond, 2 * time.Second, time.Second} }

// How a sweep is looked at: how much of it is read before others have a turn, and when it is believed to be stalled.
const (
	restFactor  = 10 // a look that took long is followed by a rest of so many times as long, at most that of a sweep that does not run
	sliceTrials = 2048
	stalledFor  = 10 * time.Second // without a sign of life
	oldFor      = time.Minute      // of a sign of life at the first look: nobody waits for the next one
)

// watch follows one sweep. Its loop is the one writer; documents are made under the lock for reading.
type watch struct {
	place
	catalog sweep.Catalog
	tempo   tempo
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

func newWatch(p place, c sweep.Catalog, m sweep.Manifest, t tempo) *watch {
	return &watch{place: p, tempo: t, catalog: c, manifest: m, epoch: rand.Text()[:8], reading: true, version: 1, signal: newSignal(), left: make(chan struct{})}
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
		rest := w.tempo.idle
		if running {
			rest = min(max(w.tempo.look, restFactor*took), w.tempo.idle)
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

// publish gives what has changed its version and wakes who waits for it. The caller holds the lock.
func (w *watch) publish() {
	w.stand()
	w.version++
	w.lastPublished = time.Now()
	w.signal.raise()
}
