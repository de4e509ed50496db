package bayes

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is Bayesian optimisation. Memory: the told trials with their encoding, and Options.Points squared numbers a model.
type Agent struct {
	problem agents.Problem
	options Options
	rng     *rand.Rand
	start   sampling.Source
	starts  int // designs of the start that are still to be proposed
	seen    *sampling.Seen
	left    int64 // designs that were neither told nor proposed; -1 when there are more than an int64 counts
	small   bool  // every design is tried
	encoder *encoder

	guard  agents.Guard
	rows   []row   // told, each design once
	tasks  []*task // other ones that there are trials of
	model  *model
	region region
}

// row is a told trial and the input of its design.
type row struct {
	trial agents.Trial
	x     []float64
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p)
	if err != nil {
		return nil, fmt.Errorf("bo: %w", err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Initial, rng)
	if err != nil {
		return nil, fmt.Errorf("bo: %w", err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("bo: %w", err)
	}
	a := &Agent{
		problem: p, options: o, rng: rng, start: start, starts: o.Initial,
		seen: sampling.NewSeen(p.Space), left: -1, encoder: newEncoder(p.Space), guard: guard,
		region: region{on: o.Region == On, side: firstSide, best: -1},
	}
	if size := p.Space.Size(); size.IsInt64() {
		a.left = size.Int64()
		a.small = a.left <= int64(o.Candidates)
	}
	processes := 1 // of objectives
	if o.Several == EHVI {
		processes = p.Objectives
	}
	a.model, err = newModel(a.encoder.axes, o, processes, p.Constraints)
	return a, err
}

// Ask proposes n designs, fewer when fewer are left and none when all were told or proposed.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	var points []space.Point
	var batch drawing
	for len(points) < n && a.left != 0 {
		p, err := a.propose(&batch)
		if err != nil {
			return nil, fmt.Errorf("bo: %w", err)
		}
		a.note(p)
		a.guard.Ask(p)
		points = append(points, p)
	}
	return points, nil
}

// propose is one design that was not seen: of the start, or where the acquisition function is greatest. The proposals of one call of Ask share a batch.
func (a *Agent) propose(batch *drawing) (space.Point, error) {
	if a.starts > 0 || len(a.rows) == a.region.first {
		if p := a.elsewhereBest(); p != nil {
			a.starts = max(min(a.starts, transferStarts)-1, 0)
			return p, nil
		}
		a.starts = max(a.starts-1, 0)
		return a.seen.Fresh(a.start, a.rng), nil
	}
	p, err := a.best(batch)
	if p != nil || err != nil {
		return p, err
	}
	return a.seen.Fresh(func() space.Point { return a.problem.Space.Sample(a.rng) }, a.rng), nil
}

// best is the unseen design that the acquisition is for; nil when the search comes upon none.
func (a *Agent) best(batch *drawing) (space.Point, error) {
	if a.options.Acquisition == Thompson {
		return a.thompson(batch)
	}
	view, err := a.view()
	if err != nil {
		return nil, err
	}
	return a.search(view), nil
}

// note remembers a design that was told or proposed.
func (a *Agent) note(p space.Point) (isNew bool) {
	isNew = a.seen.Add(p)
	if isNew && a.left > 0 {
		a.left--
	}
	return isNew
}

// Tell adds the trials to the data. A given design that was told before is not added again. Trials that cannot be are an error, and none of the
// call is then taken.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("bo: %w", err)
	}
	for _, t := range trials {
		if t.Task > 0 {
			a.learnFrom(t)
			continue
		}
		isNew := a.note(t.Point)
		if t.Given && !isNew {
			continue
		}
		if t.Given {
			a.starts = max(a.starts-1, 0)
		}
		a.rows = append(a.rows, row{t, a.encoder.append(nil, t.Point)})
		a.follow(t)
	}
	return nil
}
