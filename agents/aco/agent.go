package aco

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is an ant colony. Memory: the trails, the trials of a turn, and 8 bytes a design ever seen.
type Agent struct {
	name     string // of its errors
	space    space.Space
	options  Options
	greed    float64 // probability of the best-marked choice
	rule     rule
	rng      *rand.Rand
	trails   []trail // by axis
	start    sampling.Source
	starts   int // designs of the start that are left to propose
	seen     *sampling.Seen
	guard    agents.Guard
	given    vary.Founders
	told     []agents.Trial // of this turn
	turns    int
	best     best // since the restart
	stagnant int  // turns since it changed
}

var _ agents.Agent = (*Agent)(nil)

// build makes the agent with that name of checked options.
func build(name string, p agents.Problem, o Options, r rule, rng *rand.Rand) (*Agent, error) {
	start, err := sampling.NewSource(p.Space, o.Start, o.Ants, rng)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	a := &Agent{
		name: name, guard: guard,
		space: p.Space, options: o, greed: o.Greediness / float64(max(p.Objectives, 1)), rule: r, rng: rng, start: start, starts: o.Ants,
		seen: sampling.NewSeen(p.Space), best: best{several: p.Objectives > 1},
	}
	for axis := range p.Space.Len() {
		a.trails = append(a.trails, newTrail(p.Space, axis, o, r))
	}
	return a, nil
}

// Ask proposes n points: of the start in the first turn, then one an ant.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	for _, t := range a.given.Take(a.options.Ants) {
		a.starts = max(a.starts-1, 0)
		a.admit(t)
	}
	points := make([]space.Point, n)
	for i := range points {
		propose := vary.Walk(a.space, a.ant, a.rng)
		if a.starts > 0 {
			propose = a.start
			a.starts--
		}
		points[i] = a.seen.Fresh(propose, a.rng)
		a.seen.Add(points[i])
		a.active(points[i], a.rule.proposed)
	}
	a.guard.Ask(points...)
	return points, nil
}

// ant builds a design, axis by axis.
func (a *Agent) ant() space.Point {
	p := make(space.Point, len(a.trails))
	for axis, t := range a.trails {
		if a.space.Active(p, axis) {
			p[axis] = t.draw(p, a.greed, a.rng)
		}
	}
	return p
}

// active calls for the trails of a design's active axes.
func (a *Agent) active(p space.Point, call func(trail, space.Point)) {
	for axis, t := range a.trails {
		if a.space.Active(p, axis) {
			call(t, p)
		}
	}
}

// Tell collects the trials. When there are as many as ants, they mark the trails.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("%s: %w", a.name, err)
	}
	for _, t := range trials {
		a.seen.Add(t.Point)
		if !a.given.Keep(t) {
			a.admit(t)
		}
	}
	return nil
}

func (a *Agent) admit(t agents.Trial) {
	a.told = append(a.told, t)
	if len(a.told) == a.options.Ants {
		a.turn()
	}
}

// turn marks the trails and, when the colony stagnates, begins anew.
func (a *Agent) turn() {
	a.turns++
	a.stagnant++
	own := best{several: a.best.several}
	for _, t := range a.told {
		own.add(t, a.options.Ants)
		if a.best.add(t, a.options.Ants) {
			a.stagnant = 0
		}
	}
	a.told = a.told[:0]
	leader := &own
	if a.rule.leads(a.turns) {
		leader = &a.best
	}
	for _, t := range a.trails {
		a.rule.evaporate(t)
	}
	a.active(leader.leader(a.rng).Point, a.rule.mark)
	if a.stagnant >= a.options.Stagnation && a.converged() {
		a.restart()
	}
}

// converged tells whether the trails leave little to choose: on average less than half as much again as a single deposit does. Axes that
// were never marked do not count.
func (a *Agent) converged() bool {
	const little = 1.5
	total, axes := 0.0, 0
	for _, t := range a.trails {
		if factor, ok := t.pheromone().branching(); ok {
			total += factor
			axes++
		}
	}
	return axes > 0 && total < little*float64(axes)
}

// restart forgets the trails and the best design, but not which designs were seen.
func (a *Agent) restart() {
	for _, t := range a.trails {
		t.pheromone().reset()
	}
	a.best.trials, a.stagnant = nil, 0
}
