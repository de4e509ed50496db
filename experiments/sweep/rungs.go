package sweep

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/study"
)

// waiting is the end of a study at a rung that is not its last.
const waiting study.Reason = "waits for its rung"

// runRaces runs all rungs but the last, and leaves settings behind; those that go on are for the run proper, which replays what they have. A study that an
// earlier attempt has brought to a rung is not run to it again.
func (r *runner) runRaces(ctx context.Context) error {
	var waves []*wave
	for _, of := range r.plan.races() {
		if of.search.Kind == file.ASHA {
			if err := r.runAsync(ctx, of); err != nil || ctx.Err() != nil {
				return err
			}
			continue
		}
		w := &wave{race: of}
		for i := range of.settings {
			w.left = append(w.left, i)
		}
		waves = append(waves, w)
	}
	for rung := 0; ; rung++ {
		var jobs []func() error
		for _, w := range waves {
			jobs = append(jobs, w.jobs(ctx, r, rung)...)
		}
		if len(jobs) == 0 {
			return nil
		}
		if err := r.together(jobs); err != nil || ctx.Err() != nil {
			return err
		}
		for _, w := range waves {
			if err := w.cut(r, rung); err != nil {
				return err
			}
		}
	}
}

// wave is a race whose settings go from rung to rung together.
type wave struct {
	race
	left []int // settings that go on
}

// jobs bring the settings to a rung.
func (w *wave) jobs(ctx context.Context, r *runner, rung int) []func() error {
	if rung >= len(w.rungs)-1 {
		return nil
	}
	var list []func() error
	for _, setting := range w.left {
		for _, i := range w.settings[setting] {
			list = append(list, func() error { return r.bring(ctx, r.plan.Studies[i], w.rungs[rung]) })
		}
	}
	return list
}

// cut leaves behind all but the best settings of a rung.
func (w *wave) cut(r *runner, rung int) error {
	if rung >= len(w.rungs)-1 {
		return nil
	}
	var list []standing
	for _, setting := range w.left {
		score, err := r.score(w.settings[setting], w.rungs[rung])
		if err != nil {
			return err
		}
		list = append(list, standing{setting, score})
	}
	rank(list)
	keep := w.search.Keep(len(list))
	w.left = w.left[:0]
	for place, s := range list {
		if place < keep {
			w.left = append(w.left, s.setting)
			continue
		}
		if err := r.leaveBehind(w.settings[s.setting]); err != nil {
			return err
		}
	}
	return nil
}

// together does the jobs on the workers. After an error no further one begins.
func (r *runner) together(jobs []func() error) error {
	var mu sync.Mutex
	var first error
	var pool sync.WaitGroup
	next := make(chan func() error)
	for range min(r.atATime(), len(jobs)) {
		pool.Go(func() {
			for job := range next {
				mu.Lock()
				failed := first != nil
				mu.Unlock()
				if failed {
					continue
				}
				if err := job(); err != nil {
					mu.Lock()
					first = errors.Join(first, err)
					mu.Unlock()
				}
			}
		})
	}
	for _, job := range jobs {
		next <- job
	}
	close(next)
	pool.Wait()
	return first
}

// bring runs a study to a rung, unless it is there.
func (r *runner) bring(ctx context.Context, s Study, trials int) error {
	before, done, err := readEnding(endingPath(r.dir.path, s.Index))
	if err != nil || done || before.Trials >= trials || ctx.Err() != nil {
		return err
	}
	if r.entrusts() {
		_, err = r.entrust(ctx, s, trials, before)
		return err
	}
	t, err := r.openTape(s)
	if err != nil {
		return err
	}
	start := time.Now()
	played, err := r.player.PlayTo(ctx, s.Index, trials, t, r.counting(s.Index))
	played.WallS = time.Since(start).Seconds()
	_, err = r.settle(s, before, t, r.atRung(played, trials), err)
	return err
}

// atRung makes the end of a study that has had so many trials a wait, where these are not the whole budget.
func (r *runner) atRung(played Played, trials int) Played {
	if played.Reason == study.BudgetSpent && trials < r.plan.File.Budget {
		played.Reason = waiting
	}
	return played
}

// leaveBehind ends the studies of a setting where they are.
func (r *runner) leaveBehind(studies []int) error {
	for _, i := range studies {
		s := r.plan.Studies[i]
		e, done, err := readEnding(endingPath(r.dir.path, i))
		if err != nil {
			return err
		}
		if done {
			continue
		}
		t, err := r.openTape(s)
		if err != nil {
			return err
		}
		err = t.finish()
		r.track(i, nil)
		e.Reason, e.Trials = study.LeftBehind, max(e.Trials, t.Kept()) // a killed attempt has not said how far it came
		if err := errors.Join(err, t.close(), writeJSON(endingPath(r.dir.path, i), e)); err != nil {
			return err
		}
	}
	return nil
}

// counting counts told trials of a study that were not counted at an earlier rung.
func (r *runner) counting(i int) func() {
	n := 0
	return func() {
		n++
		r.reached(i, n)
	}
}

// reached counts the told trials of a study up to n that are not counted yet.
func (r *runner) reached(i, n int) {
	if n > r.seen[i] {
		r.told(n - r.seen[i])
		r.seen[i] = n
	}
}
