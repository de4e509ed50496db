package offpolicy

import (
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// Utilities is the value that one agent gives to each of its actions: a number a level of each axis and, of a small space, a further one an action.
// It keeps the scratch of the last Forward and serves one goroutine.
type Utilities struct {
	space  space.Space
	inputs int
	net    *nn.Net // nil: there is nothing to choose
	heads  []head
	jointly
	adam   nn.Adam
	rows   int       // of the last Forward
	values []float64 // rows x outputs
	deltas []float64 // the gradient by them
}

// head is where the values of one axis' levels are among the outputs.
type head struct {
	axis, at, levels int
	ordered          bool
}

// jointly is the values of whole actions, beside those of their levels.
type jointly struct {
	at     int           // of the first among the outputs
	points []space.Point // the actions; none: the space is too large
	index  []int         // of an action's level vector in mixed radix -> its place in points
}

// UtilitiesOptions declare utilities. Their zero value is linear in the observation and a sum over the axes.
type UtilitiesOptions struct {
	Hidden     []int         // hidden layers; none means linear
	Activation nn.Activation // zero means tanh
	Ordered    bool          // of ordinal axes the outputs are the steps from level to level, so that what is learned of one moves those beyond it
	Joint      int           // spaces of at most that many actions have a value of each action, too
}

// NewUtilities makes utilities of the actions of a space that observe the given number of values.
func NewUtilities(s space.Space, inputs int, o UtilitiesOptions, rng *rand.Rand) *Utilities {
	u := &Utilities{space: s, inputs: inputs}
	outputs := 0
	for axis, param := range s.Params() {
		if levels := s.Levels(axis); levels > 1 {
			u.heads = append(u.heads, head{axis, outputs, levels, o.Ordered && param.Kind == space.Ordinal && levels > 2})
			outputs += levels
		}
	}
	if raw := s.RawSize(); len(u.heads) > 1 && raw.IsInt64() && raw.Int64() <= int64(o.Joint) {
		u.jointly = jointly{at: outputs, points: slices.Collect(s.Points()), index: make([]int, raw.Int64())}
		for i, p := range u.points {
			u.index[u.mixed(p)] = i
		}
		outputs += len(u.points)
	}
	if outputs == 0 {
		return u
	}
	shape := nn.Shape{Inputs: inputs, Hidden: o.Hidden, Outputs: outputs, Activation: o.Activation, Gain: categorical.DefaultGain}
	if inputs == 0 {
		shape.Hidden = nil
	}
	u.net = nn.New(shape, rng)
	return u
}

// mixed is a level vector as a number in mixed radix.
func (u *Utilities) mixed(p space.Point) int {
	key := 0
	for axis, level := range p {
		key = key*u.space.Levels(axis) + level
	}
	return key
}

// Outputs is how many values a row has.
func (u *Utilities) Outputs() int {
	if u.net == nil {
		return 0
	}
	return u.net.Shape().Outputs
}

// Forward computes the values for rows of observations.
func (u *Utilities) Forward(obs []float64, rows int) {
	u.rows = rows
	u.values, u.deltas = sized(u.values, rows*u.Outputs()), sized(u.deltas, rows*u.Outputs())
	clear(u.deltas)
	if u.net == nil {
		return
	}
	copy(u.values, u.net.Forward(obs, rows))
	for row := range rows {
		for _, h := range u.heads {
			if !h.ordered {
				continue
			}
			values := u.levels(row, h)
			for l := 1; l < h.levels; l++ {
				values[l] += values[l-1]
			}
		}
	}
}

// levels is the values of one axis' levels.
func (u *Utilities) levels(row int, h head) []float64 {
	at := row*u.Outputs() + h.at
	return u.values[at : at+h.levels]
}

// Levels is the values of the levels of an axis in a row, nil where it has one level.
func (u *Utilities) Levels(row, axis int) []float64 {
	for _, h := range u.heads {
		if h.axis == axis {
			return u.levels(row, h)
		}
	}
	return nil
}

// Value is the utility of an action: the sum of its active axes' values, and its own where actions have one.
func (u *Utilities) Value(row int, p space.Point) float64 {
	total := 0.0
	for _, h := range u.heads {
		if u.space.Active(p, h.axis) {
			total += u.levels(row, h)[p[h.axis]]
		}
	}
	if u.points != nil {
		total += u.values[row*u.Outputs()+u.at+u.index[u.mixed(p)]]
	}
	return total
}

// AddGradient adds to the gradient of the values of a row that by the utility of an action.
func (u *Utilities) AddGradient(row int, p space.Point, by float64) {
	deltas := u.deltas[row*u.Outputs() : (row+1)*u.Outputs()]
	for _, h := range u.heads {
		if u.space.Active(p, h.axis) {
			deltas[h.at+p[h.axis]] += by
		}
	}
	if u.points != nil {
		deltas[u.at+u.index[u.mixed(p)]] += by
	}
}

// Learn takes one gradient step by what AddGradient gathered for the rows of the last Forward.
func (u *Utilities) Learn(rate, maxNorm float64) {
	if u.net == nil {
		return
	}
	u.toOutputs()
	u.net.Backward(u.deltas)
	if maxNorm > 0 {
		nn.ClipNorm(maxNorm, u.net)
	}
	u.adam.Step(u.net.Params(), u.net.Grads(), rate)
	u.net.Clear()
}

// toOutputs turns the gradient by the values into that by the net's outputs.
func (u *Utilities) toOutputs() {
	for row := range u.rows {
		for _, h := range u.heads {
			if !h.ordered {
				continue
			}
			deltas := u.deltas[row*u.Outputs()+h.at:][:h.levels]
			for l := h.levels - 2; l >= 0; l-- { // output k moves the levels k, k+1, …
				deltas[l] += deltas[l+1]
			}
		}
	}
}

// Follow moves the parameters towards those of utilities of the same shape: by 1 it copies them.
func (u *Utilities) Follow(other *Utilities, rate float64) {
	if u.net != nil {
		Follow(u.net, other.net, rate)
	}
}

// Follow moves a net's parameters towards those of another of the same shape, as targets do: by 1 it copies them.
func Follow(target, n *nn.Net, rate float64) {
	to := n.Params()
	for i, v := range target.Params() {
		target.Params()[i] = v + rate*(to[i]-v)
	}
}

// Tensors is the parameters for a file, under a name.
func (u *Utilities) Tensors(name string) []nn.Tensor {
	if u.net == nil {
		return nil
	}
	return []nn.Tensor{u.net.Tensor(name)}
}

func sized(old []float64, length int) []float64 {
	if cap(old) < length {
		return make([]float64, length)
	}
	return old[:length]
}
