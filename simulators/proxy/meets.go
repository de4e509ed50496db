package proxy

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// Bound is a budget: a metric that must be at most the limit, or at least.
type Bound struct {
	Key     string  `json:"metric"` // its key
	Limit   float64 `json:"limit"`
	AtLeast bool    `json:"at_least,omitempty"`
}

// deviations is how many standard deviations of a normal error are half of an interval for Cover.
const deviations = 1.6448536269514722

// Meets is the chance, for each design, that it is feasible and meets every bound, each independent of the others. What the fit was told as a budget has its classifier;
// of other bounds, and of corrected tasks, the metric's error is taken for normal, with the deviation that its interval has. A bound on a metric that the proxy does
// not predict is an error.
func (p *Proxy) Meets(points []space.Point, task int, bounds []Bound) ([]float64, error) {
	said := p.Predict(points, task)
	chances := make([]float64, len(points))
	for i := range chances {
		chances[i] = 1
		if said.Feasible != nil {
			chances[i] = said.Feasible[i]
		}
	}
	var x []float64
	for _, b := range bounds {
		k := targetOf(p.file.Targets, b.Key)
		if k < 0 {
			return nil, notPredicted(b.Key)
		}
		at := slices.IndexFunc(p.file.Budgets, func(own Budget) bool { return own.Bound == b })
		if at < 0 || task >= len(p.file.Tasks) {
			m := said.Metrics[k]
			for i := range chances {
				chances[i] *= b.chance(p.file.Targets[k].Transform, m.Low[i], m.Mean[i], m.High[i])
			}
			continue
		}
		if x == nil {
			x = p.relatedFeatures(points, task)
		}
		for i, chance := range p.file.Budgets[at].chances(x, len(points)) {
			chances[i] *= chance
		}
	}
	return chances, nil
}

// targetOf is the index of the target of a key; -1 = none.
func targetOf(targets []Target, key string) int {
	return slices.IndexFunc(targets, func(t Target) bool { return t.key() == key })
}

func notPredicted(key string) error {
	return fmt.Errorf("proxy: there is a bound on %s, which is not predicted", key)
}

// met tells whether a value meets the bound.
func (b Bound) met(v float64) bool {
	if b.AtLeast {
		return v >= b.Limit
	}
	return v <= b.Limit
}

// chance is that of a metric with an interval to meet the bound.
func (b Bound) chance(t regress.Transform, low, mean, high float64) float64 {
	if t.Name != "" && b.Limit <= 0 { // what is learned as a logarithm or a power is positive
		if b.AtLeast {
			return 1
		}
		return 0
	}
	width := (t.Forward(high) - t.Forward(low)) / 2 / deviations
	room := t.Forward(b.Limit) - t.Forward(mean)
	if b.AtLeast {
		room = -room
	}
	if !(width > 0) {
		if room >= 0 {
			return 1
		}
		return 0
	}
	return math.Erfc(-room/width/math.Sqrt2) / 2
}
