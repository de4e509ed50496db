package tech

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Check reports everything in a table of one's own that no model can compute with: missing or negative figures, rows out of order.
func (t Table) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("tech: table %q: "+format, append([]any{t.Name}, args...)...))
	}
	figure := func(name string, value float64, zero bool) {
		if !(value > 0 || zero && value == 0) || math.IsInf(value, 0) {
			bad("%s %g: want a positive number", name, value)
		}
	}
	if t.Name == "" {
		bad("no name")
	}
	if t.NodeNM < 1 {
		bad("node %d nm: want at least 1", t.NodeNM)
	}
	figure("supply", t.SupplyV, false)
	for _, units := range []struct {
		name string
		rows []Component
	}{{"adder", t.Adders}, {"multiplier", t.Multipliers}} {
		if len(units.rows) == 0 {
			bad("no %s", units.name)
		}
		for i, row := range units.rows {
			name := fmt.Sprintf("%s of %d bits: ", units.name, row.Bits)
			if row.Bits < 1 || i > 0 && row.Bits <= units.rows[i-1].Bits {
				bad("%swant at least 1 bit, and more than in the row before", name)
			}
			figure(name+"energy", row.EnergyPJ, false)
			figure(name+"area", row.AreaUM2, false)
		}
	}
	figure("register energy", t.RegisterEnergyPJPerBit, false)
	figure("register area", t.RegisterAreaUM2PerBit, false)
	figure("hop energy", t.HopEnergyPJPerBit, true)
	figure("DRAM energy", t.DRAMEnergyPJPerBit, false)
	t.SRAM.checkFigures(bad, figure)
	return errors.Join(errs...)
}

// checkFigures is Check of the memories.
func (s SRAM) checkFigures(bad func(string, ...any), figure func(string, float64, bool)) {
	if len(s.Rows) == 0 {
		figure("SRAM reference", s.ReferenceKiB, false)
		figure("SRAM energy", s.ReferenceEnergyPJPerBit, false)
		figure("SRAM area", s.AreaMM2PerKiB, false)
		figure("smallest SRAM", s.MinKiB, false)
		if !(s.MaxKiB >= s.MinKiB) || math.IsInf(s.MaxKiB, 0) {
			bad("SRAM range [%g, %g] KiB is empty", s.MinKiB, s.MaxKiB)
		}
	}
	for i, row := range s.Rows {
		name := fmt.Sprintf("SRAM of %g KiB: ", row.CapacityKiB)
		figure(name+"capacity", row.CapacityKiB, false)
		if i > 0 && !(row.CapacityKiB > s.Rows[i-1].CapacityKiB) {
			bad("%swant more than in the row before", name)
		}
		figure(name+"energy", row.EnergyPJPerBit, false)
		figure(name+"area", row.AreaMM2, false)
	}
}

// Lookup returns the table of a name; the error of an unknown name lists the known ones.
func Lookup(name string) (Table, error) {
	var known []string
	for _, t := range Tables() {
		if t.Name == name {
			return t, nil
		}
		known = append(known, t.Name)
	}
	return Table{}, fmt.Errorf("tech: unknown table %q: known are %s", name, strings.Join(known, ", "))
}
