package trace_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

// read reads text as a file of a name.
func read(name, text string, options trace.Options) ([]trace.Request, error) {
	r, err := trace.Open(name, strings.NewReader(text), options)
	if err != nil {
		return nil, err
	}
	return trace.Collect(r)
}

func compressed(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func TestFormatsAreRead(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		options          trace.Options
		want             []trace.Request
	}{
		{name: "dramsys", file: "a.stl", text: "0:\tread\t0x0\n1:\twrite\t0x1C0\n9: read 40\n",
			want: []trace.Request{{}, {Cycle: 1, Address: 0x1c0, Write: true}, {Cycle: 9, Address: 0x40}}},
		{name: "dramsys without colons, with comments, empty lines, CR LF and no last end", file: "A.STL", text: "# a\r\n\r\n  # b\n3 read 0x40\r\n3 write 0X80",
			want: []trace.Request{{Cycle: 3, Address: 0x40}, {Cycle: 3, Address: 0x80, Write: true}}},
		{name: "dramsys with data", file: "a.stl", text: "3: write 0x40 0x0123456789abcdefABCDEF\n",
			want: []trace.Request{{Cycle: 3, Address: 0x40, Write: true}}},
		{name: "dramsys with lengths", file: "a.stl", text: "1: (64) read 0x40\n2: (200) write 0x7c 0x00\n3: (1) read 0x7f\n4: (65) read 0\n",
			want: []trace.Request{
				{Cycle: 1, Address: 0x40},
				{Cycle: 2, Address: 0x7c, Write: true}, {Cycle: 2, Address: 0x80, Write: true}, {Cycle: 2, Address: 0xc0, Write: true}, // ends before 0x144
				{Cycle: 2, Address: 0x100, Write: true}, {Cycle: 2, Address: 0x140, Write: true},
				{Cycle: 3, Address: 0x7f},
				{Cycle: 4}, {Cycle: 4, Address: 0x40},
			}},
		{name: "dramsys with lengths, bursts of 32 bytes", file: "a.stl", text: "1: (64) read 0x40\n", options: trace.Options{BurstBytes: 32},
			want: []trace.Request{{Cycle: 1, Address: 0x40}, {Cycle: 1, Address: 0x60}}},
		{name: "dramsys relative", file: "a.rstl", text: "5: read 0x40\n0: (65) read 0x80\n7: read 0xc0\n",
			want: []trace.Request{{Cycle: 5, Address: 0x40}, {Cycle: 5, Address: 0x80}, {Cycle: 5, Address: 0xc0}, {Cycle: 12, Address: 0xc0}}},
		{name: "ramulator loads and stores", file: "a.trace", text: "LD 0x40\nST 128\nLD 0X1c0\n",
			want: []trace.Request{{Address: 0x40}, {Cycle: 1, Address: 128, Write: true}, {Cycle: 2, Address: 0x1c0}}},
		{name: "ramulator reads and writes", file: "a.trc", text: "0x40 R\n80 W\n", options: trace.Options{GapCycles: 20},
			want: []trace.Request{{Address: 0x40}, {Cycle: 20, Address: 0x80, Write: true}}},
		{name: "dramsim3", file: "a.trace", text: "0x40 READ 3\n80  WRITE\t3\nc0 read 4\n0x100 write 5\n",
			want: []trace.Request{{Cycle: 3, Address: 0x40}, {Cycle: 3, Address: 0x80, Write: true}, {Cycle: 4, Address: 0xc0}, {Cycle: 5, Address: 0x100, Write: true}}},
		{name: "dramsim3 with DRAMSim2's operations", file: "a.trc",
			text: "0x0 P_MEM_RD 0\n0x0 P_FETCH 0\n0x0 P_LOCK_RD 0\n0x0 P_LOCK_WR 0\n0x0 P_MEM_WR 0\n0x0 BOFF 0\n",
			want: []trace.Request{{}, {}, {}, {}, {Write: true}, {Write: true}}},
		{name: "csv", file: "a.csv", text: "# made by hand\ncycle,op,address\n0,R,0x40\n10, W ,128\n",
			want: []trace.Request{{Address: 0x40}, {Cycle: 10, Address: 128, Write: true}}},
		{name: "the largest numbers", file: "a.csv", text: "cycle,op,address\n9223372036854775807,R,0x7fffffffffffffff\n",
			want: []trace.Request{{Cycle: 1<<63 - 1, Address: 1<<63 - 1}}},
		{name: "the largest clock as a sum", file: "a.rstl", text: "1: read 0\n9223372036854775806: read 0\n",
			want: []trace.Request{{Cycle: 1}, {Cycle: 1<<63 - 1}}},
		{name: "a transfer up to the last byte", file: "a.stl", text: "1: (64) read 0x7fffffffffffffc0\n", want: []trace.Request{{Cycle: 1, Address: 1<<63 - 64}}},
		{name: "a named format", file: "a.txt", text: "LD 1\n", options: trace.Options{Format: trace.Ramulator}, want: []trace.Request{{Address: 1}}},
		{name: "a named format against the ending", file: "a.stl", text: "LD 1\n", options: trace.Options{Format: trace.Ramulator}, want: []trace.Request{{Address: 1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(test.file, test.text, test.options)
			require.NoError(t, err)
			require.Equal(t, test.want, got)
			got, err = read(test.file+".gz", compressed(t, test.text), test.options)
			require.NoError(t, err)
			require.Equal(t, test.want, got, "compressed")
			got, err = read(test.file, compressed(t, test.text), test.options)
			require.NoError(t, err)
			require.Equal(t, test.want, got, "compressed without saying so")
		})
	}
}

const (
	stlForm  = `; a line is "CLOCK: [(BYTES)] read|write HEXADDRESS [0xDATA]" with CLOCK and ADDRESS below 2^63, clocks in order`
	rstlForm = `; a line is "CLOCKS: [(BYTES)] read|write HEXADDRESS [0xDATA]", CLOCKS from the line above, with CLOCK and ADDRESS below 2^63, clocks in order`
	ramForm  = `; a line is "LD|ST ADDRESS" or "HEXADDRESS R|W" with ADDRESS below 2^63`
	simForm  = `; a line is "HEXADDRESS READ|WRITE|P_MEM_RD|P_MEM_WR|P_FETCH|P_LOCK_RD|P_LOCK_WR|BOFF CLOCK" with CLOCK and ADDRESS below 2^63, clocks in order`
	csvForm  = `; a line is "CLOCK,R|W,ADDRESS" below the header "cycle,op,address", with CLOCK and ADDRESS below 2^63, clocks in order`
)

func TestWrongFilesAreRefused(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"out of order", "a.stl", "# x\n9: read 0x0\n5: read 0x0\n", `line 3: clock "5" is before the clock 9 of the request above` + stlForm},
		{"negative clock", "a.stl", "-1: read 0x0\n", `line 1: clock "-1" is negative` + stlForm},
		{"clock above 2^63-1", "a.stl", "9223372036854775808: read 0x0\n", `line 1: clock "9223372036854775808" is above 2^63-1` + stlForm},
		{"no clock", "a.stl", ": read 0x0\n", `line 1: clock "" is no decimal number` + stlForm},
		{"clock with a sign", "a.stl", "+1: read 0x0\n", `line 1: clock "+1" is no decimal number` + stlForm},
		{"clock with underscores", "a.stl", "1_0: read 0x0\n", `line 1: clock "1_0" is no decimal number` + stlForm},
		{"malformed address", "a.stl", "1: read 0xg\n", `line 1: address "0xg" is no hexadecimal number` + stlForm},
		{"address of nothing", "a.stl", "1: read 0x\n", `line 1: address "0x" is no hexadecimal number` + stlForm},
		{"negative address", "a.stl", "1: read -40\n", `line 1: address "-40" is negative` + stlForm},
		{"no address", "a.stl", "1: read\n", `line 1: address is no hexadecimal number` + stlForm},
		{"address above 2^63-1", "a.stl", "1: read 0x8000000000000000\n", `line 1: address "0x8000000000000000" is above 2^63-1` + stlForm},
		{"unknown operation", "a.stl", "1: fetch 0x0\n", `line 1: operation "fetch" is not read or write` + stlForm},
		{"only a clock", "a.stl", "1:\n", `line 1: operation is not read or write` + stlForm},
		{"data of a read", "a.stl", "1: read 0x0 0x00\n", `line 1: field "0x00" follows a read` + stlForm},
		{"malformed data", "a.stl", "1: write 0x0 0x0z\n", `line 1: data "0x0z" is no hexadecimal number with 0x` + stlForm},
		{"too many fields", "a.stl", "1: write 0x0 0x0 0x0\n", `line 1: number of fields is 5, not at most 4` + stlForm},
		{"far too many fields", "a.stl", "1: (4) write 0x0 0x0 0x0 7 8 9\n", `line 1: number of fields is 6 or more, not at most 5` + stlForm},
		{"length of 0", "a.stl", "1: (0) read 0x0\n", `line 1: length "(0)" is out of range [1, 4096] bytes` + stlForm},
		{"length above the bound", "a.stl", "1: (4097) read 0x0\n", `line 1: length "(4097)" is out of range [1, 4096] bytes` + stlForm},
		{"malformed length", "a.stl", "1: (x) read 0x0\n", `line 1: length "x" is no decimal number` + stlForm},
		{"length beyond the addresses", "a.stl", "1: (65) read 0x7fffffffffffffc0\n", `line 1: length "(65)" at address 0x7fffffffffffffc0 ends above 2^63-1` + stlForm},
		{"clocks that add up to too many", "a.rstl", "1: read 0\n9223372036854775807: read 0\n",
			`line 2: clock "9223372036854775807:" makes more than 2^63-1 with the clock 1 of the request above` + rstlForm},
		{"negative clocks", "a.rstl", "-1: read 0\n", `line 1: clock "-1" is negative` + rstlForm},
		{"no load or store", "a.trace", "LW 0x40\n", `line 1: operation "LW" is not LD or ST, and no R or W follows it` + ramForm},
		{"a decimal address with letters", "a.trace", "LD 4a\n", `line 1: address "4a" is no decimal number` + ramForm},
		{"a third field after the format is known", "a.trace", "LD 0x40\n0x40 READ 3\n", `line 2: number of fields is 3, not 2` + ramForm},
		{"one field", "a.trace", "0x40\n", `line 1: number of fields is 1; a line is two fields (ramulator) or three (dramsim3)`},
		{"unknown dramsim3 operation", "a.trace", "0x40 RD 3\n", `line 1: operation "RD" is unknown` + simForm},
		{"dramsim3 out of order", "a.trace", "0x40 READ 3\n0x40 READ 2\n", `line 2: clock "2" is before the clock 3 of the request above` + simForm},
		{"no header", "a.csv", "0,R,0x0\n", `line 1: header "0,R,0x0" is not that of the format` + csvForm},
		{"lower-case operation", "a.csv", "cycle,op,address\n0,r,0x0\n", `line 2: operation "r" is not R or W` + csvForm},
		{"two columns", "a.csv", "cycle,op,address\n0,R\n", `line 2: number of fields is 2, not 3` + csvForm},
		{"four columns", "a.csv", "cycle,op,address\n0,R,0,\n", `line 2: number of fields is 4, not 3` + csvForm},
		{"empty column", "a.csv", "cycle,op,address\n0,R,\n", `line 2: address is no decimal number` + csvForm},
		{"empty file", "a.stl", "", `line 0: the file ends without a request` + stlForm},
		{"only comments", "a.stl", "# x\n\n", `line 2: the file ends without a request` + stlForm},
		{"only a header", "a.csv", "cycle,op,address\n", `line 1: the file ends without a request` + csvForm},
		{"long line", "a.stl", "1: read 0x0\n1: write 0x0 0x" + strings.Repeat("0", trace.MaxLineBytes),
			`line 2: text "1: write 0x0 0x0000000000000000000000000"... does not end within 65536 bytes` + stlForm},
		{"long value", "a.stl", "1: read " + strings.Repeat("z", 99), `line 1: address "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"... is no hexadecimal number` + stlForm},
		{"binary", "a.stl", "\x00\xff\n", `line 1: clock "\x00\xff" is no decimal number` + stlForm},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(test.file, test.text, trace.Options{})
			require.EqualError(t, err, "trace: "+test.file+": "+test.want)
			_, err = read(test.file, compressed(t, test.text), trace.Options{})
			require.EqualError(t, err, "trace: "+test.file+": "+test.want, "compressed")
		})
	}
}

func TestLongestLineIsRead(t *testing.T) {
	line := "1: write 0x0 0x"
	got, err := read("a.stl", line+strings.Repeat("0", trace.MaxLineBytes-len(line)-1)+"\n", trace.Options{})
	require.NoError(t, err)
	require.Equal(t, []trace.Request{{Cycle: 1, Write: true}}, got)
}

func TestRequestsBeforeAnErrorAreGiven(t *testing.T) {
	r, err := trace.Open("a.stl", strings.NewReader("1: read 0x0\n2: read 0x40\n3: rea\n4: read 0x0\n"), trace.Options{})
	require.NoError(t, err)
	n := 0
	for _, ok := r.Next(); ok; _, ok = r.Next() {
		require.NoError(t, r.Err())
		n++
	}
	require.Equal(t, 2, n)
	require.ErrorContains(t, r.Err(), "line 3")
	_, ok := r.Next()
	require.False(t, ok, "an error is the end")
}

func TestBrokenFiles(t *testing.T) {
	whole := compressed(t, strings.Repeat("1: read 0x0\n", 100))
	t.Run("cut gzip", func(t *testing.T) {
		_, err := read("a.stl.gz", whole[:len(whole)-9], trace.Options{})
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.ErrorContains(t, err, "trace: a.stl.gz: line ")
	})
	t.Run("gzip with another checksum", func(t *testing.T) {
		_, err := read("a.stl.gz", whole[:len(whole)-8]+"xxxx"+whole[len(whole)-4:], trace.Options{})
		require.ErrorIs(t, err, gzip.ErrChecksum)
	})
	t.Run("no more than the mark of gzip", func(t *testing.T) {
		_, err := read("a.stl.gz", "\x1f\x8b", trace.Options{})
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.ErrorContains(t, err, "trace: a.stl.gz: ")
	})
	broken := errors.New("disk on fire")
	t.Run("failing at once", func(t *testing.T) {
		_, err := trace.Open("a.stl", iotest.ErrReader(broken), trace.Options{})
		require.ErrorIs(t, err, broken)
	})
	t.Run("failing later", func(t *testing.T) {
		r, err := trace.Open("a.stl", io.MultiReader(strings.NewReader("1: read 0x0\n2: re"), iotest.ErrReader(broken)), trace.Options{})
		require.NoError(t, err)
		_, err = trace.Collect(r)
		require.EqualError(t, err, "trace: a.stl: line 2: disk on fire")
	})
	t.Run("a byte at a time", func(t *testing.T) {
		r, err := trace.Open("a.stl", iotest.OneByteReader(strings.NewReader(whole)), trace.Options{})
		require.NoError(t, err)
		list, err := trace.Collect(r)
		require.NoError(t, err)
		require.Len(t, list, 100)
	})
}

func TestOptionsAreRefused(t *testing.T) {
	_, err := read("a.stl", "1: read 0x0\n", trace.Options{Format: 99, GapCycles: -1, BurstBytes: 48})
	require.EqualError(t, err, "trace: a.stl: format 99 out of range [0, 5]\n"+
		"trace: a.stl: gap of -1 cycles out of range [0, 2^20], 0 = 1\n"+
		"trace: a.stl: burst of 48 bytes is not a power of two in [8, 4096], 0 = 64")
	_, err = read("a.stl", "1: read 0x0\n", trace.Options{BurstBytes: 8192})
	require.Error(t, err)
	_, err = read("a.stl", "1: read 0x0\n", trace.Options{GapCycles: 1<<20 + 1})
	require.Error(t, err)
}
