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

// The profiles of SCALE-Sim.
const (
	scaleSim   = "scalesim"
	scaleSimV2 = "scalesim-v2"
)

// settings lists what chooses the scenario.
func settings() []simulators.Setting {
	return slices.Concat(networks.Settings(), []simulators.Setting{
		{Name: "topology", Doc: "SCALE-Sim topology CSV to run, network left out; empty = none", Default: ""},
	}, technology.Settings(), []simulators.Setting{
		{Name: "word_bits", Unit: "bits", Doc: "width of an operand and of a final output", Default: 8, Min: systolic.MinWordBits, Max: systolic.MaxWordBits},
		{Name: "profile", Doc: "physical truth, or the own numbers of SCALE-Sim v3 or v2", Default: "physical", Allowed: []string{"physical", scaleSim, scaleSimV2}},
		{Name: "traffic", Doc: "DRAM traffic: of double-buffered SRAMs, window by window, or its lower bound, which is faster", Default: trafficWindows, Allowed: []string{trafficWindows, trafficBound}},
		{Name: "port_words", Unit: "words/cycle", Doc: "SCALE-Sim's mode USER: the array stalls for SRAM ports of this width instead of dram_bandwidth; only with its profiles; 0 = mode CALC", Default: 0, Min: 0, Max: systolic.MaxPortWords},
		{Name: "dram_device", Doc: "DRAM device behind this project's controller, which serves the traffic burst by burst instead of dram_bandwidth: slower by far; empty = none", Default: ""},
		{Name: "dram_channels", Doc: "channels of the device, a power of two", Default: 1, Min: 1, Max: 16},
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
	if words := s.Int("port_words"); words != 0 && s.String("profile") == "physical" {
		errs = append(errs, fmt.Errorf("setting port_words = %d needs a profile of SCALE-Sim: set profile = %q or %q, or leave port_words out", words, scaleSim, scaleSimV2))
	}
	if words := s.Int("port_words"); words != 0 && s.String("traffic") == trafficBound {
		errs = append(errs, fmt.Errorf("settings port_words = %d and traffic = %q exclude each other: leave one of them out", words, trafficBound))
	}
	if device, words := s.String("dram_device"), s.Int("port_words"); device != "" && words != 0 {
		errs = append(errs, fmt.Errorf("settings dram_device = %q and port_words = %d exclude each other: leave one of them out", device, words))
	}
	if channels := s.Int("dram_channels"); channels != 1 && s.String("dram_device") == "" {
		errs = append(errs, fmt.Errorf("setting dram_channels = %d needs a device: set dram_device, or leave dram_channels out", channels))
	}
	return errors.Join(errs...)
}
