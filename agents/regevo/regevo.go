package regevo

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

// Agent is regularised evolution. Memory: the population and 8 bytes a design ever seen.
type Agent struct {
	space   space.Space
	options Options
	rng     *rand.Rand
	start   sampling.Source
	seen    *sampling.Seen
	guard   agents.Guard
	asked   int // points of the start that were proposed
	given   vary.Founders
	queue   []agents.Trial // the population, a ring once full
	oldest  int            // index in the full ring of the member that the next trial replaces
	picked  []int          // scratch: the ring's indices, of which the first Sample are shuffled
	sample  []agents.Trial // scratch
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p)
	if err != nil {
		return nil, fmt.Errorf("regevo: %w", err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Population, rng)
	if err != nil {
		return nil, fmt.Errorf("regevo: %w", err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("regevo: %w", err)
	}
	return &Agent{space: p.Space, options: o, rng: rng, start: start, seen: sampling.NewSeen(p.Space), guard: guard}, nil
}

// Ask proposes n points: of the start while the first population is not complete, then children.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	a.found()
	points := make([]space.Point, n)
	for i := range points {
		propose := vary.Walk(a.space, a.child, a.rng)
		if a.asked < a.options.Population || len(a.queue) == 0 {
			propose = a.start
			a.asked++
		}
		points[i] = a.seen.Fresh(propose, a.rng)
		a.seen.Add(points[i])
	}
	a.guard.Ask(points...)
	return points, nil
}

// Tell adds the trials to the queue; each one beyond the population's size drops the oldest.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("regevo: %w", err)
	}
	for _, t := range trials {
		a.seen.Add(t.Point)
		if !a.given.Keep(t) {
			a.admit(t)
		}
	}
	return nil
}

// found fills the population with the best of the given trials, the best one youngest.
func (a *Agent) found() {
	founders := a.given.Take(a.options.Population)
	for _, t := range slices.Backward(founders) {
		a.admit(t)
	}
	a.asked += len(founders)
}

func (a *Agent) admit(t agents.Trial) {
	if len(a.queue) < a.options.Population {
		a.queue = append(a.queue, t)
		a.picked = append(a.picked, len(a.picked))
		return
	}
	a.queue[a.oldest] = t
	a.oldest = (a.oldest + 1) % len(a.queue)
}

// child changes one axis of the best of a random sample of the population.
func (a *Agent) child() space.Point {
	a.sample = a.sample[:0]
	for i := range min(a.options.Sample, len(a.queue)) {
		j := i + a.rng.IntN(len(a.picked)-i)
		a.picked[i], a.picked[j] = a.picked[j], a.picked[i]
		a.sample = append(a.sample, a.queue[a.picked[i]])
	}
	return vary.One(a.space, a.sample[rank.Best(a.sample)].Point, a.rng)
}
