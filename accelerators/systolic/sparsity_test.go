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
