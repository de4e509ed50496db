package chips

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/tech"
)

// Constants are what a technology table does not know of a real chip, stated at 45 nm and 0.9 V: one set for all chips, see Fitted.
type Constants struct {
	DatapathAreaFactor   float64 // area of a PE with its share of control, pipeline registers and wires, over that of its arithmetic and registers
	BaseMM2              float64 // logic that a chip has whatever its number of PEs: sequencing, bus interfaces, post-processing
	DatapathEnergyFactor float64 // energy of a multiply-accumulate with what toggles around it, over that of its arithmetic and registers
	BasePJ               float64 // energy of the base logic in a cycle in which the PEs work
	IdlePJ               float64 // energy of the clock tree and of leakage in any cycle, for each mm² of logic
}

// Fitted are the constants found by relative least squares over the published areas and powers of package golden, which repeats the fit in its tests.
func Fitted() Constants {
	return Constants{DatapathAreaFactor: 7.30, BaseMM2: 1.11, DatapathEnergyFactor: 2.98, BasePJ: 143, IdlePJ: 54.7}
}

// The node and supply at which Constants are stated.
const statedNM, statedV = 45, 0.9

// sumBits is the width of a sum.
const sumBits = 32

// Area is the cell area of a chip by part: synthesised logic and memories, without pads and without the empty space of a floor plan.
type Area struct {
	PEMM2     float64 // processing elements without their scratchpads
	BaseMM2   float64
	MemoryMM2 float64 // buffer and scratchpads
}

// TotalMM2 is the sum of the parts.
func (a Area) TotalMM2() float64 { return a.PEMM2 + a.BaseMM2 + a.MemoryMM2 }

// Costs are the area of a chip and the energies of its actions, at its node and supply.
type Costs struct {
	Area             Area
	MACPJ            float64 // one multiply-accumulate
	ScratchpadWordPJ float64 // one word of a scratchpad read or written
	BufferWordPJ     float64 // one word of a bank read or written
	HopWordPJ        float64 // one word to a neighbouring PE; 0 where the table has no such figure
	BusyCyclePJ      float64 // one cycle in which the PEs work
	CyclePJ          float64 // any cycle
}

// NewCosts composes the costs of a chip from a technology table, of any node, and constants. A width, a capacity, a node or a supply outside the
// range of the table is an error.
func NewCosts(c Chip, table tech.Table, k Constants) (Costs, error) {
	if err := c.Check(); err != nil {
		return Costs{}, err
	}
	wrap := func(err error) error { return fmt.Errorf("chips: chip %q: %w", c.Name, err) }
	t, err := table.ScaleTo(c.NodeNM, c.SupplyV)
	if err != nil {
		return Costs{}, wrap(err)
	}
	energy, area, err := scaling(c)
	if err != nil {
		return Costs{}, wrap(err)
	}
	multiplier, multiplierErr := t.Multiplier(c.WordBits)
	adder, adderErr := t.Adder(sumBits)
	bankPJ, bankErr := t.SRAM.EnergyPJPerBit(c.BankKiB)
	bankMM2, areaErr := t.SRAM.AreaMM2(c.BankKiB)
	padPJ, padMM2, padErr := scratchpad(t.SRAM, c.ScratchpadKiB)
	if err := errors.Join(multiplierErr, adderErr, bankErr, areaErr, padErr); err != nil {
		return Costs{}, wrap(err)
	}
	word := float64(c.WordBits)
	registers := 2*word + sumBits
	peUM2 := multiplier.AreaUM2 + adder.AreaUM2 + registers*t.RegisterAreaUM2PerBit
	a := Area{
		PEMM2:     float64(c.PEs) * k.DatapathAreaFactor * peUM2 * 1e-6,
		BaseMM2:   k.BaseMM2 * area,
		MemoryMM2: float64(c.Banks)*bankMM2 + float64(c.PEs)*padMM2,
	}
	return Costs{
		Area:             a,
		MACPJ:            k.DatapathEnergyFactor * (multiplier.EnergyPJ + adder.EnergyPJ + registers*t.RegisterEnergyPJPerBit),
		ScratchpadWordPJ: word * padPJ,
		BufferWordPJ:     word * bankPJ,
		HopWordPJ:        word * t.HopEnergyPJPerBit,
		BusyCyclePJ:      k.BasePJ * energy,
		CyclePJ:          k.IdlePJ * energy * (a.PEMM2 + a.BaseMM2) / area,
	}, nil
}

// scaling is the energy and area of a circuit of a chip relative to where Constants are stated.
func scaling(c Chip) (energy, area float64, err error) {
	to, toErr := tech.EnergyFactor(c.NodeNM, c.SupplyV)
	from, fromErr := tech.EnergyFactor(statedNM, statedV)
	areaTo, areaToErr := tech.AreaFactor(c.NodeNM)
	areaFrom, areaFromErr := tech.AreaFactor(statedNM)
	return to / from, areaTo / areaFrom, errors.Join(toErr, fromErr, areaToErr, areaFromErr)
}

// scratchpad is the energy a bit and the area of the memory of a PE, nothing without one.
func scratchpad(s tech.SRAM, capacityKiB float64) (pjPerBit, mm2 float64, err error) {
	if capacityKiB == 0 {
		return 0, 0, nil
	}
	pjPerBit, energyErr := s.EnergyPJPerBit(capacityKiB)
	mm2, areaErr := s.AreaMM2(capacityKiB)
	return pjPerBit, mm2, errors.Join(energyErr, areaErr)
}
