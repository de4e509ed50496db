package device_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
)

// CL 40, CWL 38, B 8; ACT and columns take 2 clocks.
func TestDDR5RulesByHand(t *testing.T) {
	r := lookup(t, "ddr5-4800-16gb-x8").Rules()
	rules := listed(t, r)
	for rule, clocks := range expand(t, `
		ACT    > RD WR  bank  39
		ACT    > PRE    bank  78 // 77+1
		PRE    > ACT    bank  38 // 39-1
		PRE    > PRE    rank   2
		REF    > ACT    rank 707 // 708-1
		RD     > RD     rank   8
		WR     > WR     group 24
		RD     > WR     rank  14 // 40+8+4-38
		WR     > RD     rank  52 // 38+8+6
		WR     > RD     group 70 // 38+8+24
		RD     > PRE    bank  19 // 18+1
		WR     > PRE    bank 119 // 38+8+72+1
		RDA    > REF    rank  58 // 18+39+1
		RD     > PDEA   rank  50 // 40+8+1+1
		SREFEX > RD     rank 1535 // 1536-1
	`) {
		require.Equal(t, clocks, rules[rule], rule)
	}
	require.Equal(t, 49, r.ReadData)  // 1+40+8
	require.Equal(t, 47, r.WriteData) // 1+38+8
	requireWindow(t, r, 4, map[device.Command]int{device.ACT: 31})
}

// CL 14, CWL 5, B 2; ACT takes 2 clocks.
func TestHBM2RulesByHand(t *testing.T) {
	r := lookup(t, "hbm2-2000-4gb-x128").Rules()
	rules := listed(t, r)
	for rule, clocks := range expand(t, `
		ACT    > RD     bank  15 // 14+1
		ACT    > WR     bank  13 // 12+1
		ACT    > PRE    bank  35 // 34+1
		PRE    > ACT    bank  13 // 14-1
		RD     > WR     rank  13 // 14+2+2-5
		WR     > RD     rank  13 // 5+2+6
		WR     > RD     group 15 // 5+2+8
		WR     > RDA    bank  18 // (5+2+16)-5
		ACT    > REFPB  bank  49 // 48+1
		ACT    > REFPB  rank   5 // 4+1
		REFPB  > ACT    bank 159 // 160-1
		REFPB  > ACT    rank   7 // 8-1
		REFPB  > REFPB  bank 160
		REFPB  > REFPB  rank   8
		REFPB  > REF    rank 160
	`) {
		require.Equal(t, clocks, rules[rule], rule)
	}
	require.Equal(t, [device.Commands]uint8{device.RD: 1, device.RDA: 1, device.WR: 1, device.WRA: 1}, r.Bus)
	requireWindow(t, r, 4, map[device.Command]int{device.ACT: 14, device.REFPB: 15})
}

// CL 24, CWL 6, B 2; all commands take 1 clock.
func TestGDDR6RulesByHand(t *testing.T) {
	d := lookup(t, "gddr6-14000-8gb-x16x2")
	rules := listed(t, d.Rules())
	for rule, clocks := range expand(t, `
		ACT    > RD     bank  27
		ACT    > WR     bank  16
		RD     > WR     rank  22 // 24+2+2-6
		WR     > RD     rank  17 // 6+2+9
		WR     > RD     group 19 // 6+2+11
		WR     > PRE    bank  35 // 6+2+27
		PRE    > PRE    rank   1
		REFPB  > ACT    rank  15
		REFPB  > ACT    bank 106
	`) {
		require.Equal(t, clocks, rules[rule], rule)
	}

	d.Timing.T32AW = 420
	require.Equal(t, 32, d.Rules().Windows[1].Count)
	require.Equal(t, 420, d.Rules().Windows[1].Clocks[device.ACT])
	require.True(t, d.Rules().Windows[1].Members[device.REFPB])
}
