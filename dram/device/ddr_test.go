package device_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
)

// CL 11, CWL 8, BL/2 4: WRPRE = 8+4+12 = 24.
const ddr3Table = `
	ACT         > RD RDA WR WRA  bank   11
	RD RDA      > RD RDA         rank    4
	WR WRA      > WR WRA         rank    4
	WR WRA      > RD RDA         rank   18 // 8+4+6; WR > RDA bank 24-6 = 18 is implied
	RD RDA      > WR WRA         rank    9 // 11+4+2-8
	PDXA        > RD RDA WR WRA  rank    5
	SREFEX      > RD RDA WR WRA  rank  512

	ACT         > ACT            bank   39
	ACT         > ACT            rank    5
	RDA         > ACT            bank   17 // 6+11
	WRA         > ACT            bank   35 // 24+11
	PRE         > ACT            bank   11
	PREA        > ACT            rank   11
	REF         > ACT            rank  208
	PDXA PDXP   > ACT            rank    5
	SREFEX      > ACT            rank  216

	ACT         > PRE            bank   28
	RD          > PRE            bank    6
	WR          > PRE            bank   24
	PDXA        > PRE PREA       rank    5
	ACT         > PREA           rank   28
	RD RDA      > PREA           rank    6
	WR WRA      > PREA           rank   24

	ACT         > REF SREFEN     rank   39
	RD          > SREFEN         rank   16 // 11+4+1: the data have left
	RDA         > REF SREFEN     rank   17 // 6+11; SREFEN: max(11+4+1, 17)
	WRA         > REF SREFEN     rank   35
	PRE PREA    > REF SREFEN     rank   11
	REF         > REF SREFEN     rank  208
	PDXP        > REF SREFEN     rank    5
	SREFEX      > REF SREFEN     rank  216

	ACT         > PDEA           rank    1
	RD RDA      > PDEA PDEP      rank   16 // 11+4+1
	WR          > PDEA           rank   24
	WRA         > PDEA PDEP      rank   25
	PRE         > PDEA PDEP      rank    1
	PREA REF    > PDEP           rank    1
	SREFEX      > PDEP           rank  216
	PDXA        > PDEA           rank    4
	PDXP        > PDEP           rank    4
	PDEA        > PDXA           rank    4
	PDEP        > PDXP           rank    4
	SREFEN      > SREFEX         rank    5

	RD RDA      > RD RDA         other   5 // 4+1
	WR WRA      > WR WRA         other   5
	RD RDA      > WR WRA         other   8 // 11+4+1-8
	WR WRA      > RD RDA         other   2 // 8+4+1-11
`

// CL 16, CWL 12, BL/2 4: WRPRE = 12+4+18 = 34.
const ddr4Table = `
	ACT         > RD RDA WR WRA  bank   16
	RD RDA      > RD RDA         group   6
	RD RDA      > RD RDA         rank    4
	WR WRA      > WR WRA         group   6
	WR WRA      > WR WRA         rank    4
	WR WRA      > RD RDA         group  25 // 12+4+9; WR > RDA bank 34-9 = 25 is implied
	WR WRA      > RD RDA         rank   19 // 12+4+3
	RD RDA      > WR WRA         rank   10 // 16+4+2-12
	PDXA        > RD RDA WR WRA  rank    8
	SREFEX      > RD RDA WR WRA  rank  768

	ACT         > ACT            bank   55
	ACT         > ACT            group   6
	ACT         > ACT            rank    4
	RDA         > ACT            bank   25 // 9+16
	WRA         > ACT            bank   50 // 34+16
	PRE         > ACT            bank   16
	PREA        > ACT            rank   16
	REF         > ACT            rank  420
	PDXA PDXP   > ACT            rank    8
	SREFEX      > ACT            rank  432

	ACT         > PRE            bank   39
	RD          > PRE            bank    9
	WR          > PRE            bank   34
	PDXA        > PRE PREA       rank    8
	ACT         > PREA           rank   39
	RD RDA      > PREA           rank    9
	WR WRA      > PREA           rank   34

	ACT         > REF SREFEN     rank   55
	RD          > SREFEN         rank   21 // 16+4+1
	RDA         > REF SREFEN     rank   25 // SREFEN: max(16+4+1, 25)
	WRA         > REF SREFEN     rank   50
	PRE PREA    > REF SREFEN     rank   16
	REF         > REF SREFEN     rank  420
	PDXP        > REF SREFEN     rank    8
	SREFEX      > REF SREFEN     rank  432

	ACT         > PDEA           rank    2
	RD RDA      > PDEA PDEP      rank   21 // 16+4+1
	WR          > PDEA           rank   34
	WRA         > PDEA PDEP      rank   35
	PRE         > PDEA PDEP      rank    2
	PREA REF    > PDEP           rank    2
	SREFEX      > PDEP           rank  432
	PDXA        > PDEA           rank    6
	PDXP        > PDEP           rank    6
	PDEA        > PDXA           rank    6
	PDEP        > PDXP           rank    6
	SREFEN      > SREFEX         rank    7

	RD RDA      > RD RDA         other   5 // 4+1
	WR WRA      > WR WRA         other   5
	RD RDA      > WR WRA         other   9 // 16+4+1-12
	WR WRA      > RD RDA         other   1 // 12+4+1-16
`

func TestDDR3RulesByHand(t *testing.T) {
	r := lookup(t, "ddr3-1600-4gb-x8").Rules()
	require.Equal(t, expand(t, ddr3Table), listed(t, r))
	require.Equal(t, 15, r.ReadData)  // 11+4
	require.Equal(t, 12, r.WriteData) // 8+4
	require.Equal(t, 6, r.ReadToPre)
	require.Equal(t, 24, r.WriteToPre)
	requireWindow(t, r, 4, map[device.Command]int{device.ACT: 24})
}

func TestDDR4RulesByHand(t *testing.T) {
	r := lookup(t, "ddr4-2400-8gb-x8").Rules()
	require.Equal(t, expand(t, ddr4Table), listed(t, r))
	require.Equal(t, 20, r.ReadData)  // 16+4
	require.Equal(t, 16, r.WriteData) // 12+4
	require.Equal(t, 9, r.ReadToPre)
	require.Equal(t, 34, r.WriteToPre)
	requireWindow(t, r, 4, map[device.Command]int{device.ACT: 26})
	require.Equal(t, [device.Commands]int{1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1}, r.Clocks, "no REFPB")
	require.Zero(t, r.Bus)
}

// With additive latency columns may be sent earlier after ACT, and all that follows them waits longer.
func TestAdditiveLatency(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	d.Timing.AL = 14
	require.NoError(t, d.Check())
	r := d.Rules()
	rules := listed(t, r)
	require.Equal(t, 2, rules["ACT > RD bank"])      // 16-14
	require.Equal(t, 23, rules["RD > PRE bank"])     // 14+9
	require.Equal(t, 48, rules["WR > PRE bank"])     // 14+34
	require.Equal(t, 25, rules["WR > RD group"])     // 26+4+9-14
	require.Equal(t, 10, rules["RD > WR rank"])      // 30+4+2-26
	require.Equal(t, 35, rules["RD > PDEA rank"])    // 30+4+1
	require.Equal(t, 34, r.ReadData)                 // 30+4
	require.Equal(t, 30, r.WriteData)                // 26+4
	require.Equal(t, 64, rules["WRA > ACT bank"])    // 48+16
	require.Equal(t, 49, rules["WRA > PDEP rank"])   // 48+1
	require.Equal(t, 39, rules["RDA > ACT bank"])    // 23+16
	require.Equal(t, 9, rules["RD > WR other"])      // 30+4+1-26
	require.Equal(t, 6, rules["PDXA > PDEA rank"])   // as without
	require.Equal(t, 55, rules["ACT > ACT bank"])    // as without
	require.Equal(t, 420, rules["REF > REF rank"])   // as without
	require.Equal(t, 16, rules["PRE > REF rank"])    // as without
	require.Equal(t, 768, rules["SREFEX > RD rank"]) // as without
}

// requireWindow requires one window, of ACT and whatever else it binds.
func requireWindow(t *testing.T, r *device.Rules, count int, clocks map[device.Command]int) {
	t.Helper()
	require.Len(t, r.Windows, 1)
	var want device.Window
	want.Count = count
	for c, n := range clocks {
		want.Members[c], want.Clocks[c] = true, n
	}
	require.Equal(t, want, r.Windows[0])
}
