package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

func TestCostsByHand(t *testing.T) {
	costs, err := systolic.NewCosts(edge(), tech.Horowitz45())
	require.NoError(t, err)
	want := systolic.Costs{
		MACPJ:         0.3,   // 8-bit multiplier 0.2 + 32-bit adder 0.1
		MACRegisterPJ: 0.432, // (8 + 8 + 32) bits · 0.009
		ShiftPJ:       0.072, // 8 bits · 0.009
		VectorOpPJ:    0.1,   // 32-bit adder
		IfmapWordPJ:   2.5,   // 32 KiB: 8 bits · 20/64
		FilterWordPJ:  2.5,   //
		OfmapWordPJ:   1.25,  // 8 KiB: 8 bits · 10/64
		PartialPJ:     5,     // 32 bits · 10/64
		DRAMPJPerByte: 160,   // 8 bits · 20
		Area: systolic.Area{
			ArrayMM2:  0.18074624, // 256 · (282 + 137 + 48·5.98 = 706.04 µm²)
			VectorMM2: 0.00525376, // 16 · (137 + 32·5.98 = 328.36 µm²)
			SRAMMM2:   0.68099274, // (32 + 32 + 8) KiB · 8192/(0.826·1048576)
		},
	}
	requireNear(t, want, costs)

	weights := edge()
	weights.Dataflow, weights.WordBits = ws, 16
	costs, err = systolic.NewCosts(weights, tech.Horowitz45())
	require.NoError(t, err)
	require.InEpsilon(t, 0.8874007874, costs.MACPJ, 1e-9)  // √(0.2·3.1) + 0.1
	require.InEpsilon(t, 0.432, costs.MACRegisterPJ, 1e-9) // (16 + 32) · 0.009: the weight stays
	require.InEpsilon(t, 5.0, costs.IfmapWordPJ, 1e-9)     // 16 · 20/64
	require.InEpsilon(t, 5.0, costs.PartialPJ, 1e-9)       // partial sums keep 32 bits
}

func requireNear(t *testing.T, want, got systolic.Costs) {
	t.Helper()
	w := []float64{want.MACPJ, want.MACRegisterPJ, want.ShiftPJ, want.VectorOpPJ, want.IfmapWordPJ, want.FilterWordPJ, want.OfmapWordPJ,
		want.PartialPJ, want.DRAMPJPerByte, want.Area.ArrayMM2, want.Area.VectorMM2, want.Area.SRAMMM2}
	g := []float64{got.MACPJ, got.MACRegisterPJ, got.ShiftPJ, got.VectorOpPJ, got.IfmapWordPJ, got.FilterWordPJ, got.OfmapWordPJ,
		got.PartialPJ, got.DRAMPJPerByte, got.Area.ArrayMM2, got.Area.VectorMM2, got.Area.SRAMMM2}
	require.InEpsilonSlice(t, w, g, 1e-7)
}

func TestEnergyByHand(t *testing.T) {
	costs, err := systolic.NewCosts(edge(), tech.Horowitz45())
	require.NoError(t, err)
	s := systolic.Stats{DRAMBytes: 10}
	s.MACs, s.PreloadShifts, s.VectorOps = 100, 50, 30
	s.IfmapReads, s.FilterReads, s.OfmapWrites, s.OfmapReads, s.PartialSums = 8, 4, 12, 6, 12
	s.IfmapElements, s.FilterElements, s.OfmapElements, s.PartialElements = 2, 1, 4, 3
	got := costs.Energy(s)
	require.InEpsilon(t, 30.0, got.MACPJ, 1e-12)
	require.InEpsilon(t, 46.8, got.RegisterPJ, 1e-12) // 43.2 + 3.6
	require.InEpsilon(t, 3.0, got.VectorPJ, 1e-12)
	require.InEpsilon(t, 125.0, got.SRAMPJ, 1e-12) // (8 + 2)·2.5 + (4 + 1)·2.5 + (12 + 6 − 12 + 4)·1.25 + (12 + 3)·5
	require.InEpsilon(t, 1600.0, got.DRAMPJ, 1e-12)
	require.InEpsilon(t, 1804.8, got.TotalPJ(), 1e-12)
	require.InEpsilon(t, 0.75, systolic.Area{ArrayMM2: 0.25, VectorMM2: 0.125, SRAMMM2: 0.375}.TotalMM2(), 1e-12)
}

func TestEvaluateByHand(t *testing.T) {
	c := edge()
	c.Rows, c.Cols = 2, 2
	w, err := systolic.Prepare([]dnn.Layer{
		{Op: dnn.GEMM, M: 3, N: 2, K: 4, Repeats: 2},                               // 12 cycles, 26 bytes at 8 bytes a cycle: 12
		{Op: dnn.Elementwise, InHeight: 3, InWidth: 2, InChannels: 1, Operands: 2}, // 12 operations on 2 lanes: 6; 18 bytes: 3
		{Op: dnn.Elementwise, InHeight: 3, InWidth: 2, InChannels: 1},              // fused
	}, systolic.Physical)
	require.NoError(t, err)
	got, err := systolic.Evaluate(c, boundedNetwork(c, w), tech.Horowitz45())
	require.NoError(t, err)
	require.EqualValues(t, 30, got.LatencyCycles)
	require.InEpsilon(t, 60.0, got.LatencyNS, 1e-12)
	require.EqualValues(t, 70, got.DRAMBytes)
	require.EqualValues(t, 156, got.SRAMAccesses) // 2·(12 + 16 + 6) + 12 + 6, and 70 words from and to DRAM
	require.InEpsilon(t, 48.0/(30*4), got.UtilizationFrac, 1e-12)
	require.InEpsilon(t, 14.4, got.Energy.MACPJ, 1e-12)        // 48 · 0.3
	require.InEpsilon(t, 20.736, got.Energy.RegisterPJ, 1e-12) // 48 · 0.432
	require.InEpsilon(t, 1.8, got.Energy.VectorPJ, 1e-12)      // (12 + 6) · 0.1
	require.InEpsilon(t, 345.0, got.Energy.SRAMPJ, 1e-12)      // (24 + 32 + 12 + 36 + 16)·2.5 + (12 + 6 + 18)·1.25
	require.InEpsilon(t, 11200.0, got.Energy.DRAMPJ, 1e-12)
	require.InEpsilon(t, 11581.936*60*1e-21, got.EDPJS, 1e-12)
}

func TestCostsRefuseWhatTheTableLacks(t *testing.T) {
	c := edge()
	c.IfmapSRAMKiB, c.OfmapSRAMKiB = 4, 2048
	_, err := systolic.NewCosts(c, tech.Horowitz45())
	require.EqualError(t, err, "systolic: ifmap SRAM: tech: SRAM capacity 4 KiB out of range [8, 1024] KiB\n"+
		"systolic: ofmap SRAM: tech: SRAM capacity 2048 KiB out of range [8, 1024] KiB")
	c = edge()
	c.Rows = 0
	_, err = systolic.Evaluate(c, systolic.Stats{}, tech.Horowitz45())
	require.EqualError(t, err, "systolic: Rows 0 out of range [1, 16384] processing elements")
	_, err = systolic.NewCosts(edge(), tech.Table{Name: "empty"})
	require.ErrorContains(t, err, `tech: table "empty" has no multiplier`)
}
