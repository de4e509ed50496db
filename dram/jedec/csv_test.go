package jedec_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
)

// read collects a trace up to its error.
func read(text string) (list []device.Issued, err error) {
	for c, e := range jedec.ReadCSV(strings.NewReader(text)) {
		if e != nil {
			return list, e
		}
		list = append(list, c)
	}
	return list, nil
}

func TestReadCSV(t *testing.T) {
	list, err := read("# a comment\r\n\ncycle,channel,rank,bank,row,column,command\n0,1,2,3,4,0,ACT\n 16, 1,2, 3,4,5 ,RDA \n\n99,0,1,0,0,0,SREFEX")
	require.NoError(t, err)
	require.Equal(t, []device.Issued{
		{Cycle: 0, Channel: 1, Rank: 2, Bank: 3, Row: 4, Command: device.ACT},
		{Cycle: 16, Channel: 1, Rank: 2, Bank: 3, Row: 4, Column: 5, Command: device.RDA},
		{Cycle: 99, Rank: 1, Command: device.SREFEX},
	}, list)
}

func TestReadCSVErrorsNameTheLine(t *testing.T) {
	const header = jedec.Header + "\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty":     {"", `jedec: empty trace: want the header "cycle,channel,rank,bank,row,column,command"`},
		"no header": {"\n0,0,0,0,0,0,ACT", `jedec: line 2: "0,0,0,0,0,0,ACT": want the header "cycle,channel,rank,bank,row,column,command"`},
		"fields":    {header + "0,0,0,0,0,ACT", "jedec: line 2: 6 fields: want 7: cycle,channel,rank,bank,row,column,command"},
		"number":    {header + "\n0,0,x,0,0,0,ACT", `jedec: line 3: rank "x": want a number in [0, 2147483647]`},
		"negative":  {header + "-1,0,0,0,0,0,ACT", `jedec: line 2: cycle "-1": want a number in [0, 1152921504606846975]`},
		"too large": {header + "0,0,0,0,2147483648,0,ACT", `jedec: line 2: row "2147483648": want a number in [0, 2147483647]`},
		"command": {
			header + "0,0,0,0,0,0,act",
			`jedec: line 2: command "act": want one of ACT, RD, RDA, WR, WRA, PRE, REFPB, PREA, REF, PDEA, PDXA, PDEP, PDXP, SREFEN, SREFEX`,
		},
		"long line": {header + strings.Repeat("0", 70000), "jedec: line 2: longer than 65536 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(c.text)
			require.EqualError(t, err, c.want)
		})
	}
	broken := errors.New("broken pipe")
	for _, err := range jedec.ReadCSV(iotest.ErrReader(broken)) {
		require.ErrorIs(t, err, broken)
	}
}

func TestReadCSVStopsWhenToldTo(t *testing.T) {
	n := 0
	for range jedec.ReadCSV(strings.NewReader(jedec.Header + "\n0,0,0,0,0,0,ACT\n1,0,0,0,0,0,ACT\n")) {
		n++
		break
	}
	require.Equal(t, 1, n)
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte(jedec.Header + "\n0,0,0,3,4,0,ACT\n16,0,0,3,4,5,RD\n"))
	f.Add([]byte(jedec.Header + "\n0,0,1,0,0,0,PDEP\n9000000000,0,1,0,0,0,PDXP\n0,0,0,0,0,0,REF"))
	f.Add([]byte("cycle\n,,"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := jedec.New(lpddr4(), jedec.Options{Ranks: 2, Refresh: true})
		require.NoError(t, err)
		out := []byte(jedec.Header + "\n")
		var list []device.Issued
		for i, err := range jedec.ReadCSV(bytes.NewReader(text)) {
			if err != nil {
				return
			}
			for _, v := range c.Check(i) {
				require.NotEmpty(t, v.String())
			}
			list = append(list, i)
			out = jedec.AppendCSV(out, i)
		}
		again, err := read(string(out))
		require.NoError(t, err)
		require.Equal(t, list, again)
	})
}
