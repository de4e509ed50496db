package forest

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is expected improvement on random forests. Memory: every told trial.
type Agent struct {
	problem agents.Problem
	options Options
	rng     *rand.Rand
	start   sampling.Source
	past    *history.History
	moves   []vary.Move // scratch
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p)
	if err != nil {
		return nil, fmt.Errorf("rf: %w", err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Startup, rng)
	if err != nil {
		return nil, fmt.Errorf("rf: %w", err)
	}
	past, err := history.New(p)
	if err != nil {
		return nil, fmt.Errorf("rf: %w", err)
	}
	return &Agent{problem: p, options: o, rng: rng, start: start, past: past}, nil
}

// Ask proposes n points: of the start while there are too few designs, then by the acquisition or, interleaved, drawn uniformly.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		p, err := a.next()
		if err != nil {
			return nil, fmt.Errorf("rf: %w", err)
		}
		points[i] = a.past.Ask(p)
	}
	return points, nil
}

// Tell remembers the trials.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.past.Tell(trials); err != nil {
		return fmt.Errorf("rf: %w", err)
	}
	return nil
}

func (a *Agent) next() (space.Point, error) {
	if a.past.Exhausted() {
		return a.draw(), nil
	}
	if a.past.Len() < a.options.Startup || len(a.past.Trials()) == 0 {
		return a.past.Fresh(a.start, a.rng), nil
	}
	if a.rng.Float64() < a.options.RandomFrac {
		return a.past.Fresh(a.draw, a.rng), nil
	}
	s, err := newSurrogate(a.problem, a.options, a.past.Trials(), a.past.Pending(), a.rng)
	if err != nil {
		return nil, err
	}
	p := a.best(s)
	if p == nil {
		p = a.past.Fresh(a.draw, a.rng)
	}
	return p, nil
}

func (a *Agent) draw() space.Point { return a.problem.Space.Sample(a.rng) }

// best is the unseen candidate of the greatest score; nil when all candidates were seen. The candidates are the moves of the leaders in random
// order, so that none is preferred where the trees do not tell them apart, and uniform draws.
func (a *Agent) best(s *surrogate) (best space.Point) {
	score := math.Inf(-1)
	consider := func(p space.Point) {
		if a.past.Has(p) {
			return
		}
		if v := s.score(p); v > score {
			best, score = p, v
		}
	}
	for _, leader := range s.leaders {
		a.moves = vary.AppendMoves(a.moves[:0], a.problem.Space, leader, math.MaxInt)
		a.rng.Shuffle(len(a.moves), func(i, j int) { a.moves[i], a.moves[j] = a.moves[j], a.moves[i] })
		for _, move := range a.moves {
			consider(move.Apply(a.problem.Space, leader, a.rng))
		}
	}
	for range a.options.Challengers {
		consider(a.draw())
	}
	return best
}
