package dnn_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

func TestParseSparsity(t *testing.T) {
	for text, want := range map[string]dnn.Sparsity{"1:1": {}, "2:4": {Keep: 2, Of: 4}, "4:4": {Keep: 4, Of: 4}, "1:4096": {Keep: 1, Of: 4096}} {
		got, err := dnn.ParseSparsity(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, text, got.String())
	}
	for _, text := range []string{"", "2", ":", "0:4", "5:4", "2:4:8", "-1:4", "1:4097", "a:b", "50%"} {
		_, err := dnn.ParseSparsity(text)
		require.EqualError(t, err, `sparsity "`+text+`": want N:M with 1 ≤ N ≤ M ≤ 4096, as 2:4`)
	}
}

func TestTopologiesCarryTheirSparsity(t *testing.T) {
	n, err := dnn.ReadTopology("t.csv", strings.NewReader("Layer, M, N, K, Sparsity,\na, 4, 5, 6, 2:4,\nb, 4, 5, 6, 1:1,\nc, 4, 5, 6, ,\n"), dnn.TopologyOptions{})
	require.NoError(t, err)
	require.Equal(t, []dnn.Sparsity{{Keep: 2, Of: 4}, {}, {}}, []dnn.Sparsity{n.Layers[0].Sparsity, n.Layers[1].Sparsity, n.Layers[2].Sparsity})
	require.EqualValues(t, 120, n.Layers[0].MACs(), "counts are those of the dense layer")
}

func TestOnlyWeightsAreSparse(t *testing.T) {
	half := dnn.Sparsity{Keep: 1, Of: 2}
	_, err := dnn.Layer{Name: "fc", Op: dnn.GEMM, M: 1, N: 1, K: 2, Weights: true, Sparsity: half}.Check()
	require.NoError(t, err)
	_, err = dnn.Layer{Name: "scores", Op: dnn.GEMM, M: 1, N: 1, K: 2, Sparsity: half}.Check()
	require.EqualError(t, err, `dnn: layer "scores" (gemm): sparsity 1:2: the layer has no weights to be sparse`)
	_, err = dnn.Layer{Name: "fc", Op: dnn.GEMM, M: 1, N: 1, K: 2, Weights: true, Sparsity: dnn.Sparsity{Keep: 3, Of: 2}}.Check()
	require.EqualError(t, err, `dnn: layer "fc" (gemm): sparsity 3:2: want N:M with 1 ≤ N ≤ M ≤ 4096`)
}
