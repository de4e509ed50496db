package loopnest

import "errors"

// Model is a checked problem on a checked architecture. It is immutable: goroutines may share it, each with a Result of its own.
type Model struct {
	problem      Problem
	architecture Architecture
}

// NewModel checks a problem and an architecture, and reports all mistakes, joined.
func NewModel(p Problem, a Architecture) (*Model, error) {
	return &Model{p, a}, errors.New("loopnest: under construction")
}

// Evaluate costs a mapping into a result, which it overwrites. An error is a mapping that does not belong to the model: wrong levels, unknown
// dimensions or tensors, loops that do not cover a dimension. A mapping that does not fit is a result, see Result.Infeasible.
func (m *Model) Evaluate(mapping *Mapping, r *Result) error {
	return errors.New("loopnest: under construction")
}

// Problem returns the checked problem, defaults filled in. Do not change it.
func (m *Model) Problem() *Problem { return &m.problem }

// Architecture returns the checked architecture, defaults filled in. Do not change it.
func (m *Model) Architecture() *Architecture { return &m.architecture }
