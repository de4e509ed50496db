package nas

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// The widths that WithBits takes.
const (
	MinBits = 2
	MaxBits = 16
)

// BitChoices are the widths that a search may choose from, ascending. One is fixed; none leaves the widths to the accelerator's word.
type BitChoices struct{ Weights, Activations []int }

// Quantised is a space with a bit-width gene for each part of its networks: one axis for the weights and one for the activations, active where the
// network has the part.
type Quantised struct {
	base    Partitioned
	space   space.Space
	choices BitChoices
	index   partIndex
	axes    [][2]int // of each part: weights, activations; -1 = no axis
}

// WithBits adds bit widths to a space.
func WithBits(base Partitioned, c BitChoices) (*Quantised, error) {
	if err := errors.Join(checkBits("weight", c.Weights), checkBits("activation", c.Activations)); err != nil {
		return nil, err
	}
	q := &Quantised{base: base, choices: c, index: indexParts(base.Parts())}
	var params []space.Param
	for _, p := range base.Space().Params() {
		params = append(params, p)
	}
	for _, part := range base.Parts() {
		at := [2]int{-1, -1}
		for i, operand := range []struct {
			name string
			bits []int
		}{{"weight", c.Weights}, {"activation", c.Activations}} {
			if len(operand.bits) < 2 {
				continue
			}
			at[i] = len(params)
			params = append(params, space.Param{
				Name: part.Name + "_" + operand.name + "_bits", Unit: "bits", Doc: fmt.Sprintf("width of the %ss of %s", operand.name, part.Name), Group: "bits",
				Kind: space.Ordinal, Values: floats(operand.bits), When: part.When,
			})
		}
		q.axes = append(q.axes, at)
	}
	var err error
	q.space, err = space.New(params...)
	return q, err
}

// checkBits reports widths that are out of range or do not ascend.
func checkBits(operand string, choices []int) error {
	for i, bits := range choices {
		if bits < MinBits || bits > MaxBits || i > 0 && bits <= choices[i-1] {
			return fmt.Errorf("nas: %s bits %v: want ascending widths in [%d, %d]", operand, choices, MinBits, MaxBits)
		}
	}
	return nil
}

// Space implements SearchSpace: the axes of the base, then those of the parts in the group "bits".
func (q *Quantised) Space() space.Space { return q.space }

// Base is the space without widths; the first axes of a point are a point of it.
func (q *Quantised) Base() Partitioned { return q.base }

// Parts implements Partitioned.
func (q *Quantised) Parts() []Part { return q.base.Parts() }

// Canonical implements SearchSpace. Networks with widths are equal only where their points are: the classes of the base exchange layers, whose widths would
// have to move with them.
func (q *Quantised) Canonical(p space.Point) space.Point { return q.space.Canonical(p) }

// Decode implements SearchSpace: the network of the base, with the widths of its parts.
func (q *Quantised) Decode(p space.Point) (dnn.Network, error) {
	if err := q.space.Check(p); err != nil {
		return dnn.Network{}, fmt.Errorf("nas: bits: %w", err)
	}
	n, err := q.base.Decode(p[:q.base.Space().Len()])
	if err != nil {
		return dnn.Network{}, err
	}
	for i := range n.Layers {
		l := &n.Layers[i]
		part, ok := q.index.of(l.Name)
		if !ok || l.MACs() == 0 {
			continue
		}
		l.Bits.Activation = q.width(p, q.choices.Activations, q.axes[part][1])
		if l.HasFilters() {
			l.Bits.Weight = q.width(p, q.choices.Weights, q.axes[part][0])
		}
	}
	return n, nil
}

// width is the choice of a point; 0 where there is none.
func (q *Quantised) width(p space.Point, choices []int, axis int) int {
	switch {
	case axis >= 0:
		return choices[p[axis]]
	case len(choices) == 1:
		return choices[0]
	}
	return 0
}

// floats are integers as the values of an axis.
func floats(list []int) []float64 {
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = float64(v)
	}
	return out
}
