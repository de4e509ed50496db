package soc

import "math"

// Distance is how far a design is from its budgets: (value-budget)/budget per metric, negative below the budget.
type Distance struct {
	LatencyFrac []float64 // per goal
	PowerFrac   float64
	AreaFrac    float64 // of the area without DRAM
	DRAMFrac    float64 // of the area of DRAM, against the whole area budget
}

// Weighting says what a budget that is met adds to a distance. One that is not met adds its fraction.
type Weighting uint8

// The weightings.
const (
	Eliminate Weighting = iota // 1e-9
	Dampen                     // a tenth of the fraction
	Simple                     // all of it
)

const (
	metFrac    = 0.001 // a budget is met below it
	eliminated = 1e-9
	damping    = 10
)

func (w Weighting) of(frac float64) float64 {
	switch {
	case frac >= metFrac || w == Simple:
		return math.Abs(frac)
	case w == Dampen:
		return math.Abs(frac) / damping
	}
	return eliminated
}

// Met tells whether every budget is met: a metric may exceed its budget by less than a thousandth.
func (d *Distance) Met() bool {
	for _, frac := range d.LatencyFrac {
		if frac >= metFrac {
			return false
		}
	}
	return d.PowerFrac < metFrac && d.AreaFrac < metFrac && d.DRAMFrac < metFrac
}

// Latency is the part of the latencies in Sum.
func (d *Distance) Latency(w Weighting) float64 {
	sum := 0.0
	for _, frac := range d.LatencyFrac {
		sum += w.of(frac)
	}
	return sum
}

// Power is the part of the power in Sum.
func (d *Distance) Power(w Weighting) float64 { return w.of(d.PowerFrac) }

// Area is the part of both areas in Sum.
func (d *Distance) Area(w Weighting) float64 { return w.of(d.AreaFrac) + w.of(d.DRAMFrac) }

// Sum is the city-block distance over all budgets.
func (d *Distance) Sum(w Weighting) float64 { return d.Power(w) + d.Area(w) + d.Latency(w) }

// distance compares with the budgets.
func (x *Scratch) distance() {
	s, r := x.system, &x.result
	d := &r.Distance
	d.LatencyFrac = d.LatencyFrac[:0]
	for i, goal := range s.graph.Goals {
		d.LatencyFrac = append(d.LatencyFrac, (r.LatencyS[i]-goal.LatencyBudgetS)/goal.LatencyBudgetS)
	}
	over := func(value, budget float64) float64 { return (value - budget) / budget }
	d.PowerFrac = over(r.PowerMW, s.budget.PowerMW)
	d.AreaFrac = over(r.AreaMM2-r.DRAMAreaMM2, s.budget.AreaMM2)
	d.DRAMFrac = over(r.DRAMAreaMM2, s.budget.AreaMM2)
}
