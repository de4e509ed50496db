package systolic

import (
	"errors"
	"fmt"

	"slices"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
)

// Names and defaults that the settings and the rules between them share.
const (
	horowitz       = "horowitz-45nm"
	aladdin        = "aladdin-40nm"
	defaultSupplyV = 0.9
)

// settings lists what chooses the scenario.
func settings() []simulators.Setting {
	return slices.Concat(networks.Settings(), []simulators.Setting{
		{Name: "topology", Doc: "SCALE-Sim topology CSV to run, network left out; empty = none", Default: ""},
		{Name: "technology", Doc: "table of energies and areas; aladdin-40nm cannot be scaled", Default: horowitz, Allowed: []string{horowitz, aladdin}},
		{Name: "node_nm", Unit: "nm", Doc: "technology node that the table is scaled to at supply_v: 130, 90, 65, 45, 32, 20, 16, 14, 10 or 7; 0 = the table's own", Default: 0, Min: 0, Max: 130},
		{Name: "supply_v", Unit: "V", Doc: "supply voltage at the scaled node; only with node_nm", Default: defaultSupplyV, Min: tech.MinSupplyV, Max: tech.MaxSupplyV},
		{Name: "word_bits", Unit: "bits", Doc: "width of an operand and of a final output", Default: 8, Min: systolic.MinWordBits, Max: systolic.MaxWordBits},
		{Name: "profile", Doc: "physical truth, or SCALE-Sim's own numbers", Default: "physical", Allowed: []string{"physical", "scalesim"}},
	})
}

// checkTogether reports settings of which one would silently be ignored, and a table that cannot be scaled. A setting that is spelled
// out at its default reads like one left out, so it contradicts nothing.
func checkTogether(s simulators.Settings) error {
	errs := []error{networks.Check(s)}
	topology, node := s.String("topology"), s.Int("node_nm")
	if network := s.String("network"); topology != "" && network != networks.Default {
		errs = append(errs, fmt.Errorf("settings network = %q and topology = %q exclude each other: leave one of them out", network, topology))
	}
	if file := s.String("onnx"); topology != "" && file != "" {
		errs = append(errs, fmt.Errorf("settings onnx = %q and topology = %q exclude each other: leave one of them out", file, topology))
	}
	if v := s.Float("supply_v"); v != defaultSupplyV && node == 0 {
		errs = append(errs, fmt.Errorf("setting supply_v = %g V needs a node to scale to: set node_nm, or leave supply_v out", v))
	}
	if table := s.String("technology"); table == aladdin && node != 0 {
		errs = append(errs, fmt.Errorf("setting node_nm = %d nm: table %q cannot be scaled: leave node_nm out, or set technology = %q", node, aladdin, horowitz))
	}
	return errors.Join(errs...)
}
