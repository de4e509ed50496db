package linas

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// oracle predicts trials: one model an objective and a constraint, and one that tells whether there is a result.
type oracle struct {
	problem     agents.Problem
	encoder     *predictor.Encoder
	objectives  []predictor.Value
	constraints []predictor.Value
	result      *boost.Model // nil when all trials have a result
	odds        float64      // of a result, below which none is expected
	row         []float64    // scratch
}

// unlikely is the probability of a result, in terms of the share of trials that have one, below which a design counts as infeasible.
const unlikely = 0.5

// newOracle fits the models; nil when no trial has a result.
func newOracle(p agents.Problem, e *predictor.Encoder, trials []agents.Trial, fit predictor.Options, rng *rand.Rand) (*oracle, error) {
	o := &oracle{problem: p, encoder: e}
	results := 0.0
	for _, t := range trials {
		if t.Objectives != nil {
			results++
		}
	}
	if results == 0 {
		return nil, nil
	}
	for k := range p.Objectives {
		v, err := e.Value(trials, func(t agents.Trial) float64 { return t.Objectives[k] }, fit, rng)
		if err != nil {
			return nil, err
		}
		o.objectives = append(o.objectives, v)
	}
	for c := range p.Constraints {
		v, err := e.Value(trials, func(t agents.Trial) float64 { return t.Violations[c] }, fit, rng)
		if err != nil {
			return nil, err
		}
		o.constraints = append(o.constraints, v)
	}
	var err error
	o.result, err = e.Result(trials, fit, rng)
	share := unlikely * results / float64(len(trials))
	o.odds = math.Log(share / (1 - share))
	return o, err
}

// predict fills in what is expected of a design.
func (o *oracle) predict(t *agents.Trial) {
	o.row = o.encoder.Append(o.row[:0], t.Point)
	t.Violations = make([]float64, len(o.constraints)+1)
	if o.result != nil {
		if odds := o.result.Score(o.row); odds < o.odds {
			for c := range o.constraints {
				t.Violations[c] = 1
			}
			t.Infeasible, t.Violations[len(o.constraints)] = "no result expected", 1-boost.Probability(odds)
			return
		}
	}
	for c, v := range o.constraints {
		t.Violations[c] = v.Of(o.row)
	}
	for _, v := range o.objectives {
		t.Objectives = append(t.Objectives, v.Of(o.row))
	}
}
