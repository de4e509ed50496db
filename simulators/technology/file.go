package technology

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/simulators/files"
)

// start is what has to be known of a file before it is laid over a table: which one, and which lists it replaces whole.
type start struct {
	Base        string           `toml:"base"`
	Name        string           `toml:"name"`
	Adders      []map[string]any `toml:"adders"`
	Multipliers []map[string]any `toml:"multipliers"`
	SRAM        map[string]any   `toml:"sram"`
}

// Parse reads a table in TOML: the key base names a table whose figures hold where the file is silent, the default one when it is left out. A list (adders,
// multipliers, sram.rows) is replaced whole, and so are the rows and the laws of an SRAM by each other. A figure of the file that states no origin has the file
// as its source.
func Parse(text string) (tech.Table, error) {
	var begin start
	if err := files.Loose(text, &begin); err != nil {
		return tech.Table{}, err
	}
	file := struct {
		Base string `toml:"base"`
		tech.Table
	}{Table: tech.Tables()[0]}
	if begin.Base != "" {
		base, err := tech.Lookup(begin.Base)
		if err != nil {
			return tech.Table{}, fmt.Errorf("base: %w", err)
		}
		file.Table = base
	}
	base := file.Table
	file.Name = "figures on " + base.Name
	if begin.Adders != nil {
		file.Adders = nil
	}
	if begin.Multipliers != nil {
		file.Multipliers = nil
	}
	if err := begin.replaceSRAM(&file.SRAM); err != nil {
		return tech.Table{}, err
	}
	if err := files.Strict(text, &file); err != nil {
		return tech.Table{}, err
	}
	attribute(&file.Table, base, begin)
	return file.Table, file.Check()
}

// replaceSRAM empties what the file states anew: rows, or the laws.
func (b start) replaceSRAM(s *tech.SRAM) error {
	_, rows := b.SRAM["rows"]
	laws := false
	for _, key := range []string{"reference_kib", "reference_energy_pj_per_bit", "min_kib", "max_kib", "area_mm2_per_kib"} {
		_, given := b.SRAM[key]
		laws = laws || given
	}
	switch {
	case rows && laws:
		return errors.New("sram: rows and the figures of the laws exclude each other")
	case rows:
		*s = tech.SRAM{}
	case laws:
		s.Rows = nil
	}
	return nil
}

// attribute gives the figures that the file has changed, and for which it states no origin, the file as their source.
func attribute(t *tech.Table, base tech.Table, b start) {
	own := tech.Origin{Source: "technology file"}
	changed := func(value, before float64, origin *tech.Origin, old tech.Origin) {
		if value != before && *origin == old {
			*origin = own
		}
	}
	changed(t.RegisterEnergyPJPerBit, base.RegisterEnergyPJPerBit, &t.RegisterEnergyOrigin, base.RegisterEnergyOrigin)
	changed(t.RegisterAreaUM2PerBit, base.RegisterAreaUM2PerBit, &t.RegisterAreaOrigin, base.RegisterAreaOrigin)
	changed(t.HopEnergyPJPerBit, base.HopEnergyPJPerBit, &t.HopOrigin, base.HopOrigin)
	changed(t.DRAMEnergyPJPerBit, base.DRAMEnergyPJPerBit, &t.DRAMOrigin, base.DRAMOrigin)
	changed(t.SRAM.ReferenceEnergyPJPerBit, base.SRAM.ReferenceEnergyPJPerBit, &t.SRAM.EnergyOrigin, base.SRAM.EnergyOrigin)
	changed(t.SRAM.AreaMM2PerKiB, base.SRAM.AreaMM2PerKiB, &t.SRAM.AreaOrigin, base.SRAM.AreaOrigin)
	missing := func(origin *tech.Origin) {
		if *origin == (tech.Origin{}) {
			*origin = own
		}
	}
	for _, rows := range [][]tech.Component{t.Adders, t.Multipliers} {
		for i := range rows {
			missing(&rows[i].EnergyOrigin)
			missing(&rows[i].AreaOrigin)
		}
	}
	if _, given := b.SRAM["rows"]; given {
		for i := range t.SRAM.Rows {
			missing(&t.SRAM.Rows[i].EnergyOrigin)
			missing(&t.SRAM.Rows[i].AreaOrigin)
		}
	}
}
