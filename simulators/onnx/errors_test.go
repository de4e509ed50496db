package onnx_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators/onnx"
)

func TestMistakesAreNamed(t *testing.T) {
	for _, c := range []struct {
		name  string
		build func(g *graph)
		dims  map[string]int
		want  string
	}{
		{"unknown operation", func(g *graph) {
			g.input("x", 1, 2, 4, 4)
			g.node("LSTM", "l", []string{"x", g.weights("w", 2, 2)})
		}, nil, `node 0 "l" (LSTM): unknown operation, and the file does not say that it keeps the shape of its input: known are Abs, Acos, `},
		{"a mixture that keeps its shape is no element-wise function", func(g *graph) {
			g.input("x", 1, 4, 8)
			g.value("m", 1, 4, 8)
			g.node("Mixer", "m", []string{"x", g.weights("w", 8, 8)})
		}, nil, `node 0 "m" (Mixer): unknown operation`},
		{"shapes that do not chain", func(g *graph) {
			g.input("x", 1, 3, 8, 8)
			g.node("Conv", "conv1", []string{"x", g.weights("w", 4, 5, 3, 3)})
		}, nil, `node 0 "conv1" (Conv): weights [4 5 3 3] of 1 groups read 5 channels: the input has 3`},
		{"products that do not chain", func(g *graph) {
			g.input("x", 1, 6)
			g.node("Gemm", "fc", []string{"x", g.weights("w", 7, 2)})
		}, nil, `node 0 "fc" (Gemm): operands [1 6] and [7 2] do not chain: 6 columns meet 7 rows`},
		{"filter larger than its input", func(g *graph) {
			g.input("x", 1, 1, 4, 4)
			g.node("Conv", "conv1", []string{"x", g.weights("w", 1, 1, 7, 7)}, ints("pads", 1, 1, 1, 1))
		}, nil, `node 0 "conv1" (Conv): dnn: layer "conv1" (conv): kernel height 7 with dilation 1 spans 7 elements: larger than the padded input height 4+1+1 = 6`},
		{"zero dimension", func(g *graph) {
			g.input("x", 1, 3, 0, 4)
			g.node("Relu", "r", []string{"x"})
		}, nil, `input "x": axis 2 has no size: set "x.2"`},
		{"negative stride", func(g *graph) {
			g.input("x", 1, 1, 4, 4)
			g.node("MaxPool", "p", []string{"x"}, ints("kernel_shape", 2, 2), ints("strides", -1, 1))
		}, nil, `node 0 "p" (MaxPool): strides [-1 1]: -1 out of range [1, 268435456]`},
		{"no size for a symbol", func(g *graph) {
			g.input("x", "batch", "sequence", 8)
			g.node("Softmax", "s", []string{"x"})
		}, nil, `input "x": symbolic dimension "sequence" of axis 1 has no size: set it, or "x.1"`},
		{"a symbol that is not there", func(g *graph) {
			g.input("x", "batch", "sequence", 8)
			g.node("Softmax", "s", []string{"x"})
		}, map[string]int{"sequence": 4, "length": 3}, `no dimension "length": known are [batch, sequence, x.0, x.1, x.2]`},
		{"a symbol of no size", func(g *graph) {
			g.input("x", "batch", "sequence", 8)
			g.node("Softmax", "s", []string{"x"})
		}, map[string]int{"sequence": -4}, `input "x": dimensions [1 -4 8]: -4 out of range [1, 268435456]`},
		{"a batch of images", func(g *graph) {
			g.input("x", 8, 3, 4, 4)
			g.node("GlobalAveragePool", "p", []string{"x"})
		}, nil, `node 0 "p" (GlobalAveragePool): a batch of 8 samples: a network describes one, export with a batch of 1 or a symbolic one`},
		{"three axes of space", func(g *graph) {
			g.input("x", 1, 3, 4, 4, 4)
			g.node("Conv", "c", []string{"x", g.weights("w", 1, 3, 1, 1, 1)})
		}, nil, `node 0 "c" (Conv): input of 5 axes: want 3 or 4, the sample, the channels and one or two of space`},
		{"a value from nowhere", func(g *graph) {
			g.input("x", 1, 3)
			g.node("Add", "a", []string{"x", "y"})
		}, nil, `node 0 "a" (Add): input "y" is not a value of the graph before this node`},
		{"shapes that do not go together", func(g *graph) {
			g.input("x", 1, 3)
			g.input("y", 1, 4)
			g.node("Add", "a", []string{"x", "y"})
		}, nil, `node 0 "a" (Add): shapes [[1 3] [1 4]] do not go together`},
		{"a scalar beside a list", func(g *graph) {
			g.input("x", 1, 3)
			g.node("Concat", "c", []string{"x", g.weights("w")}, integer("axis", 1))
		}, nil, `node 0 "c" (Concat): shapes [1 3] and [] do not go together along axis 1`},
		{"reshape to another number of elements", func(g *graph) {
			g.input("x", 1, 12)
			g.node("Reshape", "r", []string{"x", g.list("s", true, 5, -1)})
		}, nil, `node 0 "r" (Reshape): 12 elements of shape [1 12] do not fill the shape [5 -1]`},
		{"a shape that is computed from values", func(g *graph) {
			g.input("x", 1, 12)
			g.node("Reshape", "r", []string{"x", "x"})
		}, nil, `node 0 "r" (Reshape): the shape is not a small constant of integers`},
		{"nothing is computed", func(g *graph) {
			g.input("x", 1, 12)
			g.node("Relu", "r", []string{"x"})
		}, nil, `no layer in it: nothing is computed from the inputs`},
		{"no input", func(g *graph) { g.node("Relu", "r", []string{g.weights("w", 3)}) }, nil, `no input that a node reads`},
		{"a missing operand", func(g *graph) {
			g.input("x", 1, 12)
			g.node("MatMul", "m", []string{"x", ""})
		}, nil, `node 0 "m" (MatMul): input 1 is missing`},
		{"too large", func(g *graph) {
			g.input("x", 1<<20, 1<<20)
			g.node("MatMul", "m", []string{"x", g.weights("w", 1<<20, 1<<20)})
		}, nil, `node 0 "m" (MatMul): dnn: layer "m" (gemm): MACs, the product of [1 1 1048576 1048576 1048576], out of range [0, 4503599627370496]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var g graph
			c.build(&g)
			n, err := onnx.Read("m.onnx", g.model(), onnx.Options{Dims: c.dims})
			require.ErrorContains(t, err, "onnx: m.onnx: "+c.want)
			require.Zero(t, n)
		})
	}
}

func TestNotAModel(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"", "onnx: m.onnx: not an ONNX model: no graph in it"},
		{"Layer, M, N, K\n", "onnx: m.onnx: not an ONNX model: "},
		{"\x3a\x7f", "onnx: m.onnx: not an ONNX model: unexpected EOF"},
		{string(attentionGraph()[:200]), "onnx: m.onnx: not an ONNX model: "},
	} {
		_, err := onnx.Read("m.onnx", []byte(c.file), onnx.Options{})
		require.ErrorContains(t, err, c.want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(attentionGraph(), 7)
	for _, c := range smallGraphs() {
		var g graph
		c.build(&g)
		f.Add(g.model(), 3)
	}
	f.Add([]byte("\x08\x09\x3a\x00"), 0)
	f.Fuzz(func(t *testing.T, file []byte, tokens int) {
		for _, o := range []onnx.Options{{}, {Dims: map[string]int{"tokens": tokens}}} {
			n, err := onnx.Read("m.onnx", file, o)
			if err != nil {
				require.Zero(t, n)
				continue
			}
			checked, err := n.Check()
			require.NoError(t, err, "what is read passes Check")
			require.Equal(t, n, checked)
			again, err := onnx.Read("m.onnx", file, o)
			require.NoError(t, err)
			require.Equal(t, n, again)
		}
	})
}
