package ramulator

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// job plays the first requests of a named trace on one rank of a shipped device; 0 = all of them.
func job(t testing.TB, deviceName, traceName string, requests int) memory.Job {
	t.Helper()
	w, err := trace.Lookup(traceName)
	require.NoError(t, err)
	if requests > 0 {
		w.Requests = requests
	}
	j := jobOf(t, deviceName, 1, 1, w.Open())
	j.MaxOutstanding = w.MaxOutstanding
	return j
}

// jobOf plays requests on a memory of the device.
func jobOf(t testing.TB, deviceName string, channels, ranks int, source trace.Source) memory.Job {
	t.Helper()
	d, err := device.Lookup(deviceName)
	require.NoError(t, err)
	g := address.Geometry{Channels: channels, Ranks: ranks, Device: d}
	spec, err := address.Preset("row-bank-column", g)
	require.NoError(t, err)
	m, err := address.New(g, spec)
	require.NoError(t, err)
	return memory.Job{Device: d, Channels: channels, Ranks: ranks, Map: m, Source: source}
}
