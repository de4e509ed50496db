package accuracy

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// Net is the coefficients of a dense net of two hidden layers of rectified units on standardised inputs: for each layer the weights, one row an
// input, before the biases. They are kept as float32, as in the file.
type Net []float32

// Model is a fitted surrogate: the mean of an ensemble of nets on the numbers of an Encoding.
type Model struct {
	Header
	Mean, Scale Net // one number an input, taken off and divided by before the nets
	Nets        []Net
	Fitted      []uint32 // sorted hashes of the classes that it was fitted to, see ClassHash
}

// Header is what a file says of its model.
type Header struct {
	Space, Dataset string // of which search space and data set
	Inputs         int
	Hidden         [2]int
	Rows, Classes  int     // that it was fitted to
	ShiftLogit     float64 `json:"Shift"` // of the target, on the scale of Link
	SpreadLogit    float64 `json:"Spread"`
	Errors         Errors  // on the fifth of the classes that a fit of the same recipe did not see
	Source         string  // what the accuracies are
}

// The largest nets that a file may hold.
const (
	MaxInputs = 512
	MaxHidden = 64
	MaxNets   = 16
)

// edgePercent keeps the link finite: accuracies are learnt as if they were at least so far from 0 and 100 %.
const edgePercent = 0.05

// Link maps an accuracy to the scale on which nets learn, the logarithm of its odds: errors near 100 % weigh as much as those in the middle.
func Link(percent float64) float64 {
	p := min(max(percent, edgePercent), 100-edgePercent)
	return math.Log(p / (100 - p))
}

// unlink is the inverse of Link.
func unlink(logit float64) float64 { return 100 / (1 + math.Exp(-logit)) }

// coefficients is how many numbers a net has.
func (h Header) coefficients() int {
	return (h.Inputs+1)*h.Hidden[0] + (h.Hidden[0]+1)*h.Hidden[1] + h.Hidden[1] + 1
}

// check reports sizes that are none.
func (m *Model) check() error {
	h := m.Header
	if h.Inputs < 1 || h.Inputs > MaxInputs || min(h.Hidden[0], h.Hidden[1]) < 1 || max(h.Hidden[0], h.Hidden[1]) > MaxHidden {
		return fmt.Errorf("accuracy: model of %d inputs and hidden layers %v: want 1 to %d inputs and layers of 1 to %d", h.Inputs, h.Hidden, MaxInputs, MaxHidden)
	}
	if len(m.Nets) < 1 || len(m.Nets) > MaxNets {
		return fmt.Errorf("accuracy: model of %d nets: want 1 to %d", len(m.Nets), MaxNets)
	}
	if len(m.Mean) != h.Inputs || len(m.Scale) != h.Inputs {
		return fmt.Errorf("accuracy: model of %d inputs has %d means and %d scales", h.Inputs, len(m.Mean), len(m.Scale))
	}
	for _, n := range m.Nets {
		if len(n) != h.coefficients() {
			return fmt.Errorf("accuracy: a net of %d inputs and hidden layers %v has %d coefficients: want %d", h.Inputs, h.Hidden, len(n), h.coefficients())
		}
	}
	return nil
}

// predict is the accuracy for the numbers of a network.
func (m *Model) predict(inputs []float64) (percent float64) {
	var x [MaxInputs]float64
	for i, v := range inputs {
		x[i] = (v - float64(m.Mean[i])) / float64(m.Scale[i])
	}
	for _, n := range m.Nets {
		percent += unlink(m.ShiftLogit + m.SpreadLogit*n.forward(x[:m.Inputs], m.Hidden))
	}
	return percent / float64(len(m.Nets))
}

// forward is the output of a net.
func (n Net) forward(x []float64, hidden [2]int) float64 {
	var first, second, out [MaxHidden]float64
	n = n.layer(first[:hidden[0]], x)
	rectify(first[:hidden[0]])
	n = n.layer(second[:hidden[1]], first[:hidden[0]])
	rectify(second[:hidden[1]])
	n.layer(out[:1], second[:hidden[1]])
	return out[0]
}

// layer computes one layer from the coefficients in front and returns those behind.
func (n Net) layer(out, in []float64) Net {
	biases := n[len(in)*len(out):]
	for o := range out {
		out[o] = float64(biases[o])
	}
	for i, v := range in {
		if v == 0 {
			continue
		}
		for o, w := range n[i*len(out) : (i+1)*len(out)] {
			out[o] += v * float64(w)
		}
	}
	return biases[len(out):]
}

func rectify(x []float64) {
	for i, v := range x {
		x[i] = max(v, 0)
	}
}

// ClassHash is the first 32 bits of FNV-1a of the class of a point: which rows a model has not seen.
func ClassHash(s nas.SearchSpace, p space.Point) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s.Space().Key(s.Canonical(p)))) // never fails
	return h.Sum32()
}

// Saw tells whether the model was fitted to the class of a point; of one class in a million it says so falsely.
func (m *Model) Saw(s nas.SearchSpace, p space.Point) bool {
	_, ok := slices.BinarySearch(m.Fitted, ClassHash(s, p))
	return ok
}

// Surrogate is a Model of the networks of a space, as an Oracle. What cannot learn is known exactly.
type Surrogate struct {
	model    *Model
	searched nas.Named
	encoding Encoding
}

// NewSurrogate joins a model with its search space.
func NewSurrogate(s nas.Named, m *Model) (*Surrogate, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	e, err := Encode(s)
	if err != nil {
		return nil, err
	}
	if e.Inputs() != m.Inputs {
		return nil, fmt.Errorf("accuracy: the model of %s has %d inputs: want %d: it was fitted with another encoding", m.Space, m.Inputs, e.Inputs())
	}
	return &Surrogate{model: m, searched: s, encoding: e}, nil
}

// Model is what predicts.
func (s *Surrogate) Model() *Model { return s.model }

// Accuracy implements Oracle.
func (s *Surrogate) Accuracy(p space.Point) (Estimate, error) {
	if chance, ok := s.searched.Chance(p); ok {
		return Estimate{Percent: chance}, nil
	}
	var inputs [MaxInputs]float64
	return Estimate{Percent: s.model.predict(s.encoding.Append(inputs[:0], p)), ErrorPercent: s.model.Errors.RMSEPercent}, nil
}
