package soc

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

// Met tells whether every budget is met: a metric may exceed its budget by less than a thousandth.
func (d Distance) Met() bool { return false }

// Latency is the part of the latencies in Sum.
func (d Distance) Latency(w Weighting) float64 { return 0 }

// Power is the part of the power in Sum.
func (d Distance) Power(w Weighting) float64 { return 0 }

// Area is the part of both areas in Sum.
func (d Distance) Area(w Weighting) float64 { return 0 }

// Sum is the city-block distance over all budgets.
func (d Distance) Sum(w Weighting) float64 { return 0 }
