package device_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
)

func TestStandardText(t *testing.T) {
	for s := device.DDR3; s <= device.GDDR6; s++ {
		text, err := s.MarshalText()
		require.NoError(t, err)
		var back device.Standard
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, s, back)
	}
	s, err := device.ParseStandard("lpddr4")
	require.NoError(t, err)
	require.Equal(t, device.LPDDR4, s)
	require.Equal(t, "LPDDR4", s.String())

	require.ErrorContains(t, s.UnmarshalText([]byte("DDR2")), `unknown standard "DDR2": valid are DDR3, DDR4, DDR5, LPDDR4, LPDDR5, HBM2, GDDR6`)
	require.Equal(t, device.LPDDR4, s, "a failed read changes nothing")
	_, err = device.Standard(7).MarshalText()
	require.ErrorContains(t, err, "standard 7 out of range [0, 6]")
	require.Equal(t, "Standard(7)", device.Standard(7).String())
}

func TestCommandKinds(t *testing.T) {
	require.Equal(t, "SREFEX", device.SREFEX.String())
	require.Equal(t, "Command(15)", device.Command(15).String())
	require.True(t, device.WRA.IsColumn())
	require.False(t, device.PRE.IsColumn())
	require.True(t, device.RDA.IsRead())
	require.False(t, device.WR.IsRead())
	require.True(t, device.REFPB.OfBank())
	require.False(t, device.PREA.OfBank())
}
