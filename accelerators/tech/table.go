package tech

import (
	"fmt"
	"math"
)

// Component is one row of a table of arithmetic units: a unit of a width, its energy an operation and its area.
type Component struct {
	Bits     int
	EnergyPJ float64
	AreaUM2  float64
}

// SRAM is an on-chip memory: energy a bit by the square-root law of the package documentation and area by capacity.
type SRAM struct {
	ReferenceKiB            float64 // S₀
	ReferenceEnergyPJPerBit float64 // e₀, read or written at the reference capacity
	MinKiB, MaxKiB          float64 // the range in which the laws are stated, both ends included
	AreaMM2PerKiB           float64
}

// Table is the cost of the parts of a chip at one node and supply voltage.
type Table struct {
	Name                   string
	NodeNM                 int
	SupplyV                float64
	Adders                 []Component // integer, ascending in Bits
	Multipliers            []Component // integer, Bits of one factor, ascending
	RegisterEnergyPJPerBit float64     // one bit written
	RegisterAreaUM2PerBit  float64
	SRAM                   SRAM
	DRAMEnergyPJPerBit     float64
}

// Adder returns the integer adder of a width.
func (t Table) Adder(bits int) (Component, error) {
	return interpolate(t.Name, "adder", t.Adders, bits)
}

// Multiplier returns the integer multiplier of two factors of a width.
func (t Table) Multiplier(bits int) (Component, error) {
	return interpolate(t.Name, "multiplier", t.Multipliers, bits)
}

// EnergyPJPerBit returns the energy of reading or writing one bit of a memory of the given capacity.
func (s SRAM) EnergyPJPerBit(capacityKiB float64) (float64, error) {
	if err := s.check(capacityKiB); err != nil {
		return 0, err
	}
	return s.ReferenceEnergyPJPerBit * math.Sqrt(capacityKiB/s.ReferenceKiB), nil
}

// AreaMM2 returns the area of a memory of the given capacity.
func (s SRAM) AreaMM2(capacityKiB float64) (float64, error) {
	if err := s.check(capacityKiB); err != nil {
		return 0, err
	}
	return s.AreaMM2PerKiB * capacityKiB, nil
}

func (s SRAM) check(capacityKiB float64) error {
	if capacityKiB >= s.MinKiB && capacityKiB <= s.MaxKiB {
		return nil
	}
	return fmt.Errorf("tech: SRAM capacity %g KiB out of range [%g, %g] KiB", capacityKiB, s.MinKiB, s.MaxKiB)
}

// interpolate returns the row of a width, or the power law through the two rows around it.
func interpolate(table, unit string, rows []Component, bits int) (Component, error) {
	for i, row := range rows {
		if row.Bits == bits {
			return row, nil
		}
		if i > 0 && rows[i-1].Bits < bits && bits < row.Bits {
			low := rows[i-1]
			x := math.Log(float64(bits)/float64(low.Bits)) / math.Log(float64(row.Bits)/float64(low.Bits))
			return Component{
				Bits:     bits,
				EnergyPJ: low.EnergyPJ * math.Pow(row.EnergyPJ/low.EnergyPJ, x),
				AreaUM2:  low.AreaUM2 * math.Pow(row.AreaUM2/low.AreaUM2, x),
			}, nil
		}
	}
	if len(rows) == 0 {
		return Component{}, fmt.Errorf("tech: table %q has no %s", table, unit)
	}
	return Component{}, fmt.Errorf("tech: table %q: %s of %d bits out of range [%d, %d] bits",
		table, unit, bits, rows[0].Bits, rows[len(rows)-1].Bits)
}
