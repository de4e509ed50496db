package systolic

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
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

const (
	dense    = "1:1" // of the setting sparsity
	maxCores = 64
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
		{Name: "sparsity", Doc: "N:M sparsity of all weights, as 2:4: of M weights along the depth N are kept; needs profile scalesim, and dataflow ws is then the only one; 1:1 = dense, or what the topology says", Default: dense},
		{Name: "cores", Doc: "equal arrays with SRAMs of their own that share a layer and the DRAM channel; only with profile physical", Default: 1, Min: 1, Max: maxCores},
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
	if cores := s.Int("cores"); cores != 1 && s.String("sparsity") == dense {
		errs = append(errs, checkCores(s, cores)...)
	}
	if text := s.String("sparsity"); text != dense {
		_, err := dnn.ParseSparsity(text)
		if err != nil {
			err = fmt.Errorf("setting %w", err)
		}
		errs = append(errs, err, checkSparse(s, fmt.Sprintf("setting sparsity = %q", text)))
	}
	return errors.Join(errs...)
}

// checkCores reports what is not defined for several cores.
func checkCores(s simulators.Settings, cores int) (errs []error) {
	if profile := s.String("profile"); profile != "physical" {
		errs = append(errs, fmt.Errorf("settings cores = %d and profile = %q exclude each other: SCALE-Sim has no memory traffic of several cores: leave one of them out", cores, profile))
	}
	if device := s.String("dram_device"); device != "" {
		errs = append(errs, fmt.Errorf("settings cores = %d and dram_device = %q exclude each other: the order of the bursts of several cores is not modelled: leave one of them out",
			cores, device))
	}
	return errs
}

// checkSparse reports what is not defined for sparse weights; who names where they come from.
func checkSparse(s simulators.Settings, who string) error {
	if cores := s.Int("cores"); cores != 1 {
		return fmt.Errorf("%s and cores = %d exclude each other: the traffic of sparse weights on several cores is not modelled: leave one of them out", who, cores)
	}
	var errs []error
	if profile := s.String("profile"); profile != scaleSim {
		errs = append(errs, fmt.Errorf("%s and profile = %q exclude each other: sparse weights are modelled as SCALE-Sim v3 has them: set profile = %q", who, profile, scaleSim))
	}
	if s.String("traffic") == trafficBound {
		errs = append(errs, fmt.Errorf("%s and traffic = %q exclude each other: there is no bound of sparse traffic: leave one of them out", who, trafficBound))
	}
	if words := s.Int("port_words"); words != 0 {
		errs = append(errs, fmt.Errorf("%s and port_words = %d exclude each other: SCALE-Sim's mode USER is modelled with dense weights: leave one of them out", who, words))
	}
	if device := s.String("dram_device"); device != "" {
		errs = append(errs, fmt.Errorf("%s and dram_device = %q exclude each other: the bursts of sparse weights are not modelled: leave one of them out", who, device))
	}
	return errors.Join(errs...)
}
