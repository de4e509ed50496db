package dram_test

import (
	"bytes"
	"compress/gzip"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is wrong with a setting is one error that names it, its value and what is valid.
func TestSettingsThatMakeNoSense(t *testing.T) {
	const csv = "cycle,op,address\n0,R,0x40\n5,W,0x80\n"
	trace := func(text string) map[string]any { return map[string]any{"trace": file(t, "t.csv", text)} }
	deviceFile := func(text string) map[string]any { return map[string]any{"device_file": file(t, "d.toml", text)} }
	mappingFile := func(text string) map[string]any { return map[string]any{"mapping_file": file(t, "m.toml", text)} }
	with := func(set map[string]any, name string, value any) map[string]any { set[name] = value; return set }
	// DDR3 of 1 GiB: 6 bits of offset, 7 of column, 3 of bank, 14 of row.
	const bits = "column = [6,7,8,9,10,11,12]\nbank = [13,14,15]\nrow = [16,17,18,19,20,21,22,23,24,25,26,27,28,29]\n"
	for _, c := range []struct {
		name string
		set  map[string]any
		want []string
	}{
		{"workload and trace", with(trace(csv), "workload", "stream"), []string{`workload = "stream"`, "exclude each other"}},
		{"format without a file", map[string]any{"trace_format": "csv"}, []string{"trace_format", "csv", "trace"}},
		{"gap without a file", map[string]any{"trace_gap": 3}, []string{"trace_gap", "3", "trace"}},
		{"unknown workload", map[string]any{"workload": "cloud"}, []string{`"cloud"`, `"cloud-1"`}},
		{"channels", map[string]any{"channels": 3}, []string{"channels = 3", "[1 2 4 8 16]"}},
		{"ranks", map[string]any{"ranks": 9}, []string{"ranks", "9", "[1, 8]"}},
		{"unknown device", map[string]any{"device": "ddr9"}, []string{"ddr9", "ddr4-2400-8gb-x8"}},
		{"unknown mapping", map[string]any{"mapping": "row-bank"}, []string{`"row-bank"`, "row-bank-column"}},
		{"wrong order", map[string]any{"mapping": "rorabgbacoro"}, []string{"rorabgbacoro", "twice"}},
		{"peak window", map[string]any{"peak_window_ns": 1}, []string{"peak_window_ns", "[10, 1000000000]"}},

		{"trace is not there", map[string]any{"trace": "none.csv"}, []string{"trace", "none.csv", "no such file"}},
		{"trace of an unknown kind", map[string]any{"trace": file(t, "t.txt", csv)}, []string{"t.txt", ".csv"}},
		{"trace without requests", trace("cycle,op,address\n"), []string{"t.csv", "without a request"}},
		{"trace out of order", trace("cycle,op,address\n5,R,0x40\n4,R,0x40\n"), []string{"t.csv: line 3", `"4"`}},
		{"malformed line", trace("cycle,op,address\n5,X,0x40\n"), []string{"t.csv: line 2", `"X"`, "R|W"}},
		{"past the device", trace("cycle,op,address\n5,R,0x40000000\n"), []string{"request 1", "0x40000000", "0x3fffffff"}},

		{"device is not there", map[string]any{"device_file": "none.toml"}, []string{"device_file", "none.toml", "no such file"}},
		{"device and file", with(deviceFile(`base = "ddr4-2400-8gb-x8"`), "device", "ddr4-2400-8gb-x8"), []string{"exclude each other"}},
		{"device is not TOML", deviceFile("base = "), []string{"d.toml"}},
		{"unknown key", deviceFile("base = \"ddr4-2400-8gb-x8\"\n[timing]\ntRCDRX = 3\n"), []string{"d.toml", "tRCDRX", "tRCDRD"}},
		{"unknown base", deviceFile(`base = "ddr9"`), []string{"d.toml", "base", "ddr9", "ddr4-2400-8gb-x8"}},
		{"zero timing", deviceFile("base = \"ddr4-2400-8gb-x8\"\n[timing]\ntRAS = 0\n"), []string{"d.toml", "tRAS", "0"}},
		{"negative timing", deviceFile("base = \"ddr4-2400-8gb-x8\"\n[timing]\ntRP = -3\n"), []string{"d.toml", "tRP", "-3"}},
		{"tRC < tRAS + tRP", deviceFile("base = \"ddr4-2400-8gb-x8\"\n[timing]\ntRC = 54\n"), []string{"d.toml", "tRC", "54", "55"}},
		{"empty device", deviceFile(""), []string{"d.toml", "clock_mhz 0", "timing.tRAS 0"}},

		{"mapping is not there", map[string]any{"mapping_file": "none.toml"}, []string{"mapping_file", "none.toml", "no such file"}},
		{"map misses a bit", mappingFile("column = [6,7,8,9,10,11,12]\nbank = [13,14,15]\nrow = [16,17,18,19,20,21,22,23,24,25,26,27,28]\n"), []string{"m.toml", "row", "29"}},
		{"map repeats a bit", mappingFile("column = [6,7,8,9,10,11,12]\nbank = [13,14,14]\nrow = [16,17,18,19,20,21,22,23,24,25,26,27,28,29]\n"), []string{"m.toml", "14"}},
		{"map with an unknown key", mappingFile(bits + "banks = [1]\n"), []string{"m.toml", "banks", "bank"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := factory(t, "dram").Open(c.set)
			require.Error(t, err)
			for _, want := range c.want {
				require.ErrorContains(t, err, want)
			}
		})
	}
	_, _, err := factory(t, "dram").Open(mappingFile(bits))
	require.NoError(t, err, "the map that the wrong ones were made of")
	_, _, err = factory(t, "dram").Open(trace(csv))
	require.NoError(t, err, "and the trace")
}

func TestTraceFilesOfEveryFormatAreTheSameRequests(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := z.Write([]byte("cycle,op,address\n0,R,0x40\n1,W,0x2000040\n2,R,0x80\n"))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	want := evaluate(t, open(t, "dram", map[string]any{"trace": file(t, "a.csv", "cycle,op,address\n0,R,0x40\n1,W,0x2000040\n2,R,0x80\n")}), knobs(8, nil))
	for _, c := range []struct {
		name, text string
		set        map[string]any
	}{
		{"b.csv.gz", zipped.String(), nil},
		{"c.stl", "0:\tread\t0x40\n1:\twrite\t0x2000040\n2:\tread\t0x80\n", nil},
		{"d.trace", "LD 0x40\nST 0x2000040\nLD 0x80\n", nil},
		{"e.trace", "0x40 READ 0\n0x2000040 WRITE 1\n0x80 READ 2\n", nil},
		{"f.log", "0x40 READ 0\n0x2000040 WRITE 1\n0x80 READ 2\n0x80 READ 9\n", map[string]any{"trace_format": "dramsim3", "requests": 3}},
	} {
		set := map[string]any{"trace": file(t, c.name, c.text)}
		for k, v := range c.set {
			set[k] = v
		}
		require.Equal(t, want, evaluate(t, open(t, "dram", set), knobs(8, nil)), c.name)
	}
}

// The content of the files is part of the version, their names are not.
func TestVersionNamesTheContentOfFiles(t *testing.T) {
	version := func(set map[string]any) string { return open(t, "dram", set).Simulator.Spec().Version }
	text := "base = \"ddr4-2400-8gb-x8\"\n[timing]\ntRCDRD = 20\ntRAS = 43\ntRC = 59\n"
	slower := map[string]any{"device_file": file(t, "one.toml", text), "requests": 100}
	require.Regexp(t, `^1\.0\.0\+device_file\.[0-9a-f]{12}$`, version(slower))
	require.Equal(t, version(slower), version(map[string]any{"device_file": file(t, "two.toml", text), "requests": 100}))
	require.NotEqual(t, version(slower), version(map[string]any{"device_file": file(t, "one.toml", text+"# a remark\n"), "requests": 100}))
	base := evaluate(t, open(t, "dram", map[string]any{"device": "ddr4-2400-8gb-x8", "requests": 100, "workload": "random"}), knobs(1, nil))
	slower["workload"] = "random"
	require.Equal(t, base["time_cycles"]+4*100, evaluate(t, open(t, "dram", slower), knobs(1, nil))["time_cycles"], "tRCD is 4 clocks longer, and no two of 100 reads overlap")
}

func TestFidelitiesArePrefixes(t *testing.T) {
	f := factory(t, "dram")
	require.Equal(t, 1.0, f.Fidelities[len(f.Fidelities)-1].RelativeCost, "the last is the true model")
	cheap := evaluate(t, open(t, "dram", f.Fidelities[1].Set), knobs(4, nil))
	require.Equal(t, evaluate(t, open(t, "dram", map[string]any{"requests": 1000}), knobs(4, nil)), cheap)
	require.Less(t, cheap["time_ns"], evaluate(t, open(t, "dram", nil), knobs(4, nil))["time_ns"])
}
