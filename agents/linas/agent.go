package linas

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is the LINAS loop. Memory: every told trial.
type Agent struct {
	problem agents.Problem
	options Options
	rng     *rand.Rand
	start   sampling.Source
	past    *history.History
	encoder *predictor.Encoder
	counted int           // told trials that count for the first population
	queue   []space.Point // of the batch, not proposed yet
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p)
	if err != nil {
		return nil, fmt.Errorf("linas: %w", err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Population, rng)
	if err != nil {
		return nil, fmt.Errorf("linas: %w", err)
	}
	past, err := history.New(p)
	if err != nil {
		return nil, fmt.Errorf("linas: %w", err)
	}
	return &Agent{problem: p, options: o, rng: rng, start: start, past: past, encoder: predictor.NewEncoder(p.Space)}, nil
}

// Ask proposes n points: of the start while the first population is not complete, then of the batches.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		p, err := a.next()
		if err != nil {
			return nil, fmt.Errorf("linas: %w", err)
		}
		points[i] = a.past.Ask(p)
	}
	return points, nil
}

// Tell remembers the trials.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.past.Tell(trials); err != nil {
		return fmt.Errorf("linas: %w", err)
	}
	for _, t := range trials {
		if t.Feasible() || a.options.NoEarlyExit {
			a.counted++
		}
	}
	return nil
}

func (a *Agent) next() (space.Point, error) {
	if a.past.Exhausted() {
		return a.draw(), nil
	}
	if a.starting() {
		return a.past.Fresh(a.start, a.rng), nil
	}
	for len(a.queue) > 0 {
		p := a.queue[0]
		if a.queue = a.queue[1:]; !a.past.Has(p) {
			return p, nil
		}
	}
	var err error
	if a.queue, err = a.plan(); err != nil {
		return nil, err
	}
	if len(a.queue) == 0 {
		return a.past.Fresh(a.draw, a.rng), nil
	}
	p := a.queue[0]
	a.queue = a.queue[1:]
	return p, nil
}

// starting tells whether the first population wants more designs: those in flight count. It ends when as many designs as it has were tried, or with early exit when
// as many are feasible, or when it has cost half of the budget, or twenty times as many designs were tried; at least one trial has to be told.
func (a *Agent) starting() bool {
	const patience = 20
	tried := a.past.Len()
	most := patience * a.options.Population
	if a.problem.Budget > 0 {
		most = min(most, max(a.problem.Budget/2, a.options.Population))
	}
	if len(a.past.Trials()) == 0 {
		return true
	}
	return a.counted+len(a.past.Pending()) < a.options.Population && tried < most
}

func (a *Agent) draw() space.Point { return a.problem.Space.Sample(a.rng) }
