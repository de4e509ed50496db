package cmaes

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is the evolution strategy. Memory: n² of n coordinates, and the told trials.
type Agent struct {
	options Options
	code    code
	rng     *rand.Rand
	history *history.History
	told    map[string]int // index in history.Trials of each design
	places  [][]float64    // of the designs in flight, the oldest first

	core       *core
	generation []member
	lambda     int            // of the next start
	best       agents.Trial   // of the current start
	waited     int            // generations since it improved
	several    bool           // objectives
	elite      []agents.Trial // of several objectives, the best of all starts
}

// member is a place that was drawn, and the result of its design.
type member struct {
	place []float64
	trial agents.Trial
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	c := newCode(p.Space)
	o, err := o.withDefaults(c.size, p.Budget)
	if err != nil {
		return nil, fmt.Errorf("cmaes: %w", err)
	}
	h, err := history.New(p)
	if err != nil {
		return nil, fmt.Errorf("cmaes: %w", err)
	}
	return &Agent{options: o, code: c, rng: rng, history: h, told: map[string]int{}, lambda: o.Population, several: p.Objectives > 1}, nil
}

// Ask proposes n designs of the current distribution that were not proposed before.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		place, p := a.propose()
		a.places = append(a.places, place)
		points[i] = a.history.Ask(p)
	}
	return points, nil
}

// propose draws until an unseen design comes. A design whose result is known joins the generation at no cost of a trial. When such draws are
// all that comes, the strategy starts again elsewhere.
func (a *Agent) propose() ([]float64, space.Point) {
	if a.core == nil {
		a.start(a.middle())
	}
	for tries := repeats * a.core.lambda; tries > 0 && !a.history.Exhausted(); tries-- {
		place := a.core.sample(a.rng)
		p := a.code.design(place)
		if !a.history.Has(p) {
			return place, p
		}
		if k, known := a.told[a.code.space.Key(p)]; known {
			a.admit(member{place, a.history.Trials()[k]})
		}
	}
	if !a.history.Exhausted() {
		a.restart()
	}
	first := func() space.Point { return a.code.design(a.core.sample(a.rng)) }
	p := a.history.Fresh(vary.Walk(a.code.space, first, a.rng), a.rng)
	return a.code.place(p), p
}

// repeats is how many generations of nothing but repeats end a start.
const repeats = 10

// Tell hands the trials to the generation; of given ones the best is where the search starts.
func (a *Agent) Tell(trials []agents.Trial) error {
	before := len(a.history.Trials())
	if err := a.history.Tell(trials); err != nil {
		return fmt.Errorf("cmaes: %w", err)
	}
	for i, t := range trials {
		a.told[a.code.space.Key(t.Point)] = before + i
		if t.Given {
			continue
		}
		place := a.places[0]
		a.places = a.places[1:]
		a.admit(member{place, t})
	}
	return nil
}

// admit adds a member to the generation; the one that completes it moves the distribution.
func (a *Agent) admit(m member) {
	a.generation = append(a.generation, m)
	if len(a.generation) < a.core.lambda {
		return
	}
	order := a.order()
	best := a.generation[order[0]].trial
	ranked := make([][]float64, len(order))
	for k, i := range order {
		ranked[k] = a.generation[i].place
	}
	a.core.update(ranked)
	a.core.keepMargin(a.code)
	a.generation = a.generation[:0]
	a.judge(best)
}

// order lists the indices of the generation's members, the best first. Of several objectives they are ranked among the elite of all starts, so that
// what fills a gap of the front comes first.
func (a *Agent) order() []int {
	trials := make([]agents.Trial, len(a.generation))
	for i, m := range a.generation {
		trials[i] = m.trial
	}
	if !a.several {
		return rank.Order(trials)
	}
	pool := slices.Concat(trials, a.elite)
	var order []int
	a.elite = nil
	for _, i := range rank.Order(pool) {
		if i < len(trials) {
			order = append(order, i)
		}
		if known := slices.ContainsFunc(a.elite, func(t agents.Trial) bool { return t.ID == pool[i].ID }); !known && len(a.elite) < elites {
			a.elite = append(a.elite, pool[i])
		}
	}
	return order
}

// elites are remembered of several objectives.
const elites = 50

// judge starts again when nothing better has come for long.
func (a *Agent) judge(t agents.Trial) {
	a.waited++
	if a.best.Point == nil || rank.Compare(t, a.best) < 0 {
		a.best, a.waited = t, 0
	}
	if a.waited >= patience+30*a.code.size/a.core.lambda {
		a.restart()
	}
}

// patience is the least number of generations without improvement that ends a start.
const patience = 10

// restart begins elsewhere with a larger population.
func (a *Agent) restart() {
	a.lambda = min(a.lambda*a.options.Growth, a.options.Population*largest)
	a.start(a.anywhere())
}

// largest is the most that populations grow by.
const largest = 64

// start makes a fresh distribution.
func (a *Agent) start(mean []float64) {
	a.core = newCore(mean, a.options.Sigma, a.lambda)
	a.core.keepMargin(a.code)
	a.generation, a.best, a.waited = a.generation[:0], agents.Trial{}, 0
}

// middle is where the first start is: at the best given design, or anywhere.
func (a *Agent) middle() []float64 {
	given := a.history.Trials()
	if k := rank.Best(given); k >= 0 {
		return a.code.place(given[k].Point)
	}
	return a.anywhere()
}

// anywhere draws a mean: of steps in the inner half, of labels and orders with none ahead.
func (a *Agent) anywhere() []float64 {
	mean := make([]float64, a.code.size)
	for _, p := range a.code.parts {
		for i := p.first; i < p.first+p.size; i++ {
			mean[i] = 0.5
			if p.shape == steps && p.levels > 2 {
				mean[i] = 0.25 + a.rng.Float64()/2
			}
		}
	}
	return mean
}
