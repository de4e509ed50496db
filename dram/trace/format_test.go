package trace_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

func TestDetect(t *testing.T) {
	for name, want := range map[string]trace.Format{
		"a.stl": trace.DRAMSys, "dir/B.STL.GZ": trace.DRAMSys, "a.rstl": trace.DRAMSysRelative, "a.csv.gz": trace.CSV,
		"a.trace": trace.Auto, "a.trc.gz": trace.Auto,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := trace.Detect(name)
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
	for _, name := range []string{"", "stl", "a.txt", "a.stl.bz2", "a.gz"} {
		t.Run("refused "+name, func(t *testing.T) {
			_, err := trace.Detect(name)
			require.EqualError(t, err, "trace: "+name+": the ending names no format: known are .stl, .rstl, .csv, .trace, .trc, each also with .gz; or name the format")
			_, err = read(name, "1: read 0x0\n", trace.Options{})
			require.ErrorContains(t, err, "the ending names no format")
		})
	}
}

func TestFormatNames(t *testing.T) {
	for _, name := range []string{"auto", "dramsys", "dramsys-relative", "ramulator", "dramsim3", "csv"} {
		var f trace.Format
		require.NoError(t, f.UnmarshalText([]byte(name)))
		text, err := f.MarshalText()
		require.NoError(t, err)
		require.Equal(t, name, string(text))
	}
	var f trace.Format
	require.EqualError(t, f.UnmarshalText([]byte("vcd")), `trace: no format "vcd": known are auto, dramsys, dramsys-relative, ramulator, dramsim3, csv`)
	_, err := trace.Format(9).MarshalText()
	require.EqualError(t, err, "trace: Format(9) is no format")
}
