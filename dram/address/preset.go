package address

import (
	"fmt"
	"strings"
)

// preset is a map by name.
type preset struct {
	name  string
	build func(*stack)
}

// presets is the catalogue, in the order of the documentation.
func presets() []preset {
	return []preset{
		{"row-bank-column", rowBankColumn},
		{"row-column-bank", rowColumnBank},
		{"bank-row-column", func(s *stack) { s.put(channel, column, row, bankGroup, bank, rank) }},
		{"row-bank-column-xor", func(s *stack) { rowBankColumn(s); s.xorRow(bankGroup, bank) }},
		{"row-column-bank-xor", func(s *stack) { rowColumnBank(s); s.xorRow(bankGroup, bank) }},
		{"mop4-xor", minimalistOpenPage},
	}
}

func rowBankColumn(s *stack) { s.put(channel, column, bankGroup, bank, rank, row) }

func rowColumnBank(s *stack) { s.put(channel, bankGroup, bank, rank, column, row) }

// minimalistOpenPage keeps four bursts of a row together.
func minimalistOpenPage(s *stack) {
	s.putBits(column, 2)
	s.put(channel, rank, bankGroup, bank, column, row)
	s.xorRow(channel, rank, bankGroup, bank)
}

// Presets are the names that [Preset] knows.
func Presets() []string {
	var names []string
	for _, p := range presets() {
		names = append(names, p.name)
	}
	return names
}

// Preset is a map by name, made for a geometry.
func Preset(name string, g Geometry) (Spec, error) {
	if err := g.check(); err != nil {
		return Spec{}, err
	}
	for _, p := range presets() {
		if p.name == name {
			var s stack
			s.start(g)
			p.build(&s)
			return s.spec, nil
		}
	}
	return Spec{}, fmt.Errorf("address: no preset %q: want one of %s", name, strings.Join(Presets(), ", "))
}
