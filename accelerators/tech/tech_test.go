package tech_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/tech"
)

func TestArithmeticRowsAndTheLawBetweenThem(t *testing.T) {
	tests := []struct {
		name     string
		unit     func(int) (tech.Component, error)
		bits     int
		energyPJ float64
		areaUM2  float64
	}{
		{"horowitz adder 8", tech.Horowitz45().Adder, 8, 0.03, 36},
		{"horowitz adder 16", tech.Horowitz45().Adder, 16, 0.05, 67},
		{"horowitz adder 32", tech.Horowitz45().Adder, 32, 0.1, 137},
		{"horowitz multiplier 8", tech.Horowitz45().Multiplier, 8, 0.2, 282},
		// 16 is half way from 8 to 32 in the logarithm: √(0.2·3.1) and √(282·3495)
		{"horowitz multiplier 16", tech.Horowitz45().Multiplier, 16, 0.7874007874, 992.7688552},
		{"horowitz multiplier 32", tech.Horowitz45().Multiplier, 32, 3.1, 3495},
		// 0.21·16/32 and 278·16/32
		{"aladdin adder 16", tech.Aladdin40().Adder, 16, 0.105, 139},
		// 12.68·(16/32)² and 6350·(16/32)²
		{"aladdin multiplier 16", tech.Aladdin40().Multiplier, 16, 3.17, 1587.5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.unit(test.bits)
			require.NoError(t, err)
			require.Equal(t, test.bits, got.Bits)
			require.InEpsilon(t, test.energyPJ, got.EnergyPJ, 1e-9)
			require.InEpsilon(t, test.areaUM2, got.AreaUM2, 1e-9)
		})
	}
}

func TestSRAMFollowsTheSquareRootOfItsCapacity(t *testing.T) {
	sram := tech.Horowitz45().SRAM
	// Horowitz: 10, 20 and 100 pJ a 64-bit read; the law gives 10·√(1024/8) = 113.137 at the last
	for _, test := range []struct{ capacityKiB, energyPJ float64 }{{8, 10}, {32, 20}, {1024, 113.137085}} {
		got, err := sram.EnergyPJPerBit(test.capacityKiB)
		require.NoError(t, err)
		require.InEpsilon(t, test.energyPJ/64, got, 1e-8)
	}
	area, err := sram.AreaMM2(64) // 64·8192 bits / (0.826·1048576 bits/mm²)
	require.NoError(t, err)
	require.InEpsilon(t, 0.605326876, area, 1e-8)
}

func TestSRAMAreaAgreesWithTheNVDLAFit(t *testing.T) {
	at16, err := tech.Horowitz45().ScaleTo(16, 0.8)
	require.NoError(t, err)
	require.InEpsilon(t, 0.00185, at16.SRAM.AreaMM2PerKiB, 0.03) // mm²/KiB, slope of the fit over seven configurations at 16 nm
}

func TestScalingByHand(t *testing.T) {
	// E(45, 0.9) = 1.103·0.81 − 0.362·0.9 + 0.2767 = 0.84433; E(7, 0.7) = 0.1776·0.49 − 0.09097·0.7 + 0.02447 = 0.047815
	scaled, err := tech.Horowitz45().ScaleTo(7, 0.7)
	require.NoError(t, err)
	require.Equal(t, "horowitz-45nm scaled to 7 nm, 0.7 V", scaled.Name)
	require.Equal(t, 7, scaled.NodeNM)
	require.InEpsilon(t, 0.2*0.047815/0.84433, scaled.Multipliers[0].EnergyPJ, 1e-9)
	require.InEpsilon(t, 282*0.059, scaled.Multipliers[0].AreaUM2, 1e-9)
	require.InEpsilon(t, 0.1*0.047815/0.84433, scaled.Adders[2].EnergyPJ, 1e-9)
	require.InEpsilon(t, 0.009*0.047815/0.84433, scaled.RegisterEnergyPJPerBit, 1e-9)
	require.InEpsilon(t, 5.98*0.059, scaled.RegisterAreaUM2PerBit, 1e-9)
	require.InEpsilon(t, 10.0/64*0.047815/0.84433, scaled.SRAM.ReferenceEnergyPJPerBit, 1e-9)
	require.InEpsilon(t, 20.0, scaled.DRAMEnergyPJPerBit, 1e-12)
	require.InEpsilon(t, 0.2, tech.Horowitz45().Multipliers[0].EnergyPJ, 1e-12, "the source table is left alone")
}

func TestEnergyFactorAgreesWithTheExampleOfThePaper(t *testing.T) {
	// Stillmaker and Baas, corrected example of section 4.2.1: 3.755·1.3² − 4.398·1.3 + 1.975 = 2.604
	got, err := tech.EnergyFactor(65, 1.3)
	require.NoError(t, err)
	require.InDelta(t, 2.604, got, 0.0005)
}

// supplies is the range of supply voltages of a node.
func supplies(node int) (low, high float64) {
	switch {
	case node == 180:
		return 0.9, 1.8
	case node > 130:
		return 0.9, 1.3
	}
	return 0.6, 1.3
}

func TestScalingThereAndBackIsTheIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		node := rapid.IntRange(tech.MinNodeNM, tech.MaxNodeNM).Draw(t, "node")
		supplyV := rapid.Float64Range(supplies(node)).Draw(t, "supply")
		start := rapid.SampledFrom([]tech.Table{tech.Horowitz45(), tech.Horowitz45Rows(), tech.Aladdin40(), tech.Eyeriss65()}).Draw(t, "table")
		there, err := start.ScaleTo(node, supplyV)
		require.NoError(t, err)
		require.NoError(t, there.Check())
		back, err := there.ScaleTo(start.NodeNM, start.SupplyV)
		require.NoError(t, err)
		require.InEpsilon(t, start.Adders[1].EnergyPJ, back.Adders[1].EnergyPJ, 1e-12)
		for _, capacityKiB := range []float64{8, 77, 1024} {
			before, err := start.SRAM.AreaMM2(capacityKiB)
			require.NoError(t, err)
			after, err := back.SRAM.AreaMM2(capacityKiB)
			require.NoError(t, err)
			require.InEpsilon(t, before, after, 1e-12)
			before, err = start.SRAM.EnergyPJPerBit(capacityKiB)
			require.NoError(t, err)
			after, err = back.SRAM.EnergyPJPerBit(capacityKiB)
			require.NoError(t, err)
			require.InEpsilon(t, before, after, 1e-12)
		}
	})
}

func TestAreaFactor(t *testing.T) {
	for _, test := range []struct {
		node int
		want float64
	}{
		{180, 19}, {65, 1.5}, {45, 1}, {16, 0.19}, {7, 0.059},
		{28, 0.3681}, // 0.21·(0.46/0.21)^(ln(28/20)/ln(32/20)) = 0.21·2.1905^0.7159
	} {
		got, err := tech.AreaFactor(test.node)
		require.NoError(t, err)
		require.InEpsilon(t, test.want, got, 1e-4, "%d nm", test.node)
	}
	_, err := tech.AreaFactor(6)
	require.EqualError(t, err, "tech: node 6 nm out of range [7, 180] nm")
}

func TestEnergyRisesWithVoltageAndNode(t *testing.T) {
	for node := tech.MinNodeNM; node <= tech.MaxNodeNM; node++ {
		low, high := supplies(node)
		previous := 0.0
		for step := range 50 {
			supplyV := low + (high-low)*float64(step)/50
			energy, err := tech.EnergyFactor(node, supplyV)
			require.NoError(t, err)
			require.Greater(t, energy, previous, "%d nm at %g V", node, supplyV)
			previous = energy
			if node > tech.MinNodeNM && supplyV <= 1.3 {
				smaller, err := tech.EnergyFactor(node-1, supplyV)
				require.NoError(t, err)
				require.GreaterOrEqual(t, energy, smaller*(1-1e-12), "%d nm at %g V", node, supplyV)
			}
		}
	}
}

func TestAreaFallsWithTheNode(t *testing.T) {
	previous := 0.0
	for node := tech.MinNodeNM; node <= tech.MaxNodeNM; node++ {
		table, err := tech.Horowitz45().ScaleTo(node, 1)
		require.NoError(t, err)
		require.Greater(t, table.SRAM.AreaMM2PerKiB, previous)
		previous = table.SRAM.AreaMM2PerKiB
	}
	at180, err := tech.Horowitz45().ScaleTo(180, 1.8)
	require.NoError(t, err)
	require.InEpsilon(t, 282*19.0, at180.Multipliers[0].AreaUM2, 1e-12)
	// E(180, 1.8) = 24.64·1.8 − 17.98 = 26.372; E(45, 0.9) = 0.84433
	require.InEpsilon(t, 0.2*26.372/0.84433, at180.Multipliers[0].EnergyPJ, 1e-9)
}

// TestAreaRatiosAreThoseOfThePaper compares ratios between other nodes than 45 nm with the paper's matrix, to its two digits.
func TestAreaRatiosAreThoseOfThePaper(t *testing.T) {
	for _, c := range []struct {
		from, to  int
		ratio     float64
		tolerance float64
	}{{180, 45, 0.053, 0.0005}, {180, 7, 0.0032, 0.0001}, {130, 65, 0.23, 0.005}, {90, 32, 0.16, 0.005}, {65, 16, 0.13, 0.005}, {65, 7, 0.039, 0.0005},
		{32, 10, 0.22, 0.005}, {20, 14, 0.82, 0.015}, {16, 7, 0.31, 0.005}} {
		from, err := tech.Horowitz45().ScaleTo(c.from, 1)
		require.NoError(t, err)
		to, err := tech.Horowitz45().ScaleTo(c.to, 1)
		require.NoError(t, err)
		require.InDelta(t, c.ratio, to.Adders[0].AreaUM2/from.Adders[0].AreaUM2, c.tolerance, "%d to %d nm", c.from, c.to)
	}
}

// TestNodesBetweenTheRows: 28 nm at 0.9 V is at x = ln(28/20)/ln(32/20) = 0.715892 between 20 and 32 nm.
func TestNodesBetweenTheRows(t *testing.T) {
	at28, err := tech.Horowitz45().ScaleTo(28, 0.9)
	require.NoError(t, err)
	// 0.21·(0.46/0.21)^0.715892 = 0.3681361
	require.InEpsilon(t, 282*0.3681361, at28.Multipliers[0].AreaUM2, 1e-5)
	// E(32) = 0.9559·0.81 − 0.7823·0.9 + 0.471 = 0.541209, E(20) = 0.373·0.81 − 0.1582·0.9 + 0.04104 = 0.20079
	// 0.20079·(0.541209/0.20079)^0.715892 = 0.4083400
	require.InEpsilon(t, 0.2*0.4083400/0.84433, at28.Multipliers[0].EnergyPJ, 1e-5)
	require.Equal(t, "scaled from 45 nm, 0.9 V after Stillmaker and Baas 2017; 28 nm is on the power law between 20 and 32 nm",
		at28.Multipliers[0].EnergyOrigin.Uncertain)
}

// TestEyerissIsNormalised checks the five ratios of the papers.
func TestEyerissIsNormalised(t *testing.T) {
	table := tech.Eyeriss65()
	multiplier, err := table.Multiplier(16)
	require.NoError(t, err)
	adder, err := table.Adder(32)
	require.NoError(t, err)
	// √(0.2·3.1) + 0.1 pJ at 45 nm, times E(65, 1) = 3.755 − 4.398 + 1.975 = 1.332 over 0.84433
	unitPJ := multiplier.EnergyPJ + adder.EnergyPJ
	require.InEpsilon(t, (0.7874007874+0.1)*1.332/0.84433, unitPJ, 1e-9)
	for _, c := range []struct{ capacityKiB, ratio float64 }{{0.5, 1}, {100, 6}, {108, 6}, {1024, 6}, {7.0710678118654755, 2.449489743}} { // half way: √6
		bit, err := table.SRAM.EnergyPJPerBit(c.capacityKiB)
		require.NoError(t, err)
		require.InEpsilon(t, c.ratio, 16*bit/unitPJ, 1e-9)
	}
	require.InEpsilon(t, 2, 16*table.HopEnergyPJPerBit/unitPJ, 1e-12)
	require.InEpsilon(t, 200, 16*table.DRAMEnergyPJPerBit/unitPJ, 1e-12)
	require.Equal(t, [2]float64{65, 1}, [2]float64{float64(table.NodeNM), table.SupplyV})
}

func TestRowsAreExactAndBetweenThemALaw(t *testing.T) {
	sram := tech.Horowitz45Rows().SRAM
	for _, c := range []struct{ capacityKiB, energyPJ float64 }{{8, 10}, {32, 20}, {1024, 100}, {16, 14.142135624}, {181.01933598, 44.72135955}} {
		got, err := sram.EnergyPJPerBit(c.capacityKiB) // half way: √(10·20) and √(20·100)
		require.NoError(t, err)
		require.InEpsilon(t, c.energyPJ/64, got, 1e-9)
		area, err := sram.AreaMM2(c.capacityKiB)
		require.NoError(t, err)
		require.InEpsilon(t, c.capacityKiB*0.00945823245, area, 1e-8, "in proportion, as in the law")
	}
}

func TestEveryFigureHasASource(t *testing.T) {
	for _, table := range tech.Tables() {
		t.Run(table.Name, func(t *testing.T) {
			require.NoError(t, table.Check())
			found, err := tech.Lookup(table.Name)
			require.NoError(t, err)
			require.Equal(t, table, found)
			figures := table.Figures()
			require.Greater(t, len(figures), 10)
			uncertain := 0
			for _, f := range figures {
				require.NotEmpty(t, f.Source, f.Name)
				require.NotEmpty(t, f.Value, f.Name)
				if f.Uncertain != "" {
					uncertain++
				}
			}
			require.Positive(t, uncertain)
		})
	}
	_, err := tech.Lookup("tsmc")
	require.EqualError(t, err, `tech: unknown table "tsmc": known are horowitz-45nm, aladdin-40nm, eyeriss-65nm, horowitz-45nm-rows`)
}

func TestCheckNamesTheFigure(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*tech.Table)
		want  string
	}{
		{"no name", func(t *tech.Table) { t.Name = "" }, `tech: table "": no name`},
		{"negative", func(t *tech.Table) { t.DRAMEnergyPJPerBit = -1 }, `tech: table "horowitz-45nm": DRAM energy -1: want a positive number`},
		{"not a number", func(t *tech.Table) { t.RegisterAreaUM2PerBit = math.NaN() }, `tech: table "horowitz-45nm": register area NaN: want a positive number`},
		{"order", func(t *tech.Table) { t.Adders[1].Bits = 8 },
			`tech: table "horowitz-45nm": adder of 8 bits: want at least 1 bit, and more than in the row before`},
		{"no adders", func(t *tech.Table) { t.Adders = nil }, `tech: table "horowitz-45nm": no adder`},
		{"range", func(t *tech.Table) { t.SRAM.MaxKiB = 1 }, `tech: table "horowitz-45nm": SRAM range [8, 1] KiB is empty`},
		{"memories", func(t *tech.Table) {
			t.SRAM.Rows = []tech.Memory{{CapacityKiB: 8, EnergyPJPerBit: 1, AreaMM2: 1}, {CapacityKiB: 8, EnergyPJPerBit: 1}}
		}, "tech: table \"horowitz-45nm\": SRAM of 8 KiB: want more than in the row before\n" +
			"tech: table \"horowitz-45nm\": SRAM of 8 KiB: area 0: want a positive number"},
		{"two", func(t *tech.Table) { t.NodeNM, t.SupplyV = 0, 0 },
			"tech: table \"horowitz-45nm\": node 0 nm: want at least 1\ntech: table \"horowitz-45nm\": supply 0: want a positive number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := tech.Horowitz45()
			c.spoil(&table)
			require.EqualError(t, table.Check(), c.want)
		})
	}
}

func TestOutOfRangeIsAnError(t *testing.T) {
	table := tech.Horowitz45()
	tests := []struct {
		name, want string
		call       func() error
	}{
		{"narrow adder", `tech: table "horowitz-45nm": adder of 4 bits out of range [8, 32] bits`, func() error { _, err := table.Adder(4); return err }},
		{"wide multiplier", `tech: table "horowitz-45nm": multiplier of 64 bits out of range [8, 32] bits`, func() error { _, err := table.Multiplier(64); return err }},
		{"empty table", `tech: table "" has no adder`, func() error { _, err := tech.Table{}.Adder(8); return err }},
		{"small SRAM", "tech: SRAM capacity 4 KiB out of range [8, 1024] KiB", func() error { _, err := table.SRAM.EnergyPJPerBit(4); return err }},
		{"large SRAM", "tech: SRAM capacity 2048 KiB out of range [8, 1024] KiB", func() error { _, err := table.SRAM.AreaMM2(2048); return err }},
		{"NaN SRAM", "tech: SRAM capacity NaN KiB out of range [8, 1024] KiB", func() error { _, err := table.SRAM.AreaMM2(math.NaN()); return err }},
		{"small node", "tech: node 5 nm out of range [7, 180] nm", func() error { _, err := table.ScaleTo(5, 0.9); return err }},
		{"large node", "tech: node 250 nm out of range [7, 180] nm", func() error { _, err := table.ScaleTo(250, 0.9); return err }},
		{"supply of neither row", "tech: supply 0.7 V out of range [0.9, 1.8] V of 180 nm", func() error { _, err := table.ScaleTo(150, 0.7); return err }},
		{"low supply", "tech: supply 0.5 V out of range [0.6, 1.3] V of 7 nm", func() error { _, err := table.ScaleTo(7, 0.5); return err }},
		{"table without node", `table "": tech: node 0 nm out of range [7, 180] nm`, func() error { _, err := tech.Table{}.ScaleTo(7, 0.7); return err }},
		{"small row", "tech: SRAM capacity 0.25 KiB out of range [0.5, 1024] KiB", func() error { _, err := tech.Eyeriss65().SRAM.AreaMM2(0.25); return err }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { require.EqualError(t, test.call(), test.want) })
	}
}
