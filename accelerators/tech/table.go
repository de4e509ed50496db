package tech

import (
	"fmt"
	"math"
)

// Component is one row of a table of arithmetic units: a unit of a width, its energy an operation and its area.
type Component struct {
	Bits         int     `toml:"bits"`
	EnergyPJ     float64 `toml:"energy_pj"`
	AreaUM2      float64 `toml:"area_um2"`
	EnergyOrigin Origin  `toml:"energy_origin"`
	AreaOrigin   Origin  `toml:"area_origin"`
}

// Table is the cost of the parts of a chip at one node and supply voltage. The field tags name the keys of a table in a TOML file.
type Table struct {
	Name                   string      `toml:"name"`
	NodeNM                 int         `toml:"node_nm"`
	SupplyV                float64     `toml:"supply_v"`
	Adders                 []Component `toml:"adders"`                     // integer, ascending in Bits
	Multipliers            []Component `toml:"multipliers"`                // integer, Bits of one factor, ascending
	RegisterEnergyPJPerBit float64     `toml:"register_energy_pj_per_bit"` // one bit written
	RegisterAreaUM2PerBit  float64     `toml:"register_area_um2_per_bit"`
	SRAM                   SRAM        `toml:"sram"`
	HopEnergyPJPerBit      float64     `toml:"hop_energy_pj_per_bit"` // one bit to the neighbouring processing element; 0 = the source has none
	DRAMEnergyPJPerBit     float64     `toml:"dram_energy_pj_per_bit"`

	RegisterEnergyOrigin Origin `toml:"register_energy_origin"`
	RegisterAreaOrigin   Origin `toml:"register_area_origin"`
	HopOrigin            Origin `toml:"hop_origin"`
	DRAMOrigin           Origin `toml:"dram_origin"`
}

// Adder returns the integer adder of a width.
func (t Table) Adder(bits int) (Component, error) {
	return interpolate(t.Name, "adder", t.Adders, bits)
}

// Multiplier returns the integer multiplier of two factors of a width.
func (t Table) Multiplier(bits int) (Component, error) {
	return interpolate(t.Name, "multiplier", t.Multipliers, bits)
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
			why := fmt.Sprintf("power law between %d and %d bits", low.Bits, row.Bits)
			return Component{
				Bits:         bits,
				EnergyPJ:     low.EnergyPJ * math.Pow(row.EnergyPJ/low.EnergyPJ, x),
				AreaUM2:      low.AreaUM2 * math.Pow(row.AreaUM2/low.AreaUM2, x),
				EnergyOrigin: row.EnergyOrigin.doubt(why),
				AreaOrigin:   row.AreaOrigin.doubt(why),
			}, nil
		}
	}
	if len(rows) == 0 {
		return Component{}, fmt.Errorf("tech: table %q has no %s", table, unit)
	}
	return Component{}, fmt.Errorf("tech: table %q: %s of %d bits out of range [%d, %d] bits",
		table, unit, bits, rows[0].Bits, rows[len(rows)-1].Bits)
}
