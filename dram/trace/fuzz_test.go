package trace_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

// fuzz reads arbitrary files: one is refused with its name in the error, or it is a non-empty list in order, in range, that reads the same
// a second time and after it has been written as CSV.
func fuzz(f *testing.F, format trace.Format) {
	files, err := filepath.Glob("testdata/*.*")
	require.NoError(f, err)
	require.Len(f, files, 6)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(text)
	}
	for _, text := range []string{
		"1: (4096) write 0x7fffffffffffffff 0x00\n", "9223372036854775807: read 0\n1: read 0\n", "\x1f\x8b\x08", "cycle,op,address\n\n,,\n",
		"LD\t\t 1\r\n\x00W", "0x R\n-1 W\n", "1: ( read\n", "\n#\n", "1:read 0",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<16 {
			return
		}
		open := func(name string, format trace.Format, text []byte) ([]trace.Request, error) {
			r, err := trace.Open(name, bytes.NewReader(text), trace.Options{Format: format})
			if err != nil {
				return nil, err
			}
			return trace.Collect(trace.Prefix(r, 1<<14)) // a gzip file may hold far more than its own size
		}
		list, err := open("fuzz.trace", format, text)
		if err != nil {
			require.ErrorContains(t, err, "trace: fuzz.trace: ")
			return
		}
		require.NotEmpty(t, list)
		last := int64(0)
		for _, q := range list {
			require.GreaterOrEqual(t, q.Cycle, last)
			require.Less(t, q.Address, uint64(1)<<63)
			last = q.Cycle
		}
		again, err := open("fuzz.trace", format, text)
		require.NoError(t, err)
		require.Equal(t, list, again)
		var out bytes.Buffer
		writeCSV(&out, list)
		written, err := open("fuzz.csv", trace.CSV, out.Bytes())
		require.NoError(t, err)
		require.Equal(t, list, written)
	})
}

func FuzzDRAMSys(f *testing.F)         { fuzz(f, trace.DRAMSys) }
func FuzzDRAMSysRelative(f *testing.F) { fuzz(f, trace.DRAMSysRelative) }
func FuzzRamulator(f *testing.F)       { fuzz(f, trace.Ramulator) }
func FuzzDRAMsim3(f *testing.F)        { fuzz(f, trace.DRAMsim3) }
func FuzzCSV(f *testing.F)             { fuzz(f, trace.CSV) }
func FuzzAuto(f *testing.F)            { fuzz(f, trace.Auto) }

// TestSeedsAreTraces keeps the seeds of the fuzz targets valid: each is a small trace of the format that its name stands for.
func TestSeedsAreTraces(t *testing.T) {
	want := []trace.Request{{}, {Cycle: 1, Address: 0x40}, {Cycle: 4, Address: 0x1c0, Write: true}, {Cycle: 20, Address: 0x80}}
	split := []trace.Request{want[0], want[1], want[2], {Cycle: 4, Address: 0x200, Write: true}, want[3]}
	for name, want := range map[string][]trace.Request{
		"short.stl": split, "short.rstl": split, "short.csv": want, "short.csv.gz": want,
		"dramsim3.trace":  {want[0], want[1], want[2], want[2], want[3]},
		"loadstore.trace": {{}, {Cycle: 1, Address: 0x40}, {Cycle: 2, Address: 0x1c0, Write: true}, {Cycle: 3, Address: 0x80}},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata", name))
			require.NoError(t, err)
			list, err := read(name, string(text), trace.Options{})
			require.NoError(t, err)
			require.Equal(t, want, list)
		})
	}
}
