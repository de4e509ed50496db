package systolic_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func edge() systolic.Config {
	return systolic.Config{
		Array:        systolic.Array{Rows: 16, Cols: 16},
		IfmapSRAMKiB: 32, FilterSRAMKiB: 32, OfmapSRAMKiB: 8,
		DRAMBandwidthGBps: 4, ClockMHz: 500,
	}
}

func TestConfigCheckReportsAllMistakes(t *testing.T) {
	require.NoError(t, edge().Check())
	bad := systolic.Config{
		Array:        systolic.Array{Rows: 0, Cols: 20000, Dataflow: 3},
		IfmapSRAMKiB: 0, FilterSRAMKiB: -1, OfmapSRAMKiB: 1 << 21,
		DRAMBandwidthGBps: math.NaN(), ClockMHz: math.Inf(1), WordBits: 4,
	}
	require.EqualError(t, bad.Check(), `systolic: Rows 0 out of range [1, 16384] processing elements
systolic: Cols 20000 out of range [1, 16384] processing elements
systolic: dataflow 3 out of range [0, 3)
systolic: IfmapSRAMKiB 0 out of range [1, 1048576] KiB
systolic: FilterSRAMKiB -1 out of range [1, 1048576] KiB
systolic: OfmapSRAMKiB 2097152 out of range [1, 1048576] KiB
systolic: DRAMBandwidthGBps NaN out of range [0.1, 100000] GB/s
systolic: ClockMHz +Inf out of range [1, 10000] MHz
systolic: WordBits 4 out of range [8, 16] bits`)
}

func TestNanosecondsAreNotRounded(t *testing.T) {
	c := edge()
	c.ClockMHz = 3200
	require.InEpsilon(t, 0.3125, c.Nanoseconds(1), 1e-15)
}

func TestNamesRoundTrip(t *testing.T) {
	for want, dataflow := range map[string]systolic.Dataflow{"os": os, "ws": ws, "is": is} {
		text, err := dataflow.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
		require.Equal(t, want, dataflow.String())
		var back systolic.Dataflow
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, dataflow, back)
	}
	for want, profile := range map[string]systolic.Profile{"physical": systolic.Physical, "scalesim": systolic.ScaleSim} {
		text, err := profile.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
		require.Equal(t, want, profile.String())
		var back systolic.Profile
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, profile, back)
	}
	require.Equal(t, "Dataflow(9)", systolic.Dataflow(9).String())
	require.Equal(t, "Profile(9)", systolic.Profile(9).String())
	kept := ws
	require.EqualError(t, kept.UnmarshalText([]byte("rs")), `systolic: unknown dataflow "rs": known are os, ws, is`)
	require.Equal(t, ws, kept)
	var profile systolic.Profile
	require.EqualError(t, profile.UnmarshalText([]byte("")), `systolic: unknown profile "": known are physical, scalesim, scalesim-v2`)
	_, err := systolic.Dataflow(3).MarshalText()
	require.EqualError(t, err, "systolic: dataflow 3 out of range [0, 3)")
}
