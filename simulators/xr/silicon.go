package xr

import (
	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

// The node and supply of area and idle power; the energies of accelerators/dataflow are of the same node.
const (
	nodeNM  = 28
	supplyV = 0.9
)

// silicon is area and idle power by part, fitted to published chips (accelerators/chips): both are linear in these.
type silicon struct {
	peMM2   float64 // a PE of 8-bit operands with its share of control
	baseMM2 float64 // logic that an accelerator has whatever its PEs
	kibMM2  float64 // a KiB of buffer
	idlePJ  float64 // clock tree and leakage, a cycle and mm2 of logic
}

// bankKiB is a bank within the range of the technology table; the area of memories does not depend on it.
const bankKiB = 16

func newSilicon() (silicon, error) {
	one := chips.Chip{Name: "xr", NodeNM: nodeNM, SupplyV: supplyV, ClockMHz: 1000, PEs: 1, WordBits: 8, Banks: 1, BankKiB: bankKiB}
	c, err := chips.NewCosts(one, tech.Eyeriss65(), chips.Fitted())
	if err != nil {
		return silicon{}, err
	}
	logic := c.Area.PEMM2 + c.Area.BaseMM2
	return silicon{peMM2: c.Area.PEMM2, baseMM2: c.Area.BaseMM2, kibMM2: c.Area.MemoryMM2 / bankKiB, idlePJ: c.CyclePJ / logic}, nil
}

// logicMM2 is the area of an accelerator without its buffers.
func (s silicon) logicMM2(a accelerator) float64 { return float64(a.pes)*s.peMM2 + s.baseMM2 }

// areaMM2 is the area of an accelerator.
func (s silicon) areaMM2(a accelerator) float64 {
	bufferKiB := float64(a.l2KiB) + float64(a.pes)*float64(a.l1)/1024
	return s.logicMM2(a) + bufferKiB*s.kibMM2
}

// idleMW is the power of an accelerator whose clock runs: pJ a cycle times MHz is microwatts.
func (s silicon) idleMW(a accelerator, clockMHz float64) float64 {
	return s.idlePJ * s.logicMM2(a) * clockMHz * 1e-3
}
