package networkspace

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
)

// builtin is a space of package nas by its name.
type builtin struct {
	name string
	open func(tokens int) (nas.Partitioned, error)
}

// encoder is the name of the space that reads a sequence.
const encoder = "encoder"

// builtins lists the spaces; the first is the default.
func builtins() []builtin {
	return []builtin{
		{"resnet9", func(int) (nas.Partitioned, error) { return nas.NewResNet9() }},
		{"resnet9-stl", func(int) (nas.Partitioned, error) { return nas.NewResNet9STL() }},
		{"unet", func(int) (nas.Partitioned, error) { return nas.NewUNet() }},
		{"nb201", func(int) (nas.Partitioned, error) { return nas.NewNASBench201(nas.CIFAR10()) }},
		{"nbmacro", func(int) (nas.Partitioned, error) { return nas.NewNASBenchMacro() }},
		{"ofa", func(int) (nas.Partitioned, error) { return nas.NewOFAMobileNet() }},
		{encoder, func(tokens int) (nas.Partitioned, error) { return nas.NewEncoder(nas.Task{Tokens: tokens}) }},
	}
}

// defaultTokens is the sequence that an encoder reads when nothing is set.
const defaultTokens = 128

// spaceSettings lists what chooses the space.
func spaceSettings() []simulators.Setting {
	var names []string
	for _, b := range builtins() {
		names = append(names, b.name)
	}
	return []simulators.Setting{
		{Name: "space", Doc: "space of networks (package accelerators/dnn/nas)", Default: names[0], Allowed: names},
		{Name: "space_file", Doc: "TOML file of a space to search instead (docs/network-spaces.md); empty = none", Default: ""},
		{Name: "tokens", Doc: "length of the sequence of space = encoder", Default: defaultTokens, Min: 1, Max: 1 << 16},
		{Name: "weight_bits", Unit: "bits", Doc: "widths to search for the weights of each part of a network, as 2,4,8; one = fixed; empty = 8, or those of the file", Default: ""},
		{Name: "activation_bits", Unit: "bits", Doc: "widths to search for the activations, as weight_bits", Default: ""},
	}
}

// networks is a space opened.
type networks struct {
	nas.Partitioned
	fromFile bool   // its points may not fit
	origin   string // of the file
}

// openSpace opens the space of the settings.
func openSpace(s simulators.Settings) (networks, error) {
	bits, err := bitSettings(s)
	if err != nil {
		return networks{}, err
	}
	name, path, tokens := s.String("space"), s.String("space_file"), s.Int("tokens")
	if tokens != defaultTokens && (name != encoder || path != "") {
		return networks{}, fmt.Errorf("setting tokens = %d is only for space = %s: leave it out", tokens, encoder)
	}
	var n networks
	if path == "" {
		n, err = openBuiltin(name, tokens)
	} else if first := builtins()[0].name; name != first {
		err = fmt.Errorf("settings space = %q and space_file = %q exclude each other: leave one of them out", name, path)
	} else {
		n, bits, err = openFile(path, bits)
	}
	if err != nil || len(bits.Weights)+len(bits.Activations) == 0 {
		return n, err
	}
	n.Partitioned, err = nas.WithBits(n.Partitioned, bits)
	return n, err
}

func openBuiltin(name string, tokens int) (networks, error) {
	for _, b := range builtins() {
		if b.name == name {
			s, err := b.open(tokens)
			return networks{Partitioned: s}, err
		}
	}
	return networks{}, fmt.Errorf("unknown space %q", name) // settings admit none
}

// openFile reads a file; widths in it and in settings exclude each other.
func openFile(path string, bits nas.BitChoices) (networks, nas.BitChoices, error) {
	text, origin, err := files.ReadTable("space_file", path)
	if err != nil {
		return networks{}, bits, err
	}
	f, err := Read(path, text)
	if err != nil {
		return networks{}, bits, err
	}
	if len(f.Bits.Weights)+len(f.Bits.Activations) > 0 {
		if len(bits.Weights)+len(bits.Activations) > 0 {
			return networks{}, bits, fmt.Errorf("%s has a table bits, which weight_bits and activation_bits exclude: leave one of them out", path)
		}
		bits = f.Bits
	}
	s, err := f.Space(path, text)
	return networks{Partitioned: s, fromFile: true, origin: origin}, bits, err
}

// bitSettings reads the lists of widths.
func bitSettings(s simulators.Settings) (c nas.BitChoices, err error) {
	if c.Weights, err = bitList(s, "weight_bits"); err != nil {
		return c, err
	}
	c.Activations, err = bitList(s, "activation_bits")
	return c, err
}

func bitList(s simulators.Settings, name string) (list []int, err error) {
	text := s.String(name)
	if text == "" {
		return nil, nil
	}
	for _, part := range strings.Split(text, ",") {
		bits, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || bits < nas.MinBits || bits > nas.MaxBits || len(list) > 0 && bits <= list[len(list)-1] {
			return nil, fmt.Errorf("setting %s: %q in %q: want ascending widths in [%d, %d] with commas between, as 2,4,8", name, part, text, nas.MinBits, nas.MaxBits)
		}
		list = append(list, bits)
	}
	return list, nil
}
