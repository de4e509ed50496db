package forest

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is expected improvement on random forests. Memory: every told trial.
type Agent struct {
	history.Loop
	problem agents.Problem
	options Options
	rng     *rand.Rand
	moves   []vary.Move // scratch
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p)
	if err != nil {
		return nil, fmt.Errorf("rf: %w", err)
	}
	a := &Agent{problem: p, options: o, rng: rng}
	a.Loop, err = history.NewLoop("rf", p, history.Start{Design: o.Start, Designs: o.Startup}, rng, history.Steps{Starting: a.starting, Choose: a.choose})
	return a, err
}

func (a *Agent) starting() bool { return a.Past.Len() < a.options.Startup }

// choose is a design by the acquisition or, interleaved, a drawn one.
func (a *Agent) choose() (space.Point, error) {
	if a.rng.Float64() < a.options.RandomFrac {
		return nil, nil
	}
	s, err := newSurrogate(a.problem, a.options, a.Past.Trials(), a.Past.Pending(), a.rng)
	if err != nil {
		return nil, err
	}
	return a.best(s), nil
}

// best is the unseen candidate of the greatest score; nil when all candidates were seen. The candidates are the moves of the leaders in random
// order, so that none is preferred where the trees do not tell them apart, and uniform draws.
func (a *Agent) best(s *surrogate) (best space.Point) {
	score := math.Inf(-1)
	consider := func(p space.Point) {
		if a.Past.Has(p) {
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
		consider(a.Draw())
	}
	return best
}
