package dnn

import (
	"errors"
	"fmt"
)

// Bits are the widths of what a layer multiplies. A width of 0 is that of the accelerator's word. Counts of elements do not depend on widths.
type Bits struct {
	Weight     int // of the trained K×N operand; a layer without filters has none
	Activation int // of what the layer reads; in a GEMM without Weights of both operands
}

// OperandBits are the widths of the activations that the layer reads and of what it multiplies them by, where a word has so many bits.
func (l Layer) OperandBits(wordBits int) (activation, other int) {
	activation, other = l.Bits.Activation, l.Bits.Weight
	if activation == 0 {
		activation = wordBits
	}
	switch {
	case !l.HasFilters():
		other = activation
	case other == 0:
		other = wordBits
	}
	return activation, other
}

// WeightBytes is the storage of the trained values of all copies of all layers: weights at their widths, all others at a word of so many bits.
// Each layer ends on a whole byte. The word lies in [1, MaxWordBits], see Bytes.
func (n Network) WeightBytes(wordBits int) (bytes int64) {
	for _, l := range n.Layers {
		weights := l.WeightElements() * l.Copies()
		width := wordBits
		if l.HasFilters() {
			_, width = l.OperandBits(wordBits)
		}
		bytes += Bytes(weights, width) + Bytes(l.Parameters()*l.Copies()-weights, wordBits)
	}
	return bytes
}

// checkBits reports widths out of range, and those of operands that the layer does not have.
func (l Layer) checkBits() error {
	if l.Bits == (Bits{}) {
		return nil
	}
	var errs []error
	for _, w := range []struct {
		name string
		bits int
		used bool
		why  string
	}{
		{"weight", l.Bits.Weight, l.HasFilters(), "the layer has no weights"},
		{"activation", l.Bits.Activation, l.HasFilters() || l.Op == GEMM, "the layer multiplies nothing"},
	} {
		switch {
		case w.bits != 0 && !w.used:
			errs = append(errs, fmt.Errorf("%s bits %d are not used: want 0 (%s)", w.name, w.bits, w.why))
		case w.bits < 0 || w.bits > MaxWordBits:
			errs = append(errs, fmt.Errorf("%s bits %d out of range [1, %d], or 0 for the accelerator's word", w.name, w.bits, MaxWordBits))
		}
	}
	return errors.Join(errs...)
}
