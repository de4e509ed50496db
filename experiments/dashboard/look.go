package dashboard

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

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
		w.liveAt = live.Updated // clocks that differ by so much are put right by the next sign of life
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
	if time.Since(w.lastPublished) >= w.tempo.look {
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
