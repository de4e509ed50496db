package active

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/env/space"
)

// judges is how many uniformly drawn designs tell the error.
const judges = 50

// Agent chooses designs to learn from. Memory: every told trial.
type Agent struct {
	problem  agents.Problem
	options  Options
	rng      *rand.Rand
	past     *history.History
	planned  []proposal        // of the batch, not handed out yet
	expected map[int][]float64 // of uniformly drawn designs in flight, by their place among the asked ones: what the forests said
	errors   [][]residual      // of each objective: a ring of the last judges
	asked    int               // designs handed out
	answered int               // of them, told
	judged   int               // designs that have judged
	finished bool
}

// proposal is a design of a batch.
type proposal struct {
	point   space.Point
	uniform bool      // drawn uniformly: it judges
	forests []float64 // of one that judges: predicted objectives
}

// residual is one prediction beside its truth.
type residual struct{ error, magnitude float64 }

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p.Budget)
	if err != nil {
		return nil, fmt.Errorf("active: %w", err)
	}
	past, err := history.New(p)
	if err != nil {
		return nil, fmt.Errorf("active: %w", err)
	}
	return &Agent{problem: p, options: o, rng: rng, past: past, expected: map[int][]float64{}, errors: make([][]residual, p.Objectives)}, nil
}

// Ask hands out the batch, planning the next when it is empty. It finishes when the error is small enough.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	var points []space.Point
	for range n {
		if a.finished {
			break
		}
		next, err := a.next()
		if err != nil {
			return nil, fmt.Errorf("active: %w", err)
		}
		if next.uniform {
			a.expected[a.asked] = next.forests
		}
		a.asked++
		points = append(points, a.past.Ask(next.point))
	}
	return points, nil
}

func (a *Agent) next() (proposal, error) {
	if len(a.planned) == 0 && a.past.Len() >= a.options.Startup && !a.past.Exhausted() {
		if err := a.plan(); err != nil {
			return proposal{}, err
		}
	}
	if len(a.planned) == 0 { // the start, and while no two results differ
		return proposal{point: a.past.Fresh(a.draw, a.rng)}, nil
	}
	next := a.planned[0]
	a.planned = a.planned[1:]
	return next, nil
}

func (a *Agent) draw() space.Point { return a.problem.Space.Sample(a.rng) }

// Tell remembers the trials, and what those that judge tell of the error.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.past.Tell(trials); err != nil {
		return fmt.Errorf("active: %w", err)
	}
	for _, t := range trials {
		if t.Given {
			continue
		}
		said, uniform := a.expected[a.answered]
		delete(a.expected, a.answered)
		a.answered++
		if uniform && t.Objectives != nil {
			a.judge(said, t.Objectives)
		}
	}
	return nil
}

// judge keeps the errors of one more design, and finishes when they are small.
func (a *Agent) judge(said, truth []float64) {
	for k, y := range truth {
		r := residual{said[k] - y, math.Abs(y)}
		if len(a.errors[k]) < judges {
			a.errors[k] = append(a.errors[k], r)
		} else {
			a.errors[k][a.judged%judges] = r
		}
	}
	a.judged++
	if a.options.ErrorFrac == 0 || a.judged < judges {
		return
	}
	for k := range a.errors {
		if !(a.ErrorFrac(k) <= a.options.ErrorFrac) {
			return
		}
	}
	a.finished = true
}

// ErrorFrac is the root mean square error of an objective over the mean of its magnitude, over the last 50 designs that judge; NaN while there are none.
func (a *Agent) ErrorFrac(objective int) float64 {
	squares, magnitude, n := 0.0, 0.0, float64(len(a.errors[objective]))
	for _, r := range a.errors[objective] {
		squares, magnitude = squares+r.error*r.error, magnitude+r.magnitude
	}
	return math.Sqrt(squares/n) / (magnitude / n)
}
