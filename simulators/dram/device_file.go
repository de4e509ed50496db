package dram

import (
	"fmt"

	"github.com/BurntSushi/toml"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
)

// fixedDevice is the device of the settings: by name, or of a file.
func fixedDevice(s simulators.Settings) (d *device.Device, origin string, err error) {
	path := s.String("device_file")
	if path == "" {
		d, err = device.Lookup(s.String("device"))
		return d, "", err
	}
	text, origin, err := files.ReadTable("device_file", path)
	if err != nil {
		return nil, "", err
	}
	if d, err = parseDevice(text); err == nil {
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
	if err := files.Strict(text, &file); err != nil {
		return nil, err
	}
	return &file.Device, nil
}
