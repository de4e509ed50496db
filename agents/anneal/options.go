package anneal

import (
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Temperature float64 // T0, at the first trial; zero means DefaultTemperature
	Final       float64 // T1, at the last trial, a larger one counts as Temperature; zero means Temperature/100
	Depth       int     // moves of a chain along advice; zero, and without advice, means 1
}

// The defaults of Options, and of the depth of a guided search.
const (
	DefaultTemperature = 1.0
	DefaultDepth       = 10 // source: the published FARSI program's depth of a chain
	finalShare         = 0.01
)

// defaultBudget is how many trials the temperature falls over when the budget is unknown.
const defaultBudget = 1000

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults() (Options, error) {
	if o.Temperature == 0 {
		o.Temperature = DefaultTemperature
	}
	if o.Final == 0 {
		o.Final = o.Temperature * finalShare
	}
	if o.Depth == 0 {
		o.Depth = 1
	}
	var wrong mistakes.List
	wrong.If(!(o.Temperature > 0), "temperature %v must be above 0", o.Temperature)
	wrong.If(!(o.Final > 0), "final %v must be above 0", o.Final)
	wrong.If(o.Depth < 1, "depth %d must be at least 1", o.Depth)
	o.Final = min(o.Final, o.Temperature)
	return o, wrong.Err()
}
