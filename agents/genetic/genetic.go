package genetic

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

// Agent is the genetic algorithm. Memory: the parents, their children and 8 bytes a design ever seen.
type Agent struct {
	name     string // of its errors
	space    space.Space
	options  Options
	rng      *rand.Rand
	start    sampling.Source
	seen     *sampling.Seen
	guard    agents.Guard
	byRank   positions // of rank selection only
	custom   Custom    // zero but for agents of other packages
	survive  survival
	given    vary.Founders
	parents  []agents.Trial // the best first; empty until the first generation is complete
	children []agents.Trial // told since
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent "ga".
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	return build("ga", p, o, rng)
}

// Custom is what an agent with operators of its own replaces.
type Custom struct {
	Start   sampling.Source                             // of the first generation
	Child   func(parent func() space.Point) space.Point // makes a canonical child of parents that it draws, in a slice of its own
	Parents int                                         // the best so many are drawn, each as often
}

// NewCustom makes the agent with operators of its own; name is that of its errors. Options.Selection, Tournament, Crossover, Blend, Mutation and Start do not count.
func NewCustom(name string, p agents.Problem, o Options, c Custom, rng *rand.Rand) (*Agent, error) {
	a, err := build(name, p, o, rng)
	if err != nil {
		return nil, err
	}
	a.start, a.custom = c.Start, c
	return a, nil
}

// build makes the agent with that name.
func build(name string, p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p.Budget)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Population, rng)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	a := &Agent{name: name, space: p.Space, options: o, rng: rng, start: start, seen: sampling.NewSeen(p.Space), guard: guard, survive: byCrowding}
	if o.Selection == Rank {
		if a.byRank, err = newPositions(o.Population, rng); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return a, nil
}

// Ask proposes n points: of the start while the first generation is not complete, then children of the current parents.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	for _, t := range a.given.Take(a.options.Population) {
		a.admit(t)
	}
	points := make([]space.Point, n)
	for i := range points {
		propose := a.start
		if len(a.parents) > 0 {
			propose = vary.Walk(a.space, a.child, a.rng)
		}
		points[i] = a.seen.Fresh(propose, a.rng)
		a.seen.Add(points[i])
	}
	a.guard.Ask(points...)
	return points, nil
}

// Tell collects the trials. When there are as many as a generation has children, the survivors become the parents.
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
	a.children = append(a.children, t)
	enough := a.options.Offspring
	if len(a.parents) == 0 {
		enough = a.options.Population
	}
	if len(a.children) == enough {
		a.turn()
	}
}

// survival lists the indices of the n trials of a pool that survive, the best first.
type survival func(pool []agents.Trial, n int) []int

// byCrowding is the survival of "ga" and "nsga2".
func byCrowding(pool []agents.Trial, n int) []int { return rank.Order(pool)[:n] }

// turn makes the next parents: the best of the children and of the elite among the parents.
func (a *Agent) turn() {
	pool := append(slices.Clone(a.parents[:min(len(a.parents), a.options.Elites)]), a.children...)
	order := a.survive(pool, a.options.Population)
	a.parents = a.parents[:0]
	for _, i := range order {
		a.parents = append(a.parents, pool[i])
	}
	a.children = a.children[:0]
}

// child is the mutated crossover of two selected parents, or the mutation of one.
func (a *Agent) child() space.Point {
	if a.custom.Child != nil {
		return a.custom.Child(func() space.Point { return a.parents[a.rng.IntN(min(a.custom.Parents, len(a.parents)))].Point })
	}
	p := a.parent().Point
	if a.rng.Float64() < a.options.Crossover {
		p = vary.Cross(a.space, p, a.parent().Point, a.options.Blend, a.rng)
	}
	return vary.Mutate(a.space, p, a.options.Mutation, a.rng)
}

func (a *Agent) parent() agents.Trial {
	if a.options.Selection == Rank {
		return a.parents[a.byRank.draw()]
	}
	best := len(a.parents)
	for range a.options.Tournament {
		best = min(best, a.rng.IntN(len(a.parents)))
	}
	return a.parents[best]
}
