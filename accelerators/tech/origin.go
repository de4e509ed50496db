package tech

import "fmt"

// Origin says where a figure comes from, and why it may be off; Uncertain is empty for a figure as its source prints it.
type Origin struct {
	Source    string `toml:"source"`
	Uncertain string `toml:"uncertain"`
}

// doubt is the origin with one more reason to doubt.
func (o Origin) doubt(why string) Origin {
	if o.Uncertain != "" {
		why = o.Uncertain + "; " + why
	}
	o.Uncertain = why
	return o
}

// Figure is one number of a table in words, with its origin.
type Figure struct {
	Name, Value, Unit string
	Origin
}

// Figures lists every number of the table.
func (t Table) Figures() []Figure {
	list := []Figure{}
	add := func(name string, value float64, unit string, o Origin) {
		list = append(list, Figure{Name: name, Value: fmt.Sprintf("%.4g", value), Unit: unit, Origin: o})
	}
	for _, units := range []struct {
		name string
		rows []Component
	}{{"adder", t.Adders}, {"multiplier", t.Multipliers}} {
		for _, row := range units.rows {
			name := fmt.Sprintf("%d-bit %s", row.Bits, units.name)
			add(name+" energy", row.EnergyPJ, "pJ", row.EnergyOrigin)
			add(name+" area", row.AreaUM2, "um2", row.AreaOrigin)
		}
	}
	add("register energy", t.RegisterEnergyPJPerBit, "pJ/bit", t.RegisterEnergyOrigin)
	add("register area", t.RegisterAreaUM2PerBit, "um2/bit", t.RegisterAreaOrigin)
	s := t.SRAM
	if len(s.Rows) == 0 {
		add(fmt.Sprintf("SRAM energy at %g KiB, as the root of the capacity from %g to %g KiB", s.ReferenceKiB, s.MinKiB, s.MaxKiB),
			s.ReferenceEnergyPJPerBit, "pJ/bit", s.EnergyOrigin)
		add("SRAM area", s.AreaMM2PerKiB, "mm2/KiB", s.AreaOrigin)
	}
	for _, row := range s.Rows {
		add(fmt.Sprintf("SRAM energy at %g KiB", row.CapacityKiB), row.EnergyPJPerBit, "pJ/bit", row.EnergyOrigin)
		add(fmt.Sprintf("SRAM area at %g KiB", row.CapacityKiB), row.AreaMM2, "mm2", row.AreaOrigin)
	}
	if t.HopEnergyPJPerBit != 0 {
		add("hop to the neighbour", t.HopEnergyPJPerBit, "pJ/bit", t.HopOrigin)
	}
	add("DRAM energy", t.DRAMEnergyPJPerBit, "pJ/bit", t.DRAMOrigin)
	return list
}
