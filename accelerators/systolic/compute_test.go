package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

const (
	os = systolic.OutputStationary
	ws = systolic.WeightStationary
	is = systolic.InputStationary
)

// All cases: M = 3, N = 2, K = 4 on 2×2 processing elements, hence 24 MACs.
func TestComputeByHand(t *testing.T) {
	tests := []struct {
		name          string
		dataflow      systolic.Dataflow
		profile       systolic.Profile
		want          systolic.Compute
		overall, util float64
		mapping       float64
	}{
		// os: 2·1 folds of T + R + C − 2 = 4 + 2 = 6 cycles; ifmap once, filter for both row folds
		{"os", os, systolic.Physical, systolic.Compute{
			Folds: 2, Cycles: 12, MACs: 24, IfmapReads: 12, FilterReads: 16, OfmapWrites: 6,
		}, 24.0 / 48, 24.0 / 48, 6.0 / 8},
		// one cycle less; 6 + 2 folds · (2 + 2) writes
		{"os scalesim", os, systolic.ScaleSim, systolic.Compute{
			Folds: 2, Cycles: 11, MACs: 24, IfmapReads: 12, FilterReads: 16, OfmapWrites: 14,
		}, 24.0 / 44, 24.0 / 48, 6.0 / 8},
		// ws: K and N on the array, 2·1 folds of 2R + C + T − 2 = 7; second row fold reads 6 partial sums; preload 2 folds · 2 columns · (1 + 2)
		{"ws", ws, systolic.Physical, systolic.Compute{
			Folds: 2, Cycles: 14, MACs: 24, IfmapReads: 12, FilterReads: 8, OfmapWrites: 12, OfmapReads: 6, PartialSums: 12, PreloadShifts: 12,
		}, 24.0 / 56, 3.0 / 7, 1},
		// no read back; denominator 2R + 2C + T − 3 = 8
		{"ws scalesim", ws, systolic.ScaleSim, systolic.Compute{
			Folds: 2, Cycles: 13, MACs: 24, IfmapReads: 12, FilterReads: 8, OfmapWrites: 12, PartialSums: 6, PreloadShifts: 12,
		}, 24.0 / 52, 3.0 / 8, 1},
		// is: K and M on the array, 2·2 folds of 2R + C + T − 2 = 6; filter for both column folds; preload 2 folds · 3 columns · 3
		{"is", is, systolic.Physical, systolic.Compute{
			Folds: 4, Cycles: 24, MACs: 24, IfmapReads: 12, FilterReads: 16, OfmapWrites: 12, OfmapReads: 6, PartialSums: 12, PreloadShifts: 18,
		}, 24.0 / 96, 0.75 * 2 / 6, 12.0 / 16},
		{"is scalesim", is, systolic.ScaleSim, systolic.Compute{
			Folds: 4, Cycles: 23, MACs: 24, IfmapReads: 12, FilterReads: 16, OfmapWrites: 12, PartialSums: 6, PreloadShifts: 18,
		}, 24.0 / 92, 0.75 * 2 / 7, 12.0 / 16},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			array := systolic.Array{Rows: 2, Cols: 2, Dataflow: test.dataflow}
			p := product(3, 2, 4)
			p.Profile = test.profile
			require.NoError(t, p.Check())
			got := systolic.ComputeLayer(array, p)
			require.Equal(t, test.want, got)
			require.InEpsilon(t, test.overall, systolic.OverallUtilFrac(array, got), 1e-12)
			require.InEpsilon(t, test.util, systolic.ComputeUtilFrac(array, p), 1e-12)
			require.InEpsilon(t, test.mapping, systolic.MappingFrac(array, p), 1e-12)
		})
	}
}

func TestProductsRunOneAfterAnother(t *testing.T) {
	for _, dataflow := range []systolic.Dataflow{os, ws, is} {
		array := systolic.Array{Rows: 2, Cols: 2, Dataflow: dataflow}
		for _, profile := range []systolic.Profile{systolic.Physical, systolic.ScaleSim} {
			one := product(3, 2, 4)
			one.Profile = profile
			five := one
			five.Count = 5
			single, serial := systolic.ComputeLayer(array, one), systolic.ComputeLayer(array, five)
			require.Equal(t, 5*single.Cycles, serial.Cycles) // SCALE-Sim loses one cycle a layer, and has a layer for each group
			require.Equal(t, 5*single.MACs, serial.MACs)
			require.Equal(t, 5*single.IfmapReads, serial.IfmapReads)
			require.Equal(t, 5*single.FilterReads, serial.FilterReads)
			require.Equal(t, 5*single.OfmapWrites, serial.OfmapWrites)
			require.Equal(t, 5*single.PartialSums, serial.PartialSums)
			require.Equal(t, 5*single.PreloadShifts, serial.PreloadShifts)
			require.Equal(t, single.Folds, serial.Folds, "folds are those of one product")
		}
	}
}

func TestVectorUnitHasALaneAColumn(t *testing.T) {
	array := systolic.Array{Rows: 3, Cols: 5}
	p := systolic.Problem{VectorOps: 48, IfmapElements: 48, OfmapElements: 12, Repeats: 1}
	want := systolic.Compute{Cycles: 10, VectorOps: 48, IfmapReads: 48, OfmapWrites: 12} // ⌈48/5⌉ = 10
	require.NoError(t, p.Check())
	require.Equal(t, want, systolic.ComputeLayer(array, p))
	p.FilterElements = 7 // parameters of a normalisation of two operands
	want.FilterReads = 7
	require.Equal(t, want, systolic.ComputeLayer(array, p))
	p.Fused = true
	require.Equal(t, systolic.Compute{VectorOps: 48}, systolic.ComputeLayer(array, p))
}

func TestAVectorProblemDoesNotUseTheArray(t *testing.T) {
	p := systolic.Problem{VectorOps: 48, IfmapElements: 48, OfmapElements: 12, Repeats: 1}
	for _, profile := range []systolic.Profile{systolic.Physical, systolic.ScaleSim} {
		p.Profile = profile
		for _, dataflow := range []systolic.Dataflow{os, ws, is} {
			for _, side := range []int{1, 3} { // 1×1, os: a fold of 0 + 1 + 1 − 2 = 0 cycles
				array := systolic.Array{Rows: side, Cols: side, Dataflow: dataflow}
				require.Zero(t, systolic.OverallUtilFrac(array, systolic.ComputeLayer(array, p)))
				require.Zero(t, systolic.MappingFrac(array, p))
				require.Zero(t, systolic.ComputeUtilFrac(array, p))
			}
		}
	}
	require.Zero(t, systolic.OverallUtilFrac(systolic.Array{Rows: 1, Cols: 1}, systolic.Compute{}), "fused: no cycles")
}

func TestComputeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		array := drawArray(t)
		p := drawProduct(t)
		c := systolic.ComputeLayer(array, p)
		require.LessOrEqual(t, c.MACs, c.Cycles*int64(array.Rows*array.Cols), "no more than one MAC an element and cycle")
		require.GreaterOrEqual(t, c.IfmapReads, p.IfmapElements*p.Count)
		require.GreaterOrEqual(t, c.FilterReads, p.FilterElements*p.Count)
		require.InEpsilon(t, systolic.OverallUtilFrac(array, c), systolic.ComputeUtilFrac(array, p), 1e-9, "the same without the peer's quirks")
		require.LessOrEqual(t, systolic.ComputeUtilFrac(array, p), systolic.MappingFrac(array, p))

		doubled := p
		doubled.K, doubled.IfmapElements, doubled.FilterElements = 2*p.K, 2*p.IfmapElements, 2*p.FilterElements
		d := systolic.ComputeLayer(array, doubled)
		require.Equal(t, 2*c.MACs, d.MACs)
		require.GreaterOrEqual(t, d.Cycles, c.Cycles)

		// A product of swapped operands is the transposed product: with weights stationary it is the input-stationary original.
		transposed := p
		transposed.M, transposed.N = p.N, p.M
		other := array
		other.Dataflow = map[systolic.Dataflow]systolic.Dataflow{os: os, ws: is, is: ws}[array.Dataflow]
		if array.Dataflow == os {
			other.Rows, other.Cols = array.Cols, array.Rows
		}
		s := systolic.ComputeLayer(other, transposed)
		require.Equal(t, c.Cycles, s.Cycles)
		require.Equal(t, c.IfmapReads, s.FilterReads)
		require.Equal(t, c.OfmapWrites, s.OfmapWrites)
	})
}

func drawArray(t *rapid.T) systolic.Array {
	return systolic.Array{
		Rows:     rapid.IntRange(1, 200).Draw(t, "rows"),
		Cols:     rapid.IntRange(1, 200).Draw(t, "cols"),
		Dataflow: systolic.Dataflow(rapid.IntRange(0, 2).Draw(t, "dataflow")),
	}
}

func drawProduct(t *rapid.T) systolic.Problem {
	p := product(rapid.Int64Range(1, 5000).Draw(t, "M"), rapid.Int64Range(1, 5000).Draw(t, "N"), rapid.Int64Range(1, 5000).Draw(t, "K"))
	p.Count = rapid.Int64Range(1, 4).Draw(t, "count")
	return p
}
