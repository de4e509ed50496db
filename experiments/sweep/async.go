package sweep

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/codesign-gym/codesign/experiments/study"
)

// async is a race without waiting (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020): a free worker takes a setting that is among the best of
// those that have reached its rung so far, from the highest rung down, else begins a new one. Which settings go on depends on who comes first.
type async struct {
	race
	mu       sync.Mutex
	changed  sync.Cond
	fresh    []int          // settings that have not begun
	again    []step         // of earlier attempts: settings on their way to a rung
	left     map[int]bool   // settings that an earlier attempt left behind
	running  int            // settings on their way to a rung now
	reached  [][]standing   // of each rung but the last
	promoted []map[int]bool // likewise
	failure  error
}

// step is a setting on its way to a rung, by index.
type step struct{ setting, rung int }

// runAsync runs a race to its last rung but one.
func (r *runner) runAsync(ctx context.Context, of race) error {
	a := &async{race: of, left: map[int]bool{}, reached: make([][]standing, len(of.rungs)-1), promoted: make([]map[int]bool, len(of.rungs)-1)}
	a.changed.L = &a.mu
	for k := range a.promoted {
		a.promoted[k] = map[int]bool{}
	}
	if err := a.recall(r); err != nil {
		return err
	}
	var workers sync.WaitGroup
	for range min(r.atATime(), len(of.settings)) {
		workers.Go(func() {
			for {
				setting, rung, more := a.next(ctx)
				if !more {
					return
				}
				score, err := a.bring(ctx, r, setting, rung)
				a.arrived(setting, rung, score, err)
			}
		})
	}
	workers.Wait()
	if a.failure != nil || ctx.Err() != nil {
		return a.failure
	}
	last := len(a.reached) - 1
	if len(a.promoted[last]) == 0 { // fewer settings than it takes for a promotion: the one that came furthest goes on
		for k := last; k >= 0; k-- {
			rank(a.reached[k])
			if at := slices.IndexFunc(a.reached[k], func(s standing) bool { return !a.left[s.setting] }); at >= 0 {
				a.promoted[last][a.reached[k][at].setting] = true
				break
			}
		}
	}
	for setting := range of.settings {
		if a.promoted[last][setting] {
			continue
		}
		if err := r.leaveBehind(of.settings[setting]); err != nil {
			return err
		}
	}
	return nil
}

// recall takes up what earlier attempts did: settings keep the rungs that they have reached, those that had gone beyond one go on from it, and those
// that were left behind stay so.
func (a *async) recall(r *runner) error {
	for setting, studies := range a.settings {
		least, most := math.MaxInt, 0
		for _, i := range studies {
			e, _, err := readEnding(endingPath(r.dir.path, i))
			if err != nil {
				return err
			}
			least, most = min(least, e.Trials), max(most, e.Trials)
			a.left[setting] = a.left[setting] || e.Reason == study.LeftBehind
		}
		rung := 0
		for ; rung < len(a.reached) && least >= a.rungs[rung]; rung++ {
			score, err := r.score(studies, a.rungs[rung])
			if err != nil {
				return err
			}
			a.reached[rung] = append(a.reached[rung], standing{setting, score})
			if most > a.rungs[rung] {
				a.promoted[rung][setting] = true
			}
		}
		switch {
		case rung == 0:
			a.fresh = append(a.fresh, setting)
		case rung < len(a.reached) && a.promoted[rung-1][setting]:
			a.again = append(a.again, step{setting, rung})
		}
	}
	return nil
}

// bring runs all studies of a setting to a rung.
func (a *async) bring(ctx context.Context, r *runner, setting, rung int) (float64, error) {
	for _, i := range a.settings[setting] {
		if err := r.bring(ctx, r.plan.Studies[i], a.rungs[rung]); err != nil {
			return 0, err
		}
	}
	if ctx.Err() != nil {
		return 0, nil
	}
	return r.score(a.settings[setting], a.rungs[rung])
}

// next waits for something to do; false when the race is over.
func (a *async) next(ctx context.Context) (setting, rung int, more bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for {
		if a.failure != nil || ctx.Err() != nil {
			return 0, 0, false
		}
		if setting, rung, found := a.choose(); found {
			a.running++
			return setting, rung, true
		}
		if a.running == 0 {
			return 0, 0, false
		}
		a.changed.Wait()
	}
}

// choose promotes a setting or begins one. The caller holds the lock.
func (a *async) choose() (setting, rung int, found bool) {
	if len(a.again) > 0 {
		next := a.again[0]
		a.again = a.again[1:]
		return next.setting, next.rung, true
	}
	for k := len(a.reached) - 1; k >= 0; k-- {
		list := a.reached[k]
		rank(list)
		for _, s := range list[:len(list)/a.search.Eta] {
			if a.promoted[k][s.setting] || a.left[s.setting] {
				continue
			}
			a.promoted[k][s.setting] = true
			if k+1 < len(a.reached) { // else the last rung: the run proper goes on with it
				return s.setting, k + 1, true
			}
		}
	}
	if len(a.fresh) > 0 {
		setting, a.fresh = a.fresh[0], a.fresh[1:]
		return setting, 0, true
	}
	return 0, 0, false
}

// arrived takes a setting's score at a rung.
func (a *async) arrived(setting, rung int, score float64, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.running--
	if err != nil {
		a.failure = err
	} else {
		a.reached[rung] = append(a.reached[rung], standing{setting, score})
	}
	a.changed.Broadcast()
}
