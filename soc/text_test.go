package soc_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

func TestNamesInFiles(t *testing.T) {
	for kind, name := range map[soc.Kind]string{soc.GPP: "gpp", soc.IP: "ip", soc.SRAM: "sram", soc.DRAM: "dram", soc.Bus: "bus"} {
		text, err := kind.MarshalText()
		require.NoError(t, err)
		require.Equal(t, name, string(text))
		var again soc.Kind
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, kind, again)
		require.Equal(t, kind == soc.GPP || kind == soc.IP, kind.IsPE())
		require.Equal(t, kind == soc.SRAM || kind == soc.DRAM, kind.IsMemory())
	}
	var kind soc.Kind
	require.EqualError(t, kind.UnmarshalText([]byte("cache")), `soc: unknown kind "cache" of block: known are gpp, ip, sram, dram, bus`)
	_, err := soc.Kind(9).MarshalText()
	require.EqualError(t, err, "soc: unknown kind 9 of block")

	for profile, name := range map[soc.Profile]string{soc.Repaired: "repaired", soc.Reference: "reference"} {
		text, err := profile.MarshalText()
		require.NoError(t, err)
		require.Equal(t, name, string(text))
		var again soc.Profile
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, profile, again)
	}
	var profile soc.Profile
	require.EqualError(t, profile.UnmarshalText([]byte("exact")), `soc: unknown profile "exact": known are repaired, reference`)
	_, err = soc.Profile(9).MarshalText()
	require.EqualError(t, err, "soc: unknown profile 9")

	for direction, name := range map[soc.Direction]string{soc.Compute: "compute", soc.Read: "read", soc.Write: "write"} {
		require.Equal(t, name, direction.String())
	}
	for value, name := range map[interface{ String() string }]string{
		soc.Kind(9): "Kind(9)", soc.Profile(9): "Profile(9)", soc.Reason(99): "Reason(99)", soc.Direction(9): "Direction(9)",
	} {
		require.Equal(t, name, value.String())
	}
}

func TestWeightings(t *testing.T) {
	d := soc.Distance{LatencyFrac: []float64{2, -0.5}, PowerFrac: -0.25, AreaFrac: 0.0005, DRAMFrac: -1}
	require.False(t, d.Met())
	require.InEpsilon(t, 2.5, d.Latency(soc.Simple), tolerance)
	require.InEpsilon(t, 2.05, d.Latency(soc.Dampen), tolerance)
	require.InEpsilon(t, 2+1e-9, d.Latency(soc.Eliminate), tolerance)
	require.InEpsilon(t, 0.025, d.Power(soc.Dampen), tolerance)
	require.InEpsilon(t, 1.0005, d.Area(soc.Simple), tolerance)
	require.InEpsilon(t, 2+4e-9, d.Sum(soc.Eliminate), tolerance)
	d.LatencyFrac = []float64{0.0009}
	require.True(t, d.Met())
	for _, over := range []soc.Distance{{PowerFrac: 0.001}, {AreaFrac: 0.001}, {DRAMFrac: 0.001}} {
		require.False(t, over.Met())
	}
}
