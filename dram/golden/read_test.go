package golden_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/golden"
)

const (
	header = "peer,device,config,trace,total_cycles,rd_lat_arr_cyc,n_act,own_column\n"
	line   = "DRAMSys5.0,DDR4-2400-8Gb-x8,noref,pingpong,399937,36.1234,4000,unread\n"
)

func TestRowsKeepTheirNames(t *testing.T) {
	rows, err := golden.Read(strings.NewReader(header + line +
		"DRAMsim3,LPDDR4-3200-8Gb-x16x2,open_cq16(LIVELOCK),hotrow,139502,,,\n"))
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, []string{"DRAMSys5.0", "DDR4-2400-8Gb-x8", "noref", "pingpong"}, []string{rows[0].Peer, rows[0].Device, rows[0].Config, rows[0].Trace})
	require.Equal(t, "DRAMSys5.0 DDR4-2400-8Gb-x8 noref pingpong", rows[0].String())
	require.True(t, rows[0].Usable())
	require.False(t, rows[1].Usable())
}

func TestMalformedTablesAreNamed(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "golden: no header"},
		{"no trace", "peer,device,config,total_cycles\n", `golden: line 1: no column "trace"`},
		{"column twice", "peer,device,config,trace,total_cycles,peer\n", `golden: line 1: column "peer" is there twice`},
		{"bare quote in the header", "pe\"er\n", `golden: parse error on line 1, column 3: bare " in non-quoted-field`},
		{"short record", header + line + "DRAMSys5.0,DDR4\n", "golden: record on line 3: wrong number of fields"},
		{"nothing measured", header + strings.Replace(line, "399937", "", 1), `golden: line 2: column "total_cycles": no value`},
		{"no device", header + line + strings.Replace(line, "DDR4-2400-8Gb-x8", "", 1), `golden: line 3: column "device": no value`},
		{"peer", header + strings.Replace(line, "DRAMSys5.0", "gem5", 1), `golden: line 2: column "peer": unknown peer "gem5": known are DRAMSys5.0, DRAMsim3, Ramulator2.1`},
		{"word", header + strings.Replace(line, "4000", "many", 1), `golden: line 2: column "n_act": "many" is not a decimal number`},
		{"not a number", header + strings.Replace(line, "36.1234", "NaN", 1), `golden: line 2: column "rd_lat_arr_cyc": "NaN" is not a decimal number`},
		{"exponent, whose last digit is not seen", header + strings.Replace(line, "36.1234", "3.61e1", 1), `golden: line 2: column "rd_lat_arr_cyc": "3.61e1" is not a decimal number`},
		{"empty lines count", header + "\n\n" + strings.Replace(line, "4000", "-", 1), `golden: line 4: column "n_act": "-" is not a decimal number`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := golden.Read(strings.NewReader(test.text))
			require.EqualError(t, err, test.want)
		})
	}
}

func TestRowsThatCannotRunAreErrors(t *testing.T) {
	tests := []struct{ name, old, wrong, want string }{
		{"device", "DDR4-2400-8Gb-x8", "DDR9", `golden: DRAMSys5.0 DDR9 noref pingpong: device: `},
		{"trace", "pingpong", "tennis", `golden: DRAMSys5.0 DDR4-2400-8Gb-x8 noref tennis: trace: no workload "tennis": known are stream_rd, `},
		{"policy", "noref", "shared0", `golden: DRAMSys5.0 DDR4-2400-8Gb-x8 shared0 pingpong: `},
		{"word", "noref", "noref_norows", `golden: DRAMSys5.0 DDR4-2400-8Gb-x8 noref_norows pingpong: unknown word "norows" in the policies`},
		{"meaning on this device", "noref", "refpb", `golden: DRAMSys5.0 DDR4-2400-8Gb-x8 refpb pingpong: `},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, err := golden.Read(strings.NewReader(header + strings.Replace(line, test.old, test.wrong, 1)))
			require.NoError(t, err)
			for _, class := range append(golden.Classes(rows), golden.RuleClasses(rows)...) {
				_, err = class.Outcome(rows[0])
				require.ErrorContains(t, err, test.want)
			}
		})
	}
	_, err := golden.Compare(golden.Row{Peer: "gem5", Device: "DDR4-2400-8Gb-x8", Trace: "chase"}, 0)
	require.ErrorContains(t, err, `unknown peer "gem5": known are DRAMSys5.0, DRAMsim3, Ramulator2.1`)
}

func FuzzRead(f *testing.F) {
	f.Add(header + line)
	f.Add("peer,device,config,trace,total_cycles\nDRAMsim3,DDR3-1600-2Gb-x8,open_mapB(LIVELOCK),chase,-.5\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := golden.Read(strings.NewReader(text))
		if err != nil {
			require.ErrorContains(t, err, "golden: ")
			return
		}
		total := 0
		for _, class := range golden.Classes(rows) {
			total += len(class.Rows)
		}
		require.Equal(t, len(rows), total)
	})
}
