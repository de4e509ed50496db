package predictor

import (
	"errors"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/internal/learn/boost"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// Options are those of the trees, and whether the model is a draw. The loss is the target's.
type Options struct {
	boost.Options
	Bootstrap bool // random weights, from the generator
}

// Order learns which of two designs is better; more is better. It is nil when nothing is known of any trial.
func (e *Encoder) Order(trials []agents.Trial, o Options, rng *rand.Rand) (*boost.Model, error) {
	known := make([]agents.Trial, 0, len(trials))
	for _, t := range trials {
		if t.Objectives != nil || t.Violations[len(t.Violations)-1] > 0 {
			known = append(known, t)
		}
	}
	o.Loss = boost.Squared
	return e.fit(known, gp.RankGauss(places(known)), o, rng)
}

// places are the positions in the order of the trials, negative so that more is better; equal trials share one.
func places(trials []agents.Trial) []float64 {
	order, values := rank.Order(trials), make([]float64, len(trials))
	for at, i := range order {
		values[i] = -float64(at)
		if at > 0 && equal(trials[i], trials[order[at-1]]) {
			values[i] = values[order[at-1]]
		}
	}
	return values
}

// equal tells whether two trials that follow each other in the order are equally good. Of several objectives the order says more than Compare.
func equal(a, b agents.Trial) bool {
	return rank.Compare(a, b) == 0 && !(a.Feasible() && len(a.Objectives) > 1)
}

// Value is a model of a number that evaluated trials have, in its own unit.
type Value struct {
	model        *boost.Model // of the standardised number
	shift, scale float64
}

// Of is the number expected at a row.
func (v Value) Of(row []float64) float64 { return v.shift + v.scale*v.model.Score(row) }

// Value learns a number of the evaluated trials, of which there must be one.
func (e *Encoder) Value(trials []agents.Trial, of func(t agents.Trial) float64, o Options, rng *rand.Rand) (v Value, err error) {
	var evaluated []agents.Trial
	var values []float64
	for _, t := range trials {
		if t.Objectives != nil {
			evaluated, values = append(evaluated, t), append(values, of(t))
		}
	}
	if len(evaluated) == 0 {
		return Value{}, errors.New("predictor: no trial has a result")
	}
	o.Loss = boost.Squared
	values, v.shift, v.scale = gp.Standardise(values)
	v.model, err = e.fit(evaluated, values, o, rng)
	return v, err
}

// Result learns whether a design has a result, as log odds (boost.Probability). It is nil when all trials have one, or none has.
func (e *Encoder) Result(trials []agents.Trial, o Options, rng *rand.Rand) (*boost.Model, error) {
	labels, results := make([]float64, len(trials)), 0
	for i, t := range trials {
		if t.Objectives != nil {
			labels[i] = 1
			results++
		}
	}
	if results == 0 || results == len(trials) {
		return nil, nil
	}
	o.Loss = boost.Logistic
	o.MinChildWeight = min(o.MinChildWeight, 0.25) // of a row at even odds
	return e.fit(trials, labels, o, rng)
}

func (e *Encoder) fit(trials []agents.Trial, targets []float64, o Options, rng *rand.Rand) (*boost.Model, error) {
	if len(trials) == 0 {
		return nil, nil
	}
	d := boost.Data[float64]{Features: e.Width(), Y: targets}
	for _, t := range trials {
		d.X = e.Append(d.X, t.Point)
		if o.Bootstrap {
			const least = 1e-6 // a weight of 0 is none
			d.Weights = append(d.Weights, max(rng.ExpFloat64(), least))
		}
	}
	return boost.Fit(d, o.Options, rng)
}
