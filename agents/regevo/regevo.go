package regevo

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Population int             // members of the queue; zero means DefaultPopulation
	Sample     int             // members that compete to be a parent, at most Population; zero means DefaultSample, or Population when that is less
	Start      sampling.Design // how the first population is spread; zero means Uniform
}

// The defaults of Options.
const (
	DefaultPopulation = 40
	DefaultSample     = 15
)

func (o Options) withDefaults() (Options, error) {
	if o.Population == 0 {
		o.Population = DefaultPopulation
	}
	if o.Sample == 0 {
		o.Sample = min(DefaultSample, o.Population)
	}
	var errs []error
	if o.Population < 1 {
		errs = append(errs, fmt.Errorf("population %d must be at least 1", o.Population))
	}
	if o.Sample < 1 || o.Sample > o.Population {
		errs = append(errs, fmt.Errorf("sample %d must be in [1, %d], the population", o.Sample, o.Population))
	}
	return o, errors.Join(errs...)
}

// Agent is regularised evolution. Memory: the population and 8 bytes a design ever seen.
type Agent struct {
	space   space.Space
	options Options
	rng     *rand.Rand
	start   sampling.Source
	seen    *sampling.Seen
	asked   int            // points of the start that were proposed
	given   []agents.Trial // told before the first Ask
	queue   []agents.Trial // the population, a ring once full
	oldest  int            // index in the full ring of the member that the next trial replaces
	picked  []int          // scratch: the ring's indices, of which the first Sample are shuffled
	sample  []agents.Trial // scratch
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("regevo: %w", err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Population, rng)
	if err != nil {
		return nil, fmt.Errorf("regevo: %w", err)
	}
	return &Agent{space: p.Space, options: o, rng: rng, start: start, seen: sampling.NewSeen(p.Space)}, nil
}

// Ask proposes n points: of the start while the first population is not complete, then children.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	a.admitGiven()
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
	return points, nil
}

// Tell adds the trials to the queue; each one beyond the population's size drops the oldest.
func (a *Agent) Tell(trials []agents.Trial) error {
	for _, t := range trials {
		a.seen.Add(t.Point)
		if t.Given {
			a.given = append(a.given, t)
			continue
		}
		a.admit(t)
	}
	return nil
}

// admitGiven fills the population with the best of the given trials, the best one youngest.
func (a *Agent) admitGiven() {
	if len(a.given) == 0 {
		return
	}
	order := rank.Order(a.given)
	order = order[:min(len(order), a.options.Population)]
	for _, i := range slices.Backward(order) {
		a.admit(a.given[i])
	}
	a.asked += len(order)
	a.given = nil
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
