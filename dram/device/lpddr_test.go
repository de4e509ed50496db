package device_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
)

// CL 28, CWL 14, BL/2 8; lengths: ACT and columns 4, power-down 1, others 2.
// From issue to issue RDPRE = 12+8-8+4-2 = 14 and WRPRE = 14+8+1+29+4-2 = 54.
const lpddr4Table = `
	ACT         > RD RDA WR WRA  bank   29
	RD RDA      > RD RDA         rank    8
	WR WRA      > WR WRA         rank    8
	RD RDA      > WR WRA         rank   30 // 28+6+8-14+2+0
	WR WRA      > RD RDA         rank   39 // 14+1+8+16
	WR          > RDA            bank   40 // 54-14
	PDXA        > RD RDA WR WRA  rank   12

	ACT         > ACT            bank   97
	ACT         > ACT            rank   16
	RDA         > ACT            bank   41 // 14+29-2
	WRA         > ACT            bank   81 // 54+29-2
	PRE         > ACT            bank   27 // 29-2
	PREA        > ACT            rank   32 // 34-2
	REF         > ACT            rank  446 // 448-2
	REFPB       > ACT            bank  222 // 224-2
	REFPB       > ACT            rank   14 // 16-2
	PDXA PDXP   > ACT            rank   12
	SREFEX      > ACT            rank  458 // 460-2

	ACT         > PRE            bank   70 // 68+2
	RD          > PRE            bank   14
	WR          > PRE            bank   54
	PRE         > PRE PREA       rank    4
	PDXA        > PRE PREA       rank   12
	ACT         > PREA           rank   70
	RD RDA      > PREA           rank   14
	WR WRA      > PREA           rank   54
	REFPB       > PREA           rank  224

	ACT         > REF SREFEN     rank   99 // 97+2
	RDA         > REF            rank   43 // 14+29
	WRA         > REF            rank   83 // 54+29
	RD          > SREFEN         rank   45 // 3+28+6+8+0: the data have left
	RDA         > SREFEN         rank   45 // max(3+28+6+8+0, 43)
	WRA         > SREFEN         rank   83 // max(3+14+1+2+8+29+2, 83)
	PRE         > REF SREFEN     rank   29
	PREA        > REF SREFEN     rank   34
	REF         > REF SREFEN     rank  448
	REFPB       > REF SREFEN     rank  224
	PDXP        > REF SREFEN     rank   12
	SREFEX      > REF SREFEN     rank  460

	ACT         > REFPB          bank   99 // 97+2
	ACT         > REFPB          rank   18 // 16+2
	RDA         > REFPB          bank   43
	WRA         > REFPB          bank   83
	PRE         > REFPB          bank   29
	PREA        > REFPB          rank   34
	REF         > REFPB          rank  448
	REFPB       > REFPB          rank  224
	PDXA PDXP   > REFPB          rank   12
	SREFEX      > REFPB          rank  460

	ACT         > PDEA           rank    6 // 3+3
	RD RDA      > PDEA PDEP      rank   45 // 3+28+6+8+0
	WR          > PDEA           rank   57 // 3+14+1+2+8+29
	WRA         > PDEA PDEP      rank   59 // 57+2
	PRE REFPB   > PDEA PDEP      rank    4 // 1+3
	PREA REF    > PDEP           rank    4
	SREFEX      > PDEP           rank  460
	PDXA        > PDEA           rank   12
	PDXP        > PDEP           rank   12
	PDEA        > PDXA           rank   12
	PDEP        > PDXP           rank   12
	SREFEN      > SREFEX         rank   24

	RD RDA      > RD RDA         other   9 // 8+1
	WR WRA      > WR WRA         other   9
	RD RDA      > WR WRA         other  26 // read data end 45, +1, write data start 3+14+1+2 = 20
	// WR WRA   > RD RDA         other: write data end 28, +1, read data start 3+28+6 = 37: none
`

func TestLPDDR4RulesByHand(t *testing.T) {
	r := lookup(t, "lpddr4-3200-8gb-x16x2").Rules()
	require.Equal(t, expand(t, lpddr4Table), listed(t, r))
	require.Equal(t, 45, r.ReadData)  // 28+6+8+3
	require.Equal(t, 28, r.WriteData) // 14+1+2+8+3
	require.Equal(t, 14, r.ReadToPre)
	require.Equal(t, 54, r.WriteToPre)
	// From the last clock of the fourth-last: 64-3 to the issue of ACT, 64-1 to that of REFPB.
	requireWindow(t, r, 4, map[device.Command]int{device.ACT: 61, device.REFPB: 63})
	require.Equal(t, [device.Commands]int{4, 4, 4, 4, 4, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2}, r.Clocks)
}

// CL 17, CWL 9, B 2, a bank group is busy for 4; ACT takes 2 clocks, the others 1.
func TestLPDDR5RulesByHand(t *testing.T) {
	d := lookup(t, "lpddr5-6400-16gb-x16x2")
	r := d.Rules()
	require.Equal(t, 2, d.BurstClocks())
	rules := listed(t, r)
	for rule, clocks := range expand(t, `
		ACT    > RD WR  bank  16 // 15+1
		ACT    > PRE    bank  35 // 34+1
		PRE    > ACT    bank  14 // 15-1
		PREA   > ACT    rank  16 // 17-1
		REF    > ACT    rank 223 // 224-1
		RD     > RD     group  4
		RD     > RD     rank   2
		RD     > WR     rank  12 // 17+2+2-9
		RD     > WR     group 14 // 17+2+4-9
		WR     > RD     rank  16 // 9+2+5
		WR     > RD     group 23 // 9+4+10
		RD     > PRE    bank   8
		WR     > PRE    bank  40 // 9+2+1+28
		RDA    > ACT    bank  22 // 8+15-1
		ACT    > REF    rank  50 // 49+1
		ACT    > PDEA   rank   3 // 2+1
		SREFEX > ACT    rank 229 // 230-1
	`) {
		require.Equal(t, clocks, rules[rule], rule)
	}
	require.Equal(t, 21, r.ReadData)  // 17+2+2
	require.Equal(t, 12, r.WriteData) // 9+1+2
	requireWindow(t, r, 4, map[device.Command]int{device.ACT: 15})
	require.Zero(t, r.Clocks[device.REFPB])
}
