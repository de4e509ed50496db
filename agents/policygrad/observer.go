package policygrad

import (
	"math"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// settled is the number of observations after which an Observer's moments stay: one batch of the defaults. Moments that go on moving move
// the policy's inputs under it; on the cart-pole two of three runs then fell back below a return of 300.
const settled = 512

// Observer scales the values of one agent's channels for nets: (v - mean) / deviation, cut at ±10, by the moments of the first 512
// observations. The deviation of a channel with two finite bounds counts as at least a twentieth of their distance: what a first policy rarely
// reaches must not be cut off. The moments are part of what is learned.
type Observer struct {
	channels []env.Channel
	moments  []float64 // count, then mean and sum of squared deviations of each channel
}

// NewObserver makes an observer that has seen nothing.
func NewObserver(channels []env.Channel) *Observer {
	return &Observer{channels: channels, moments: make([]float64, 1+2*len(channels))}
}

// Learn adds values, one a channel, to the moments until these are settled.
func (o *Observer) Learn(values []float64) {
	if o.moments[0] >= settled {
		return
	}
	o.moments[0]++
	for i, v := range values {
		m := o.moments[1+2*i : 3+2*i]
		before := v - m[0]
		m[0] += before / o.moments[0]
		m[1] += before * (v - m[0])
	}
}

// Append appends the scaled values to dst.
func (o *Observer) Append(dst, values []float64) []float64 {
	const farthest = 10
	for i, v := range values {
		mean, deviation := o.moments[1+2*i], math.Sqrt(o.moments[2+2*i]/max(o.moments[0], 1))
		if width := o.channels[i].High - o.channels[i].Low; !math.IsInf(width, 0) {
			deviation = max(deviation, width/(2*farthest))
		}
		if deviation == 0 {
			deviation = 1
		}
		dst = append(dst, min(max((v-mean)/deviation, -farthest), farthest))
	}
	return dst
}

// Tensor is the moments, for a file.
func (o *Observer) Tensor(name string) nn.Tensor {
	return nn.Tensor{Name: name, Dims: []int{len(o.channels)}, Values: o.moments}
}
