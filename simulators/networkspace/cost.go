package networkspace

import (
	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators/asic"
)

// wordBits is the width of a multiplier's operands, of outputs, and of layers that state none.
const wordBits = 8

// work is layers of one shape and widths.
type work struct {
	layer               dataflow.Layer
	activation, operand int // bits; the second is that of weights, or of the other activations
	copies              int64
}

// listed are the layers of a network that multiply, one by one.
func listed(n dnn.Network) (list []work, err error) {
	for _, l := range n.Layers {
		layer, copies, ok, err := dataflow.FromDNN(l)
		if err != nil {
			return nil, err
		}
		if ok {
			activation, operand := l.OperandBits(wordBits)
			list = append(list, work{layer, activation, operand, copies})
		}
	}
	return list, nil
}

// merged joins layers of one shape and widths, which cost the same.
func merged(list []work) (distinct []work) {
	at := map[work]int{}
	for _, w := range list {
		shape := w
		shape.layer.Name, shape.copies = "", 0
		if i, known := at[shape]; known {
			distinct[i].copies += w.copies
			continue
		}
		at[shape] = len(distinct)
		distinct = append(distinct, w)
	}
	return distinct
}

// cost is what one copy of a layer takes at its widths.
type cost struct {
	stats        dataflow.Stats // of the layer in 8 bits, on multipliers that may divide
	cycles       int64
	energyMACs   float64
	l1, l2       int64 // bytes needed
	offchipBytes int64
}

// costOf costs a layer, see the package comment.
func costOf(w work, setup asic.Setup, composable bool, scratch *dataflow.Scratch) (c cost, err error) {
	h := setup.Hardware
	if composable && !setup.Template.Systolic() {
		h.SIMDLanes = products(w.activation) * products(w.operand)
	}
	if c.stats, err = setup.Template.Evaluate(h, w.layer, setup.Profile, scratch); err != nil {
		return c, err
	}
	c.cycles = passes(w.activation) * passes(w.operand) * c.stats.RuntimeCycles
	c.l1, c.l2 = passes(max(w.activation, w.operand))*c.stats.L1Bytes, passes(max(w.activation, w.operand))*c.stats.L2Bytes
	widths := [...]int{dataflow.Input: w.activation, dataflow.Weight: w.operand, dataflow.Output: wordBits}
	var bits int64
	for t, width := range widths {
		a := c.stats.Operands[t]
		moved := dataflow.L2EnergyMACs*float64(a.L2Reads+a.L2Writes) + dataflow.L1EnergyMACs*float64(a.L1Reads+a.L1Writes)
		c.energyMACs += moved * float64(width) / wordBits
		bits += w.layer.Elements(dataflow.Tensor(t)) * int64(width)
	}
	c.energyMACs += float64(c.stats.MACs) * float64(w.activation*w.operand) / (wordBits * wordBits)
	c.offchipBytes = (bits + 7) / 8
	return c, nil
}

// passes is how often a multiplier takes an operand of so many bits.
func passes(bits int) int64 { return int64(bits+wordBits-1) / wordBits }

// products is how many operands of so many bits, rounded up to 2, 4 or 8, fit a multiplier that divides.
func products(bits int) int {
	switch {
	case bits <= 2:
		return 4
	case bits <= 4:
		return 2
	}
	return 1
}
