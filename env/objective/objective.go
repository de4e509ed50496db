package objective

import "github.com/codesign-gym/codesign/simulators"

// Score is what an objective makes of a result: what agents are told.
type Score struct {
	Objectives []float64 // maximised, every one finite; nil when the result is infeasible or failed
	Violations []float64 // one a constraint, <= 0 holds; the last is Result.Violation (0 for a design that was evaluated)
}

// Objective turns results into scores. It is immutable and safe for concurrent use.
//
// Score returns fresh slices. An expression that is not finite for a result (0/0, log of a negative) is an error that names it: the study
// counts the trial as failed. Reward is the one number a learner receives for a score; it is finite for every score, grows with the single
// objective, and is lower for a score without objectives or with violations than for a feasible one, by each kind's documented law.
type Objective interface {
	Objectives() []Term  // what is maximised, one an entry of Score.Objectives
	Constraints() []Term // one an entry of Score.Violations, without the last
	Score(r simulators.Result) (Score, error)
	Reward(s Score) float64
}

// Term names one objective or constraint.
type Term struct {
	Name     string  // the expression as written: "latency_ns", "energy_pj * latency_ns"
	Unit     string  // of the expression when it is a plain metric; else empty
	Minimise bool    // of an objective: Objectives holds the negated value
	Bound    float64 // of a constraint: the limit
	AtLeast  bool    // of a constraint: the value must be at least Bound; else at most
	Scale    float64 // of a constraint: a violation is the distance from Bound over Scale
}

// Value is the constraint's own value for an entry of Score.Violations, up to rounding: the inverse of the violation's law.
func (t Term) Value(violation float64) float64 {
	if t.AtLeast {
		violation = -violation
	}
	return t.Bound + violation*t.Scale
}
