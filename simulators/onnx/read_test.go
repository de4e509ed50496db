package onnx_test

import (
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators/onnx"
)

// read reads a file that must be good.
func read(t testing.TB, file []byte, dims map[string]int) dnn.Network {
	t.Helper()
	n, err := onnx.Read("m.onnx", file, onnx.Options{Dims: dims})
	require.NoError(t, err)
	checked, err := n.Check()
	require.NoError(t, err)
	require.Equal(t, n, checked)
	return n
}

// names lists the layers with what they are.
func names(n dnn.Network) (list []string) {
	for _, l := range n.Layers {
		list = append(list, l.Name+" "+l.Op.String())
	}
	return list
}

// TestPublishedNetworksComeBack: the convolutional networks of the zoo, written as ONNX graphs and read, are the same layers.
func TestPublishedNetworksComeBack(t *testing.T) {
	for _, name := range []string{"alexnet", "efficientnet-b0", "googlenet", "mnasnet", "mobilenet-v2", "resnet18", "resnet50", "squeezenet", "unet", "vgg16"} {
		t.Run(name, func(t *testing.T) {
			entry, err := dnn.Lookup(name)
			require.NoError(t, err)
			want := entry.Build()
			got := read(t, export(want), nil)
			require.Equal(t, want.Input, got.Input)
			require.Equal(t, want.Totals(), got.Totals())
			require.Equal(t, want.Layers, got.Layers)
		})
	}
}

// TestFileOfTheReferencePackage reads a file that the onnx Python package (1.23) wrote: a convolution with batch normalisation, ReLU6, a squeeze-and-excitation, a
// residual addition, a pooling and a classifier, of batch "N" and with raw, packed and float16 values.
func TestFileOfTheReferencePackage(t *testing.T) {
	text, err := os.ReadFile("testdata/reference.onnx.hex")
	require.NoError(t, err)
	file, err := hex.DecodeString(strings.Join(strings.Fields(string(text)), ""))
	require.NoError(t, err)
	n := read(t, file, map[string]int{"N": 1})
	require.Equal(t, dnn.Shape{Height: 16, Width: 16, Channels: 3}, n.Input)
	require.Equal(t, []string{
		"stem conv", "dw conv", "mean pool", "squeeze conv", "excite conv", "scale elementwise", "add elementwise", "avg pool", "fc gemm", "prob elementwise",
	}, names(n))
	// stem 8·8·8·27 = 13,824, dw 8·8·8·9 = 4,608, squeeze and excite 8·2 each, fc 8·10
	require.Equal(t, int64(13_824+4_608+16+16+80), n.Totals().MACs)
	// weights 216 + 72 + 16 + 16 + 80; biases: stem's batch normalisation 8, dw's own 8, 2, 8, 10
	require.Equal(t, int64(400+36), n.Totals().Parameters)
	require.Equal(t, 1, n.Layers[5].Broadcasts)
}

// attentionGraph is a layer of attention as frameworks export it: fused queries, keys and values, heads split by reshapes whose shape is computed, a mask that
// is added, a layer normalisation in parts, GELU in parts.
func attentionGraph() []byte {
	var g graph
	const hidden, heads = 32, 4
	g.input("ids", "batch", "tokens")
	g.input("mask", "batch", 1, 1, "tokens")
	x := g.node("Gather", "words", []string{g.weights("table", 100, hidden), "ids"})
	g.node("Shape", "shape", []string{x})
	g.list("zero", true, 0)
	g.list("one", false, 1)
	g.list("open", true, -1)
	g.list("heads", true, heads)
	tokens := g.node("Gather", "count", []string{"shape", "one"})
	split := g.node("Concat", "split", []string{"zero", tokens, "heads", "open"}, integer("axis", 0))
	qkv := g.node("MatMul", "qkv", []string{x, g.weights("wqkv", hidden, 3*hidden)})
	qkv = g.node("Add", "bias", []string{g.weights("bqkv", 3*hidden), qkv})
	g.nodes("Split", "parts", []string{qkv}, []string{"q", "k", "v"}, integer("axis", 2))
	head := func(name string, perm ...int) string {
		return g.node("Transpose", name+"t", []string{g.node("Reshape", name+"r", []string{name, split})}, ints("perm", perm...))
	}
	q, k, v := head("q", 0, 2, 1, 3), head("k", 0, 2, 3, 1), head("v", 0, 2, 1, 3)
	scores := g.node("MatMul", "scores", []string{q, k})
	scores = g.node("Div", "scaled", []string{scores, g.weights("root")})
	scores = g.node("Add", "masked", []string{scores, "mask"})
	weights := g.node("Softmax", "softmax", []string{scores})
	mixed := g.node("Transpose", "merge", []string{g.node("MatMul", "context", []string{weights, v})}, ints("perm", 0, 2, 1, 3))
	mixed = g.node("Reshape", "flat", []string{mixed, "shape"})
	y := g.node("Add", "sum", []string{g.node("MatMul", "out", []string{mixed, g.weights("wo", hidden, hidden)}), x})
	mean := g.node("ReduceMean", "mean", []string{y}, ints("axes", -1))
	centred := g.node("Sub", "centred", []string{y, mean})
	square := g.node("Mul", "square", []string{centred, centred})
	deviation := g.node("Sqrt", "deviation", []string{g.node("ReduceMean", "variance", []string{square}, ints("axes", 2))})
	y = g.node("Div", "normal", []string{centred, deviation})
	y = g.node("Mul", "gain", []string{y, g.weights("gamma", hidden)})
	z := g.node("MatMul", "wide", []string{y, g.weights("w1", hidden, 64)})
	gelu := g.node("Mul", "gelu", []string{z, g.node("Erf", "erf", []string{g.node("Div", "half", []string{z, g.weights("two")})})})
	g.output(gelu)
	return g.model()
}

func TestAttentionByHand(t *testing.T) {
	const tokens, hidden, heads, batch = 10, 32, 4, 2
	n := read(t, attentionGraph(), map[string]int{"tokens": tokens, "batch": batch})
	macs := map[string]int64{}
	for _, l := range n.Layers {
		macs[l.Name] += l.MACs()
	}
	rows := int64(batch * tokens)
	require.Equal(t, rows*hidden*3*hidden, macs["qkv"])
	require.Equal(t, rows*tokens*hidden, macs["scores"])
	require.Equal(t, rows*tokens*hidden, macs["context"])
	require.Equal(t, rows*hidden*hidden, macs["out"])
	require.Equal(t, rows*hidden*64, macs["wide"])
	require.Equal(t, rows*(3*hidden*hidden+2*tokens*hidden+hidden*hidden+hidden*64), n.Totals().MACs)
	// the table 100·32, wqkv 32·96 and its bias 96, wo 32², the gain 32, w1 32·64
	require.Equal(t, int64(3200+3072+96+1024+32+2048), n.Totals().Parameters)
	kinds := map[string]dnn.Op{}
	for _, l := range n.Layers {
		kinds[l.Name] = l.Op
		require.NotContains(t, []string{"gelu", "erf", "half", "scaled", "mean", "centred", "square", "variance", "deviation", "gain", "merge", "flat"},
			l.Name, "no layer of its own")
		if l.Name == "normal" {
			require.Equal(t, 1, l.ParametersPerChannel, "the gain")
		}
		if l.Name == "scores" {
			require.Equal(t, [4]int{batch * heads, tokens, tokens, hidden / heads}, [4]int{l.Batch, l.M, l.N, l.K})
		}
		if l.Name == "qkv" {
			require.True(t, l.Bias)
		}
	}
	require.Equal(t, dnn.Gather, kinds["words"])
	require.Equal(t, dnn.Elementwise, kinds["softmax"])
	require.Equal(t, dnn.Elementwise, kinds["normal"])
	// the batch is one sample where nothing says otherwise
	require.Equal(t, n.Totals().MACs, 2*read(t, attentionGraph(), map[string]int{"tokens": tokens}).Totals().MACs)
}

// TestAttentionNode: 6 heads of queries share 2 of keys; 5 new tokens after 7 past ones; keys of 8 and values of 4.
func TestAttentionNode(t *testing.T) {
	var g graph
	g.input("q", 1, 5, 48)
	g.input("k", 1, 5, 16)
	g.input("v", 1, 5, 8)
	g.input("pk", 1, 2, 7, 8)
	g.input("pv", 1, 2, 7, 4)
	g.nodes("Attention", "a", []string{"q", "k", "v", "", "pk", "pv"}, []string{"y", "present"}, integer("q_num_heads", 6), integer("kv_num_heads", 2))
	g.node("Flatten", "keys", []string{"present"})
	g.node("MatMul", "project", []string{"y", g.weights("w", 24, 10)})
	n := read(t, g.model(), nil)
	var products []dnn.Layer
	for _, l := range n.Layers {
		if l.Op == dnn.GEMM {
			products = append(products, l)
		}
	}
	require.Equal(t, [4]int{2, 15, 12, 8}, [4]int{products[0].Batch, products[0].M, products[0].N, products[0].K})
	require.Equal(t, [4]int{2, 15, 4, 12}, [4]int{products[1].Batch, products[1].M, products[1].N, products[1].K})
	require.Equal(t, [4]int{1, 5, 10, 24}, [4]int{products[2].Batch, products[2].M, products[2].N, products[2].K})
}

func TestOperationsByHand(t *testing.T) {
	for _, c := range smallGraphs() {
		t.Run(c.name, func(t *testing.T) {
			var g graph
			c.build(&g)
			n := read(t, g.model(), nil)
			totals := n.Totals()
			require.Equal(t, c.want, want{n.Layers[len(n.Layers)-1].Output(), totals.MACs, totals.Parameters, strings.Join(names(n), ", ")})
		})
	}
}
