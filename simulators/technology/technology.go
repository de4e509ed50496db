// Package technology is the choice of energies and areas that simulators of accelerators share: a table of package tech by its name, or a TOML
// file of one's own on top of one, scaled to another process node.
package technology

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
)

const defaultSupplyV = 0.9

// Settings lists what chooses the table.
func Settings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "technology", Doc: "table of energies and areas", Default: names()[0], Allowed: names()},
		{Name: "technology_file", Doc: "TOML file with figures of your own, technology left out; empty = none", Default: ""},
		{Name: "node_nm", Unit: "nm", Doc: fmt.Sprintf("technology node from %d to %d nm that the table is scaled to at supply_v; 0 = the table's own", tech.MinNodeNM, tech.MaxNodeNM),
			Default: 0, Min: 0, Max: tech.MaxNodeNM},
		{Name: "supply_v", Unit: "V", Doc: "supply voltage at the scaled node; only with node_nm", Default: defaultSupplyV, Min: tech.MinSupplyV, Max: tech.MaxSupplyV},
	}
}

// Check reports settings of which one would silently be ignored. A setting spelled out at its default reads like one left out.
func Check(s simulators.Settings) error {
	var errs []error
	if table, file := s.String("technology"), s.String("technology_file"); file != "" && table != names()[0] {
		errs = append(errs, fmt.Errorf("settings technology = %q and technology_file = %q exclude each other: leave one of them out", table, file))
	}
	if v := s.Float("supply_v"); v != defaultSupplyV && s.Int("node_nm") == 0 {
		errs = append(errs, fmt.Errorf("setting supply_v = %g V needs a node to scale to: set node_nm, or leave supply_v out", v))
	}
	return errors.Join(errs...)
}

// Load makes the table of the settings, which passed Check. origin tells apart files, for the version of the simulator, and is empty otherwise.
func Load(s simulators.Settings) (t tech.Table, origin string, err error) {
	if path := s.String("technology_file"); path != "" {
		t, origin, err = load(path)
	} else {
		t, err = tech.Lookup(s.String("technology"))
	}
	if node := s.Int("node_nm"); node != 0 && err == nil {
		t, err = t.ScaleTo(node, s.Float("supply_v"))
	}
	return t, origin, err
}

// load reads a table from a file.
func load(path string) (t tech.Table, origin string, err error) {
	text, origin, err := files.ReadTable("technology_file", path)
	if err != nil {
		return tech.Table{}, "", err
	}
	if t, err = Parse(text); err != nil {
		return tech.Table{}, "", fmt.Errorf("technology_file %s: %w", path, err)
	}
	return t, origin, nil
}

// About is the table for `describe`: every figure with its source, the uncertain ones marked.
func About(t tech.Table) simulators.Section {
	s := simulators.Section{Title: "TECHNOLOGY " + t.Name, Columns: []string{"value", "unit", "source"}}
	for _, f := range t.Figures() {
		source := f.Source
		if f.Uncertain != "" {
			source += "; UNCERTAIN: " + f.Uncertain
		}
		s.Rows = append(s.Rows, []string{f.Name, f.Value, f.Unit, source})
	}
	return s
}

// names lists the tables; the first is the default.
func names() (list []string) {
	for _, t := range tech.Tables() {
		list = append(list, t.Name)
	}
	return list
}
