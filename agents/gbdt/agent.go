package gbdt

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is search guided by boosted trees. Memory: every told trial.
type Agent struct {
	history.Loop
	problem agents.Problem
	options Options
	rng     *rand.Rand
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
	a := &Agent{problem: p, options: o, rng: rng, encoder: predictor.NewEncoder(p.Space)}
	a.Loop, err = history.NewLoop("gbdt", p, history.Start{Design: o.Start, Designs: o.Startup}, rng, history.Steps{Starting: a.starting, Choose: a.choose})
	return a, err
}

func (a *Agent) starting() bool { return a.Past.Len() < a.options.Startup }

// choose is the best predicted design of what is not pruned.
func (a *Agent) choose() (space.Point, error) {
	if err := a.learn(); err != nil || a.belief == nil {
		return nil, err
	}
	return a.best(), nil
}

// learn draws the belief anew for every design up to a hundred, then for every fiftieth part more.
func (a *Agent) learn() (err error) {
	if a.Past.Len() < a.due {
		return nil
	}
	a.due = a.Past.Len() + max(a.Past.Len()/50, 1)
	a.belief, err = newBelief(a.problem.Space, a.encoder, a.options, a.Past.Trials(), a.rng)
	return err
}

// best is the unseen candidate of the greatest score; nil when all were seen. The moves come in random order, so that none is preferred where the trees do
// not tell them apart.
func (a *Agent) best() (best space.Point) {
	a.choice, a.rows = a.choice[:0], a.rows[:0]
	consider := func(p space.Point) {
		if !a.Past.Has(p) && a.belief.keeps(p) {
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
