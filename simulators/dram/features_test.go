package dram_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A row of all chips has 8 KiB, of which the eight banks take turns: 0 and 0x40 are in the first row of the first bank, 0x10000 in its second, 0x2000 in the second bank.
// A clock is 1.25 ns, a burst 4 clocks, tRC 38.
func TestFeaturesByHand(t *testing.T) {
	path := file(t, "few.stl", "0: read 0x0\n2: write 0x40\n4: read 0x10000\n12: read 0x2000\n")
	want := map[string]float64{
		"requests": 4, "reads_frac": 0.75, "turns_frac": 0.5, "gap_cycles": 4, "gap_variation_frac": 0.7071068, "serial_frac": 0,
		"row_hits_frac": 0.25, "row_changes": 3, "banks": 2, "rows": 3, "arrival_ns": 15, "bus_ns": 20, "bank_ns": 95, "bound_ns": 95, "clock_ns": 1.25,
	}
	for _, name := range []string{"dram", "dram/wide", "dram/full"} {
		list := open(t, name, map[string]any{"trace": path}).Features()
		require.Len(t, list, len(want))
		for _, f := range list {
			require.InDelta(t, want[f.Name], f.Value, 1e-6, "%s: %s", name, f.Name)
		}
	}
}

// With one request at a time, each waits for an activation, a read and its burst: 10 + 10 + 4 clocks of 1.25 ns.
func TestFeaturesOfSerialRequests(t *testing.T) {
	value := map[string]float64{}
	for _, f := range open(t, "dram", map[string]any{"workload": "chase"}).Features() {
		value[f.Name] = f.Value
	}
	require.Equal(t, 1.0, value["serial_frac"])
	require.Zero(t, value["gap_cycles"], "all are there at once")
	require.Zero(t, value["gap_variation_frac"])
	require.Equal(t, 2000*24*1.25, value["bound_ns"])
}
