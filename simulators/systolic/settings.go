package systolic

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
	"github.com/codesign-gym/codesign/simulators/technology"
)

// settings lists what chooses the scenario.
func settings() []simulators.Setting {
	return slices.Concat(networks.Settings(), []simulators.Setting{
		{Name: "topology", Doc: "SCALE-Sim topology CSV to run, network left out; empty = none", Default: ""},
	}, technology.Settings(), []simulators.Setting{
		{Name: "word_bits", Unit: "bits", Doc: "width of an operand and of a final output", Default: 8, Min: systolic.MinWordBits, Max: systolic.MaxWordBits},
		{Name: "profile", Doc: "physical truth, or SCALE-Sim's own numbers", Default: "physical", Allowed: []string{"physical", "scalesim"}},
	})
}

// checkTogether reports settings of which one would silently be ignored. A setting that is spelled out at its default reads like one left out, so
// it contradicts nothing.
func checkTogether(s simulators.Settings) error {
	errs := []error{networks.Check(s), technology.Check(s)}
	topology := s.String("topology")
	if network := s.String("network"); topology != "" && network != networks.Default {
		errs = append(errs, fmt.Errorf("settings network = %q and topology = %q exclude each other: leave one of them out", network, topology))
	}
	if file := s.String("onnx"); topology != "" && file != "" {
		errs = append(errs, fmt.Errorf("settings onnx = %q and topology = %q exclude each other: leave one of them out", file, topology))
	}
	return errors.Join(errs...)
}
