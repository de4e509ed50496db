package golden_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power/golden"
)

const sequence = `device,sequence,cycle,command,bank
DDR4-2400-8Gb-x8,one,39,PRE,3
DDR4-2400-8Gb-x8,one,0,ACT,3
DDR4-2400-8Gb-x8,two,7,PDN_F_PRE,0
DDR4-2400-8Gb-x8,one,16,RD,3
DDR4-2400-8Gb-x8,two,70,END,0
`

func TestEveryMeasuredRowIsReproduced(t *testing.T) {
	reports, err := golden.Check()
	require.NoError(t, err)
	require.Len(t, reports, 2)
	for i, want := range []struct{ rows, columns int }{{48, 35}, {19, 23}} {
		report := reports[i]
		require.Empty(t, report.FirstDifference)
		require.Equal(t, want.rows, report.Rows)
		require.Equal(t, want.rows, report.Equal)
		require.LessOrEqual(t, report.LargestRelativeError, 1e-9)
		require.Len(t, report.Columns, want.columns)
		for _, column := range report.Columns {
			require.Equal(t, want.rows, column.Equal, column.Name)
			if column.Exact {
				require.Zero(t, column.LargestRelativeError, column.Name)
			}
		}
	}
}

func TestStepsAreSortedAndNamesOfPeersUnderstood(t *testing.T) {
	var compressed bytes.Buffer
	w := gzip.NewWriter(&compressed)
	_, err := w.Write([]byte(sequence))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	for name, text := range map[string]string{"plain": sequence, "gzip": compressed.String()} {
		t.Run(name, func(t *testing.T) {
			got, err := golden.ReadSequences(strings.NewReader(text))
			require.NoError(t, err)
			require.Equal(t, []golden.Sequence{
				{Key: golden.Key{Device: "DDR4-2400-8Gb-x8", Sequence: "one"}, Steps: []golden.Step{
					{Cycle: 0, Command: device.ACT, Bank: 3}, {Cycle: 16, Command: device.RD, Bank: 3}, {Cycle: 39, Command: device.PRE, Bank: 3},
				}},
				{
					Key: golden.Key{Device: "DDR4-2400-8Gb-x8", Sequence: "two"}, HasEnd: true, EndCycle: 70,
					Steps: []golden.Step{{Cycle: 7, Command: device.PDEP, FastExit: true}},
				},
			}, got)
		})
	}
}

func TestADifferenceIsFoundAndNamed(t *testing.T) {
	const header = "device,sequence,note,a,b\n"
	model := func(golden.Sequence) ([]golden.Value, error) {
		return []golden.Value{{Name: "a", Exact: true, Value: 7}, {Name: "b", Value: 1000.25}}, nil
	}
	tests := []struct {
		name, row, difference string
		apart                 float64
	}{
		{"equal", "x,7,1000.25", "", 0},
		{"within the rounding of the print", "x,7,1000.2500005", "", 0},
		{"count", "x,8,1000.25", "row 1 (DDR4-2400-8Gb-x8 one): a is 7, measured 8", 0.125},
		{"energy", "x,7,1000.3", "row 1 (DDR4-2400-8Gb-x8 one): b is 1000.25, measured 1000.3", (0.05 - 0.5e-6) / 1000.3},
		{"zero", "x,7,0", "row 1 (DDR4-2400-8Gb-x8 one): b is 1000.25, measured 0", math.Inf(1)},
		{"not a number", "x,NaN,1000.25", "row 1 (DDR4-2400-8Gb-x8 one): a is 7, measured NaN", math.Inf(1)},
	}
	sequences, err := golden.ReadSequences(strings.NewReader(sequence))
	require.NoError(t, err)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, err := golden.ReadRows(strings.NewReader(header + "DDR4-2400-8Gb-x8,one," + test.row + "\n"))
			require.NoError(t, err)
			report, err := golden.Compare("changed", model, sequences, rows)
			require.NoError(t, err)
			require.Equal(t, test.difference, report.FirstDifference)
			if math.IsInf(test.apart, 1) {
				require.True(t, math.IsInf(report.LargestRelativeError, 1))
			} else {
				require.InDelta(t, test.apart, report.LargestRelativeError, 1e-11)
			}
		})
	}
}

func TestMalformedSequencesAreNamed(t *testing.T) {
	const header = "device,sequence,cycle,command,bank\n"
	tests := []struct{ name, text, want string }{
		{"empty", "", "golden: no rows"},
		{"header only", header, "golden: no rows"},
		{"broken gzip", "\x1f\x8b", "golden: unexpected EOF"},
		{"short record", header + "d,s\n", "golden: record on line 2: wrong number of fields"},
		{"missing column", "device,sequence\nd,s\n", `golden: record 1: column "cycle": no such column`},
		{"cycle", header + "d,s,x,ACT,0\n", `golden: record 1: column "cycle": strconv.ParseInt: parsing "x": invalid syntax`},
		{"negative cycle", header + "d,s,-1,ACT,0\n", `golden: record 1: column "cycle": -1 out of range [0, 4611686018427387904]`},
		{"bank", header + "d,s,1,ACT,64\n", `golden: record 1: column "bank": 64 out of range [0, 63]`},
		{
			"command", header + "d,s,1,NOP,0\n", `golden: record 1: column "command": unknown command "NOP": known are END, ACT, ` +
				"PDEA, PDEP, PDN_F_ACT, PDN_F_PRE, PDN_S_ACT, PDN_S_PRE, PDXA, PDXP, PRE, PREA, PUP_ACT, PUP_PRE, RD, RDA, REF, REFA, REFB, REFPB, " +
				"SREFEN, SREFEX, SREN, SREX, WR, WRA",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := golden.ReadSequences(strings.NewReader(test.text))
			require.EqualError(t, err, test.want)
		})
	}
}

func TestRowsThatCannotBeCompared(t *testing.T) {
	const one = "device,sequence,n_act\nDDR4-2400-8Gb-x8,one,1\n"
	tests := []struct {
		name, sequences, rows, want string
		model                       golden.Model
	}{
		{"no sequence", sequence, strings.Replace(one, ",one,", ",three,", 1), "golden: row 1 (DDR4-2400-8Gb-x8 three): no such sequence", golden.DRAMPower4},
		{"no column", sequence, one, `golden: row 1 (DDR4-2400-8Gb-x8 one): column "n_pre": no such column`, golden.DRAMPower4},
		{"no figure", sequence, strings.Replace(one, ",1\n", ",\n", 1), `golden: row 1 (DDR4-2400-8Gb-x8 one): column "n_act": strconv.ParseFloat: parsing "": invalid syntax`, golden.DRAMPower4},
		{"no end", sequence, one, "golden: row 1 (DDR4-2400-8Gb-x8 one): no END: DRAMPower 5 needs one", golden.DRAMPower5},
		{
			"bank", strings.Replace(sequence, "ACT,3", "ACT,16", 1), one,
			"golden: row 1 (DDR4-2400-8Gb-x8 one): cycle 0: ACT: bank 16 out of range [0, 16)", golden.DRAMPower4,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sequences, err := golden.ReadSequences(strings.NewReader(test.sequences))
			require.NoError(t, err)
			rows, err := golden.ReadRows(strings.NewReader(test.rows))
			require.NoError(t, err)
			_, err = golden.Compare("refused", test.model, sequences, rows)
			require.EqualError(t, err, test.want)
		})
	}
}

func TestUnknownDevice(t *testing.T) {
	_, err := golden.DRAMPower4(golden.Sequence{Key: golden.Key{Device: "DDR9"}})
	require.ErrorContains(t, err, `unknown device "ddr9"`)
}

func FuzzReadSequences(f *testing.F) {
	f.Add(sequence)
	f.Fuzz(func(t *testing.T, text string) {
		sequences, err := golden.ReadSequences(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, s := range sequences { // must not panic
			_, _ = golden.DRAMPower4(s)
			_, _ = golden.DRAMPower5(s)
		}
	})
}

func Example() {
	reports, err := golden.Check()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range reports {
		fmt.Printf("%s: %d of %d rows equal\n", r.Reference, r.Equal, r.Rows)
	}
	// Output:
	// DRAMPower 4: 48 of 48 rows equal
	// DRAMPower 5.1: 19 of 19 rows equal
}
