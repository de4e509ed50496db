package systolic

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/simulators"
)

// Names and defaults that the settings and the rules between them share.
const (
	bertBase       = "bert-base"
	horowitz       = "horowitz-45nm"
	aladdin        = "aladdin-40nm"
	defaultNetwork = "resnet18"
	defaultSupplyV = 0.9
	scaleSim       = "scalesim"
	scaleSimV2     = "scalesim-v2"
)

// settings lists what chooses the scenario.
func settings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "network", Doc: "network of the zoo that runs on the array", Default: defaultNetwork, Allowed: networks()},
		{Name: "tokens", Doc: "length of the sequence; only for bert-base", Default: dnn.ZooBERTTokens, Min: 1, Max: dnn.MaxBERTTokens},
		{Name: "topology", Doc: "SCALE-Sim topology CSV to run, network left out; empty = none", Default: ""},
		{Name: "technology", Doc: "table of energies and areas; aladdin-40nm cannot be scaled", Default: horowitz, Allowed: []string{horowitz, aladdin}},
		{Name: "node_nm", Unit: "nm", Doc: "technology node that the table is scaled to at supply_v: 130, 90, 65, 45, 32, 20, 16, 14, 10 or 7; 0 = the table's own", Default: 0, Min: 0, Max: 130},
		{Name: "supply_v", Unit: "V", Doc: "supply voltage at the scaled node; only with node_nm", Default: defaultSupplyV, Min: tech.MinSupplyV, Max: tech.MaxSupplyV},
		{Name: "word_bits", Unit: "bits", Doc: "width of an operand and of a final output", Default: 8, Min: systolic.MinWordBits, Max: systolic.MaxWordBits},
		{Name: "profile", Doc: "physical truth, or the own numbers of SCALE-Sim v3 or v2", Default: "physical", Allowed: []string{"physical", scaleSim, scaleSimV2}},
		{Name: "traffic", Doc: "DRAM traffic: of double-buffered SRAMs, window by window, or its lower bound, which is faster", Default: trafficWindows, Allowed: []string{trafficWindows, trafficBound}},
		{Name: "port_words", Unit: "words/cycle", Doc: "SCALE-Sim's mode USER: the array stalls for SRAM ports of this width instead of dram_bandwidth; only with its profiles; 0 = mode CALC", Default: 0, Min: 0, Max: systolic.MaxPortWords},
		{Name: "dram_device", Doc: "DRAM device behind this project's controller, which serves the traffic burst by burst instead of dram_bandwidth: slower by far; empty = none", Default: ""},
		{Name: "dram_channels", Doc: "channels of the device, a power of two", Default: 1, Min: 1, Max: 16},
	}
}

// checkTogether reports settings of which one would silently be ignored, and a table that cannot be scaled. A setting that is spelled
// out at its default reads like one left out, so it contradicts nothing.
func checkTogether(s simulators.Settings) error {
	var errs []error
	network, topology, node := s.String("network"), s.String("topology"), s.Int("node_nm")
	if topology != "" && network != defaultNetwork {
		errs = append(errs, fmt.Errorf("settings network = %q and topology = %q exclude each other: leave one of them out", network, topology))
	}
	if tokens := s.Int("tokens"); tokens != dnn.ZooBERTTokens && network != bertBase {
		errs = append(errs, fmt.Errorf("setting tokens = %d is only for network = %q: leave it out, or choose that network", tokens, bertBase))
	}
	if v := s.Float("supply_v"); v != defaultSupplyV && node == 0 {
		errs = append(errs, fmt.Errorf("setting supply_v = %g V needs a node to scale to: set node_nm, or leave supply_v out", v))
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
	if table := s.String("technology"); table == aladdin && node != 0 {
		errs = append(errs, fmt.Errorf("setting node_nm = %d nm: table %q cannot be scaled: leave node_nm out, or set technology = %q", node, aladdin, horowitz))
	}
	return errors.Join(errs...)
}

func networks() (names []string) {
	for _, e := range dnn.Zoo() {
		names = append(names, e.Name)
	}
	return names
}
