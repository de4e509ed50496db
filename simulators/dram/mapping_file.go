package dram

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
)

// fixedMapping is the address map of the settings: by name or order, or of a file.
func fixedMapping(s simulators.Settings) (bits mapping, origin string, err error) {
	path := s.String("mapping_file")
	if path == "" {
		name := s.String("mapping")
		return func(g address.Geometry) (address.Spec, error) { return namedMapping(name, g) }, "", nil
	}
	text, origin, err := files.ReadTable("mapping_file", path)
	if err != nil {
		return nil, "", err
	}
	spec, err := parseMapping(text)
	if err != nil {
		return nil, "", fmt.Errorf("mapping_file %s: %w", path, err)
	}
	return func(g address.Geometry) (address.Spec, error) {
		if err := spec.Check(g); err != nil {
			return address.Spec{}, fmt.Errorf("mapping_file %s: %w", path, err)
		}
		return spec, nil
	}, origin, nil
}

// parseMapping reads the bits of each field, the lowest first, and the exclusive ors in their order.
func parseMapping(text string) (address.Spec, error) {
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
	if err := files.Strict(text, &file); err != nil {
		return address.Spec{}, err
	}
	spec := address.Spec{Channel: file.Channel, Rank: file.Rank, BankGroup: file.BankGroup, Bank: file.Bank, Row: file.Row, Column: file.Column}
	for _, x := range file.XOR {
		spec.XOR = append(spec.XOR, address.XOR{Target: x.Target, Source: x.Source})
	}
	return spec, nil
}

// namedMapping is a preset, or an order of the fields.
func namedMapping(name string, g address.Geometry) (spec address.Spec, err error) {
	switch {
	case slices.Contains(address.Presets(), name):
		spec, err = address.Preset(name, g)
	case strings.ContainsAny(name, "-_"):
		return spec, suggest.Unknown("value of setting mapping", name, address.Presets())
	default:
		spec, err = address.ParseOrder(name, g)
	}
	if err != nil {
		return spec, fmt.Errorf("setting mapping: %w", err)
	}
	return spec, nil
}
