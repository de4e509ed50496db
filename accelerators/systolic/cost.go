package systolic

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/tech"
)

// Energy is dynamic energy by part.
type Energy struct {
	MACPJ      float64 // multipliers and accumulating adders of the array
	RegisterPJ float64 // pipeline and accumulator registers of the array
	VectorPJ   float64 // adders of the vector unit
	SRAMPJ     float64
	DRAMPJ     float64
}

// TotalPJ is the sum of the parts.
func (e Energy) TotalPJ() float64 { return e.MACPJ + e.RegisterPJ + e.VectorPJ + e.SRAMPJ + e.DRAMPJ }

// Area is cell area by part.
type Area struct {
	ArrayMM2  float64 // processing elements
	VectorMM2 float64 // lanes of the vector unit
	SRAMMM2   float64
}

// TotalMM2 is the sum of the parts.
func (a Area) TotalMM2() float64 { return a.ArrayMM2 + a.VectorMM2 + a.SRAMMM2 }

func (a Area) times(n float64) Area { return Area{n * a.ArrayMM2, n * a.VectorMM2, n * a.SRAMMM2} }

// Costs are the energies of the actions of one accelerator, and its area, resolved from a technology table.
type Costs struct {
	MACPJ         float64 // one multiply-accumulate
	MACRegisterPJ float64 // registers written by one multiply-accumulate
	ShiftPJ       float64 // one preload shift
	VectorOpPJ    float64
	IfmapWordPJ   float64 // one word read or written
	FilterWordPJ  float64 // one word read or written
	OfmapWordPJ   float64 // one word read or written
	PartialPJ     float64 // one partial sum in the ofmap SRAM
	DRAMPJPerByte float64
	Area          Area
}

// NewCosts looks a configuration up in a table. An SRAM or a word outside the range of the table is an error.
func NewCosts(c Config, table tech.Table) (Costs, error) {
	if err := c.Check(); err != nil {
		return Costs{}, err
	}
	multiplier, multiplierErr := table.Multiplier(c.wordBits())
	adder, adderErr := table.Adder(AccumulatorBits)
	ifmap, ifmapErr := newMemory("ifmap", table.SRAM, c.IfmapSRAMKiB)
	filter, filterErr := newMemory("filter", table.SRAM, c.FilterSRAMKiB)
	ofmap, ofmapErr := newMemory("ofmap", table.SRAM, c.OfmapSRAMKiB)
	if err := errors.Join(multiplierErr, adderErr, ifmapErr, filterErr, ofmapErr); err != nil {
		return Costs{}, err
	}
	word := float64(c.wordBits())
	registers := 2*word + AccumulatorBits // two operand registers and a sum in a processing element
	written := registers
	if c.Dataflow != OutputStationary {
		written -= word // the stationary operand is written by preload shifts only
	}
	elementUM2 := multiplier.AreaUM2 + adder.AreaUM2 + registers*table.RegisterAreaUM2PerBit
	laneUM2 := adder.AreaUM2 + AccumulatorBits*table.RegisterAreaUM2PerBit
	return Costs{
		MACPJ:         multiplier.EnergyPJ + adder.EnergyPJ,
		MACRegisterPJ: written * table.RegisterEnergyPJPerBit,
		ShiftPJ:       word * table.RegisterEnergyPJPerBit,
		VectorOpPJ:    adder.EnergyPJ,
		IfmapWordPJ:   word * ifmap.energyPJPerBit,
		FilterWordPJ:  word * filter.energyPJPerBit,
		OfmapWordPJ:   word * ofmap.energyPJPerBit,
		PartialPJ:     AccumulatorBits * ofmap.energyPJPerBit,
		DRAMPJPerByte: 8 * table.DRAMEnergyPJPerBit,
		Area: Area{
			ArrayMM2:  float64(c.Rows) * float64(c.Cols) * elementUM2 * 1e-6,
			VectorMM2: float64(c.Cols) * laneUM2 * 1e-6,
			SRAMMM2:   ifmap.areaMM2 + filter.areaMM2 + ofmap.areaMM2,
		},
	}, nil
}

// Energy is the dynamic energy of what Simulate or SimulateNetwork counted. An element that moves between DRAM and an SRAM is
// one more access of that SRAM.
func (c Costs) Energy(s Stats) Energy {
	return Energy{
		MACPJ:      float64(s.MACs) * c.MACPJ,
		RegisterPJ: float64(s.MACs)*c.MACRegisterPJ + float64(s.PreloadShifts)*c.ShiftPJ,
		VectorPJ:   float64(s.VectorOps) * c.VectorOpPJ,
		SRAMPJ: float64(s.IfmapReads+s.IfmapElements)*c.IfmapWordPJ + float64(s.FilterReads+s.FilterElements)*c.FilterWordPJ +
			float64(s.OfmapWrites+s.OfmapReads-s.PartialSums+s.OfmapElements)*c.OfmapWordPJ +
			float64(s.PartialSums+s.PartialElements)*c.PartialPJ,
		DRAMPJ: float64(s.DRAMBytes) * c.DRAMPJPerByte,
	}
}

type memory struct{ energyPJPerBit, areaMM2 float64 }

func newMemory(operand string, sram tech.SRAM, capacityKiB int) (memory, error) {
	energy, err := sram.EnergyPJPerBit(float64(capacityKiB))
	if err != nil {
		return memory{}, fmt.Errorf("systolic: %s SRAM: %w", operand, err)
	}
	area, err := sram.AreaMM2(float64(capacityKiB))
	return memory{energy, area}, err
}
