package regress

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// The shape and training of the nets.
const (
	netCount = 3
	netWidth = 32
	netRate  = 3e-3
	netSteps = 1500 // of Adam, a net
	netBatch = 64
)

// Ensemble is the mean of some nets of one shape over standardised targets.
type Ensemble struct {
	Features int         `json:"features"`
	Hidden   []int       `json:"hidden"`
	Params   [][]float64 `json:"params"` // of each net, as nn.Net has them
	Shift    float64     `json:"shift"`
	Scale    float64     `json:"scale"`
}

func (m *Ensemble) shape() nn.Shape {
	return nn.Shape{Inputs: m.Features, Hidden: m.Hidden, Outputs: 1, Activation: nn.Tanh}
}

func fitNets(d Data, rng *rand.Rand) (*Ensemble, error) {
	m := &Ensemble{Features: d.Features(), Hidden: []int{netWidth, netWidth}, Shift: meanOf(d.Y)}
	for _, y := range d.Y {
		m.Scale += (y - m.Shift) * (y - m.Shift) / float64(len(d.Y))
	}
	m.Scale = math.Sqrt(m.Scale)
	for range netCount {
		net := nn.New(m.shape(), rng)
		m.train(net, d, rng)
		m.Params = append(m.Params, append([]float64(nil), net.Params()...))
	}
	return m, nil
}

// train steps over shuffled rows.
func (m *Ensemble) train(net *nn.Net, d Data, rng *rand.Rand) {
	var adam nn.Adam
	batch := min(netBatch, len(d.Y))
	x, slope := make([]float64, 0, batch*m.Features), make([]float64, batch)
	var order []int
	for step := range netSteps {
		x = x[:0]
		if len(order) < batch {
			order = rng.Perm(len(d.Y))
		}
		for _, i := range order[:batch] {
			x = append(x, d.Row(i)...)
		}
		out := net.Forward(x, batch)
		for k, i := range order[:batch] {
			slope[k] = (out[k] - (d.Y[i]-m.Shift)/m.Scale) / float64(batch)
		}
		order = order[batch:]
		net.Clear()
		net.Backward(slope)
		adam.Step(net.Params(), net.Grads(), netRate*(1+math.Cos(math.Pi*float64(step)/netSteps))/2)
	}
}

// check reports parameters that are not those of the shape.
func (m *Ensemble) check() error {
	if m.Features < 1 || len(m.Params) == 0 {
		return fmt.Errorf("regress: %d nets of %d features", len(m.Params), m.Features)
	}
	want, inputs := 0, m.Features
	for _, width := range append(append([]int(nil), m.Hidden...), 1) {
		if width < 1 {
			return fmt.Errorf("regress: a layer of %d", width)
		}
		want, inputs = want+(inputs+1)*width, width
	}
	for i, params := range m.Params {
		if len(params) != want {
			return fmt.Errorf("regress: net %d has %d parameters, its shape %d", i, len(params), want)
		}
	}
	return nil
}

// Predict implements Model.
func (m *Ensemble) Predict(x, into []float64) {
	clear(into)
	for _, params := range m.Params {
		net := nn.New(m.shape(), rand.New(rand.NewPCG(0, 0))) // a net of one's own: it keeps its scratch
		copy(net.Params(), params)
		for i, z := range net.Forward(x, len(into)) {
			into[i] += (m.Shift + m.Scale*z) / float64(len(m.Params))
		}
	}
}
