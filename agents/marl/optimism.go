package marl

import (
	"math"

	"github.com/codesign-gym/codesign/agents/policygrad"
)

// beOptimistic prepares samples for hysteretic learners: values fall 1 - optimism times as fast as they rise, and the advantages are scaled to a
// root mean square of 1, negative ones counted 1 - optimism times. It leaves the advantages' signs, which standardising would not; the Learner
// itself lessens the negative ones.
func beOptimistic(s policygrad.Samples, optimism float64) {
	squares := 0.0
	for i, a := range s.Advantages {
		if a < 0 {
			a *= 1 - optimism
			s.Returns[i] = s.Values[i] + a
		}
		squares += a * a
	}
	if squares == 0 {
		return
	}
	scale := math.Sqrt(float64(len(s.Advantages)) / squares)
	for i := range s.Advantages {
		s.Advantages[i] *= scale
	}
}
