package dataflow_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestTemplatesAreMappings(t *testing.T) {
	convolution := conv(64, 16, 3, 5, 34, 36, 1)
	depthwise := conv(1, 16, 3, 5, 34, 36, 1)
	depthwise.Op = dataflow.Depthwise
	grouped := conv(4, 4, 1, 1, 8, 8, 1)
	grouped.Op, grouped.Size[dataflow.G], grouped.Size[dataflow.N] = dataflow.Grouped, 8, 2
	const single = "SpatialMap(1,1) C; TemporalMap(3,1) Y; TemporalMap(5,1) X; TemporalMap(3,3) R; TemporalMap(5,5) S"
	for _, c := range []struct {
		template dataflow.Template
		layer    dataflow.Layer
		want     string
	}{
		{dataflow.KCP, convolution, "SpatialMap(1,1) K; TemporalMap(64,64) C; TemporalMap(3,3) R; TemporalMap(5,5) S; TemporalMap(3,1) Y; TemporalMap(5,1) X; " +
			"Cluster(64, P); SpatialMap(1,1) C; TemporalMap(3,1) Y; TemporalMap(5,1) X; TemporalMap(3,3) R; TemporalMap(5,5) S"},
		{dataflow.YXP, convolution, "TemporalMap(1,1) K; TemporalMap(1,1) C; SpatialMap(3,1) Y; TemporalMap(12,8) X; TemporalMap(3,3) R; TemporalMap(5,5) S; " +
			"Cluster(8, P); SpatialMap(5,1) X; TemporalMap(3,3) R; TemporalMap(5,5) S"},
		{dataflow.YRP, convolution, "SpatialMap(1,1) Y'; TemporalMap(1,1) X'; TemporalMap(1,1) C; TemporalMap(16,16) K; TemporalMap(3,3) R; TemporalMap(5,5) S; " +
			"Cluster(3, P); SpatialMap(1,1) Y; SpatialMap(1,1) R; TemporalMap(5,5) S"},
		{dataflow.KCP, depthwise, single},
		{dataflow.YRP, depthwise, single},
		{dataflow.YXP, depthwise, "TemporalMap(1,1) C; SpatialMap(3,1) Y; TemporalMap(12,8) X; TemporalMap(3,3) R; TemporalMap(5,5) S; " +
			"Cluster(8, P); SpatialMap(5,1) X; TemporalMap(3,3) R; TemporalMap(5,5) S"},
		{dataflow.YRP, grouped, "TemporalMap(1,1) N; TemporalMap(1,1) G; SpatialMap(1,1) Y'; TemporalMap(1,1) X'; TemporalMap(1,1) C; TemporalMap(16,16) K; " +
			"TemporalMap(1,1) R; TemporalMap(1,1) S; Cluster(1, P); SpatialMap(1,1) Y; SpatialMap(1,1) R; TemporalMap(1,1) S"},
		{dataflow.OS, convolution, ""},
	} {
		require.Equal(t, c.want, c.template.Map(c.layer, nil).String(), "%s %s", c.template, c.layer.Op)
	}
}

// TestPhysicalTemplatesAreNestsOfOutputs says in output coordinates what the templates do.
func TestPhysicalTemplatesAreNestsOfOutputs(t *testing.T) {
	for _, stride := range []int{1, 2} {
		l := conv(20, 6, 3, 3, 33, 31, stride)
		held := 8 // outputs of YXP's tile of ten columns
		if stride == 2 {
			held = 4
		}
		c, k, y, x := dataflow.C, dataflow.K, dataflow.OutY, dataflow.OutX
		for template, nest := range map[dataflow.Template]dataflow.Mapping{
			dataflow.KCP: {
				{Maps: []dataflow.Map{dataflow.Spatial(k, 1, 1), dataflow.Temporal(c, 64, 64), dataflow.Temporal(y, 1, 1), dataflow.Temporal(x, 1, 1)}},
				{Units: 64, Maps: []dataflow.Map{dataflow.Spatial(c, 1, 1)}},
			},
			dataflow.YXP: {
				{Maps: []dataflow.Map{dataflow.Temporal(k, 1, 1), dataflow.Temporal(c, 1, 1), dataflow.Spatial(y, 1, 1), dataflow.Temporal(x, held, held)}},
				{Units: 8, Maps: []dataflow.Map{dataflow.Spatial(x, 1, 1)}},
			},
			dataflow.YRP: {
				{Maps: []dataflow.Map{dataflow.Spatial(y, 1, 1), dataflow.Temporal(x, 1, 1), dataflow.Temporal(c, 1, 1), dataflow.Temporal(k, 16, 16)}},
				{Units: 3, Maps: []dataflow.Map{dataflow.Spatial(dataflow.R, 1, 1)}},
			},
		} {
			h := dataflow.Hardware{PEs: 200, NoCBandwidth: 5}
			require.Equal(t, evaluate(t, h, l, nest, dataflow.Physical), evaluate(t, h, l, template.Map(l, nil), dataflow.Physical), "%s, stride %d", template, stride)
		}
	}
}

// TestSystolicTemplates is 40 rows of 32 by 32×24 on 12 PEs, a 3×4 array.
func TestSystolicTemplates(t *testing.T) {
	l := dataflow.Layer{Op: dataflow.MatMul, Size: [dataflow.NumDims]int{dataflow.M: 40, dataflow.N: 24, dataflow.K: 32}}
	require.Equal(t, systolic.Array{Rows: 3, Cols: 4, Dataflow: systolic.WeightStationary}, dataflow.WS.SquareArray(12))
	require.Equal(t, systolic.Array{Rows: 45, Cols: 46}, dataflow.OS.SquareArray(2112))
	var scratch dataflow.Scratch
	for _, c := range []struct {
		template   dataflow.Template
		cycles, l2 int64
		operands   [3]dataflow.Accesses
	}{
		// folds ⌈40/3⌉·⌈24/4⌉ = 84 of 32 + 3 + 4 − 2 cycles; inputs 6·40·32, weights 14·32·24; tile 3·4 + 32·7
		{dataflow.OS, 84 * 37, 2 * (12 + 32*7), [3]dataflow.Accesses{{30720, 30720, 7680, 1280}, {30720, 30720, 10752, 768}, {30720, 30720, 960, 960}}},
		// ⌈32/3⌉·6 = 66 of 40 + 6 + 4 − 2; inputs 6·40·32, outputs 11·40·24, 10·40·24 of them read back and 960 at the end; 3·4 + 40·7
		{dataflow.WS, 66 * 48, 2 * (12 + 40*7), [3]dataflow.Accesses{{30720, 30720, 7680, 1280}, {30720, 768, 768, 768}, {30720, 30720, 9600 + 960, 10560}}},
		// 11·⌈40/4⌉ = 110 of 24 + 6 + 4 − 2; weights 10·32·24; 3·4 + 24·7
		{dataflow.IS, 110 * 32, 2 * (12 + 24*7), [3]dataflow.Accesses{{30720, 1280, 1280, 1280}, {30720, 30720, 7680, 768}, {30720, 30720, 9600 + 960, 10560}}},
	} {
		t.Run(c.template.String(), func(t *testing.T) {
			h := dataflow.Hardware{PEs: 12, NoCBandwidth: 100}
			s, err := c.template.Evaluate(h, l, dataflow.Physical, &scratch)
			require.NoError(t, err)
			require.Equal(t, c.cycles, s.RuntimeCycles)
			require.Equal(t, c.l2, s.L2Bytes)
			require.Equal(t, int64(6), s.L1Bytes)
			require.Equal(t, c.operands, s.Operands)
			require.InDelta(t, 30720/float64(c.cycles), s.ActivePEs(), 1e-12)
			h.NoCBandwidth = 1
			slow, err := c.template.Evaluate(h, l, dataflow.Physical, &scratch)
			require.NoError(t, err)
			require.Greater(t, slow.RuntimeCycles, s.RuntimeCycles)
		})
	}
	l = conv(8, 4, 3, 3, 10, 10, 1)
	l.Size[dataflow.N] = 3
	three, err := dataflow.OS.Evaluate(dataflow.Hardware{PEs: 12, NoCBandwidth: 100}, l, dataflow.Physical, &scratch)
	require.NoError(t, err)
	l.Size[dataflow.N] = 1
	one, err := dataflow.OS.Evaluate(dataflow.Hardware{PEs: 12, NoCBandwidth: 100}, l, dataflow.Physical, &scratch)
	require.NoError(t, err)
	require.Equal(t, 3*one.RuntimeCycles, three.RuntimeCycles)
}

func TestTemplatesRefuseWhatTheyCannotRun(t *testing.T) {
	var scratch dataflow.Scratch
	l := conv(8, 4, 3, 3, 10, 10, 1)
	for _, c := range []struct {
		name     string
		template dataflow.Template
		hardware dataflow.Hardware
		layer    dataflow.Layer
		want     string
	}{
		{"template", 77, dataflow.Hardware{PEs: 1, NoCBandwidth: 1}, l, "dataflow: unknown template Template(77): known are kcp yxp yrp os ws is"},
		{"layer", dataflow.OS, dataflow.Hardware{PEs: 1, NoCBandwidth: 1}, conv(1, 1, 3, 1, 1, 1, 1), `dataflow: layer "conv" (CONV): kernel R 3 is larger than the input Y 1`},
		{"hardware", dataflow.OS, dataflow.Hardware{PEs: 0, NoCBandwidth: 1}, l, "dataflow: PEs 0 out of range [1, 268435456]"},
		{"lanes", dataflow.WS, dataflow.Hardware{PEs: 1, NoCBandwidth: 1, SIMDLanes: 4}, l, "dataflow: 4 SIMD lanes in a systolic array: want 1"},
		{"side", dataflow.IS, dataflow.Hardware{PEs: 1<<28 - 1, NoCBandwidth: 1}, l, "dataflow: 268435455 PEs as a systolic array: 16385 columns out of range [1, 16384]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.template.Evaluate(c.hardware, c.layer, dataflow.Physical, &scratch)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestAreaAndPowerByHand(t *testing.T) {
	h := dataflow.Hardware{PEs: 10, NoCBandwidth: 4, SIMDLanes: 2}
	a, p := dataflow.Area28().Area(h, 100, 1000), dataflow.Area28().Power(h, 100, 1000)
	require.InDelta(t, 10*2*283+10*0.104*100+0.104*1000+101.7938*(14.662*10+28.895)*4+395.473*(1.2886*100+5.5814*10-23.711), a.TotalUM2(), 1e-6)
	require.InDelta(t, 10*2*1.2223+10*0.00345*100+0.00345*1000+0.0008*(14.662*10+28.895)*4+0.34, p.TotalMW(), 1e-9) // the arbiter's floor
	require.InDelta(t, 395.473, dataflow.Area28().Area(dataflow.Hardware{PEs: 2, NoCBandwidth: 1}, 0, 0).ArbiterUM2, 1e-9)
	require.InDelta(t, 0.00034*(1.2886*900+5.5814*30-23.711), dataflow.Area28().Power(dataflow.Hardware{PEs: 30, NoCBandwidth: 1}, 0, 0).ArbiterMW, 1e-9)

	old := dataflow.AreaOld().Area(h, 65, 32<<10+1)
	require.InDelta(t, 10*4505.19*2, old.L1UM2, 1e-9, "whole units of 64 B")
	require.InDelta(t, 4161.54*2, old.L2UM2, 1e-9, "whole units of 32 KB")
	require.Equal(t, dataflow.Power{}, dataflow.AreaOld().Power(h, 65, 1), "no powers in the older table")
	require.InDelta(t, 10*2*282+(10*100+1000)*8*0.086, dataflow.AreaGamma().Area(h, 100, 1000).TotalUM2(), 1e-9, "PEs and buffers alone")
	for _, table := range dataflow.AreaTables() {
		found, err := dataflow.LookupArea(table.Name)
		require.NoError(t, err)
		require.Equal(t, table, found)
	}
	_, err := dataflow.LookupArea("7nm")
	require.EqualError(t, err, `dataflow: unknown area table "7nm": known are maestro-28nm, maestro-old, gamma`)
}

// A layer of ResNet-50 under three dataflows.
func Example() {
	layer := dataflow.Layer{Size: [dataflow.NumDims]int{
		dataflow.K: 64, dataflow.C: 64, dataflow.R: 3, dataflow.S: 3, dataflow.Y: 58, dataflow.X: 58,
	}}
	hardware := dataflow.Hardware{PEs: 256, NoCBandwidth: 32}
	var scratch dataflow.Scratch // reused: no allocation
	for _, template := range []dataflow.Template{dataflow.KCP, dataflow.YXP, dataflow.YRP} {
		s, err := template.Evaluate(hardware, layer, dataflow.Physical, &scratch)
		if err != nil {
			fmt.Println(err)
			return
		}
		area := dataflow.Area28().Area(hardware, s.L1Bytes, s.L2Bytes)
		fmt.Printf("%s: %d cycles, %.1f PEs in use, %.4g pJ, %.4g um2\n", template, s.RuntimeCycles, s.ActivePEs(), s.EnergyPJ(), area.TotalUM2())
	}
	// Output:
	// kcp: 460810 cycles, 256.0 PEs in use, 2.664e+08 pJ, 4.635e+07 um2
	// yxp: 871057 cycles, 224.0 PEs in use, 4.258e+08 pJ, 4.635e+07 um2
	// yrp: 688166 cycles, 168.0 PEs in use, 3.732e+08 pJ, 4.635e+07 um2
}
