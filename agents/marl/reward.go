package marl

import (
	"math"

	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// settled is the number of rewards after which their scale stays, as policygrad.Observer's does.
const settled = 512

// rewardScale divides rewards by the root mean square of the first 512, so that values are of the order of 1 whatever the unit: a critic moves no
// faster than its learning rate, and an actor must not converge before it. It is part of what is learned.
type rewardScale struct{ moments [2]float64 } // count, mean square

// scaled learns the reward and returns it scaled.
func (s *rewardScale) scaled(reward float64) float64 {
	if s.moments[0] < settled {
		s.moments[0]++
		s.moments[1] += (reward*reward - s.moments[1]) / s.moments[0]
	}
	if s.moments[1] == 0 {
		return reward
	}
	return reward / math.Sqrt(s.moments[1])
}

// tensor is the moments, for a file.
func (s *rewardScale) tensor(name string) nn.Tensor {
	return nn.Tensor{Name: name, Dims: []int{len(s.moments)}, Values: s.moments[:]}
}
