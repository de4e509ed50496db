package verify

import (
	"context"
	"math"

	"github.com/codesign-gym/codesign/env/space"
)

// Checker evaluates designs on a tool that was found.
type Checker interface {
	// Check evaluates one design. A design that the tool cannot express is an Outcome with the reason in Inexpressible. An error is a tool that
	// could not be run, did not end, or answered nonsense; a ctx that has ended is passed on as it is.
	Check(ctx context.Context, d Design) (Outcome, error)
}

// Design is a design as a dataset records it.
type Design struct {
	Simulator string // catalogue id
	Version   string // of the simulator that made the metrics
	Settings  map[string]any
	Axes      space.Design
	Metrics   map[string]float64 // by key
}

// Outcome is what a tool makes of a design.
type Outcome struct {
	As            string    `json:"as,omitempty"` // how the design is expressed in the tool
	Readings      []Reading `json:"readings,omitempty"`
	Inexpressible string    `json:"inexpressible,omitempty"` // why the tool cannot express it
	Failed        string    `json:"failed,omitempty"`        // what went wrong with the tool
}

// Reading is one quantity on both sides.
type Reading struct {
	Metric string  `json:"metric"` // its key, or keys joined by +
	Unit   string  `json:"unit,omitempty"`
	Ours   float64 `json:"ours"`
	Theirs float64 `json:"theirs"`
}

// RelativeDifference is theirs beyond ours, as a part of ours; +Inf where ours is 0 and theirs is not.
func (r Reading) RelativeDifference() float64 {
	if r.Ours == r.Theirs {
		return 0
	}
	return (r.Theirs - r.Ours) / math.Abs(r.Ours)
}

// largest is the largest relative difference of the readings, in size, and where it is; 0 of none.
func (o Outcome) largest() (difference float64, metric string) {
	for _, r := range o.Readings {
		if d := math.Abs(r.RelativeDifference()); d > difference {
			difference, metric = d, r.Metric
		}
	}
	return difference, metric
}

// equalTo is the relative difference up to which two figures are equal: tools print six digits and more.
const equalTo = 1e-6

// equal counts the readings that agree.
func (o Outcome) equal() (n int) {
	for _, r := range o.Readings {
		if math.Abs(r.RelativeDifference()) <= equalTo {
			n++
		}
	}
	return n
}
