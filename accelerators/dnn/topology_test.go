package dnn_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

const convHeader = "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"

// read reads a topology called t.csv.
func read(text string, o dnn.TopologyOptions) (dnn.Network, error) {
	return dnn.ReadTopology("t.csv", strings.NewReader(text), o)
}

// topologyConv is the layer of the row "Conv1, 13, 11, 3, 2, 8, 16, 4".
func topologyConv() dnn.Layer {
	return dnn.Layer{Name: "Conv1", InHeight: 13, InWidth: 11, InChannels: 8, Filters: 16, KernelHeight: 3, KernelWidth: 2,
		StrideHeight: 4, StrideWidth: 4, DilationHeight: 1, DilationWidth: 1, Groups: 1, Repeats: 1}
}

// topologyGEMM is the layer of the row "G, 4, 5, 6".
func topologyGEMM() dnn.Layer {
	return dnn.Layer{Name: "G", Op: dnn.GEMM, Batch: 1, M: 4, N: 5, K: 6, Weights: true, Repeats: 1}
}

func TestReadTopologyIsTolerant(t *testing.T) {
	conv, gemm := topologyConv(), topologyGEMM()
	tests := []struct {
		name, text string
		want       dnn.Layer
	}{
		{"trailing comma", convHeader + "Conv1, 13, 11, 3, 2, 8, 16, 4,\n", conv},
		{"no trailing comma", convHeader + "Conv1, 13, 11, 3, 2, 8, 16, 4\n", conv},
		{"no last line end", convHeader + "Conv1, 13, 11, 3, 2, 8, 16, 4,", conv},
		{"CRLF", "Layer,M,N,K,\r\nG,4,5,6,\r\n", gemm},
		{"byte order mark", "\ufeff" + convHeader + "Conv1,13,11,3,2,8,16,4,\n", conv},
		{"byte order mark, no header", "\ufeffConv1,13,11,3,2,8,16,4,\n", conv},
		{"no header", "G,4,5,6\n", gemm},
		{"empty rows", "\n , ,\n" + convHeader + "\n,,,,,,,,\nConv1,13,11,3,2,8,16,4,\n\n", conv},
		{"spaces and tabs", convHeader + "  Conv1 ,\t13 , 11,3,2,8,16,\u00a04 ,  \n", conv},
		{"empty sparsity", "Layer, M, N, K, Sparsity,\nG, 4, 5, 6, ,\n", gemm},
		{"dense sparsity", "Layer, M, N, K, Sparsity,\nG, 4, 5, 6, 1:1,\n", gemm},
		{"dense sparsity without its header", convHeader + "Conv1, 13, 11, 3, 2, 8, 16, 4, 1:1,\n", conv},
		{"notes beside the table", strings.TrimSpace(convHeader) + ",,,Eh,Ew\nConv1, 13, 11, 3, 2, 8, 16, 4,,,12,9\n", conv},
		{"remark", convHeader + "Conv1, 13, 11, 3, 2, 8, 16, 4, #depthwise, 7\n", conv},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(test.text, dnn.TopologyOptions{})
			require.NoError(t, err)
			require.Equal(t, dnn.Network{Name: "t.csv", Layers: []dnn.Layer{test.want}}, got)
		})
	}
}

func TestReadTopologyNamesFileAndLine(t *testing.T) {
	row := func(s string) string { return convHeader + "ok,5,5,3,3,1,1,1,\n" + s + "\n" }
	tests := []struct {
		name, text, want string
	}{
		{"empty file", "", "dnn: t.csv: no layers in 0 lines"},
		{"only a header", convHeader + "\n", "dnn: t.csv: no layers in 2 lines"},
		{"zero", row("c,0,5,3,3,1,1,1,"), `dnn: t.csv:3: layer "c": ifmap height "0": want a whole number in [1, 268435456]`},
		{"negative", row("c,5,5,3,3,-1,1,1,"), `dnn: t.csv:3: layer "c": channels "-1": want a whole number in [1, 268435456]`},
		{"fraction", row("c,5,5,3,3,1,1.5,1,"), `dnn: t.csv:3: layer "c": num filter "1.5": want a whole number in [1, 268435456]`},
		{"above the largest size", row("c,5,268435457,3,3,1,1,1,"), `dnn: t.csv:3: layer "c": ifmap width "268435457": want a whole number in [1, 268435456]`},
		{"beyond int64", row("c,5,99999999999999999999,3,3,1,1,1,"), `dnn: t.csv:3: layer "c": ifmap width "99999999999999999999": want a whole number in [1, 268435456]`},
		{"missing in the middle", row("c,5,5,,3,1,1,1,"), `dnn: t.csv:3: layer "c": filter height "": want a whole number in [1, 268435456]`},
		{"filter larger than its input", row("c,5,4,3,5,1,1,1,"),
			`dnn: t.csv:3: layer "c" (conv): kernel width 5 with dilation 1 spans 5 elements: larger than the padded input width 4+0+0 = 4`},
		{"too few fields", row("c,5,5,3,3,1,1,,"),
			`dnn: t.csv:3: row "c" has 7 fields: want 8 (layer name, ifmap height, ifmap width, filter height, filter width, channels, num filter, strides), or one more for the sparsity`},
		{"the other form", row("g,4,5,6,"),
			`dnn: t.csv:3: row "g" has 4 fields: want 8 (layer name, ifmap height, ifmap width, filter height, filter width, channels, num filter, strides), or one more for the sparsity`},
		{"no form", "c,1,2,\n",
			`dnn: t.csv:1: row "c" has 3 fields: want 8 (layer name, ifmap height, ifmap width, filter height, filter width, channels, num filter, strides), 4 (layer, m, n, k), or one more for the sparsity`},
		{"sparse", "Layer, M, N, K, Sparsity,\nG, 4, 5, 6, 5:4,\n",
			`dnn: t.csv:2: layer "G": sparsity "5:4": want N:M with 1 ≤ N ≤ M ≤ 4096, as 2:4`},
		{"unknown column", "Layer, M, N, K, Batch,\nG, 4, 5, 6, 1:1,\n", `dnn: t.csv:1: column 5 is "Batch": want Sparsity or nothing`},
		{"second header", convHeader + strings.TrimSpace(convHeader), `dnn: t.csv:2: layer "Layer name": ifmap height "IFMAP Height": want a whole number in [1, 268435456]`},
		{"too many MACs", "Layer,M,N,K\nG,268435456,268435456,2\n",
			`dnn: t.csv:2: layer "G" (gemm): MACs, the product of [1 1 268435456 268435456 2], out of range [0, 4503599627370496]`},
		{"too many MACs in all", "G,262144,131072,131072\nH,1,1,1\n",
			`dnn: t.csv:2: total MACs 4503599627370497 out of range [0, 4503599627370496]`},
		{"two mistakes", "Layer,M,N,K\nG,0,1,2\nH,1,2,x\n",
			"dnn: t.csv:2: layer \"G\": m \"0\": want a whole number in [1, 268435456]\n" +
				"dnn: t.csv:3: layer \"H\": k \"x\": want a whole number in [1, 268435456]"},
		{"endless line", convHeader + strings.Repeat("x", 1<<17), "dnn: t.csv:2: a line longer than 65536 bytes"},
		{"too many layers", strings.Repeat("G,1,1,1\n", dnn.MaxTopologyLayers+1) + "bad", "dnn: t.csv:65537: more than 65536 layers\n" +
			`dnn: t.csv:65538: row "bad" has 1 fields: want 4 (layer, m, n, k), or one more for the sparsity`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n, err := read(test.text, dnn.TopologyOptions{})
			require.EqualError(t, err, test.want)
			require.Zero(t, n)
		})
	}
}

func TestReadTopologyStopsAfterTenMistakes(t *testing.T) {
	_, err := read("Layer,M,N,K\n"+strings.Repeat("G,0,1,2\n", 99), dnn.TopologyOptions{})
	require.Len(t, strings.Split(err.Error(), "\n"), 10)
}

func TestReadTopologyReportsTheReader(t *testing.T) {
	broken := errors.New("disk on fire")
	_, err := dnn.ReadTopology("t.csv", iotest.ErrReader(broken), dnn.TopologyOptions{})
	require.ErrorIs(t, err, broken)
	require.EqualError(t, err, "dnn: t.csv:1: disk on fire")
}

func TestNameDoesNotChangeTheWorkload(t *testing.T) {
	const text = "ConvDP,5,5,3,3,7,2,1,\n"
	plain, err := read(text, dnn.TopologyOptions{})
	require.NoError(t, err)
	renamed, err := read(strings.Replace(text, "DP", "dw", 1), dnn.TopologyOptions{})
	require.NoError(t, err)
	require.Equal(t, renamed.Totals(), plain.Totals())

	quirk, err := read(text, dnn.TopologyOptions{ExpandDP: true})
	require.NoError(t, err)
	// 7 layers of one channel, each with 2 filters: 7 · 9·2·9 = 1,134 MACs, 7 · 9·2 = 126 outputs (the whole layer has 18)
	require.Equal(t, dnn.Totals{Layers: 7, MACs: 1134, Parameters: 126, InputElements: 175, OutputElements: 126}, quirk.Totals())
	_, err = quirk.Check()
	require.NoError(t, err)

	other, err := read(strings.Replace(text, "DP", "dw", 1), dnn.TopologyOptions{ExpandDP: true})
	require.NoError(t, err)
	require.Equal(t, renamed, other)
	gemm, err := read("DP,4,5,6\n", dnn.TopologyOptions{ExpandDP: true})
	require.NoError(t, err)
	require.Equal(t, int64(1), gemm.Totals().Layers)
}

// write writes a network of topology layers as a file with a header.
func write(n dnn.Network) string {
	var b strings.Builder
	for i, l := range n.Layers {
		if l.Op == dnn.GEMM {
			if i == 0 {
				b.WriteString("Layer, M, N, K,\n")
			}
			fmt.Fprintf(&b, "%s, %d, %d, %d, %s,\n", l.Name, l.M, l.N, l.K, l.Sparsity)
			continue
		}
		if i == 0 {
			b.WriteString(convHeader)
		}
		fmt.Fprintf(&b, "%s, %d, %d, %d, %d, %d, %d, %d, %s,\n", l.Name, l.InHeight, l.InWidth, l.KernelHeight, l.KernelWidth,
			l.InChannels, l.Filters, l.StrideHeight, l.Sparsity)
	}
	return b.String()
}

func FuzzReadTopology(f *testing.F) {
	f.Add("\ufeff" + convHeader + "Conv1, 13, 11, 3, 2, 8, 16, 4,\r\n\n,,,\nDP2,5,5,3,3,7,2,1,2:4\n")
	f.Add("Layer,M,N,K,Sparsity,\nG,4,5,6,,\n,1,1,1\n")
	f.Add("G,268435456,268435456,268435456\n")
	f.Add(strings.TrimSpace(convHeader) + ",,,Eh\nc,5,5,3,3,1,1,9,,,3 #x\n#y\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := read(text, dnn.TopologyOptions{})
		if err != nil {
			require.Zero(t, got)
			return
		}
		checked, err := got.Check()
		require.NoError(t, err, "what is read passes Check")
		require.Equal(t, got, checked)
		require.Positive(t, got.Totals().MACs)
		require.LessOrEqual(t, got.Totals().MACs, int64(dnn.MaxCount))

		again, err := read(write(got), dnn.TopologyOptions{})
		require.NoError(t, err)
		require.Equal(t, got, again, "a written topology reads back equal")

		quirk, err := read(text, dnn.TopologyOptions{ExpandDP: true})
		if err == nil { // the repeats may exceed the bounds
			require.GreaterOrEqual(t, quirk.Totals().Layers, got.Totals().Layers)
			require.Equal(t, got.Totals().MACs, quirk.Totals().MACs, "C layers of one channel do the work of one of C channels")
		}
	})
}
