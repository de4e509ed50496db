package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestSparsityIsRefused(t *testing.T) {
	var s systolic.Scratch
	for _, test := range []struct {
		name     string
		dataflow systolic.Dataflow
		problem  systolic.Problem
		sparsity systolic.Sparsity
		want     string
	}{
		{"dataflow", os, product(1, 1, 1), systolic.Sparsity{Keep: 1, Of: 2}, "systolic: a sparse filter needs dataflow ws, not os"},
		{"keeps more than there are", ws, product(1, 1, 1), systolic.Sparsity{Keep: 3, Of: 2}, "systolic: sparsity Keep 3 out of range [1, 2] depths"},
		{"keeps none", ws, product(1, 1, 1), systolic.Sparsity{Keep: 0, Of: 2}, "systolic: sparsity Keep 0 out of range [1, 2] depths"},
		{"block", ws, product(1, 1, 1), systolic.Sparsity{Keep: 1, Of: 5000}, "systolic: sparsity Of 5000 out of range [1, 4096] depths"},
		{"odd block", ws, product(1, 1, 1), systolic.Sparsity{Keep: 1, Of: 2, RowWiseBlock: 3}, "systolic: sparsity RowWiseBlock 3 is odd: want an even number of depths"},
		{"block that does not fit", ws, product(1, 1, 1), systolic.Sparsity{Keep: 1, Of: 2, RowWiseBlock: 6},
			"systolic: sparsity RowWiseBlock 6 does not divide twice the 2 rows of the array"},
		{"vector", ws, systolic.Problem{VectorOps: 1, Repeats: 1}, systolic.Sparsity{Keep: 1, Of: 2}, "systolic: a vector problem has no filter to be sparse"},
		{"representation", ws, product(1, 1, 1), systolic.Sparsity{Keep: 1, Of: 2, Representation: 9}, "systolic: representation 9 out of range [0, 3)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := systolic.CalcSparse(small(test.dataflow), test.problem, test.sparsity, &s)
			require.EqualError(t, err, test.want)
		})
	}
}

// TestKeepingEverythingIsDense: 1:1 is Calc, and more kept is never less of anything.
func TestKeepingEverythingIsDense(t *testing.T) {
	var s systolic.Scratch
	rapid.Check(t, func(t *rapid.T) {
		c := drawSmallConfig(t)
		c.Dataflow = ws
		p, err := systolic.Lower(drawLayer(t), systolic.ScaleSim)
		require.NoError(t, err)
		dense, err := systolic.CalcSparse(c, p, systolic.Sparsity{}, &s)
		require.NoError(t, err)
		run := systolic.Calc(c, p, &s)
		require.Equal(t, run, dense.Run)
		require.Zero(t, dense.MetadataWords())

		of := rapid.IntRange(1, 16).Draw(t, "of")
		keep := rapid.IntRange(1, of).Draw(t, "keep")
		some, err := systolic.CalcSparse(c, p, systolic.Sparsity{Keep: keep, Of: of}, &s)
		require.NoError(t, err)
		require.LessOrEqual(t, some.Cycles, dense.Cycles)
		require.LessOrEqual(t, some.Filter.Elements, dense.Filter.Elements)
		require.LessOrEqual(t, some.Ifmap.Elements, dense.IfmapReads)
		require.Equal(t, dense.MACs, some.MACs, "the dense product is what was asked for")
	})
}

// TestSparseStatsAreThoseOfTheKeptDepths compares a sparse layer with the dense product of what it keeps, which moves the same where it is a product of matrices.
func TestSparseStatsAreThoseOfTheKeptDepths(t *testing.T) {
	var s systolic.Scratch
	rapid.Check(t, func(t *rapid.T) {
		c := drawSmallConfig(t)
		c.Dataflow = ws
		p := drawProduct(t)
		p.Profile = systolic.ScaleSim
		dense, err := systolic.SimulateSparse(c, p, &s)
		require.NoError(t, err)
		require.Equal(t, systolic.Simulate(c, p, systolic.WindowTraffic(c, p, systolic.IfmapWindows(c, p, &s), &s)), dense)

		p.Sparsity.Of = rapid.IntRange(2, 16).Draw(t, "of")
		p.Sparsity.Keep = rapid.IntRange(1, p.Sparsity.Of).Draw(t, "keep")
		sparse, err := systolic.SimulateSparse(c, p, &s)
		require.NoError(t, err)
		of, keep := int64(p.Sparsity.Of), int64(p.Sparsity.Keep)
		small := p
		small.K = p.K/of*keep + min(p.K%of, keep)
		small.IfmapElements, small.FilterElements, small.Sparsity = small.M*small.K, small.K*small.N, systolic.Sparsity{}
		require.Equal(t, small.K, p.Stored().K)
		want, err := systolic.SimulateSparse(c, small, &s)
		require.NoError(t, err)
		require.Equal(t, want, sparse)
		require.Equal(t, p.Count*p.M*p.N*small.K, sparse.MACs)
	})
}

func TestSparseStatsAreOfSCALESimAlone(t *testing.T) {
	var s systolic.Scratch
	p := product(4, 4, 4)
	p.Sparsity = systolic.Sparsity{Keep: 1, Of: 2}
	_, err := systolic.SimulateSparse(small(ws), p, &s)
	require.EqualError(t, err, "systolic: sparse weights are modelled in the profile scalesim, not physical")
	p.Profile = systolic.ScaleSim
	_, err = systolic.SimulateSparse(small(os), p, &s)
	require.EqualError(t, err, "systolic: a sparse filter needs dataflow ws, not os")
	p.Sparsity.Keep = 3
	require.EqualError(t, p.Check(), "systolic: sparsity Keep 3 out of range [1, 2] depths")
}
