package timeloop

import (
	"fmt"
	"math"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/tech"
)

// Kind is how a memory is built.
type Kind uint8

// The kinds of memories.
const (
	SRAM         Kind = iota
	RegisterFile      // flip-flops behind multiplexers
	DRAM              // off chip: no area
)

// kindOf is the kind of a memory's class, as Timeloop tells them apart: by what the name contains.
func kindOf(class string) Kind {
	switch {
	case strings.Contains(class, "DRAM"):
		return DRAM
	case strings.Contains(class, "regfile"), strings.Contains(class, "RF"):
		return RegisterFile
	}
	return SRAM
}

// Memory is a memory to be costed.
type Memory struct {
	Kind  Kind
	Smart bool  // has a read and a write address generator, as Accelergy's smartbuffers do
	Depth int64 // lines
	Width int64 // bits of a line, which one access moves
	Banks int64 // 0 means 1; each latches the address and the line of its own
}

// MemoryCost is what a memory costs.
type MemoryCost struct {
	ReadPJ, WritePJ float64 // one access of a line
	AreaUM2         float64
}

// smallest line of an adder in the technology tables.
const adderBits = 8

// registerFileBase and registerFileSlope are the energy of one bit of a register file in units of one register's write, base + slope·lines: the
// straight line through the Eyeriss-like register files of 12, 16 and 192 lines of 16 bits of the Timeloop exercises (0.2024, 0.2513, 1.9766 pJ a
// read at 65 nm, where a register's write costs 0.0142 pJ).
const (
	registerFileBase  = 0.36
	registerFileSlope = 0.043
)

// Cost is the cost of a memory by a table of technology. The laws are those of the package documentation.
func (m Memory) Cost(t tech.Table) (MemoryCost, error) {
	if m.Kind == DRAM {
		pj := float64(m.Width) * t.DRAMEnergyPJPerBit
		return MemoryCost{ReadPJ: pj, WritePJ: pj}, nil
	}
	if m.Depth < 1 || m.Width < 1 {
		return MemoryCost{}, fmt.Errorf("a memory of %d lines of %d bits has no cost: give it a depth and a width, or its energies in an ERT", m.Depth, m.Width)
	}
	bits := float64(m.Depth) * float64(m.Width)
	var perBit, area float64
	if m.Kind == RegisterFile {
		perBit = t.RegisterEnergyPJPerBit * (registerFileBase + registerFileSlope*float64(m.Depth))
		area = t.RegisterAreaUM2PerBit * bits
	} else {
		var err error
		if perBit, area, err = sram(t, bits/8/1024); err != nil {
			return MemoryCost{}, err
		}
	}
	c := MemoryCost{ReadPJ: perBit * float64(m.Width), AreaUM2: area}
	addressBits := float64(max(1, int(math.Ceil(math.Log2(float64(m.Depth))))))
	if m.Banks > 1 {
		latched := float64(m.Width) + math.Max(1, addressBits-math.Log2(float64(m.Banks)))
		c.ReadPJ += t.RegisterEnergyPJPerBit * latched
		c.AreaUM2 += t.RegisterAreaUM2PerBit * latched * float64(m.Banks)
	}
	if m.Smart {
		adder, err := t.Adder(adderBits)
		if err != nil {
			return MemoryCost{}, err
		}
		c.ReadPJ += adder.EnergyPJ * addressBits / adderBits
		c.AreaUM2 += 2 * adder.AreaUM2 * addressBits / adderBits
	}
	c.WritePJ = c.ReadPJ
	return c, nil
}

// sram is the energy of a bit and the area of an SRAM. Below the smallest memory of the table the square-root law goes on down to the energy of a
// register, and the area in proportion.
func sram(t tech.Table, capacityKiB float64) (perBitPJ, areaUM2 float64, err error) {
	low, _ := t.SRAM.RangeKiB()
	at := math.Max(capacityKiB, low)
	if perBitPJ, err = t.SRAM.EnergyPJPerBit(at); err != nil {
		return 0, 0, err
	}
	area, err := t.SRAM.AreaMM2(at)
	if err != nil {
		return 0, 0, err
	}
	ratio := capacityKiB / at
	return math.Max(perBitPJ*math.Sqrt(ratio), t.RegisterEnergyPJPerBit), area * ratio * 1e6, nil
}

// MACCost is the energy of a multiply-accumulate and the area of its unit: a multiplier of the operands' width and an adder of the sums'.
func MACCost(t tech.Table, operandBits, sumBits int) (energyPJ, areaUM2 float64, err error) {
	multiplier, err := t.Multiplier(operandBits)
	if err != nil {
		return 0, 0, err
	}
	adder, err := t.Adder(sumBits)
	if err != nil {
		return 0, 0, err
	}
	return multiplier.EnergyPJ + adder.EnergyPJ, multiplier.AreaUM2 + adder.AreaUM2, nil
}
