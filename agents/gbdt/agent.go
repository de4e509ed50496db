package gbdt

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is search guided by boosted trees. Memory: every told trial.
type Agent struct {
	problem agents.Problem
	options Options
	rng     *rand.Rand
	start   sampling.Source
	past    *history.History
	encoder *predictor.Encoder
	belief  *belief // nil while nothing is known
	due     int     // told and pending designs from which on it is learned anew
	moves   []vary.Move
	choice  []space.Point // candidates
	rows    []float64     // of the candidates
	scores  []float64     // of the candidates
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p)
	if err != nil {
		return nil, fmt.Errorf("gbdt: %w", err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Startup, rng)
	if err != nil {
		return nil, fmt.Errorf("gbdt: %w", err)
	}
	past, err := history.New(p)
	if err != nil {
		return nil, fmt.Errorf("gbdt: %w", err)
	}
	return &Agent{problem: p, options: o, rng: rng, start: start, past: past, encoder: predictor.NewEncoder(p.Space)}, nil
}

// Ask proposes n points: of the start while there are too few designs, then the best predicted of what is not pruned.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		p, err := a.next()
		if err != nil {
			return nil, fmt.Errorf("gbdt: %w", err)
		}
		points[i] = a.past.Ask(p)
	}
	return points, nil
}

// Tell remembers the trials.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.past.Tell(trials); err != nil {
		return fmt.Errorf("gbdt: %w", err)
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
	if err := a.learn(); err != nil {
		return nil, err
	}
	if a.belief != nil {
		if p := a.best(); p != nil {
			return p, nil
		}
	}
	return a.past.Fresh(a.draw, a.rng), nil
}

func (a *Agent) draw() space.Point { return a.problem.Space.Sample(a.rng) }

// learn draws the belief anew for every design up to a hundred, then for every fiftieth part more.
func (a *Agent) learn() (err error) {
	if a.past.Len() < a.due {
		return nil
	}
	a.due = a.past.Len() + max(a.past.Len()/50, 1)
	a.belief, err = newBelief(a.problem.Space, a.encoder, a.options, a.past.Trials(), a.rng)
	return err
}

// best is the unseen candidate of the greatest score; nil when all were seen. The moves come in random order, so that none is preferred where the trees do
// not tell them apart.
func (a *Agent) best() (best space.Point) {
	a.choice, a.rows = a.choice[:0], a.rows[:0]
	consider := func(p space.Point) {
		if !a.past.Has(p) && a.belief.keeps(p) {
			a.choice, a.rows = append(a.choice, p), a.encoder.Append(a.rows, p)
		}
	}
	for _, leader := range a.belief.leaders {
		a.moves = vary.AppendMoves(a.moves[:0], a.problem.Space, leader, len(leader))
		a.rng.Shuffle(len(a.moves), func(i, j int) { a.moves[i], a.moves[j] = a.moves[j], a.moves[i] })
		for _, move := range a.moves {
			consider(move.Apply(a.problem.Space, leader, a.rng))
		}
	}
	for range a.options.Challengers {
		consider(a.belief.sample(a.rng))
	}
	a.scores = a.belief.score(a.rows, a.scores, len(a.choice))
	at := -1
	for i, score := range a.scores {
		if at < 0 || score > a.scores[at] {
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	return a.choice[at]
}
