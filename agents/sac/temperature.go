package sac

import (
	"math"

	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// temperature is the weight of the entropy, which falls while the policy's entropy is above the target and rises while it is below.
type temperature struct {
	log  [1]float64
	grad [1]float64
	adam nn.Adam
}

func newTemperature(first float64) *temperature {
	return &temperature{log: [1]float64{math.Log(first)}}
}

func (t *temperature) value() float64 { return math.Exp(t.log[0]) }

// step descends α (H - target) by ln α, for the mean of H - target.
func (t *temperature) step(excess, rate float64) {
	t.grad[0] = t.value() * excess
	t.adam.Step(t.log[:], t.grad[:], rate)
	t.log[0] = min(max(t.log[0], lowest), -lowest)
}

// lowest is the bound of ln α: beyond it nothing changes any more, and nothing must overflow.
const lowest = -20

func (t *temperature) tensor(name string) nn.Tensor {
	return nn.Tensor{Name: name, Dims: []int{len(t.log)}, Values: t.log[:]}
}
