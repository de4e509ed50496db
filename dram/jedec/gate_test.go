package jedec_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
)

// gate is a sequence whose last command is illegal one clock before the given one, and legal then.
type gate struct {
	before string // "clock COMMAND bank[/rank]; ..."; rows and columns are 0
	last   string // "COMMAND bank[/rank]"
	at     int64
	rules  []jedec.Rule // broken one clock earlier
}

func one(r ...jedec.Rule) []jedec.Rule { return r }

// parse reads "COMMAND bank[/rank]".
func parse(t testing.TB, text string, cycle int64) device.Issued {
	t.Helper()
	name, place, _ := strings.Cut(strings.TrimSpace(text), " ")
	bank, rank, _ := strings.Cut(place, "/")
	number := func(s string) int {
		if s == "" {
			return 0
		}
		n, err := strconv.Atoi(s)
		require.NoError(t, err, text)
		return n
	}
	for c := range device.Command(device.Commands) {
		if c.String() == name {
			return device.Issued{Cycle: cycle, Command: c, Bank: number(bank), Rank: number(rank)}
		}
	}
	require.Fail(t, "no command", text)
	return device.Issued{}
}

// sequence reads "clock COMMAND bank[/rank]; ...".
func sequence(t testing.TB, text string) (list []device.Issued) {
	t.Helper()
	if text == "" {
		return nil
	}
	for item := range strings.SplitSeq(text, ";") {
		clock, rest, _ := strings.Cut(strings.TrimSpace(item), " ")
		cycle, err := strconv.ParseInt(clock, 10, 64)
		require.NoError(t, err, item)
		list = append(list, parse(t, rest, cycle))
	}
	return list
}

func replay(t testing.TB, d *device.Device, o jedec.Options, list []device.Issued) (found []jedec.Violation) {
	t.Helper()
	c, err := jedec.New(d, o)
	require.NoError(t, err)
	for _, i := range list {
		found = append(found, c.Check(i)...)
	}
	return found
}

func runGates(t *testing.T, d *device.Device, o jedec.Options, gates []gate) {
	t.Helper()
	o.Ranks = 2
	for _, g := range gates {
		t.Run(fmt.Sprintf("%s; %d %s", g.before, g.at, g.last), func(t *testing.T) {
			before := sequence(t, g.before)
			require.Empty(t, replay(t, d, o, append(before, parse(t, g.last, g.at))))
			found := replay(t, d, o, append(before, parse(t, g.last, g.at-1)))
			var rules []jedec.Rule
			for _, v := range found {
				rules = append(rules, v.Rule)
				require.Equal(t, g.at, v.EarliestCycle)
				require.Equal(t, g.at-1, v.Later.Cycle)
				require.True(t, v.Follows)
			}
			require.ElementsMatch(t, g.rules, rules)
		})
	}
}

func TestDDR3Gates(t *testing.T) {
	runGates(t, ddr3(), jedec.Options{}, []gate{
		{"0 ACT 0", "RD 0", 11, one(jedec.TRCD)},
		{"0 ACT 0", "WRA 0", 11, one(jedec.TRCD)},
		{"0 ACT 0; 11 RDA 0", "ACT 0", 39, one(jedec.TRC)},
		{"0 ACT 0", "ACT 1", 5, one(jedec.TRRDL)},
		{"0 ACT 0; 5 ACT 1; 10 ACT 2; 15 ACT 3", "ACT 4", 24, one(jedec.TFAW)},
		{"0 ACT 0", "PRE 0", 28, one(jedec.TRAS)},
		{"0 ACT 0; 30 RD 0", "PRE 0", 36, one(jedec.TRTP)}, // 30 + 6
		{"0 ACT 0; 11 WR 0", "PRE 0", 35, one(jedec.TWR)},  // 11 + 8 + 4 + 12
		{"0 ACT 0; 30 RDA 0", "ACT 0", 47, one(jedec.TRP)}, // 30 + 6 + 11
		{"0 ACT 0; 11 WRA 0", "ACT 0", 46, one(jedec.TRP)}, // 35 + 11
		{"0 ACT 0; 11 RD 0", "RD 0", 15, one(jedec.TCCDL, jedec.DataBus)},
		{"0 ACT 0; 11 RD 0", "WR 0", 20, one(jedec.TRTW)},  // 11 + 11 + 4 + 2 - 8
		{"0 ACT 0; 11 WR 0", "RD 0", 29, one(jedec.TWTRL)}, // 11 + 8 + 4 + 6
		{"0 REF", "ACT 0", 208, one(jedec.TRFC)},
		{"0 SREFEN", "SREFEX", 5, one(jedec.TCKESR)},
		{"0 SREFEN; 5 SREFEX", "ACT 3", 221, one(jedec.TXS)},
		{"0 SREFEN; 5 SREFEX; 221 ACT 0", "RD 0", 517, one(jedec.TXSDLL)},
		{"0 ACT 0; 11 RD 0", "PDEA", 27, one(jedec.TRDPDEN)}, // 11 + 11 + 4 + 1
		{"0 PDEP", "PDXP", 4, one(jedec.TCKE)},
		{"0 PDEP; 4 PDXP", "ACT 0", 9, one(jedec.TXP)},
	})
}

func TestDDR4Gates(t *testing.T) {
	runGates(t, ddr4(), jedec.Options{}, []gate{
		// Columns. Banks 0 to 3 are group 0, 4 to 7 group 1.
		{"0 ACT 0", "RD 0", 16, one(jedec.TRCD)},
		{"0 ACT 0", "RDA 0", 16, one(jedec.TRCD)},
		{"0 ACT 0", "WR 0", 16, one(jedec.TRCD)},
		{"0 ACT 0; 16 RD 0", "RD 0", 22, one(jedec.TCCDL)},
		{"0 ACT 0; 6 ACT 1; 22 RD 0", "RDA 1", 28, one(jedec.TCCDL)},
		{"0 ACT 0; 4 ACT 4; 20 RD 0", "RD 4", 24, one(jedec.TCCDS, jedec.DataBus)},
		{"0 ACT 0; 16 WR 0", "WR 0", 22, one(jedec.TCCDLWR)},
		{"0 ACT 0; 4 ACT 4; 20 WR 0", "WR 4", 24, one(jedec.TCCDS, jedec.DataBus)},
		{"0 ACT 0; 16 RD 0", "WR 0", 26, one(jedec.TRTW)},              // 16 + 16 + 4 + 2 - 12
		{"0 ACT 0; 4 ACT 4; 20 RD 0", "WR 4", 30, one(jedec.TRTW)},     // the same, another group
		{"0 ACT 0; 16 WR 0", "RD 0", 41, one(jedec.TWTRL)},             // 16 + 12 + 4 + 9
		{"0 ACT 0; 4 ACT 4; 20 WR 0", "RD 4", 39, one(jedec.TWTRS)},    // 20 + 12 + 4 + 3
		{"0 ACT 0; 16 WR 0", "RDA 0", 41, one(jedec.TWTRL, jedec.TWR)}, // 16 + 12 + 4 + 18 - 9
		// Another rank: two idle clocks between the data, [RD + 16, + 4) and [WR + 12, + 4).
		{"0 ACT 0; 1 ACT 0/1; 20 RD 0", "RD 0/1", 26, one(jedec.TRTRS)},
		{"0 ACT 0; 1 ACT 0/1; 20 WR 0", "WR 0/1", 26, one(jedec.TRTRS)},
		{"0 ACT 0; 1 ACT 0/1; 20 RD 0", "WR 0/1", 30, one(jedec.TRTRS)},
		{"0 ACT 0; 1 ACT 0/1; 20 WR 0", "RD 0/1", 22, one(jedec.TRTRS)},
		{"0 ACT 0", "ACT 0/1", 1, one(jedec.CommandBus)},
		// ACT.
		{"0 ACT 0; 16 RDA 0", "ACT 0", 55, one(jedec.TRC)},
		{"0 ACT 0", "ACT 4", 4, one(jedec.TRRDS)},
		{"0 ACT 0", "ACT 3", 6, one(jedec.TRRDL)},
		{"0 ACT 0; 4 ACT 4; 8 ACT 8; 12 ACT 12", "ACT 1", 26, one(jedec.TFAW)},
		{"0 ACT 0; 50 PRE 0", "ACT 0", 66, one(jedec.TRP)},
		{"0 ACT 0; 50 PREA", "ACT 0", 66, one(jedec.TRPAB)},
		{"0 ACT 0; 40 RDA 0", "ACT 0", 65, one(jedec.TRP)}, // 40 + 9 + 16
		{"0 ACT 0; 16 WRA 0", "ACT 0", 66, one(jedec.TRP)}, // 16 + 12 + 4 + 18 + 16
		{"0 REF", "ACT 0", 420, one(jedec.TRFC)},
		// PRE and PREA.
		{"0 ACT 0", "PRE 0", 39, one(jedec.TRAS)},
		{"0 ACT 0; 40 RD 0", "PRE 0", 49, one(jedec.TRTP)},
		{"0 ACT 0; 40 RDA 0", "PRE 0", 49, one(jedec.TRTP)},
		{"0 ACT 0; 16 WR 0", "PRE 0", 50, one(jedec.TWR)}, // 16 + 12 + 4 + 18
		{"0 ACT 0", "PREA", 39, one(jedec.TRAS)},
		{"0 ACT 0; 40 RD 0", "PREA", 49, one(jedec.TRTP)},
		{"0 ACT 0; 16 WRA 0", "PREA", 50, one(jedec.TWR)},
		{"0 PDEP; 6 PDXP", "PREA", 14, one(jedec.TXP)},
		{"0 REF", "PREA", 420, one(jedec.TRFC)},
		// REF.
		{"0 ACT 0; 16 RDA 0", "REF", 55, one(jedec.TRC)},
		{"0 ACT 0; 40 RDA 0", "REF", 65, one(jedec.TRP)},
		{"0 ACT 0; 16 WRA 0", "REF", 66, one(jedec.TRP)},
		{"0 ACT 0; 50 PRE 0", "REF", 66, one(jedec.TRP)},
		{"0 ACT 0; 50 PREA", "REF", 66, one(jedec.TRPAB)},
		{"0 REF", "REF", 420, one(jedec.TRFC)},
		{"0 PDEP; 6 PDXP", "REF", 14, one(jedec.TXP)},
		{"0 SREFEN; 7 SREFEX", "REF", 439, one(jedec.TXS)},
		// Low power.
		{"0 ACT 0", "PDEA", 2, one(jedec.TACTPDEN)},
		{"0 ACT 0; 16 RD 0", "PDEA", 37, one(jedec.TRDPDEN)},  // 16 + 16 + 4 + 1
		{"0 ACT 0; 16 WR 0", "PDEA", 50, one(jedec.TWRPDEN)},  // 16 + 12 + 4 + 18
		{"0 ACT 0; 16 WRA 0", "PDEP", 51, one(jedec.TWRPDEN)}, // one more
		{"0 ACT 0; 39 PRE 0", "PDEP", 41, one(jedec.TPRPDEN)},
		{"0 ACT 0; 39 PREA", "PDEP", 41, one(jedec.TPRPDEN)},
		{"0 REF", "PDEP", 2, one(jedec.TREFPDEN)},
		{"0 PDEP", "PDXP", 6, one(jedec.TCKE)},
		{"0 ACT 0; 2 PDEA", "PDXA", 8, one(jedec.TCKE)},
		{"0 PDEP; 6 PDXP", "PDEP", 12, one(jedec.TCKE)},
		{"0 PDEP; 6 PDXP", "ACT 0", 14, one(jedec.TXP)},
		{"0 ACT 0; 20 PDEA; 26 PDXA", "RD 0", 34, one(jedec.TXP)},
		{"0 ACT 0; 40 PDEA; 46 PDXA", "PRE 0", 54, one(jedec.TXP)},
		{"0 PDEP; 6 PDXP", "SREFEN", 14, one(jedec.TXP)},
		{"0 SREFEN", "SREFEX", 7, one(jedec.TCKESR)},
		{"0 SREFEN; 7 SREFEX", "ACT 0", 439, one(jedec.TXS)},
		{"0 SREFEN; 7 SREFEX", "PDEP", 439, one(jedec.TXS)},
		{"0 SREFEN; 7 SREFEX; 439 ACT 0", "RD 0", 775, one(jedec.TXSDLL)}, // 7 + 768
		{"0 SREFEN; 7 SREFEX; 439 ACT 0", "WR 0", 775, one(jedec.TXSDLL)},
		{"0 REF", "SREFEN", 420, one(jedec.TRFC)},
		{"0 ACT 0; 50 PRE 0", "SREFEN", 66, one(jedec.TRP)},
	})
}

func TestLPDDR4Gates(t *testing.T) {
	// ACT and columns take 4 clocks, the others 2, power-down 1. Delays end and begin with the last of them.
	runGates(t, lpddr4(), jedec.Options{}, []gate{
		{"0 ACT 0", "RD 0", 29, one(jedec.TRCD)},
		{"0 ACT 0; 29 RD 0", "RD 0", 37, one(jedec.TCCDL, jedec.DataBus)},
		{"0 ACT 0; 29 WR 0", "WR 0", 37, one(jedec.TCCDLWR, jedec.DataBus)},
		{"0 ACT 0; 29 RD 0", "WR 0", 59, one(jedec.TRTW)},  // 29 + 28 + 6 + 8 - 14 + 2
		{"0 ACT 0; 29 WR 0", "RD 0", 68, one(jedec.TWTRL)}, // 29 + 14 + 1 + 8 + 16
		{"0 ACT 0; 29 WR 0", "RDA 0", 69, one(jedec.TWR)},  // 29 + (14 + 8 + 1 + 29 + 2) - (12 + 8 - 6)
		// Another rank, one idle clock: read data from last clock + 34, write data from + 17.
		{"0 ACT 0; 4 ACT 0/1; 33 RD 0", "RD 0/1", 42, one(jedec.TRTRS)},
		{"0 ACT 0; 4 ACT 0/1; 33 RD 0", "WR 0/1", 59, one(jedec.TRTRS)}, // 33 + 34 + 8 + 1 - 17
		{"0 ACT 0", "ACT 0/1", 4, one(jedec.CommandBus)},
		{"0 REF", "REF 0/1", 2, one(jedec.CommandBus)},
		{"0 ACT 0; 40 RDA 0", "ACT 0", 97, one(jedec.TRC)},
		{"0 ACT 0", "ACT 1", 16, one(jedec.TRRDL)},
		{"0 ACT 0; 16 ACT 1; 32 ACT 2; 48 ACT 3", "ACT 4", 64, one(jedec.TRRDL, jedec.TFAW)},
		{"0 ACT 0; 80 PRE 0", "ACT 0", 107, one(jedec.TRP)},  // 80 + 29 - 2
		{"0 ACT 0; 80 PREA", "ACT 0", 112, one(jedec.TRPAB)}, // 80 + 34 - 2
		{"0 ACT 0; 100 RDA 0", "ACT 0", 141, one(jedec.TRP)}, // 100 + 14 + 29 - 2
		{"0 ACT 0; 100 WRA 0", "ACT 0", 181, one(jedec.TRP)}, // 100 + 54 + 29 - 2
		{"0 REF", "ACT 0", 446, one(jedec.TRFC)},             // 448 - 2
		{"0 REFPB 0", "ACT 0", 222, one(jedec.TRFCPB)},       // 224 - 2
		{"0 REFPB 0", "ACT 1", 14, one(jedec.TRRDS)},         // 16 - 2
		{"0 ACT 0", "PRE 0", 70, one(jedec.TRAS)},            // 68 + 2
		{"0 ACT 0; 100 RD 0", "PRE 0", 114, one(jedec.TRTP)}, // 100 + 12 + 8 - 6
		{"0 ACT 0; 29 WR 0", "PRE 0", 83, one(jedec.TWR)},    // 29 + 14 + 8 + 1 + 29 + 2
		{"0 ACT 0; 16 ACT 1; 90 PRE 0", "PRE 1", 94, one(jedec.TPPD)},
		{"0 ACT 0; 16 ACT 1; 90 PRE 0", "PREA", 94, one(jedec.TPPD)},
		{"0 REFPB 3", "PREA", 224, one(jedec.TRFCPB)},
		{"0 ACT 0; 40 RDA 0", "REF", 99, one(jedec.TRC)},   // 97 + 2
		{"0 ACT 0; 100 RDA 0", "REF", 143, one(jedec.TRP)}, // 100 + 14 + 29
		{"0 ACT 0; 80 PRE 0", "REF", 109, one(jedec.TRP)},  // 80 + 29
		{"0 ACT 0; 80 PREA", "REF", 114, one(jedec.TRPAB)}, // 80 + 34
		{"0 REF", "REF", 448, one(jedec.TRFC)},
		{"0 REFPB 0", "REF", 224, one(jedec.TRFCPB)},
		{"0 ACT 0; 40 RDA 0", "REFPB 0", 99, one(jedec.TRC)},
		{"0 ACT 0", "REFPB 1", 18, one(jedec.TRRDL)}, // 16 + 2
		{"0 REFPB 0", "REFPB 1", 224, one(jedec.TRFCPB)},
		{"0 ACT 0; 80 PRE 0", "REFPB 0", 109, one(jedec.TRP)},
		{"0 ACT 0; 80 PREA", "REFPB 0", 114, one(jedec.TRPAB)},
		{"0 REF", "REFPB 0", 448, one(jedec.TRFC)},
		{"0 ACT 0", "PDEA", 6, one(jedec.TACTPDEN)},                         // 3 + 3
		{"0 ACT 0; 29 RD 0", "PDEA", 74, one(jedec.TRDPDEN)},                // 29 + 3 + 28 + 6 + 8
		{"0 ACT 0; 29 WR 0", "PDEA", 86, one(jedec.TWRPDEN)},                // 29 + 3 + 14 + 1 + 2 + 8 + 29
		{"0 ACT 0; 29 WRA 0", "PDEP", 88, one(jedec.TWRPDEN)},               // two more
		{"0 ACT 0; 70 PRE 0", "PDEP", 74, one(jedec.TPRPDEN)},               // 70 + 1 + 3
		{"0 REF", "PDEP", 4, one(jedec.TREFPDEN)},                           // 1 + 3
		{"0 REFPB 0", "PDEP", 4, one(jedec.TREFPDEN)},                       // 1 + 3
		{"0 ACT 0; 100 RDA 0", "SREFEN", 145, one(jedec.TRDPDEN)},           // 100 + 45, later than 143
		{"0 ACT 0; 100 RD 0; 114 PRE 0", "SREFEN", 145, one(jedec.TRDPDEN)}, // likewise, later than 114 + 29
		{"0 PDEP", "PDXP", 12, one(jedec.TCKE)},
		{"0 PDEP; 12 PDXP", "ACT 0", 24, one(jedec.TXP)},
		{"0 PDEP; 12 PDXP", "REFPB 0", 24, one(jedec.TXP)},
		{"0 SREFEN", "SREFEX", 24, one(jedec.TCKESR)},
		{"0 SREFEN; 24 SREFEX", "REF", 484, one(jedec.TXS)},
		{"0 SREFEN; 24 SREFEX", "ACT 0", 482, one(jedec.TXS)}, // 24 + 460 - 2
		{"0 SREFEN; 24 SREFEX", "PDEP", 484, one(jedec.TXS)},
	})
}

func TestLPDDR4OneClockGates(t *testing.T) {
	runGates(t, lpddr4(), jedec.Options{OneClockCommands: true}, []gate{
		{"0 ACT 0; 80 PRE 0", "ACT 0", 109, one(jedec.TRP)},
		{"0 ACT 0", "PRE 0", 68, one(jedec.TRAS)},
		{"0 ACT 0; 100 RD 0", "PRE 0", 112, one(jedec.TRTP)},
		{"0 ACT 0; 29 RD 0", "WR 0", 53, one(jedec.TRTW)},  // 29 + 28 + 8 + 2 - 14
		{"0 ACT 0; 29 WR 0", "RD 0", 67, one(jedec.TWTRL)}, // 29 + 14 + 8 + 16
		{"0 ACT 0; 29 WR 0", "PRE 0", 80, one(jedec.TWR)},  // 29 + 14 + 8 + 29
		{"0 ACT 0", "ACT 0/1", 1, one(jedec.CommandBus)},
	})
}

func TestDDR5Gates(t *testing.T) {
	// ACT and columns take 2 clocks.
	runGates(t, ddr5(), jedec.Options{}, []gate{
		{"0 ACT 0", "RD 0", 39, one(jedec.TRCD)},
		{"0 ACT 0", "PRE 0", 78, one(jedec.TRAS)},                   // 77 + 1
		{"0 ACT 0; 90 PRE 0", "ACT 0", 128, one(jedec.TRP)},         // 90 + 39 - 1
		{"0 ACT 0; 80 RD 0", "PRE 0", 99, one(jedec.TRTP)},          // 80 + 18 + 1
		{"0 ACT 0; 39 WR 0", "PRE 0", 158, one(jedec.TWR)},          // 39 + 38 + 8 + 72 + 1
		{"0 ACT 0; 39 WR 0", "WR 0", 63, one(jedec.TCCDLWR)},        // 39 + 24
		{"0 ACT 0; 39 RD 0", "RD 0", 51, one(jedec.TCCDL)},          // 39 + 12
		{"0 ACT 0; 39 RD 0", "WR 0", 53, one(jedec.TRTW)},           // 39 + 40 + 8 + 4 - 38
		{"0 ACT 0; 39 WR 0", "RD 0", 109, one(jedec.TWTRL)},         // 39 + 38 + 8 + 24
		{"0 ACT 0; 8 ACT 4; 47 WR 0", "RD 4", 99, one(jedec.TWTRS)}, // 47 + 38 + 8 + 6
		{"0 ACT 0; 12 ACT 1; 100 PRE 0", "PRE 1", 102, one(jedec.TPPD)},
		{"0 ACT 0; 8 ACT 4; 16 ACT 8; 24 ACT 12", "ACT 16", 32, one(jedec.TRRDS, jedec.TFAW)},
		{"0 ACT 0; 90 PRE 0", "REF", 129, one(jedec.TRP)},
		{"0 REF", "ACT 0", 707, one(jedec.TRFC)},
		{"0 ACT 0", "ACT 0/1", 2, one(jedec.CommandBus)},
		{"0 ACT 0; 39 RD 0", "PDEA", 89, one(jedec.TRDPDEN)}, // 39 + 1 + 40 + 8 + 1
	})
}

func TestLPDDR5Gates(t *testing.T) {
	// ACT takes 2 clocks. A burst is 2 clocks of the bus, and 4 within a bank group.
	runGates(t, lpddr5(), jedec.Options{}, []gate{
		{"0 ACT 0", "RD 0", 16, one(jedec.TRCD)}, // 15 + 1
		{"0 ACT 0", "PRE 0", 35, one(jedec.TRAS)},
		{"0 ACT 0; 16 RD 0", "RD 0", 20, one(jedec.TCCDL)},
		{"0 ACT 0; 4 ACT 4; 20 RD 0", "RD 4", 22, one(jedec.TCCDS, jedec.DataBus)},
		{"0 ACT 0; 16 RD 0", "WR 0", 31, one(jedec.TRTW)},           // 16 + 17 + 2 + 4 - 9 + 1
		{"0 ACT 0; 4 ACT 4; 20 RD 0", "WR 4", 33, one(jedec.TRTW)},  // 20 + 17 + 2 + 2 - 9 + 1
		{"0 ACT 0; 16 WR 0", "RD 0", 39, one(jedec.TWTRL)},          // 16 + 9 + 4 + 10
		{"0 ACT 0; 4 ACT 4; 20 WR 0", "RD 4", 36, one(jedec.TWTRS)}, // 20 + 9 + 2 + 5
		{"0 ACT 0; 40 RD 0", "PRE 0", 46, one(jedec.TRTP)},
		{"0 ACT 0; 16 WR 0", "PRE 0", 56, one(jedec.TWR)}, // 16 + 9 + 2 + 1 + 28
		{"0 ACT 0; 40 PRE 0", "ACT 0", 54, one(jedec.TRP)},
		{"0 ACT 0; 4 ACT 4; 8 ACT 8; 12 ACT 12", "ACT 1", 16, one(jedec.TRRDS, jedec.TFAW)},
		{"0 REFPB 0", "ACT 4", 3, one(jedec.TRRDS)},
		{"0 REFPB 0", "REFPB 4", 112, one(jedec.TRFCPB)},
		{"0 SREFEN", "SREFEX", 12, one(jedec.TCKESR)},
	})
}

func TestHBM2Gates(t *testing.T) {
	// ACT takes 2 clocks of the row bus; columns have their own bus.
	runGates(t, hbm2(), jedec.Options{}, []gate{
		{"0 ACT 0", "RD 0", 15, one(jedec.TRCD)},
		{"0 ACT 0", "WR 0", 13, one(jedec.TRCD)},
		{"0 ACT 0", "PRE 0", 35, one(jedec.TRAS)},
		{"0 ACT 0; 40 PRE 0", "ACT 0", 53, one(jedec.TRP)},
		{"0 ACT 0", "ACT 1", 6, one(jedec.TRRDL)},
		{"0 ACT 0", "ACT 0/1", 2, one(jedec.CommandBus)},
		{"0 ACT 0; 15 RD 0", "RD 0", 19, one(jedec.TCCDL)},
		{"0 ACT 0; 15 RD 0", "WR 0", 28, one(jedec.TRTW)},  // 15 + 14 + 2 + 2 - 5
		{"0 ACT 0; 13 WR 0", "RD 0", 28, one(jedec.TWTRL)}, // 13 + 5 + 2 + 8
		{"0 REFPB 0", "ACT 1", 7, one(jedec.TRREFD)},       // 8 - 1
		{"0 REFPB 0", "REFPB 1", 8, one(jedec.TRREFD)},
		{"0 REFPB 0", "ACT 0", 159, one(jedec.TRFCPB)},
		{"0 ACT 0; 4 ACT 4; 8 ACT 8; 12 ACT 12", "ACT 1", 20, one(jedec.TFAW)},
	})
	require.Empty(t, replay(t, hbm2(), jedec.Options{}, sequence(t, "0 ACT 0; 15 RD 0; 15 ACT 4")), "two buses")
}

func TestGDDR6Gates(t *testing.T) {
	d := gddr6()
	runGates(t, d, jedec.Options{}, []gate{
		{"0 ACT 0", "RD 0", 26, one(jedec.TRCD)},
		{"0 ACT 0", "WR 0", 16, one(jedec.TRCD)},
		{"0 ACT 0; 7 ACT 1; 60 PRE 0", "PRE 1", 62, one(jedec.TPPD)},
		{"0 ACT 0; 26 RD 0", "WR 0", 48, one(jedec.TRTW)},  // 26 + 24 + 2 + 2 - 6
		{"0 ACT 0; 16 WR 0", "RD 0", 35, one(jedec.TWTRL)}, // 16 + 6 + 2 + 11
		{"0 ACT 0; 20 WR 0", "PRE 0", 54, one(jedec.TWR)},  // 20 + 6 + 2 + 26
		{"0 ACT 0; 30 WR 0", "RDA 0", 60, one(jedec.TWR)},  // 30 + 34 - 4
		{"0 REFPB 0", "ACT 1", 16, one(jedec.TRREFD)},
	})

	// Thirty-two activations, one each seven clocks: sixteen ACT, and as many REFPB, which need no open row.
	d.Timing.T32AW, d.Timing.TRREFD, d.Timing.TRFCPB = 235, 7, 60
	var before []string
	for i := range 32 {
		command := "REFPB"
		if i >= 16 {
			command = "ACT"
		}
		before = append(before, fmt.Sprintf("%d %s %d", 7*i, command, i%16))
		if i == 28 {
			before = append(before, "200 RDA 0")
		}
	}
	runGates(t, d, jedec.Options{}, []gate{{strings.Join(before, "; "), "ACT 0", 235, one(jedec.T32AW)}})
}
