package tech

import (
	"fmt"
	"math"
)

// SRAM is an on-chip memory: energy a bit and area by capacity, from rows or by laws. Rows, where there are any, hold alone.
type SRAM struct {
	Rows []Memory `toml:"rows"` // ascending in capacity; between two of them power laws

	// The laws: energy by the square root of the package documentation, area in proportion to the capacity.
	ReferenceKiB            float64 `toml:"reference_kib"`               // S₀
	ReferenceEnergyPJPerBit float64 `toml:"reference_energy_pj_per_bit"` // e₀, read or written at the reference capacity
	MinKiB                  float64 `toml:"min_kib"`                     // the range in which the laws are stated, both ends included
	MaxKiB                  float64 `toml:"max_kib"`
	AreaMM2PerKiB           float64 `toml:"area_mm2_per_kib"`

	EnergyOrigin Origin `toml:"energy_origin"`
	AreaOrigin   Origin `toml:"area_origin"`
}

// Memory is one row of a table of memories.
type Memory struct {
	CapacityKiB    float64 `toml:"capacity_kib"`
	EnergyPJPerBit float64 `toml:"energy_pj_per_bit"` // read or written
	AreaMM2        float64 `toml:"area_mm2"`
	EnergyOrigin   Origin  `toml:"energy_origin"`
	AreaOrigin     Origin  `toml:"area_origin"`
}

// RangeKiB is the range of capacities, both ends included.
func (s SRAM) RangeKiB() (low, high float64) {
	if n := len(s.Rows); n > 0 {
		return s.Rows[0].CapacityKiB, s.Rows[n-1].CapacityKiB
	}
	return s.MinKiB, s.MaxKiB
}

// EnergyPJPerBit returns the energy of reading or writing one bit of a memory of the given capacity.
func (s SRAM) EnergyPJPerBit(capacityKiB float64) (float64, error) {
	if err := s.check(capacityKiB); err != nil {
		return 0, err
	}
	if len(s.Rows) > 0 {
		return s.between(capacityKiB, func(m Memory) float64 { return m.EnergyPJPerBit }), nil
	}
	return s.ReferenceEnergyPJPerBit * math.Sqrt(capacityKiB/s.ReferenceKiB), nil
}

// AreaMM2 returns the area of a memory of the given capacity.
func (s SRAM) AreaMM2(capacityKiB float64) (float64, error) {
	if err := s.check(capacityKiB); err != nil {
		return 0, err
	}
	if len(s.Rows) > 0 {
		return s.between(capacityKiB, func(m Memory) float64 { return m.AreaMM2 }), nil
	}
	return s.AreaMM2PerKiB * capacityKiB, nil
}

// between is the value of the row of a capacity, or on the power law through the two rows around it.
func (s SRAM) between(capacityKiB float64, value func(Memory) float64) float64 {
	at := 0
	for s.Rows[at].CapacityKiB < capacityKiB {
		at++
	}
	high := s.Rows[at]
	if high.CapacityKiB == capacityKiB {
		return value(high)
	}
	low := s.Rows[at-1]
	x := math.Log(capacityKiB/low.CapacityKiB) / math.Log(high.CapacityKiB/low.CapacityKiB)
	return value(low) * math.Pow(value(high)/value(low), x)
}

func (s SRAM) check(capacityKiB float64) error {
	low, high := s.RangeKiB()
	if capacityKiB >= low && capacityKiB <= high {
		return nil
	}
	return fmt.Errorf("tech: SRAM capacity %g KiB out of range [%g, %g] KiB", capacityKiB, low, high)
}
