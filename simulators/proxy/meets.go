package proxy

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Bound is a budget: a metric that must be at most the limit, or at least.
type Bound struct {
	Key     string // of the metric
	Limit   float64
	AtLeast bool
}

// deviations is how many standard deviations of a normal error are half of an interval for Cover.
const deviations = 1.6448536269514722

// Meets is the chance, for each design, that it is feasible and meets every bound: each metric's error is taken for normal, with the deviation that its
// interval has, and independent of the others'. A bound on a metric that the proxy does not predict is an error.
func (p *Proxy) Meets(points []space.Point, task int, bounds []Bound) ([]float64, error) {
	said := p.Predict(points, task)
	chances := make([]float64, len(points))
	for i := range chances {
		chances[i] = 1
		if said.Feasible != nil {
			chances[i] = said.Feasible[i]
		}
	}
	for _, b := range bounds {
		k := slices.IndexFunc(p.Metrics(), func(m simulators.Metric) bool { return m.Key() == b.Key })
		if k < 0 {
			return nil, fmt.Errorf("proxy: there is a bound on %s, which is not predicted", b.Key)
		}
		for i := range points {
			chances[i] *= p.within(k, said.Metrics[k], i, b)
		}
	}
	return chances, nil
}

// within is the chance that one metric of one design meets a bound.
func (p *Proxy) within(k int, m Interval, i int, b Bound) float64 {
	t := p.file.Targets[k].Transform
	if t.Name != "" && b.Limit <= 0 { // what is learned as a logarithm or a power is positive
		if b.AtLeast {
			return 1
		}
		return 0
	}
	width := (t.Forward(m.High[i]) - t.Forward(m.Low[i])) / 2 / deviations
	room := t.Forward(b.Limit) - t.Forward(m.Mean[i])
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
