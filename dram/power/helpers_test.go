package power_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
)

// lookup is a shipped device.
func lookup(t testing.TB, name string) *device.Device {
	d, err := device.Lookup(name)
	require.NoError(t, err)
	return d
}
