package technology_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/technology"
)

// load checks the settings and loads their table.
func load(t *testing.T, set map[string]any) (tech.Table, string, error) {
	t.Helper()
	s, err := simulators.NewSettings(technology.Settings(), set)
	require.NoError(t, err)
	if err := technology.Check(s); err != nil {
		return tech.Table{}, "", err
	}
	return technology.Load(s)
}

func TestTablesByName(t *testing.T) {
	for _, want := range tech.Tables() {
		got, origin, err := load(t, map[string]any{"technology": want.Name})
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Empty(t, origin)
	}
	got, _, err := load(t, nil)
	require.NoError(t, err)
	require.Equal(t, tech.Horowitz45(), got)
	got, _, err = load(t, map[string]any{"technology": "aladdin-40nm", "node_nm": 16, "supply_v": 0.8})
	require.NoError(t, err)
	require.Equal(t, "aladdin-40nm scaled to 16 nm, 0.8 V", got.Name)
}

// full states every key that a table has.
const full = `
base     = "eyeriss-65nm"
name     = "house-22nm"
node_nm  = 22
supply_v = 0.8
register_energy_pj_per_bit = 0.002
register_area_um2_per_bit  = 1.5
hop_energy_pj_per_bit      = 0.01
dram_energy_pj_per_bit     = 4.0
dram_origin = { source = "vendor", uncertain = "typical" }

[[adders]]
bits = 8
energy_pj = 0.01
area_um2 = 10.0
energy_origin = { source = "synthesis" }

[[adders]]
bits = 32
energy_pj = 0.05
area_um2 = 40.0

[[multipliers]]
bits = 8
energy_pj = 0.06
area_um2 = 80.0

[[sram.rows]]
capacity_kib = 8.0
energy_pj_per_bit = 0.02
area_mm2 = 0.01

[[sram.rows]]
capacity_kib = 512.0
energy_pj_per_bit = 0.08
area_mm2 = 0.5
`

func TestFileOfOnesOwn(t *testing.T) {
	got, err := technology.Parse(full)
	require.NoError(t, err)
	own := tech.Origin{Source: "technology file"}
	require.Equal(t, "house-22nm", got.Name)
	require.Equal(t, []tech.Component{
		{Bits: 8, EnergyPJ: 0.01, AreaUM2: 10, EnergyOrigin: tech.Origin{Source: "synthesis"}, AreaOrigin: own},
		{Bits: 32, EnergyPJ: 0.05, AreaUM2: 40, EnergyOrigin: own, AreaOrigin: own},
	}, got.Adders)
	require.Equal(t, []tech.Component{{Bits: 8, EnergyPJ: 0.06, AreaUM2: 80, EnergyOrigin: own, AreaOrigin: own}}, got.Multipliers)
	require.Equal(t, tech.Origin{Source: "vendor", Uncertain: "typical"}, got.DRAMOrigin)
	require.Equal(t, own, got.HopOrigin)
	require.Equal(t, own, got.RegisterEnergyOrigin)
	require.Len(t, got.SRAM.Rows, 2)
	low, high := got.SRAM.RangeKiB()
	require.Equal(t, [2]float64{8, 512}, [2]float64{low, high})
	bit, err := got.SRAM.EnergyPJPerBit(64) // half way in the logarithm: √(0.02·0.08)
	require.NoError(t, err)
	require.InEpsilon(t, 0.04, bit, 1e-12)
	for _, f := range got.Figures() {
		require.NotEmpty(t, f.Source, f.Name)
	}
}

func TestFileOverOneFigure(t *testing.T) {
	got, err := technology.Parse("dram_energy_pj_per_bit = 4.0\n")
	require.NoError(t, err)
	want := tech.Horowitz45()
	want.Name, want.DRAMEnergyPJPerBit, want.DRAMOrigin = "figures on horowitz-45nm", 4, tech.Origin{Source: "technology file"}
	require.Equal(t, want, got)
	// the laws instead of the rows of the base
	got, err = technology.Parse("base = \"eyeriss-65nm\"\n[sram]\nreference_kib = 8.0\nreference_energy_pj_per_bit = 0.1\nmin_kib = 1.0\nmax_kib = 64.0\narea_mm2_per_kib = 0.01\n")
	require.NoError(t, err)
	bit, err := got.SRAM.EnergyPJPerBit(32)
	require.NoError(t, err)
	require.InEpsilon(t, 0.2, bit, 1e-12)
}

func TestMistakesOfFiles(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", "dram_pj = 3.0\n", `unknown key "dram_pj"`},
		{"unknown base", "base = \"tsmc\"\n", `base: tech: unknown table "tsmc": known are horowitz-45nm, aladdin-40nm, eyeriss-65nm, horowitz-45nm-rows`},
		{"syntax", "dram =\n", "toml: line 1"},
		{"type", "node_nm = \"seven\"\n", "incompatible types"},
		{"negative", "dram_energy_pj_per_bit = -4.0\n", `tech: table "figures on horowitz-45nm": DRAM energy -4: want a positive number`},
		{"not a number", "dram_energy_pj_per_bit = nan\n", `DRAM energy NaN: want a positive number`},
		{"a row without a figure", "[[multipliers]]\nbits = 8\nenergy_pj = 1.0\n", "multiplier of 8 bits: area 0: want a positive number"},
		{"rows and laws", "[sram]\nmin_kib = 8.0\n[[sram.rows]]\ncapacity_kib = 8.0\n", "sram: rows and the figures of the laws exclude each other"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := technology.Parse(c.text)
			require.ErrorContains(t, err, c.want)
		})
	}
	path := filepath.Join(t.TempDir(), "t.toml")
	require.NoError(t, os.WriteFile(path, []byte("supply_v = 0.0\n"), 0o644))
	_, _, err := load(t, map[string]any{"technology_file": path})
	require.EqualError(t, err, "technology_file "+path+`: tech: table "figures on horowitz-45nm": supply 0: want a positive number`)
	_, _, err = load(t, map[string]any{"technology_file": "/none.toml"})
	require.EqualError(t, err, "setting technology_file: stat /none.toml: no such file or directory")
}

func TestAboutMarksWhatIsUncertain(t *testing.T) {
	s := technology.About(tech.Horowitz45())
	require.Equal(t, "TECHNOLOGY horowitz-45nm", s.Title)
	require.Equal(t, []string{"8-bit adder energy", "0.03", "pJ", "Horowitz, ISSCC 2014, table of rough energy costs, 45 nm, 0.9 V"}, s.Rows[0])
	require.Equal(t, "Horowitz, ISSCC 2014, table of rough energy costs, 45 nm, 0.9 V; UNCERTAIN: as reprinted in later papers", s.Rows[1][3])
	for _, row := range s.Rows {
		require.Len(t, row, len(s.Columns)+1)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add("base = \"horowitz-45nm-rows\"\n[sram]\nmin_kib = 1e300\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := technology.Parse(text)
		if err != nil {
			return
		}
		require.NoError(t, table.Check())
		for _, figure := range table.Figures() {
			require.NotEmpty(t, figure.Value)
		}
		low, high := table.SRAM.RangeKiB()
		for _, capacityKiB := range []float64{low, high} {
			energy, err := table.SRAM.EnergyPJPerBit(capacityKiB)
			require.NoError(t, err)
			require.GreaterOrEqual(t, energy, 0.0)
		}
	})
}
