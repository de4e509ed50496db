package functions

import "github.com/codesign-gym/codesign/env/space"

// Function is a test function.
type Function struct {
	Name, Doc   string // the first line of Doc is one sentence
	Space       space.Space
	Objectives  int
	Constraints int
	Best        float64   // of one objective: the least value of any feasible design; NaN for several
	Reference   []float64 // of several objectives: the worst corner, from which their hypervolume is measured; nil for one
	// Eval returns the minimised objectives and the constraints, which hold when they are <= 0. It is pure.
	Eval func(p space.Point) (objectives, constraints []float64)
}

// All lists the eight functions of one objective, then the three of several.
func All() []Function {
	return []Function{
		Branin(), Hartmann6(), Rosenbrock10(), Ackley20(), NK20(), Trap30(), Knapsack30(), TileAccel(), ZDT1(), ZDT2(), DTLZ2(),
	}
}

// values are the numbers of a point on ordinal axes.
func values(s space.Space, p space.Point) []float64 {
	v := make([]float64, len(p))
	for axis, level := range p {
		v[axis] = s.Param(axis).Values[level]
	}
	return v
}
