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

func TestScalingThereAndBackIsTheIdentity(t *testing.T) {
	nodes := []int{130, 90, 65, 45, 32, 20, 16, 14, 10, 7}
	rapid.Check(t, func(t *rapid.T) {
		node := rapid.SampledFrom(nodes).Draw(t, "node")
		supplyV := rapid.Float64Range(tech.MinSupplyV, tech.MaxSupplyV).Draw(t, "supply")
		start := tech.Horowitz45()
		there, err := start.ScaleTo(node, supplyV)
		require.NoError(t, err)
		back, err := there.ScaleTo(45, 0.9)
		require.NoError(t, err)
		require.InEpsilon(t, start.Adders[1].EnergyPJ, back.Adders[1].EnergyPJ, 1e-12)
		require.InEpsilon(t, start.SRAM.AreaMM2PerKiB, back.SRAM.AreaMM2PerKiB, 1e-12)
	})
}

func TestEnergyRisesWithVoltageAndAreaFallsWithNode(t *testing.T) {
	nodes := []int{130, 90, 65, 45, 32, 20, 16, 14, 10, 7}
	previousArea := math.Inf(1)
	for _, node := range nodes {
		table, err := tech.Horowitz45().ScaleTo(node, 0.9)
		require.NoError(t, err)
		require.Less(t, table.SRAM.AreaMM2PerKiB, previousArea)
		previousArea = table.SRAM.AreaMM2PerKiB
		previous := 0.0
		for supplyV := tech.MinSupplyV; supplyV <= tech.MaxSupplyV; supplyV += 0.01 {
			energy, err := tech.EnergyFactor(node, supplyV)
			require.NoError(t, err)
			require.Greater(t, energy, previous, "%d nm at %g V", node, supplyV)
			previous = energy
		}
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
		{"unknown node", "tech: node 28 nm has no scaling factor: known are [130 90 65 45 32 20 16 14 10 7] nm", func() error { _, err := table.ScaleTo(28, 0.9); return err }},
		{"low supply", "tech: supply 0.5 V out of range [0.6, 1.3] V", func() error { _, err := table.ScaleTo(7, 0.5); return err }},
		{"table without node", `table "aladdin-40nm": tech: node 40 nm has no scaling factor: known are [130 90 65 45 32 20 16 14 10 7] nm`, func() error { _, err := tech.Aladdin40().ScaleTo(7, 0.7); return err }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { require.EqualError(t, test.call(), test.want) })
	}
}
