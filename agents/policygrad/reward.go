package policygrad

import (
	"math"

	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// RewardScale divides rewards by the root mean square of the first 512 (as many as an Observer looks at), so that values are of the order of 1 whatever
// the unit: a critic moves no faster than its learning rate, and an actor must not converge before it. It is part of what is learned. The zero value
// has seen none.
type RewardScale struct{ moments [2]float64 } // count, mean square

// Scaled learns the reward and returns it scaled.
func (s *RewardScale) Scaled(reward float64) float64 {
	s.Learn(reward)
	return s.Scale(reward)
}

// Learn adds a reward to the moments until these are settled.
func (s *RewardScale) Learn(reward float64) {
	if s.moments[0] < settled {
		s.moments[0]++
		s.moments[1] += (reward*reward - s.moments[1]) / s.moments[0]
	}
}

// Scale is the reward by the present scale.
func (s *RewardScale) Scale(reward float64) float64 {
	if s.moments[1] == 0 {
		return reward
	}
	return reward / math.Sqrt(s.moments[1])
}

// Tensor is the moments, for a file.
func (s *RewardScale) Tensor(name string) nn.Tensor {
	return nn.Tensor{Name: name, Dims: []int{len(s.moments)}, Values: s.moments[:]}
}
