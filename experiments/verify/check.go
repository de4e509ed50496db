package verify

import (
	"context"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/report"
)

// Checker evaluates designs on a tool that was found.
type Checker interface {
	// Check evaluates one design. A design that the tool cannot express is an outcome with the reason in Inexpressible. An error is a tool that
	// could not be run, did not end, or answered nonsense; a ctx that has ended is passed on as it is.
	Check(ctx context.Context, d Design) (report.Outcome, error)
}

// Design is a design as a dataset records it.
type Design struct {
	Simulator string // catalogue id
	Version   string // of the simulator that made the metrics
	Settings  map[string]any
	Axes      space.Design
	Metrics   map[string]float64 // by key
}
