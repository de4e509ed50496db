package agenttest

import (
	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
)

// Function is a test function whose optimum is known or bounded, as package internal/functions defines it: a stand-in for a simulator in
// tests and comparisons of agents. Eval minimises; Trial negates the objectives.
type Function struct{ functions.Function }

// Functions lists the eight functions of one objective, then the three of several.
func Functions() []Function {
	all := functions.All()
	list := make([]Function, len(all))
	for i, f := range all {
		list[i] = Function{f}
	}
	return list
}

// Branin is smooth on two ordinal axes.
func Branin() Function { return Function{functions.Branin()} }

// Hartmann6 is smooth on six ordinal axes.
func Hartmann6() Function { return Function{functions.Hartmann6()} }

// Rosenbrock10 is a curved valley on ten ordinal axes.
func Rosenbrock10() Function { return Function{functions.Rosenbrock10()} }

// Ackley20 is rugged on eight ordinal and twelve nominal axes.
func Ackley20() Function { return Function{functions.Ackley20()} }

// NK20 is a landscape of 20 nominal axes that interact.
func NK20() Function { return Function{functions.NK20()} }

// Trap30 is six deceptive traps on 30 nominal axes.
func Trap30() Function { return Function{functions.Trap30()} }

// Knapsack30 has three constraints on 30 nominal axes.
func Knapsack30() Function { return Function{functions.Knapsack30()} }

// TileAccel has the shape of an accelerator's design space, with two constraints.
func TileAccel() Function { return Function{functions.TileAccel()} }

// ZDT1 has two objectives and a convex front.
func ZDT1() Function { return Function{functions.ZDT1()} }

// ZDT2 has two objectives and a concave front.
func ZDT2() Function { return Function{functions.ZDT2()} }

// DTLZ2 has three objectives.
func DTLZ2() Function { return Function{functions.DTLZ2()} }

// Problem is what an agent for the function is made for.
func (f Function) Problem(budget int) agents.Problem {
	return agents.Problem{Space: f.Space, Objectives: f.Objectives, Constraints: f.Constraints, Budget: budget}
}

// Trial evaluates a design as a study does: objectives maximised, the last violation that of the simulator (0).
func (f Function) Trial(p space.Point) agents.Trial {
	objectives, constraints := f.Eval(p)
	maximised := make([]float64, len(objectives))
	for i, v := range objectives {
		maximised[i] = -v
	}
	violations := make([]float64, len(constraints)+1)
	copy(violations, constraints)
	return agents.Trial{Point: p, Objectives: maximised, Violations: violations}
}
