package dataflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

// evaluate costs a layer and requires that the input is well formed.
func evaluate(t require.TestingT, h dataflow.Hardware, l dataflow.Layer, m dataflow.Mapping, p dataflow.Profile) dataflow.Stats {
	var scratch dataflow.Scratch
	s, err := dataflow.Evaluate(h, l, m, p, &scratch)
	require.NoError(t, err)
	return s
}

// TestMaestroByHand is 8 filters of 3×3×3 on 34×34 under KCP on 576 PEs at 8 elements a cycle. 576/64 = 9 units, of which 8 work: the ninth sticks out.
//
//	first step: inputs 3·9 = 27, weights 8·27 = 216, outputs 7 (the unit that sticks out adds none) → L2 need 2·250, in ⌈243/8⌉ − 1 = 30
//	below: 3 of 64 PEs, in ⌈(27 + 27)/8⌉ − 1 = 6, 9 multiply-accumulates a PE → 15 cycles
//	32·32 steps: 30 + 15 and 1,023 times 15
func TestMaestroByHand(t *testing.T) {
	l := conv(8, 3, 3, 3, 34, 34, 1)
	h := dataflow.Hardware{PEs: 576, NoCBandwidth: 8}
	s := evaluate(t, h, l, dataflow.KCP.Map(l, nil), dataflow.Maestro)
	require.Equal(t, dataflow.Works, s.Infeasible)
	require.Equal(t, int64(15390), s.RuntimeCycles)
	require.Equal(t, int64(221184), s.MACs)
	require.Equal(t, int64(500), s.L2Bytes)
	require.Equal(t, int64(54), s.L1Bytes)
	require.Equal(t, [3]dataflow.Accesses{
		{L1Reads: 221184, L1Writes: 9792, L2Reads: 9792, L2Writes: 3468},
		{L1Reads: 221184, L1Writes: 216, L2Reads: 216, L2Writes: 216},
		{L1Reads: 221184, L1Writes: 221184, L2Reads: 8192, L2Writes: 7168},
	}, s.Operands)
	require.Equal(t, int64(16), s.NoCNeed)
	require.Equal(t, int64(1024), s.Steps)
	require.Equal(t, dataflow.Range{Min: 1, Max: 30, Sum: 30 + 992*1 + 31*3}, s.Ingress) // 9·3 and 9·9 new inputs: ⌈9/8⌉ − 1 and ⌈27/8⌉ − 1
	require.InDelta(t, 24, s.ActivePEs(), 0)
	require.InDelta(t, 221184.0/15390, s.MACsPerCycle(), 1e-12)
	require.InDelta(t, 221184.0/15390/576, s.UtilizationFrac(h), 1e-12)
	require.InDelta(t, 221184.0/9792, s.Reuse(dataflow.Input), 1e-12)
	require.InDelta(t, 18.61*(9792+3468+216+216+8192+7168)+1.68*(4*221184+9792+216)+221184, s.EnergyMACs(), 1e-6)
	require.InDelta(t, 0.23*s.EnergyMACs(), s.EnergyPJ(), 1e-6)
}

// TestPhysicalByHand is the same design as hardware does it.
//
//	first step: the same 27 and 216 elements, ⌈243/8⌉ = 31 cycles; 9 multiply-accumulates a PE; 8 outputs, 1 cycle
//	a move along a row brings 3·3 new inputs (2 cycles), a new row 27 (4): compute hides both
//	inputs read 32·(27 + 31·9) = 9,792; each goes to the 8 units
//	1,024 steps of 9, 31 before, 1 after
func TestPhysicalByHand(t *testing.T) {
	l := conv(8, 3, 3, 3, 34, 34, 1)
	h := dataflow.Hardware{PEs: 576, NoCBandwidth: 8, OffchipBandwidth: 1000}
	s := evaluate(t, h, l, dataflow.KCP.Map(l, nil), dataflow.Physical)
	require.Equal(t, int64(31+1024*9+1), s.RuntimeCycles)
	require.Equal(t, int64(221184), s.MACs)
	require.Equal(t, [3]dataflow.Accesses{
		{L1Reads: 221184, L1Writes: 8 * 9792, L2Reads: 9792, L2Writes: 3468},
		{L1Reads: 221184, L1Writes: 216, L2Reads: 216, L2Writes: 216},
		{L1Reads: 221184, L1Writes: 221184, L2Reads: 8192, L2Writes: 8192},
	}, s.Operands)
	require.Equal(t, int64(2*(9+9+1)), s.L1Bytes)
	require.Equal(t, int64(2*(27+216+8)), s.L2Bytes)
	require.Equal(t, int64(27), s.NoCNeed)                             // 243/9
	require.Equal(t, int64(2), s.OffchipNeed)                          // (3,468 + 216 + 8,192)/9,216, up
	require.InDelta(t, 24, s.ActivePEs(), 1e-12)                       // 8·3
	require.InDelta(t, (27.0+31*3+992*1)/1024, s.MeanNoCNeed(), 1e-12) // 243, 27 and 9 elements in 9 cycles
	h.HopCycles = 2
	require.Equal(t, s.RuntimeCycles+2*2*2, evaluate(t, h, l, dataflow.KCP.Map(l, nil), dataflow.Physical).RuntimeCycles)
	h.HopCycles, h.OffchipBandwidth = 0, 1
	require.Equal(t, int64(3468+216+8192), evaluate(t, h, l, dataflow.KCP.Map(l, nil), dataflow.Physical).RuntimeCycles, "off-chip traffic bounds the runtime")
}

// TestPartialSumsComeBack is a product 4×4 by 4×4 on 4 PEs that share the columns, with the reduction outside: each of its 2 halves visits all 16 outputs.
func TestPartialSumsComeBack(t *testing.T) {
	l := dataflow.Layer{Op: dataflow.MatMul, Size: [dataflow.NumDims]int{dataflow.M: 4, dataflow.N: 4, dataflow.K: 4}}
	outside := dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Temporal(dataflow.K, 2, 2), dataflow.Temporal(dataflow.M, 1, 1), dataflow.Spatial(dataflow.N, 1, 1)}}}
	inside := dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Temporal(dataflow.M, 1, 1), dataflow.Temporal(dataflow.K, 2, 2), dataflow.Spatial(dataflow.N, 1, 1)}}}
	h := dataflow.Hardware{PEs: 4, NoCBandwidth: 64}
	out := evaluate(t, h, l, outside, dataflow.Physical).Operands
	require.Equal(t, dataflow.Accesses{L1Reads: 64, L1Writes: 64, L2Reads: 16 + 16, L2Writes: 32}, out[dataflow.Output])
	require.Equal(t, dataflow.Accesses{L1Reads: 64, L1Writes: 16, L2Reads: 16, L2Writes: 16}, out[dataflow.Weight], "each half is loaded once")
	in := evaluate(t, h, l, inside, dataflow.Physical).Operands
	require.Equal(t, dataflow.Accesses{L1Reads: 64, L1Writes: 64, L2Reads: 16, L2Writes: 16}, in[dataflow.Output])
	require.Equal(t, dataflow.Accesses{L1Reads: 64, L1Writes: 64, L2Reads: 64, L2Writes: 16}, in[dataflow.Weight], "both halves come again for each row")
}

func TestDesignsThatDoNotWorkAreData(t *testing.T) {
	l := conv(8, 8, 3, 3, 10, 10, 1)
	kcp := dataflow.KCP.Map(l, nil)
	maps := func(m ...dataflow.Map) dataflow.Mapping { return dataflow.Mapping{{Maps: m}} }
	for _, c := range []struct {
		name     string
		hardware dataflow.Hardware
		mapping  dataflow.Mapping
		physical dataflow.Verdict
		maestro  dataflow.Verdict
	}{
		{"clusters exceed the PEs", dataflow.Hardware{PEs: 63}, kcp, dataflow.ClustersExceedPEs, dataflow.ClustersExceedPEs},
		{"as many PEs as a cluster", dataflow.Hardware{PEs: 64}, kcp, dataflow.Works, dataflow.Works},
		{"L1", dataflow.Hardware{PEs: 64, L1Bytes: 37}, kcp, dataflow.L1Exceeded, dataflow.L1Exceeded},
		{"L1 as needed", dataflow.Hardware{PEs: 64, L1Bytes: 38}, kcp, dataflow.Works, dataflow.L1Exceeded}, // MAESTRO needs 54
		{"L2", dataflow.Hardware{PEs: 64, L2Bytes: 2*(72+72+1) - 1}, kcp, dataflow.L2Exceeded, dataflow.L2Exceeded},
		{"tile below the kernel", dataflow.Hardware{PEs: 64}, maps(dataflow.Temporal(dataflow.Y, 2, 1), dataflow.Spatial(dataflow.K, 1, 1)), dataflow.ComputesNothing, dataflow.ComputesNothing},
		{"tiles overlap", dataflow.Hardware{PEs: 64}, maps(dataflow.Temporal(dataflow.C, 4, 2), dataflow.Spatial(dataflow.K, 1, 1)), dataflow.NotOnce, dataflow.Works},
		{"tiles leave gaps", dataflow.Hardware{PEs: 64}, maps(dataflow.Temporal(dataflow.Y, 3, 2), dataflow.Spatial(dataflow.K, 1, 1)), dataflow.NotOnce, dataflow.Works},
		{"diagonal", dataflow.Hardware{PEs: 64}, maps(dataflow.Spatial(dataflow.C, 1, 1), dataflow.Spatial(dataflow.K, 1, 1)), dataflow.NotOnce, dataflow.Works},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.hardware.NoCBandwidth = 16
			require.Equal(t, c.physical.String(), evaluate(t, c.hardware, l, c.mapping, dataflow.Physical).Infeasible.String())
			require.Equal(t, c.maestro.String(), evaluate(t, c.hardware, l, c.mapping, dataflow.Maestro).Infeasible.String())
		})
	}
	require.Equal(t, "Verdict(9)", dataflow.Verdict(9).String())
}

func TestMalformedInputIsAnErrorThatNamesIt(t *testing.T) {
	l := conv(8, 8, 3, 3, 10, 10, 1)
	h := dataflow.Hardware{PEs: 64, NoCBandwidth: 8}
	kcp := dataflow.KCP.Map(l, nil)
	maps := func(m ...dataflow.Map) dataflow.Mapping { return dataflow.Mapping{{Maps: m}} }
	for _, c := range []struct {
		name     string
		hardware dataflow.Hardware
		layer    dataflow.Layer
		mapping  dataflow.Mapping
		want     string
	}{
		{"hardware", dataflow.Hardware{PEs: 0, NoCBandwidth: 0}, l, kcp, "dataflow: PEs 0 out of range [1, 268435456]\ndataflow: NoC bandwidth 0 out of range [1, 268435456]"},
		{"buffer", dataflow.Hardware{PEs: 1, NoCBandwidth: 1, L1Bytes: -1}, l, kcp, "dataflow: L1 -1 bytes out of range [0, 288230376151711744]"},
		{"layer", h, dataflow.Layer{Op: dataflow.Depthwise, Size: [dataflow.NumDims]int{dataflow.K: 2}}, kcp, `dataflow: layer "" (DSCONV): size K 2 is not used: want 1`},
		{"no level", h, l, nil, "dataflow: 0 levels out of range [1, 8]"},
		{"no spatial map", h, l, maps(dataflow.Temporal(dataflow.K, 1, 1)), "dataflow: level 0: no spatial map: each level spreads at least one dimension over its units"},
		{"unknown dimension", h, l, maps(dataflow.Spatial(dataflow.M, 1, 1)), "dataflow: level 0: SpatialMap(1,1) M: the layer has no dimension M"},
		{"no dimension at all", h, l, maps(dataflow.Spatial(dataflow.Dim(40), 1, 1)), "dataflow: level 0: SpatialMap(1,1) Dim(40): the layer has no dimension Dim(40)"},
		{"zero tile", h, l, maps(dataflow.Spatial(dataflow.K, 0, 1)), "dataflow: level 0: SpatialMap(0,1) K: tile 0 out of range [1, 268435456]"},
		{"zero step", h, l, maps(dataflow.Spatial(dataflow.K, 1, 0)), "dataflow: level 0: SpatialMap(1,0) K: step 0 out of range [1, 268435456]"},
		{"twice", h, l, maps(dataflow.Spatial(dataflow.Y, 3, 1), dataflow.Temporal(dataflow.OutY, 1, 1)), "dataflow: level 0: TemporalMap(1,1) Y': Y is mapped twice"},
		{"units of the outermost level", h, l, dataflow.Mapping{{Units: 4, Maps: kcp[0].Maps}}, "dataflow: level 0: 4 units: want 0, the outermost level has all that the PEs allow"},
		{"units", h, l, dataflow.Mapping{kcp[0], {Units: 0, Maps: kcp[1].Maps}}, "dataflow: level 1: 0 units out of range [1, 268435456]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, p := range []dataflow.Profile{dataflow.Physical, dataflow.Maestro} {
				var scratch dataflow.Scratch
				_, err := dataflow.Evaluate(c.hardware, c.layer, c.mapping, p, &scratch)
				require.EqualError(t, err, c.want)
			}
		})
	}
	var scratch dataflow.Scratch
	_, err := dataflow.Evaluate(h, l, kcp, dataflow.Profile(7), &scratch)
	require.EqualError(t, err, "dataflow: unknown profile Profile(7): known are physical, maestro")
	many := maps(dataflow.Temporal(dataflow.C, dataflow.MaxSize, 1), dataflow.Spatial(dataflow.K, dataflow.MaxSize, 1), dataflow.Temporal(dataflow.R, dataflow.MaxSize, 1))
	_, err = dataflow.Evaluate(h, l, many, dataflow.Maestro, &scratch)
	require.EqualError(t, err, `dataflow: layer "conv": the counts of this mapping exceed 288230376151711744`)
}

// drawnAny is a random layer, template and hardware.
func drawnAny(t *rapid.T) (dataflow.Hardware, dataflow.Layer, dataflow.Template) {
	draw := func(name string, most int) int { return rapid.IntRange(1, most).Draw(t, name) }
	l := conv(draw("K", 300), draw("C", 300), draw("R", 7), draw("S", 7), 0, 0, draw("stride", 3))
	l.Size[dataflow.Y], l.Size[dataflow.X] = l.Size[dataflow.R]+draw("Y", 60)-1, l.Size[dataflow.S]+draw("X", 60)-1
	if rapid.Bool().Draw(t, "depthwise") {
		l.Op, l.Size[dataflow.K] = dataflow.Depthwise, 1
	}
	h := dataflow.Hardware{PEs: draw("PEs", 2000), NoCBandwidth: draw("bandwidth", 64), SIMDLanes: draw("lanes", 2), HopCycles: draw("hop", 3) - 1}
	return h, l, rapid.SampledFrom([]dataflow.Template{dataflow.KCP, dataflow.YXP, dataflow.YRP}).Draw(t, "template")
}

// More PEs may be slower, in whole groups and at edges: that is not a property.
func TestMoreBandwidthIsNeverSlower(t *testing.T) {
	var scratch dataflow.Scratch
	rapid.Check(t, func(t *rapid.T) {
		h, l, template := drawnAny(t)
		profile := rapid.SampledFrom([]dataflow.Profile{dataflow.Physical, dataflow.Maestro}).Draw(t, "profile")
		narrow, err := template.Evaluate(h, l, profile, &scratch)
		require.NoError(t, err)
		h.NoCBandwidth += rapid.IntRange(1, 64).Draw(t, "more")
		wide, err := template.Evaluate(h, l, profile, &scratch)
		require.NoError(t, err)
		require.LessOrEqual(t, wide.RuntimeCycles, narrow.RuntimeCycles)
		require.Equal(t, narrow.Operands, wide.Operands)
		h.OffchipBandwidth = rapid.IntRange(1, 64).Draw(t, "off-chip")
		bound, err := template.Evaluate(h, l, profile, &scratch)
		require.NoError(t, err)
		require.GreaterOrEqual(t, bound.RuntimeCycles, wide.RuntimeCycles)
	})
}

// used is the number of inputs that some window touches: all rows, or those of separate windows, without what the stride leaves.
func used(l dataflow.Layer) int64 {
	along := func(outputs, kernel, stride int) int64 { return int64((outputs-1)*min(stride, kernel) + kernel) }
	return int64(l.Size[dataflow.C]) * along(l.OutHeight(), l.Size[dataflow.R], l.StrideY) * along(l.OutWidth(), l.Size[dataflow.S], l.StrideX)
}

func TestPhysicalCountsAreAtLeastCompulsory(t *testing.T) {
	var scratch dataflow.Scratch
	rapid.Check(t, func(t *rapid.T) {
		h, l, template := drawnAny(t)
		s, err := template.Evaluate(h, l, dataflow.Physical, &scratch)
		require.NoError(t, err)
		if s.Infeasible == dataflow.ClustersExceedPEs {
			return
		}
		require.Equal(t, dataflow.Works, s.Infeasible)
		require.Equal(t, l.MACs(), s.MACs, "the same under every mapping")
		lanes := int64(h.SIMDLanes)
		require.GreaterOrEqual(t, s.RuntimeCycles, (s.MACs+int64(h.PEs)*lanes-1)/(int64(h.PEs)*lanes))
		require.GreaterOrEqual(t, s.Operands[dataflow.Input].L2Reads, used(l))
		require.GreaterOrEqual(t, s.Operands[dataflow.Weight].L2Reads, l.Elements(dataflow.Weight))
		require.GreaterOrEqual(t, s.Operands[dataflow.Output].L2Writes, l.Elements(dataflow.Output))
		for _, a := range s.Operands[:2] {
			require.GreaterOrEqual(t, a.L1Writes, a.L2Reads, "each element goes to a PE")
			require.GreaterOrEqual(t, a.L1Reads, a.L1Writes)
		}
		require.LessOrEqual(t, s.ActivePEs(), float64(h.PEs)+1e-9)
		require.GreaterOrEqual(t, float64(s.Ingress.Max), s.Ingress.Mean(s.Steps))
	})
}

func TestEvaluateAllocatesNothing(t *testing.T) {
	var scratch dataflow.Scratch
	h := dataflow.Hardware{PEs: 256, NoCBandwidth: 32, OffchipBandwidth: 64}
	for _, profile := range []dataflow.Profile{dataflow.Physical, dataflow.Maestro} {
		for _, template := range dataflow.Templates() {
			layers := resnet50(t)
			run := func() {
				for _, l := range layers {
					if _, err := template.Evaluate(h, l, profile, &scratch); err != nil {
						t.Fatal(err)
					}
				}
			}
			run()
			require.Zero(t, testing.AllocsPerRun(10, run), "%s %s", profile, template)
		}
	}
}

func TestScratchKeepsNothing(t *testing.T) {
	var shared dataflow.Scratch
	rapid.Check(t, func(t *rapid.T) {
		h, l, template := drawnAny(t)
		profile := rapid.SampledFrom([]dataflow.Profile{dataflow.Physical, dataflow.Maestro}).Draw(t, "profile")
		var fresh dataflow.Scratch
		want, err := template.Evaluate(h, l, profile, &fresh)
		require.NoError(t, err)
		got, err := template.Evaluate(h, l, profile, &shared)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}
