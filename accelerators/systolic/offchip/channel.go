package offchip

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
)

// Devices lists the devices that NewChannel knows.
func Devices() []string { return device.Names() }

// NewChannel is a memory of one rank of a device on each of some channels (a power of two), rows above banks above columns, behind the default controller.
func NewChannel(deviceName string, channels int) (Channel, error) {
	d, err := device.Lookup(deviceName)
	if err != nil {
		return Channel{}, fmt.Errorf("offchip: %w", err)
	}
	geometry := address.Geometry{Channels: channels, Ranks: 1, Device: d}
	spec, err := address.Preset("row-bank-column", geometry)
	if err != nil {
		return Channel{}, fmt.Errorf("offchip: %w", err)
	}
	c := dram.Default()
	if c.Map, err = address.New(geometry, spec); err != nil {
		return Channel{}, fmt.Errorf("offchip: %w", err)
	}
	return Channel{DRAM: c}, nil
}
