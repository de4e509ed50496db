package hetero

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

// Sub is a sub-accelerator: a dataflow on processing elements (PEs) behind a share of the network's bandwidth. Without PEs it is not built.
type Sub struct {
	Template     dataflow.Template
	PEs          int
	NoCBandwidth int // elements a cycle; GB/s at 1 GHz with elements of a byte
}

// Built tells whether there is such a sub-accelerator.
func (s Sub) Built() bool { return s.PEs > 0 }

// hardware is the sub-accelerator for the cost engine.
func (s Sub) hardware() dataflow.Hardware {
	return dataflow.Hardware{PEs: s.PEs, NoCBandwidth: s.NoCBandwidth}
}

// Limits are what the sub-accelerators of a chip share.
type Limits struct {
	PEs          int
	NoCBandwidth int // elements a cycle
}

// Mobile are the limits of NASAIC's experiments: 4,096 PEs and 64 GB/s.
func Mobile() Limits { return Limits{PEs: 4096, NoCBandwidth: 64} }

// L1Bytes is the buffer of a PE with which the areas of NASAIC's table 1 come out: 11 units of 64 B in MAESTRO's older table.
const L1Bytes = 704

// Chip is a set of sub-accelerators.
type Chip []Sub

// Check reports a chip without a sub-accelerator, one with PEs and no bandwidth, and what exceeds the limits. excess is by how much, as a fraction: the slope
// for a search.
func (c Chip) Check(l Limits) (reason string, excess float64) {
	pes, bandwidth := 0, 0
	for i, s := range c {
		if !s.Built() {
			continue
		}
		if s.NoCBandwidth < 1 {
			return fmt.Sprintf("sub-accelerator %d has %d PEs and no bandwidth", i, s.PEs), 1
		}
		pes += s.PEs
		bandwidth += s.NoCBandwidth
	}
	if pes == 0 {
		return "no sub-accelerator has PEs", 1
	}
	if pes > l.PEs {
		reason, excess = fmt.Sprintf("%d PEs in all: there are %d", pes, l.PEs), float64(pes)/float64(l.PEs)-1
	}
	if bandwidth > l.NoCBandwidth {
		reason, excess = fmt.Sprintf("bandwidth of %d elements/cycle in all: there are %d", bandwidth, l.NoCBandwidth), max(excess, float64(bandwidth)/float64(l.NoCBandwidth)-1)
	}
	return reason, excess
}

// AreaUM2 is the area of the built sub-accelerators, without a shared buffer: with [dataflow.AreaOld] that of NASAIC.
func (c Chip) AreaUM2(t dataflow.AreaTable) (sum float64) {
	for _, s := range c {
		if s.Built() {
			sum += t.Area(s.hardware(), L1Bytes, 0).TotalUM2()
		}
	}
	return sum
}
