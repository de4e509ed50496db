package objective

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/simulators"
)

// farthest limits violations, so that sums of them stay finite.
const farthest = 1e300

// Score implements Objective. It allocates one array for both slices of the score, and what expressions need.
func (c *compiled) Score(r simulators.Result) (Score, error) {
	if r.Values == nil && r.Infeasible == "" && r.Failed == "" {
		return Score{}, fmt.Errorf("objective: the result has neither values nor a reason why not")
	}
	if r.Values != nil && len(r.Values) != c.metrics {
		return Score{}, fmt.Errorf("objective: the result has %d values: must have %d, one a metric", len(r.Values), c.metrics)
	}
	n := len(c.objectives)
	numbers := make([]float64, n+len(c.limits)+1)
	s := Score{Violations: numbers[n:]}
	if r.Violation > 0 {
		s.Violations[len(c.limits)] = min(r.Violation, farthest)
	}
	if r.Values == nil {
		for i := range c.limits {
			s.Violations[i] = 1
		}
		return s, nil
	}
	s.Objectives = numbers[:n:n]
	if err := c.measure(s.Objectives, r.Values); err != nil {
		return Score{}, err
	}
	for i, l := range c.limits {
		x, err := l.term.value(r.Values)
		if err != nil {
			return Score{}, err
		}
		s.Violations[i] = min(max(l.sign*(x-l.bound)/l.scale, -farthest), farthest)
	}
	return s, nil
}

// measure writes the objectives of evaluated metrics into dst.
func (c *compiled) measure(dst, values []float64) error {
	if c.kind == Ratio {
		dst[0] = 1
	}
	for i, g := range c.goals {
		x, err := g.term.value(values)
		if err != nil {
			return err
		}
		switch c.kind {
		case Spec, Pareto:
			dst[i] = g.factor * x
		case Weighted, Penalty:
			dst[0] += g.factor * x
		case Ratio:
			dst[0] *= min(c.cap, g.target/math.Abs(x-g.target))
		}
	}
	if math.IsInf(dst[0], 0) || math.IsNaN(dst[0]) {
		return fmt.Errorf("objective: %s is %v for this result: it must be finite", c.objectives[0].Name, dst[0])
	}
	return nil
}

// Reward implements Objective by the laws of the package comment.
func (c *compiled) Reward(s Score) float64 {
	if c.kind == Penalty {
		return c.penaltyReward(s)
	}
	if s.Objectives == nil {
		return -1 - unevaluated(s)
	}
	if v := s.Violation(); v > 0 {
		return -v / (1 + v)
	}
	if c.kind == Ratio {
		return s.Objectives[0]
	}
	sum := 0.0
	for _, o := range s.Objectives {
		sum += squash(o)
	}
	return sum / float64(len(s.Objectives))
}

func (c *compiled) penaltyReward(s Score) float64 {
	floor := -10 * c.rho
	if s.Objectives == nil {
		return floor - 1 - unevaluated(s)
	}
	reward := s.Objectives[0] - c.rho*s.Violation()
	if below := floor - reward; below > 0 {
		return floor - 1/(1+1/below)
	}
	return reward
}

// unevaluated is U/(1+U) of a score without objectives: 1, the worst, when U is not known.
func unevaluated(s Score) float64 {
	if n := len(s.Violations); n > 0 && s.Violations[n-1] > 0 {
		u := s.Violations[n-1]
		return u / (1 + u)
	}
	return 1
}

// Violation is the sum of the positive violations: 0 when every constraint holds.
func (s Score) Violation() float64 {
	sum := 0.0
	for _, v := range s.Violations {
		sum += max(v, 0)
	}
	return sum
}

// Feasible tells whether the design was evaluated and every constraint holds.
func (s Score) Feasible() bool { return s.Objectives != nil && s.Violation() == 0 }

// squash maps the finite numbers monotonically into (0, 1).
func squash(o float64) float64 {
	l := math.Asinh(o)
	return (1 + l/(1+math.Abs(l))) / 2
}
