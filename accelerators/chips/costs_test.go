package chips_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

// plain is a chip at the node and supply of Horowitz' table, so that nothing is scaled.
func plain() chips.Chip {
	return chips.Chip{Name: "plain", NodeNM: 45, SupplyV: 0.9, ClockMHz: 500, PEs: 1000, WordBits: 8, Banks: 4, BankKiB: 8}
}

func TestCostsByHand(t *testing.T) {
	k := chips.Constants{DatapathAreaFactor: 2, BaseMM2: 1, DatapathEnergyFactor: 3, BasePJ: 5, IdlePJ: 7}
	c, err := chips.NewCosts(plain(), tech.Horowitz45(), k)
	require.NoError(t, err)
	// a PE: multiplier 282 + adder 137 + 48 registers·5.98 = 706.04 µm², twice; a KiB of SRAM 8192/(0.826·2²⁰) mm²
	require.InDelta(t, 1.41208, c.Area.PEMM2, 1e-12)
	require.InDelta(t, 1, c.Area.BaseMM2, 1e-12)
	require.InDelta(t, 0.302663, c.Area.MemoryMM2, 1e-6)
	require.InDelta(t, 2.714743, c.Area.TotalMM2(), 1e-6)
	require.InDelta(t, 3*(0.2+0.1+48*0.009), c.MACPJ, 1e-12)
	require.InDelta(t, 1.25, c.BufferWordPJ, 1e-12) // 10 pJ for 64 bits
	require.InDelta(t, 5, c.BusyCyclePJ, 1e-12)
	require.InDelta(t, 7*2.41208, c.CyclePJ, 1e-12)
	require.Zero(t, c.ScratchpadWordPJ)
	require.Zero(t, c.HopWordPJ)

	e := c.Energy(chips.Activity{Cycles: 10, BusyCycles: 4, MACs: 100, ZeroFrac: 0.25, BufferWords: 8})
	require.InDelta(t, 75*2.196, e.MACPJ, 1e-9)
	require.InDelta(t, 10, e.MemoryPJ, 1e-9)
	require.InDelta(t, 20, e.BasePJ, 1e-9)
	require.InDelta(t, 168.8456, e.IdlePJ, 1e-9)
	require.InDelta(t, 164.7+10+20+168.8456, e.TotalPJ(), 1e-9)
	// 10 cycles at 500 MHz are 20 ns; a pJ a ns is a mW
	require.InDelta(t, 363.5456/20, c.PowerMW(chips.Activity{Cycles: 10, BusyCycles: 4, MACs: 100, ZeroFrac: 0.25, BufferWords: 8}, 500), 1e-9)
	require.Zero(t, c.PowerMW(chips.Activity{}, 500))
}

// A scratchpad and the hop to a neighbour: 1 and 2 accesses in the units of the Eyeriss papers, 6 for the buffer.
func TestCostsOfEyerissAccesses(t *testing.T) {
	c, err := chips.NewCosts(chips.EyerissChip(), tech.Eyeriss65(), chips.Fitted())
	require.NoError(t, err)
	require.InDelta(t, 1.40, c.ScratchpadWordPJ, 0.005)
	require.InEpsilon(t, 2*c.ScratchpadWordPJ, c.HopWordPJ, 1e-12)
	require.InEpsilon(t, 6*c.ScratchpadWordPJ, c.BufferWordPJ, 1e-12)
}

func TestChipErrors(t *testing.T) {
	for _, test := range []struct {
		name, want string
		edit       func(*chips.Chip)
	}{
		{"no PEs", `chips: chip "plain": PEs 0 out of range [1, 16777216]`, func(c *chips.Chip) { c.PEs = 0 }},
		{"no bank", `chips: chip "plain": Banks -1 out of range [1, 16777216]`, func(c *chips.Chip) { c.Banks = -1 }},
		{"no clock", `chips: chip "plain": ClockMHz NaN out of range [1, 10000] MHz`, func(c *chips.Chip) { c.ClockMHz = math.NaN() }},
		{"negative scratchpad", `chips: chip "plain": ScratchpadKiB -1: want 0 (none) or a capacity`, func(c *chips.Chip) { c.ScratchpadKiB = -1 }},
		{"small bank", `chips: chip "plain": tech: SRAM capacity 4 KiB out of range [8, 1024] KiB`, func(c *chips.Chip) { c.BankKiB = 4 }},
		{"node", `chips: chip "plain": tech: node 3 nm out of range [7, 180] nm`, func(c *chips.Chip) { c.NodeNM = 3 }},
		{"width", `out of range [8, 32] bits`, func(c *chips.Chip) { c.WordBits = 4 }},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := plain()
			test.edit(&c)
			_, err := chips.NewCosts(c, tech.Horowitz45(), chips.Fitted())
			require.ErrorContains(t, err, test.want)
		})
	}
}

// More of anything never costs less, and a smaller node at the same supply never more.
func TestCostsRise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chips.Chip{
			NodeNM: rapid.IntRange(7, 65).Draw(t, "node"), SupplyV: rapid.Float64Range(0.6, 1.3).Draw(t, "supply"), ClockMHz: 1000,
			PEs: rapid.IntRange(1, 4096).Draw(t, "pes"), WordBits: rapid.IntRange(8, 16).Draw(t, "bits"),
			Banks: rapid.IntRange(1, 32).Draw(t, "banks"), BankKiB: rapid.Float64Range(0.5, 500).Draw(t, "bank"),
		}
		costs := func(c chips.Chip) chips.Costs {
			k, err := chips.NewCosts(c, tech.Eyeriss65(), chips.Fitted())
			if err != nil {
				t.Fatal(err)
			}
			return k
		}
		less, more := costs(c), c
		more.PEs, more.Banks, more.WordBits = 2*c.PEs, 2*c.Banks, min(16, c.WordBits+1)
		m := costs(more)
		if m.Area.PEMM2 < 2*less.Area.PEMM2*(1-1e-9) || m.Area.MemoryMM2 < 2*less.Area.MemoryMM2*(1-1e-9) || m.MACPJ < less.MACPJ || m.CyclePJ < less.CyclePJ {
			t.Fatalf("%+v of the larger chip is below %+v", m, less)
		}
		if c.NodeNM > 7 {
			small := c
			small.NodeNM--
			s := costs(small)
			if s.Area.TotalMM2() > less.Area.TotalMM2()*(1+1e-9) || s.MACPJ > less.MACPJ*(1+1e-9) {
				t.Fatalf("at %d nm %+v, at %d nm %+v", small.NodeNM, s, c.NodeNM, less)
			}
		}
	})
}

// Idle power and area belong to a chip whatever it does: a chip that works twice as long at the same rate has the same power.
func TestPowerIsARate(t *testing.T) {
	c, err := chips.NewCosts(plain(), tech.Horowitz45(), chips.Fitted())
	require.NoError(t, err)
	once := chips.Activity{Cycles: 100, BusyCycles: 60, MACs: 5000, ZeroFrac: 0.5, BufferWords: 700}
	twice := chips.Activity{Cycles: 200, BusyCycles: 120, MACs: 10_000, ZeroFrac: 0.5, BufferWords: 1400}
	require.InEpsilon(t, c.PowerMW(once, 500), c.PowerMW(twice, 500), 1e-12)
	require.InEpsilon(t, 2*c.PowerMW(once, 500), c.PowerMW(once, 1000), 1e-12)
}
