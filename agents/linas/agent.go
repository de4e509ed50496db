package linas

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is the LINAS loop. Memory: every told trial.
type Agent struct {
	history.Loop
	problem agents.Problem
	options Options
	rng     *rand.Rand
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
	a := &Agent{problem: p, options: o, rng: rng, encoder: predictor.NewEncoder(p.Space)}
	a.Loop, err = history.NewLoop("linas", p, history.Start{Design: o.Start, Designs: o.Population}, rng, history.Steps{Starting: a.starting, Choose: a.choose})
	return a, err
}

// Tell remembers the trials.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.Loop.Tell(trials); err != nil {
		return err
	}
	for _, t := range trials {
		if t.Feasible() || a.options.NoEarlyExit {
			a.counted++
		}
	}
	return nil
}

// choose is the next design of the batch; a batch is planned when the one before was proposed.
func (a *Agent) choose() (space.Point, error) {
	for len(a.queue) > 0 {
		p := a.queue[0]
		if a.queue = a.queue[1:]; !a.Past.Has(p) {
			return p, nil
		}
	}
	var err error
	if a.queue, err = a.plan(); err != nil || len(a.queue) == 0 {
		return nil, err
	}
	p := a.queue[0]
	a.queue = a.queue[1:]
	return p, nil
}

// starting tells whether the first population wants more designs: those in flight count. It ends when as many designs as it has were tried, or with early exit when
// as many are feasible, or when it has cost half of the budget, or twenty times as many designs were tried.
func (a *Agent) starting() bool {
	const patience = 20
	tried := a.Past.Len()
	most := patience * a.options.Population
	if a.problem.Budget > 0 {
		most = min(most, max(a.problem.Budget/2, a.options.Population))
	}
	return a.counted+len(a.Past.Pending()) < a.options.Population && tried < most
}
