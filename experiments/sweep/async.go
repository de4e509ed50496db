package sweep

import (
	"context"
	"sync"
)

// async is a race without waiting (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020): a free worker takes a setting that is among the best of
// those that have reached its rung so far, from the highest rung down, else begins a new one. Which settings go on depends on who comes first.
type async struct {
	race
	mu       sync.Mutex
	changed  sync.Cond
	begun    int
	running  int
	reached  [][]standing   // of each rung but the last
	promoted []map[int]bool // likewise
	failure  error
}

// runAsync runs a race to its last rung but one.
func (r *runner) runAsync(ctx context.Context, of race) error {
	a := &async{race: of, reached: make([][]standing, len(of.rungs)-1), promoted: make([]map[int]bool, len(of.rungs)-1)}
	a.changed.L = &a.mu
	for k := range a.promoted {
		a.promoted[k] = map[int]bool{}
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
			if len(a.reached[k]) > 0 {
				rank(a.reached[k])
				a.promoted[last][a.reached[k][0].setting] = true
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
	for k := len(a.reached) - 1; k >= 0; k-- {
		list := a.reached[k]
		rank(list)
		for _, s := range list[:len(list)/a.search.Eta] {
			if a.promoted[k][s.setting] {
				continue
			}
			a.promoted[k][s.setting] = true
			if k+1 < len(a.reached) { // else the last rung: the run proper goes on with it
				return s.setting, k + 1, true
			}
		}
	}
	if a.begun < len(a.settings) {
		a.begun++
		return a.begun - 1, 0, true
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
