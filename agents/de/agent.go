package de

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is differential evolution. Memory: the population and 8 bytes a design ever seen.
type Agent struct {
	space   space.Space
	options Options
	rng     *rand.Rand
	start   sampling.Source
	seen    *sampling.Seen
	guard   agents.Guard
	given   vary.Founders
	several bool // objectives

	asked   int        // points of the start that were proposed
	members []member   // the population
	order   []int      // of the members, the best first
	next    int        // member whose rival is proposed next
	flight  []proposal // not told yet, the oldest first
}

// member is a design with the rates that made it.
type member struct {
	trial agents.Trial
	rates rates
}

// proposal is what a design in flight is for.
type proposal struct {
	founds bool // the population
	target int  // else the member that it competes with
	rates  rates
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p.Budget)
	if err != nil {
		return nil, fmt.Errorf("de: %w", err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Population, rng)
	if err != nil {
		return nil, fmt.Errorf("de: %w", err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("de: %w", err)
	}
	return &Agent{space: p.Space, options: o, rng: rng, start: start, seen: sampling.NewSeen(p.Space), guard: guard, several: p.Objectives > 1}, nil
}

// Ask proposes n points: of the start while the population is not complete, then rivals of one member after the other.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	for _, t := range a.given.Take(a.options.Population) {
		a.found(t)
		a.asked++
	}
	points := make([]space.Point, n)
	for i := range points {
		p := proposal{founds: true}
		propose := a.start
		if a.asked < a.options.Population || len(a.members) < minPopulation {
			a.asked++
		} else {
			p = proposal{target: a.next % len(a.members), rates: a.members[a.next%len(a.members)].rates.renewed(a.rng)}
			a.next++
			propose = vary.Walk(a.space, func() space.Point { return a.rival(p) }, a.rng)
		}
		points[i] = a.seen.Fresh(propose, a.rng)
		a.seen.Add(points[i])
		a.flight = append(a.flight, p)
	}
	a.guard.Ask(points...)
	return points, nil
}

// Tell lets the designs take their places.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("de: %w", err)
	}
	for _, t := range trials {
		a.seen.Add(t.Point)
		if a.given.Keep(t) {
			continue
		}
		p := a.flight[0]
		a.flight = a.flight[1:]
		switch {
		case p.founds:
			a.found(t)
		case a.several:
			a.survive(member{t, p.rates})
		case rank.Compare(t, a.members[p.target].trial) <= 0:
			a.replace(p.target, member{t, p.rates})
		}
	}
	return nil
}

// found adds a member; once the population is complete, one that trials in flight have made too many takes the place of the worst if it is better.
func (a *Agent) found(t agents.Trial) {
	m := member{t, firstRates()}
	switch worst := len(a.members) - 1; {
	case len(a.members) < a.options.Population:
		a.members = append(a.members, m)
		a.order = append(a.order, worst+1)
		a.sort()
	case rank.Compare(t, a.members[a.order[worst]].trial) < 0:
		a.replace(a.order[worst], m)
	}
}

func (a *Agent) replace(i int, m member) {
	a.members[i] = m
	a.sort()
}

// survive puts the design among the members and takes the worst of all out: of several objectives.
func (a *Agent) survive(m member) {
	trials := a.trials()
	last := rank.Order(append(trials, m.trial))[len(trials)]
	if last < len(trials) {
		a.replace(last, m)
	}
}

func (a *Agent) trials() []agents.Trial {
	trials := make([]agents.Trial, len(a.members), len(a.members)+1)
	for i, m := range a.members {
		trials[i] = m.trial
	}
	return trials
}

// sort renews the order.
func (a *Agent) sort() {
	if a.several {
		a.order = rank.Order(a.trials())
		return
	}
	slices.SortStableFunc(a.order, func(i, j int) int { return rank.Compare(a.members[i].trial, a.members[j].trial) })
}
