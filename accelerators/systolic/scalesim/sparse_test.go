package scalesim_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/scalesim"
)

const sparseEdge = "[architecture_presets]\nArrayHeight: 8\nArrayWidth: 8\nIfmapSramSzkB: 8\nFilterSramSzkB: 8\nOfmapSramSzkB: 8\nDataflow: ws\n[sparsity]\n"

func TestReadSparsity(t *testing.T) {
	for _, c := range []struct {
		text string
		want scalesim.Sparsity
	}{
		{"SparsitySupport = true\n", scalesim.Sparsity{Seed: 40}},
		{"SparseRep = csr\nRandomNumberGeneratorSeed = 7\nOptimizedMapping = False\nBlockSize = odd\nSparsitySupport = True\n", scalesim.Sparsity{Representation: systolic.CSR, Seed: 7}},
		{"SparsitySupport = true\nOptimizedMapping = true\nBlockSize = 4\n", scalesim.Sparsity{Seed: 40, RowWiseBlock: 4}},
		{"SparsitySupport = false\nSparseRep = none\nOptimizedMapping = perhaps\n", scalesim.Sparsity{Seed: 40}}, // as the tool, which reads them only with support
	} {
		config, err := read(sparseEdge + c.text)
		require.NoError(t, err)
		require.Equal(t, c.want, config.Sparsity)
		require.Empty(t, config.Ignored)
		var text bytes.Buffer
		require.NoError(t, config.Write(&text))
		again, err := read(text.String())
		require.NoError(t, err)
		require.Equal(t, [2]any{config.Sparse, config.Sparsity}, [2]any{again.Sparse, again.Sparsity})
	}
}

func TestBadSparsity(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"SparseRep = coo\n", `a.cfg:10: sparsity.sparserep: `},
		{"RandomNumberGeneratorSeed = -1\n", `a.cfg:10: sparsity.randomnumbergeneratorseed = "-1": want a whole number of at least 0, below 2³²`},
		{"OptimizedMapping = true\n", `a.cfg:10: sparsity.blocksize = "": OptimizedMapping needs an even number of depths`},
		{"OptimizedMapping = true\nBlockSize = 0\n", `a.cfg:11: sparsity.blocksize = "0": OptimizedMapping needs an even number of depths`},
		{"OptimizedMapping = true\nBlockSize = 6\n", "a.cfg: scalesim: BlockSize 6 with OptimizedMapping: want an even number of at most ArrayHeight 8 that divides twice that"},
		{"OptimizedMapping = true\nBlockSize = 16\n", "a.cfg: scalesim: BlockSize 16 with OptimizedMapping"},
	} {
		_, err := read(sparseEdge + "SparsitySupport = true\n" + c.text)
		require.ErrorContains(t, err, c.want)
	}
}

func TestLayersSayWhatIsKept(t *testing.T) {
	s := scalesim.Sparsity{Representation: systolic.CSC, Seed: 3}
	require.Equal(t, systolic.Sparsity{Keep: 2, Of: 4, Representation: systolic.CSC, Seed: 3}, s.Of(dnn.Sparsity{Keep: 2, Of: 4}))
	require.Equal(t, systolic.Sparsity{Keep: 1, Of: 1, Representation: systolic.CSC, Seed: 3}, s.Of(dnn.Sparsity{}))
}

func TestWordsOfRowsAreWhole(t *testing.T) {
	c := systolic.Config{Array: systolic.Array{Rows: 8, Cols: 8, Dataflow: systolic.WeightStationary}, IfmapSRAMKiB: 8, FilterSRAMKiB: 8, OfmapSRAMKiB: 8}
	p, err := systolic.Lower(dnn.Layer{Name: "sg0", Op: dnn.GEMM, M: 16, N: 16, K: 32, Weights: true}, systolic.ScaleSim)
	require.NoError(t, err)
	var scratch systolic.Scratch
	r, err := systolic.CalcSparse(c, p, systolic.Sparsity{Keep: 2, Of: 4, Representation: systolic.CSR}, &scratch)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, scalesim.WriteSparse(&text, systolic.CSR, []systolic.SparseRun{r}))
	require.Contains(t, text.String(), "\n0, csr, 512, 545, 289, 1.913907284768212,\n", "256 kept elements, and 256 + 32 + 1 words of metadata in 151 cycles")
}
