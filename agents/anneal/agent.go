package anneal

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent anneals. Memory: the chains in flight and 8 bytes a design ever seen.
type Agent struct {
	space   space.Space
	options Options
	budget  int
	rng     *rand.Rand
	seen    *sampling.Seen
	guard   agents.Guard
	counsel counsel
	scales  scales

	told    int
	opening int                  // designs of the start that are not told yet
	current agents.Trial         // the accepted design
	front   rank.Front[struct{}] // of several objectives
	several bool                 // objectives
	starts  []space.Point        // advised, not proposed yet
	idle    []*chain             // waiting for their next move, the oldest first
	pending []*chain             // one a design that was asked for and is not told yet, the oldest first
}

// chain is a walk away from the current design.
type chain struct {
	from  agents.Trial // where the next move begins; its Point is nil before the chain's first design when there was none to begin at
	best  agents.Trial // of the designs after the first
	moves int          // told
	about string       // what the move in flight is against; empty = a random one
}

var _ agents.Agent = (*Agent)(nil)

// startsPerObjective is how many designs a search of several objectives begins with, together at most a quarter of the budget.
const startsPerObjective = 10

// New makes the agent. It is guided when the problem has advice; without it a chain is one move, since random ones lead nowhere.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("anneal: %w", err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("anneal: %w", err)
	}
	if p.Advise == nil {
		o.Depth = 1
	}
	a := &Agent{
		space: p.Space, options: o, budget: p.Budget, rng: rng, seen: sampling.NewSeen(p.Space), guard: guard,
		counsel: newCounsel(p.Advise), scales: scales{objectives: make([]mean, p.Objectives)}, several: p.Objectives > 1, opening: 1,
	}
	if a.budget == 0 {
		a.budget = defaultBudget
	}
	if a.several {
		a.opening = max(min(startsPerObjective*p.Objectives, a.budget/4), 1)
	}
	for _, start := range a.counsel.of(nil) {
		a.starts = append(a.starts, start.Point)
	}
	return a, nil
}

// Ask proposes the next move of n chains.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		c := a.chain()
		points[i] = a.move(c)
		a.seen.Add(points[i])
		a.pending = append(a.pending, c)
	}
	a.guard.Ask(points...)
	return points, nil
}

// chain takes up the oldest idle chain, or begins one.
func (a *Agent) chain() *chain {
	if len(a.idle) > 0 {
		c := a.idle[0]
		a.idle = a.idle[1:]
		return c
	}
	if a.opening > 0 {
		return &chain{}
	}
	return &chain{from: a.current}
}

// move is the next design of a chain, an unseen one as long as there are some.
func (a *Agent) move(c *chain) space.Point {
	c.about = ""
	if c.from.Point == nil {
		return a.seen.Fresh(a.start, a.rng)
	}
	if advice, ok := a.counsel.choose(c.from.Point, a.seen, a.rng); ok {
		c.about = advice.About
		return advice.Point
	}
	first := func() space.Point { return vary.One(a.space, c.from.Point, a.rng) }
	return a.seen.Fresh(vary.Walk(a.space, first, a.rng), a.rng)
}

// start is a design to begin at: an advised one, then random ones.
func (a *Agent) start() space.Point {
	if len(a.starts) > 0 {
		p := a.starts[0]
		a.starts = a.starts[1:]
		return p
	}
	return a.space.Sample(a.rng)
}

// Tell takes each trial as the answer to the oldest move in flight; of given ones the best is where the search begins.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("anneal: %w", err)
	}
	for _, t := range trials {
		a.seen.Add(t.Point)
		if t.Given {
			a.open(t)
			continue
		}
		c := a.pending[0]
		a.pending = a.pending[1:]
		a.told++
		a.walked(c, t)
	}
	return nil
}

// walked goes on with a chain after its move gave t.
func (a *Agent) walked(c *chain, t agents.Trial) {
	if a.opening > 0 {
		a.open(t)
		return
	}
	if c.from.Point != nil {
		a.scales.observe(c.from, t)
		a.counsel.learn(c.about, rank.Compare(t, c.from) < 0)
	}
	if c.moves == 0 || rank.Compare(t, c.best) < 0 {
		c.best = t
	}
	c.from = t
	c.moves++
	switch {
	case a.improves(t):
		a.counsel.forget()
	case c.moves < a.options.Depth && t.Objectives != nil:
		a.idle = append(a.idle, c)
	case a.accepts(a.scales.worsening(a.current, c.best)):
		a.current = c.best
	case a.several:
		a.current = a.ofFront()
	}
}

// open takes a design of the start: the search goes on from the best or, of several objectives, from the front.
func (a *Agent) open(t agents.Trial) {
	a.opening = max(a.opening-1, 0)
	a.improves(t)
}

// improves makes a design the current one when it is better or, of several objectives, admits it to the front and goes on from there.
func (a *Agent) improves(t agents.Trial) bool {
	switch {
	case a.several && a.front.Admit(t):
		a.current = a.ofFront()
		return true
	case a.several || a.current.Point != nil && rank.Compare(t, a.current) >= 0:
		return false
	}
	a.current = t
	return true
}

// ofFront is the design of the front that is best by newly drawn weights.
func (a *Agent) ofFront() agents.Trial {
	weights := make([]float64, len(a.scales.objectives))
	for i := range weights {
		weights[i] = a.rng.ExpFloat64()
	}
	return a.front[a.front.Nearest(weights, nil)].Trial
}

// accepts draws whether a design that is worse by so much becomes the current one.
func (a *Agent) accepts(worsening float64) bool {
	o := a.options
	temperature := o.Temperature * math.Pow(o.Final/o.Temperature, float64(a.told)/float64(a.budget))
	return a.rng.Float64() < math.Exp(-worsening/temperature)
}
