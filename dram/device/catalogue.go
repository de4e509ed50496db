package device

import (
	"fmt"
	"strings"
)

// Catalogue is every shipped device, in the order of the standards. The devices are fresh: a caller may change them.
func Catalogue() []*Device {
	return []*Device{
		ddr3x1600x1Gb(), ddr3x1600x2Gb(), ddr3x1600x4Gb(),
		ddr4x2400x8Gb(), ddr4x3200x8Gb(),
		ddr5x4800x16Gb(),
		lpddr4x3200x8Gb(),
		lpddr5x6400x16Gb(),
		hbm2x2000x4Gb(),
		gddr6x14000x8Gb(),
	}
}

// Names are the names of the shipped devices.
func Names() []string {
	var names []string
	for _, d := range Catalogue() {
		names = append(names, d.Name)
	}
	return names
}

// Lookup is a fresh copy of the shipped device of that name.
func Lookup(name string) (*Device, error) {
	for _, d := range Catalogue() {
		if d.Name == name {
			return d, nil
		}
	}
	return nil, fmt.Errorf("device: unknown device %q: valid are %s", name, strings.Join(Names(), ", "))
}
