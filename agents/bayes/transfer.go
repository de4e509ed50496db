package bayes

import (
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// task is another task that there are trials of: the same space, other numbers.
type task struct {
	id     int
	trials []agents.Trial
	order  []int // of the trials, the best first
	next   int   // in order: the next design to start from
	used   bool  // its processes are priors already
}

// transferStarts are the designs of the start where there are other tasks: the best of these.
const transferStarts = 3

// learnFrom takes a trial of another task.
func (a *Agent) learnFrom(t agents.Trial) {
	at := slices.IndexFunc(a.tasks, func(known *task) bool { return known.id == t.Task })
	if at < 0 {
		at = len(a.tasks)
		a.tasks = append(a.tasks, &task{id: t.Task})
	}
	a.tasks[at].trials = append(a.tasks[at].trials, t)
}

// sort orders the trials when there are new ones.
func (t *task) sort() {
	if len(t.order) < len(t.trials) {
		t.order = rank.Order(t.trials)
	}
}

// elsewhereBest is the best unseen design of the other tasks, which take turns; nil when they have none.
func (a *Agent) elsewhereBest() space.Point {
	var chosen *task
	for _, t := range a.tasks {
		t.sort()
		for t.next < len(t.order) && a.seen.Has(t.trials[t.order[t.next]].Point) {
			t.next++
		}
		if t.next < len(t.order) && (chosen == nil || t.next < chosen.next) {
			chosen = t
		}
	}
	if chosen == nil {
		return nil
	}
	return slices.Clone(chosen.trials[chosen.order[chosen.next]].Point)
}

// usePriors models the other tasks, once each, and makes these processes the priors of this task's.
func (a *Agent) usePriors() error {
	for _, t := range a.tasks {
		if t.used {
			continue
		}
		t.used = true
		t.sort()
		var evaluated []agents.Trial
		for _, i := range t.order {
			if t.trials[i].Objectives != nil {
				evaluated = append(evaluated, t.trials[i])
			}
		}
		evaluated = a.spread(evaluated)
		if len(evaluated) < 2 {
			continue
		}
		values := func(of func(t agents.Trial) float64) []float64 {
			list := make([]float64, len(evaluated))
			for k, t := range evaluated {
				list[k] = of(t)
			}
			return list
		}
		if len(a.model.objectives) == a.problem.Objectives {
			for m := range a.model.objectives {
				z := gp.RankGauss(values(func(t agents.Trial) float64 { return t.Objectives[m] }))
				if err := a.source(&a.model.objectives[m], evaluated, z); err != nil {
					return err
				}
			}
		}
		for c := range a.model.constraints {
			z, _ := bilog(values(func(t agents.Trial) float64 { return finite(t.Violations[c]) }))
			if err := a.source(&a.model.constraints[c], evaluated, z); err != nil {
				return err
			}
		}
	}
	return nil
}

// spread keeps at most Options.Points of ordered trials: the better half of the places for the best, the other for trials evenly among the rest.
func (a *Agent) spread(trials []agents.Trial) []agents.Trial {
	most := a.options.Points
	if len(trials) <= most {
		return trials
	}
	kept := slices.Clone(trials[:most/2])
	rest := trials[most/2:]
	for k := range most - most/2 {
		kept = append(kept, rest[k*len(rest)/(most-most/2)])
	}
	return kept
}

// source fits a process to another task's targets and makes it a prior of p.
func (a *Agent) source(p *process, trials []agents.Trial, targets []float64) error {
	m, err := gp.New(a.encoder.axes, a.options.Kernel, gp.FunctionNoise)
	if err != nil {
		return err
	}
	for _, t := range trials {
		if err := m.Add(a.encoder.append(nil, t.Point)); err != nil {
			return err
		}
	}
	if err := m.SetTargets(targets); err != nil {
		return err
	}
	if err := m.Fit(fitSteps); err != nil {
		return err
	}
	p.prior.sources = append(p.prior.sources, m)
	return nil
}
