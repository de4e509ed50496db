// Package networks is the choice of a neural network that simulators of accelerators share: by its name in the zoo, with the length of its sequence, or
// from an ONNX file.
package networks

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
	"github.com/codesign-gym/codesign/simulators/onnx"
)

// Default is the network that runs when nothing is set.
const Default = "resnet18"

// MaxFileBytes bounds an ONNX file: a protocol buffer has at most 2 GiB.
const MaxFileBytes = 2 << 30

// Settings lists what chooses the network.
func Settings() []simulators.Setting {
	longest := 0
	for _, e := range dnn.Zoo() {
		longest = max(longest, e.MaxTokens)
	}
	return []simulators.Setting{
		{Name: "network", Doc: "network of the zoo that runs", Default: Default, Allowed: names(func(dnn.Entry) bool { return true })},
		{Name: "tokens", Doc: "length of the sequence of " + strings.Join(sequences(), ", ") + "; 0 = that of the zoo", Default: 0, Min: 0, Max: float64(longest)},
		{Name: "onnx", Doc: "ONNX file to run, network left out; empty = none", Default: ""},
		{Name: "onnx_dims", Doc: "sizes of its symbolic dimensions, or of axes of its inputs: sequence=128,image.2=224; the first axis, the batch, is otherwise 1", Default: ""},
	}
}

// Check reports settings of which one would silently be ignored. A setting spelled out at its default reads like one left out.
func Check(s simulators.Settings) error {
	var errs []error
	network, file := s.String("network"), s.String("onnx")
	if file != "" && network != Default {
		errs = append(errs, fmt.Errorf("settings network = %q and onnx = %q exclude each other: leave one of them out", network, file))
	}
	if dims := s.String("onnx_dims"); dims != "" && file == "" {
		errs = append(errs, fmt.Errorf("setting onnx_dims = %q is only for an ONNX file: leave it out, or set onnx", dims))
	}
	if tokens := s.Int("tokens"); tokens != 0 {
		if entry, err := dnn.Lookup(network); err == nil && entry.MaxTokens == 0 {
			errs = append(errs, fmt.Errorf("setting tokens = %d is only for network = %s: leave it out, or choose one of them",
				tokens, strings.Join(sequences(), ", ")))
		}
	}
	return errors.Join(errs...)
}

// Load builds the network of the settings, which passed Check. origin is empty for the zoo, and otherwise tells what is in the file, for the version of the simulator.
func Load(s simulators.Settings) (n dnn.Network, origin string, err error) {
	if path := s.String("onnx"); path != "" {
		return load(path, s.String("onnx_dims"))
	}
	entry, err := dnn.Lookup(s.String("network"))
	if err != nil {
		return dnn.Network{}, "", err
	}
	if tokens := s.Int("tokens"); tokens != 0 {
		n, err = entry.BuildTokens(tokens)
		return n, "", err
	}
	return entry.Build(), "", nil
}

// load reads an ONNX file. The sizes of its dimensions are settings, which the version need not tell apart.
func load(path, dims string) (n dnn.Network, origin string, err error) {
	sizes, err := parseDims(dims)
	if err != nil {
		return dnn.Network{}, "", err
	}
	content, origin, err := files.Read("onnx", path, MaxFileBytes)
	if err != nil {
		return dnn.Network{}, "", err
	}
	n, err = onnx.Read(path, content, onnx.Options{Dims: sizes})
	return n, origin, err
}

// parseDims reads a list of name=size.
func parseDims(text string) (map[string]int, error) {
	sizes := map[string]int{}
	if text == "" {
		return sizes, nil
	}
	for _, part := range strings.Split(text, ",") {
		at := max(strings.LastIndex(part, "="), 0) // a name may hold one
		name, size, ok := part[:at], strings.TrimPrefix(part[at:], "="), at > 0
		n, err := strconv.Atoi(strings.TrimSpace(size))
		name = strings.TrimSpace(name)
		if _, twice := sizes[name]; !ok || err != nil || name == "" || twice || n < 1 || n > dnn.MaxDimension {
			return nil, fmt.Errorf("setting onnx_dims: %q in %q: want name=size once for each name, sizes in [1, %d]", part, text, dnn.MaxDimension)
		}
		sizes[name] = n
	}
	return sizes, nil
}

// names lists the networks of the zoo of some kind.
func names(of func(dnn.Entry) bool) (list []string) {
	for _, e := range dnn.Zoo() {
		if of(e) {
			list = append(list, e.Name)
		}
	}
	return list
}

// sequences lists the networks that read a sequence.
func sequences() []string { return names(func(e dnn.Entry) bool { return e.MaxTokens > 0 }) }

// Workloads lists the networks as the workloads of a simulator.
func Workloads(simulator string) (list []simulators.Workload) {
	for _, e := range dnn.Zoo() {
		t := e.Build().Totals()
		list = append(list, simulators.Workload{
			Name: e.Name, Setting: simulator + ": network",
			Doc: fmt.Sprintf("%s; %.4g GMACs, %.4g M parameters", e.Doc, float64(t.MACs)/1e9, float64(t.Parameters)/1e6),
		})
	}
	return list
}
