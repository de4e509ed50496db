package timeloop_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/simulators/timeloop"
)

// TestCostsOfMemories against the laws of the package documentation, by hand, at 45 nm: 0.009 pJ and 5.98 µm² a register's bit.
func TestCostsOfMemories(t *testing.T) {
	table := tech.Horowitz45()
	for _, c := range []struct {
		name            string
		m               timeloop.Memory
		readPJ, areaUM2 float64
		tolerance       float64
	}{
		{"8 KiB in lines of 64 bits, Horowitz' own row", timeloop.Memory{Depth: 1024, Width: 64}, 10, 8 * 9458.3, 1e-4},
		{"2 KiB: half the energy a bit, a quarter of the area", timeloop.Memory{Depth: 256, Width: 64}, 5, 2 * 9458.3, 1e-4},
		{"4 bytes: no less than registers", timeloop.Memory{Depth: 2, Width: 16}, 16 * 0.009, 4.0 / 1024 * 9458.3, 1e-4},
		{"16 registers of 16 bits", timeloop.Memory{Kind: timeloop.RegisterFile, Depth: 16, Width: 16}, 16 * 0.009 * (0.36 + 0.688), 256 * 5.98, 1e-9},
		{"with two address generators of 4 bits", timeloop.Memory{Kind: timeloop.RegisterFile, Smart: true, Depth: 16, Width: 16},
			16*0.009*1.048 + 0.03/2, 256*5.98 + 36, 1e-9},
		{"in four banks, each with a latch of 64 + 8 bits", timeloop.Memory{Depth: 1024, Width: 64, Banks: 4}, 10 + 0.009*72, 8*9458.3 + 4*72*5.98, 1e-4},
		{"DRAM", timeloop.Memory{Kind: timeloop.DRAM, Width: 64}, 1280, 0, 1e-9},
	} {
		t.Run(c.name, func(t *testing.T) {
			cost, err := c.m.Cost(table)
			require.NoError(t, err)
			require.InDelta(t, c.readPJ, cost.ReadPJ, c.tolerance*c.readPJ)
			require.InDelta(t, c.areaUM2, cost.AreaUM2, c.tolerance*c.areaUM2)
			require.InDelta(t, cost.ReadPJ, cost.WritePJ, 0)
		})
	}
	_, err := timeloop.Memory{Width: 16}.Cost(table)
	require.EqualError(t, err, "a memory of 0 lines of 16 bits has no cost: give it a depth and a width, or its energies in an ERT")
	_, err = timeloop.Memory{Depth: 1 << 20, Width: 64}.Cost(table)
	require.ErrorContains(t, err, "SRAM capacity 8192 KiB out of range [8, 1024] KiB")
}

// TestRegisterFilesOfThePublishedDesign are those that the line was fitted to, at their node.
func TestRegisterFilesOfThePublishedDesign(t *testing.T) {
	table, err := tech.Horowitz45().ScaleTo(65, 1)
	require.NoError(t, err)
	for depth, want := range map[int64]float64{12: 0.202442, 16: 0.2513, 192: 1.976602} {
		cost, err := timeloop.Memory{Kind: timeloop.RegisterFile, Depth: depth, Width: 16}.Cost(table)
		require.NoError(t, err)
		require.InEpsilon(t, want, cost.ReadPJ, 0.06, "%d lines", depth)
	}
}

func TestMapCostsTheMappingOfTheFiles(t *testing.T) {
	answer, err := timeloop.Map(timeloop.Request{Files: load(t, "row-stationary.yaml", "stem.yaml", "stem-mapping.yaml", "energies.yaml")})
	require.NoError(t, err)
	require.Empty(t, answer.Notes)
	require.Contains(t, string(answer.Text), "            par-for Q in [0:14) (X)\n")
	require.Contains(t, string(answer.Text), "10838016 MACs in 86016 cycles, bound by compute; utilisation 75.0 %; 59.2801 uJ")
	require.Contains(t, string(answer.SVG), "for q in 0..14 along X")
	require.Contains(t, string(answer.Mapping), "{target: inter_PE_column_spatial, type: spatial, factors: [C=1, M=1, R=1, S=1, N=1, P=1, Q=14], permutation: [Q, C, M, R, S, N, P], split: 1}")
}

// TestMapFindsWhatIsBetter than the published mapping, and the same at every call.
func TestMapFindsWhatIsBetter(t *testing.T) {
	q := timeloop.Request{Files: load(t, "row-stationary.yaml", "stem.yaml", "stem-mapping.yaml", "energies.yaml"), Search: true, Algorithm: "genetic",
		Objectives: []string{"cycles", "energy"}, Budget: 3000, Seed: 1}
	answer, err := timeloop.Map(q)
	require.NoError(t, err)
	require.Contains(t, string(answer.Text), "genetic search, seed 1: 3000 mappings tried")
	require.Contains(t, string(answer.Text), "10838016 MACs in 64512 cycles", "all 168 processing elements work")
	again, err := timeloop.Map(q)
	require.NoError(t, err)
	require.Equal(t, answer, again)
}

func TestMapOfANamedLayer(t *testing.T) {
	for _, layer := range []string{"conv1", "0"} {
		answer, err := timeloop.Map(timeloop.Request{Files: load(t, "row-stationary.yaml"), Network: "alexnet", Layer: layer, Budget: 300})
		require.NoError(t, err)
		require.Contains(t, string(answer.Text), "105415200 MACs in ")
		require.NotEmpty(t, answer.Notes, "energies are the technology's")
	}
}

func TestMistakesOfRequests(t *testing.T) {
	both := load(t, "row-stationary.yaml", "stem.yaml")
	arch := load(t, "row-stationary.yaml")
	tight := load(t, "row-stationary.yaml", "stem.yaml")
	tight[0].Text = []byte(strings.Replace(string(tight[0].Text), "depth: 192", "depth: 1", 1))
	tight[0].Text = []byte(strings.Replace(string(tight[0].Text), `factors: "N=1 M=1 P=1 Q=1 S=1"`, `factors: "R=3"`, 1))
	over := append(load(t, "stem.yaml", "stem-mapping.yaml"), timeloop.File{Name: "a.yaml", Text: []byte(strings.Replace(string(arch[0].Text), "depth: 16, width: 16", "depth: 4, width: 16", 1))})
	for _, c := range []struct {
		q    timeloop.Request
		want string
	}{
		{timeloop.Request{Files: both, Network: "alexnet"}, "a layer needs both"},
		{timeloop.Request{Files: both, Network: "alexnet", Layer: "conv1"}, `a section "problem" beside a layer that is named`},
		{timeloop.Request{Files: arch, Network: "alexnt", Layer: "conv1"}, `unknown network "alexnt"`},
		{timeloop.Request{Files: arch, Network: "alexnet", Layer: "conv9"}, `network alexnet: unknown layer "conv9"`},
		{timeloop.Request{Files: arch, Network: "alexnet", Layer: "pool1"}, "has no multiply-accumulates"},
		{timeloop.Request{Files: both, Technology: "tsmc"}, `unknown table "tsmc"`},
		{timeloop.Request{Files: both, Algorithm: "best"}, `unknown algorithm "best"`},
		{timeloop.Request{Files: both, Objectives: []string{"area"}}, `unknown objective "area"`},
		{timeloop.Request{Files: tight, Budget: 200}, "no mapping fits in 200 evaluations; the nearest one: the tiles need 3 words of weights_spad, which has 2; widen the constraints"},
		{timeloop.Request{Files: over}, "the mapping does not fit: the tiles need 8 words of psum_spad, which has 4"},
	} {
		_, err := timeloop.Map(c.q)
		require.ErrorContains(t, err, c.want)
	}
}

func TestValidateReadsFurtherTables(t *testing.T) {
	check := timeloop.Checks()[0]
	list, err := check.Run(t.Context(), "")
	require.NoError(t, err)
	require.Len(t, list, 3)
	for _, a := range list {
		require.Empty(t, a.Failure(), a.Reference)
		require.Equal(t, a.Rows, a.Equal)
	}
	list, err = check.Run(t.Context(), t.TempDir())
	require.NoError(t, err)
	require.Len(t, list, 4)
	require.Equal(t, "no summary.csv", list[3].Skipped)
}
