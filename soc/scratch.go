package soc

import "errors"

// Scratch is memory that simulations reuse; the zero value is ready. Not for concurrent use.
type Scratch struct{}

// Simulate runs the design. The error is an *Invalid for a design that breaks a rule. The result is overwritten by the next call: see Result.Clone.
func (x *Scratch) Simulate(s *System, d *Design) (*Result, error) {
	return nil, errors.New("soc: not built")
}

// Explain runs the design as Simulate does, and keeps what happens in each phase.
func (x *Scratch) Explain(s *System, d *Design) (*Result, *Timeline, error) {
	return nil, nil, errors.New("soc: not built")
}

// Clone is a copy that no scratch owns.
func (r *Result) Clone() *Result { return r }
