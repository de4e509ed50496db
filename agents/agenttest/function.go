package agenttest

import (
	"math"
	"strconv"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// Function is a test function whose optimum is known or bounded: a stand-in for a simulator in tests and comparisons of agents.
type Function struct {
	Name        string
	Space       space.Space
	Objectives  int // minimised by Eval; Trial negates them
	Constraints int
	Best        float64 // of one objective: the least value of any feasible design
	// Eval returns the minimised objectives and the constraints, which hold when they are <= 0. It is pure.
	Eval func(p space.Point) (objectives, constraints []float64)
}

// Functions lists the eight functions of one objective, then the three of several.
func Functions() []Function {
	return []Function{
		Branin(), Hartmann6(), Rosenbrock10(), Ackley20(), NK20(), Trap30(), Knapsack30(), TileAccel(), ZDT1(), ZDT2(), DTLZ2(),
	}
}

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

// ordinals declares n ordinal axes of the given number of levels, equally spaced over [low, high].
func ordinals(n, levels int, low, high float64) []space.Param {
	values := make([]float64, levels)
	for i := range values {
		values[i] = low + float64(i)*(high-low)/float64(levels-1)
	}
	params := make([]space.Param, n)
	for i := range params {
		params[i] = space.Param{Name: "x" + strconv.Itoa(i), Kind: space.Ordinal, Values: values}
	}
	return params
}

// nominals declares n nominal axes of the given number of labels, with a name that starts with prefix.
func nominals(prefix string, n, levels int) []space.Param {
	labels := make([]string, levels)
	for i := range labels {
		labels[i] = strconv.Itoa(i)
	}
	params := make([]space.Param, n)
	for i := range params {
		params[i] = space.Param{Name: prefix + strconv.Itoa(i), Kind: space.Nominal, Labels: labels}
	}
	return params
}

// mustSpace is the space of axes that are constants of this package, hence valid.
func mustSpace(params ...space.Param) space.Space {
	s, err := space.New(params...)
	if err != nil {
		panic("agenttest: " + err.Error())
	}
	return s
}

// values are the numbers of a point on ordinal axes.
func values(s space.Space, p space.Point) []float64 {
	v := make([]float64, len(p))
	for axis, level := range p {
		v[axis] = s.Param(axis).Values[level]
	}
	return v
}

// hash01 maps (seed, a, b) to [0, 1): splitmix64's finaliser over an affine index, so that every language rebuilds the same tables.
func hash01(seed, a, b uint64) float64 {
	z := seed + 0x9E3779B97F4A7C15*(1+a*1000003+b)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	z ^= z >> 31
	return float64(z>>11) / (1 << 53)
}

// hashInt is hash01 scaled to 0 … n-1.
func hashInt(seed, a, b uint64, n int) int { return int(math.Floor(hash01(seed, a, b) * float64(n))) }
