package asic

import (
	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators"
)

// wordBits is the width of a multiplier's operands, of outputs, and of what states none.
const wordBits = 8

// The data paths.
const (
	fixedPath      = "fixed"
	composablePath = "composable"
)

// DatapathSetting is a further setting of OpenSearched, for networks whose layers state widths.
func DatapathSetting() simulators.Setting {
	return simulators.Setting{
		Name: "datapath", Doc: "multipliers of 8 bits, or such that divide into narrower ones (Bit Fusion)", Default: fixedPath, Allowed: []string{fixedPath, composablePath},
	}
}

// widths are the bits of what a layer multiplies: its activations, and weights or other activations. The zero value is a word each.
type widths struct{ activation, operand int }

// widthsOf are the widths that a layer states.
func widthsOf(l dnn.Layer) widths {
	activation, operand := l.OperandBits(wordBits)
	if activation == wordBits && operand == wordBits {
		return widths{}
	}
	return widths{activation, operand}
}

// bits spells out the zero value.
func (b widths) bits() (activation, operand int) {
	if b == (widths{}) {
		return wordBits, wordBits
	}
	return b.activation, b.operand
}

// energyMACs is the energy of a layer: buffers by the bits that move, multipliers by the product of their widths.
func (b widths) energyMACs(s dataflow.Stats) float64 {
	if b == (widths{}) {
		return s.EnergyMACs()
	}
	energy := float64(s.MACs) * float64(b.activation*b.operand) / (wordBits * wordBits)
	for t, bits := range b.operands() {
		a := s.Operands[t]
		moved := dataflow.L2EnergyMACs*float64(a.L2Reads+a.L2Writes) + dataflow.L1EnergyMACs*float64(a.L1Reads+a.L1Writes)
		energy += moved * float64(bits) / wordBits
	}
	return energy
}

// operands are the widths by operand of the engine.
func (b widths) operands() [3]int {
	activation, operand := b.bits()
	return [3]int{dataflow.Input: activation, dataflow.Weight: operand, dataflow.Output: wordBits}
}

// offchipBytes is each operand once, a whole number of bytes a layer. Layers with widths of their own are from package dnn, so that their bits fit an int64.
func (b widths) offchipBytes(l dataflow.Layer) int64 {
	var words, bits int64
	for t, width := range b.operands() {
		if elements := l.Elements(dataflow.Tensor(t)); width == wordBits {
			words += elements
		} else {
			bits += elements * int64(width)
		}
	}
	return words + (bits+7)/8
}

// passes is how often a multiplier takes a product, bytes what an element takes in a buffer.
func (b widths) passes() int64 {
	activation, operand := b.bits()
	return wordsOf(activation) * wordsOf(operand)
}

func (b widths) bytes() int64 { return wordsOf(max(b.bits())) }

func wordsOf(bits int) int64 { return int64(bits+wordBits-1) / wordBits }

// lanes is how many products a multiplier that divides takes at once, each operand rounded up to 2, 4 or 8 bits.
func (b widths) lanes() int {
	lanes := 1
	for _, bits := range b.operands() {
		switch {
		case bits <= wordBits/4:
			lanes *= 4
		case bits <= wordBits/2:
			lanes *= 2
		}
	}
	return lanes
}
