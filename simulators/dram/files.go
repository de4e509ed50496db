package dram

import (
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// fixedDevice is the device of the settings: by name, or of a file.
func fixedDevice(s simulators.Settings) (d *device.Device, origin string, err error) {
	path := s.String("device_file")
	if err := exclude(s, "device", defaultDevice, "device_file"); err != nil {
		return nil, "", err
	}
	if path == "" {
		d, err = device.Lookup(s.String("device"))
		return d, "", err
	}
	source, origin, err := readFile("device_file", path, maxTableBytes)
	if err != nil {
		return nil, "", err
	}
	if d, err = parseDevice(string(source)); err == nil {
		err = d.Check()
	}
	if err != nil {
		return nil, "", fmt.Errorf("device_file %s: %w", path, err)
	}
	return d, origin, nil
}

// parseDevice reads a device: the key base names a device of the catalogue whose values hold where the file is silent. Rails are not mixed:
// a file that has any has all.
func parseDevice(text string) (*device.Device, error) {
	var start struct {
		Base  string           `toml:"base"`
		Rails []toml.Primitive `toml:"rails"`
	}
	if _, err := toml.Decode(text, &start); err != nil {
		return nil, err
	}
	file := struct {
		Base string `toml:"base"`
		device.Device
	}{}
	if start.Base != "" {
		base, err := device.Lookup(start.Base)
		if err != nil {
			return nil, fmt.Errorf("base: %w", err)
		}
		file.Device = *base
	}
	if start.Rails != nil {
		file.Rails = nil
	}
	if err := strict(text, &file); err != nil {
		return nil, err
	}
	return &file.Device, nil
}

// strict decodes TOML and refuses keys that nothing reads.
func strict(text string, into any) error {
	read, err := toml.Decode(text, into)
	if err != nil {
		return err
	}
	if unknown := read.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("unknown key %q", unknown[0])
	}
	return nil
}

// fixedMapping is the address map of the settings: by name or order, or of a file.
func fixedMapping(s simulators.Settings) (mapping func(address.Geometry) (address.Spec, error), origin string, err error) {
	path, name := s.String("mapping_file"), s.String("mapping")
	if err := exclude(s, "mapping", defaultMapping, "mapping_file"); err != nil {
		return nil, "", err
	}
	if path == "" {
		return func(g address.Geometry) (address.Spec, error) { return namedMapping(name, g) }, "", nil
	}
	source, origin, err := readFile("mapping_file", path, maxTableBytes)
	if err != nil {
		return nil, "", err
	}
	var file struct {
		Channel   []int `toml:"channel"`
		Rank      []int `toml:"rank"`
		BankGroup []int `toml:"bank_group"`
		Bank      []int `toml:"bank"`
		Row       []int `toml:"row"`
		Column    []int `toml:"column"`
		XOR       []struct {
			Target int `toml:"target"`
			Source int `toml:"source"`
		} `toml:"xor"`
	}
	if err := strict(string(source), &file); err != nil {
		return nil, "", fmt.Errorf("mapping_file %s: %w", path, err)
	}
	spec := address.Spec{Channel: file.Channel, Rank: file.Rank, BankGroup: file.BankGroup, Bank: file.Bank, Row: file.Row, Column: file.Column}
	for _, x := range file.XOR {
		spec.XOR = append(spec.XOR, address.XOR{Target: x.Target, Source: x.Source})
	}
	return func(g address.Geometry) (address.Spec, error) {
		if err := spec.Check(g); err != nil {
			return address.Spec{}, fmt.Errorf("mapping_file %s: %w", path, err)
		}
		return spec, nil
	}, origin, nil
}

// namedMapping is a preset, or an order of the fields.
func namedMapping(name string, g address.Geometry) (address.Spec, error) {
	for _, known := range mappings() {
		if known == name {
			return address.Preset(name, g)
		}
	}
	if strings.Contains(name, "-") || strings.Contains(name, "_") {
		return address.Spec{}, suggest.Unknown("value of setting mapping", name, mappings())
	}
	return address.ParseOrder(name, g)
}
