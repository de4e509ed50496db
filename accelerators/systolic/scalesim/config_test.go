package scalesim_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/scalesim"
)

const edge = `# an edge accelerator
[general]
run_name = edge-32

[architecture_presets]
ArrayHeight:    32
ArrayWidth:     16
IfmapSramSzkB:  64
FilterSramSzkB: 128
OfmapSramSzkB:  32
FilterOffset = 5000000
Dataflow : os
Bandwidth : 10, 20
MemoryBanks: 1
MemoryBunks: 1

[run_presets]
InterfaceBandwidth: USER
`

func read(text string) (scalesim.Config, error) {
	return scalesim.ReadConfig("a.cfg", strings.NewReader(text))
}

func TestReadConfig(t *testing.T) {
	c, err := read(edge)
	require.NoError(t, err)
	require.Equal(t, scalesim.Config{
		RunName: "edge-32", Array: systolic.Array{Rows: 32, Cols: 16, Dataflow: systolic.OutputStationary},
		IfmapSRAMKiB: 64, FilterSRAMKiB: 128, OfmapSRAMKiB: 32,
		FilterOffsetBytes: 5_000_000, OfmapOffsetBytes: 20_000_000, // the last is the default
		Sparsity: scalesim.Sparsity{Seed: 40}, UserBandwidth: true, BandwidthWords: []int{10, 20}, Ignored: []string{"architecture_presets.memorybunks"},
	}, c)
}

func TestWrittenConfigsAreReadAgain(t *testing.T) {
	c, err := read(edge)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, c.Write(&text))
	again, err := read(text.String())
	require.NoError(t, err)
	require.Empty(t, again.Ignored)
	c.Ignored = nil
	require.Equal(t, c, again)
}

func TestReadConfigNamesFileAndLine(t *testing.T) {
	needed := strings.Replace(edge, "MemoryBanks: 1\nMemoryBunks: 1\n", "", 1)
	change := func(old, replacement string) string {
		require.Contains(t, needed, old)
		return strings.Replace(needed, old, replacement, 1)
	}
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "a.cfg: section architecture_presets has no arrayheight, arraywidth, ifmapsramszkb, filtersramszkb, ofmapsramszkb, dataflow"},
		{"no array height", change("ArrayHeight:    32\n", ""), "a.cfg: section architecture_presets has no arrayheight"},
		{"no number", change("IfmapSramSzkB:  64", "IfmapSramSzkB:  64kB"), `a.cfg:8: architecture_presets.ifmapsramszkb = "64kB": want a whole number of at least 1`},
		{"a comment behind the value", change("ArrayWidth:     16", "ArrayWidth:     16 # columns"), `a.cfg:7: architecture_presets.arraywidth = "16 # columns": want a whole number`},
		{"zero", change("ArrayWidth:     16", "ArrayWidth:     0"), `a.cfg:7: architecture_presets.arraywidth = "0": want a whole number of at least 1`},
		{"too large", change("ArrayWidth:     16", "ArrayWidth:     99999"), "a.cfg: systolic: Cols 99999 out of range [1, 16384] processing elements"},
		{"dataflow", change("Dataflow : os", "Dataflow : rs"), `a.cfg:12: architecture_presets.dataflow: systolic: unknown dataflow "rs": known are os, ws, is`},
		{"offset", change("FilterOffset = 5000000", "FilterOffset = -1"), `a.cfg:11: architecture_presets.filteroffset = "-1": want a whole number of at least 0`},
		{"mode", change("InterfaceBandwidth: USER", "InterfaceBandwidth: AUTO"), `a.cfg:16: run_presets.interfacebandwidth = "AUTO": want CALC or USER`},
		{"bandwidth", change("Bandwidth : 10, 20", "Bandwidth : 10,"), `a.cfg:13: architecture_presets.bandwidth = "": want a whole number of at least 1`},
		{"no bandwidth", change("Bandwidth : 10, 20\n", ""), "a.cfg: scalesim: InterfaceBandwidth = USER needs Bandwidth, in words a cycle"},
		{"twice", change("ArrayWidth:     16", "ArrayWidth:     16\narraywidth = 8"), "a.cfg:8: architecture_presets.arraywidth is given twice, before in line 7"},
		{"no section", "ArrayWidth: 16\n", `a.cfg:1: "ArrayWidth: 16" stands before the first section`},
		{"open section", "[general\n", `a.cfg:1: section "[general" has no closing bracket`},
		{"no key", needed + "a comma, separated, line\n", `a.cfg:17: "a comma, separated, line" is neither a section, nor key = value`},
		{"another folder", change("edge-32", "../edge"), `a.cfg: scalesim: run_name "../edge" is not the name of a folder`},
		{"two mistakes", change("ArrayHeight:    32\nArrayWidth:     16", "ArrayHeight: x\nArrayWidth: y"), "a.cfg:6: architecture_presets.arrayheight = \"x\": want a whole number of at least 1\na.cfg:7: "},
		{"sparsity", needed + "[sparsity]\nSparsitySupport: perhaps\n", `a.cfg:18: sparsity.sparsitysupport = "perhaps": want true or false`},
		{"trace", change("InterfaceBandwidth: USER", "UseRamulatorTrace: maybe"), `a.cfg:16: run_presets.useramulatortrace = "maybe": want true or false`},
		{"endless line", "[general]\n" + strings.Repeat("x", 1<<17), "a.cfg:2: a line longer than 65536 bytes"},
		{"endless file", strings.Repeat("\n", 10_001), "a.cfg:10001: more than 10000 lines"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := read(c.text)
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := scalesim.ReadConfig("a.cfg", iotest.ErrReader(errors.New("disk on fire")))
	require.EqualError(t, err, "a.cfg:1: disk on fire")
}

func FuzzReadConfig(f *testing.F) {
	f.Add(edge)
	f.Add("[architecture_presets]\nArrayHeight = 1 = 2\n[]\n=:\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := read(text)
		if err != nil {
			return
		}
		require.NoError(t, c.Check())
		var written bytes.Buffer
		require.NoError(t, c.Write(&written))
		again, err := read(written.String())
		require.NoError(t, err)
		c.Ignored, again.Ignored = nil, nil
		if !c.UserBandwidth && c.BandwidthWords == nil {
			again.BandwidthWords = nil // written is what the tool takes where nothing is said
		}
		require.Equal(t, c, again)
	})
}
