package onnx_test

import "github.com/codesign-gym/codesign/accelerators/dnn"

// want is what becomes of a graph: the output of its last layer, its totals and its layers.
type want struct {
	out              dnn.Shape
	macs, parameters int64
	layers           string
}

// small is a small graph.
type small struct {
	name  string
	build func(g *graph)
	want  want
}

func smallGraphs() []small {
	return []small{
		{"convolution along one axis", func(g *graph) {
			g.input("x", 1, 4, 20)
			g.node("Conv", "c", []string{"x", g.weights("w", 6, 2, 3), g.weights("b", 6)}, integer("group", 2), ints("strides", 2), ints("pads", 1, 0))
		}, want{dnn.Shape{Height: 1, Width: 10, Channels: 6}, 10 * 6 * 6, 36 + 6, "c conv"}}, // (20 + 1 − 3)/2 + 1 = 10
		{"same padding, the odd element first", func(g *graph) { // 7 outputs of stride 2: 6·2 + 4 − 13 = 3 elements of padding
			g.input("x", 1, 1, 13, 13)
			g.node("Conv", "c", []string{"x", g.weights("w", 1, 1, 4, 4)}, text("auto_pad", "SAME_LOWER"), ints("strides", 2, 2))
		}, want{dnn.Shape{Height: 7, Width: 7, Channels: 1}, 49 * 16, 16, "c conv"}},
		{"pooling rounded up", func(g *graph) { // ⌈(10 − 3)/2⌉ + 1 = 5, not 4
			g.input("x", 1, 2, 10, 10)
			g.node("AveragePool", "p", []string{"x"}, ints("kernel_shape", 3, 3), ints("strides", 2, 2), integer("ceil_mode", 1))
		}, want{dnn.Shape{Height: 5, Width: 5, Channels: 2}, 0, 0, "p pool"}},
		{"transposed convolution with output padding", func(g *graph) { // (5 − 1)·2 + 3 − 1 − 1 + 1 = 10
			g.input("x", 1, 4, 5, 5)
			g.node("ConvTranspose", "t", []string{"x", g.weights("w", 4, 2, 3, 3)}, ints("strides", 2, 2), ints("pads", 1, 1, 1, 1), ints("output_padding", 1, 1))
		}, want{dnn.Shape{Height: 10, Width: 10, Channels: 2}, 25 * 4 * 2 * 9, 72, "t transposed_conv"}},
		{"output padding beyond the kernels", func(g *graph) { // (5 − 1)·3 + 3 + 1 = 16
			g.input("x", 1, 1, 5, 5)
			g.node("ConvTranspose", "t", []string{"x", g.weights("w", 1, 1, 3, 3)}, ints("strides", 3, 3), ints("output_padding", 1, 1))
		}, want{dnn.Shape{Height: 16, Width: 16, Channels: 1}, 225, 9, "t transposed_conv, t.border gather"}},
		{"batch normalisation after a convolution that something else reads", func(g *graph) {
			g.input("x", 1, 2, 4, 4)
			g.node("Conv", "c", []string{"x", g.weights("w", 2, 2, 1, 1)})
			g.node("BatchNormalization", "n", []string{"c", g.weights("s", 2), g.weights("b", 2), g.weights("m", 2), g.weights("v", 2)})
			g.node("Add", "a", []string{"c", "n"})
		}, want{dnn.Shape{Height: 4, Width: 4, Channels: 2}, 64, 8, "c conv, n elementwise, a elementwise"}},
		{"batch normalisation after a function", func(g *graph) {
			g.input("x", 1, 2, 4, 4)
			g.node("Conv", "c", []string{"x", g.weights("w", 2, 2, 1, 1)})
			g.node("Relu", "r", []string{"c"})
			g.node("BatchNormalization", "n", []string{"r", g.weights("s", 2), g.weights("b", 2), g.weights("m", 2), g.weights("v", 2)})
		}, want{dnn.Shape{Height: 4, Width: 4, Channels: 2}, 64, 8, "c conv, n elementwise"}},
		{"product of a constant by an activation", func(g *graph) { // 3×8 by 8×5
			g.input("x", 8, 5)
			g.node("MatMul", "p", []string{g.weights("w", 3, 8), "x"})
		}, want{dnn.Shape{Height: 5, Width: 1, Channels: 3}, 120, 24, "p gemm"}},
		{"two activations, one of them for all", func(g *graph) { // 6 times 4×8, each by the same 8×5
			g.input("x", 6, 4, 8)
			g.node("Softmax", "s", []string{"x"})
			g.node("Slice", "y", []string{"s", g.list("a", true, 0, 0), g.list("b", true, 1, 2), g.list("i", true, 0, 1)})
			g.node("Transpose", "yt", []string{"y"}, ints("perm", 0, 2, 1))
			g.node("MatMul", "p", []string{"s", "yt"})
		}, want{dnn.Shape{Height: 24, Width: 1, Channels: 2}, 24 * 8 * 2, 0, "s elementwise, y gather, p gemm"}},
		{"a class token", func(g *graph) {
			g.input("x", 1, 9, 8)
			g.node("Concat", "c", []string{g.weights("token", 1, 1, 8), "x"}, integer("axis", 1))
			g.node("Add", "p", []string{"c", g.weights("positions", 1, 10, 8)})
		}, want{dnn.Shape{Height: 10, Width: 1, Channels: 8}, 0, 8 + 80, "c gather, p elementwise"}},
		{"channels side by side cost nothing", func(g *graph) {
			g.input("x", 1, 2, 4, 4)
			g.node("MaxPool", "m", []string{"x"}, ints("kernel_shape", 1, 1))
			g.node("Concat", "c", []string{"x", "m"}, integer("axis", 1))
			g.node("Conv", "d", []string{"c", g.weights("w", 1, 4, 1, 1)})
		}, want{dnn.Shape{Height: 4, Width: 4, Channels: 1}, 64, 4, "m pool, d conv"}},
		{"enlargement and blocks", func(g *graph) {
			g.input("x", 1, 8, 3, 3)
			g.node("Resize", "r", []string{"x", "", "", g.list("s", true, 1, 8, 6, 6)})
			g.node("DepthToSpace", "d", []string{"r"}, integer("blocksize", 2))
			g.node("Pad", "p", []string{"d"}, ints("pads", 0, 0, 1, 1, 0, 0, 0, 0))
		}, want{dnn.Shape{Height: 13, Width: 13, Channels: 2}, 0, 0, "r gather, d gather, p gather"}},
		{"quantised", func(g *graph) {
			g.input("x", 1, 2, 4, 4)
			g.node("QuantizeLinear", "q", []string{"x", g.weights("s")})
			g.node("QLinearConv", "c", []string{"q", "s", "s", g.weights("w", 3, 2, 1, 1), "s", "s", "s", "s", g.weights("b", 3)})
			g.node("DequantizeLinear", "y", []string{"c", "s"})
		}, want{dnn.Shape{Height: 4, Width: 4, Channels: 3}, 96, 9, "c conv"}},
		{"unknown, but it keeps the shape", func(g *graph) {
			g.input("x", 1, 2, 4, 4)
			g.value("y", 1, 2, 4, 4)
			g.node("Sharpen", "y", []string{"x"})
		}, want{dnn.Shape{Height: 4, Width: 4, Channels: 2}, 0, 0, "y elementwise"}},
		{"channels last, as TensorFlow has them", func(g *graph) {
			g.input("x", "n", 8, 8, 3)
			g.node("Transpose", "front", []string{"x"}, ints("perm", 0, 3, 1, 2))
			g.node("Conv", "c", []string{"front", g.weights("w", 4, 3, 3, 3)})
			g.node("Transpose", "back", []string{"c"}, ints("perm", 0, 2, 3, 1))
			g.node("Mul", "gain", []string{"back", g.weights("gamma", 4)})
			g.node("Tanh", "t", []string{"gain"})
		}, want{dnn.Shape{Height: 6, Width: 6, Channels: 4}, 36 * 4 * 27, 108 + 4, "c conv, gain elementwise"}},
		{"values for each element", func(g *graph) {
			g.input("x", 1, 6, 5)
			g.node("Mul", "m", []string{"x", g.weights("w", 1, 6, 1)})
		}, want{dnn.Shape{Height: 30, Width: 1, Channels: 1}, 0, 6, "m.layout gather, m elementwise"}},
		{"quarters and halves", func(g *graph) {
			g.input("x", 1, 8, 6)
			g.nodes("Split", "s", []string{"x"}, []string{"a", "b", "c"}, integer("axis", 1)) // 3, 3 and 2 rows
			g.node("Tile", "t", []string{"c", g.list("twice", true, 1, 2, 1)})
			g.node("Gather", "g", []string{"t", g.list("rows", true, 0, 3)}, integer("axis", 1))
			g.node("Expand", "e", []string{"g", g.list("shape", true, 5, 2, 6)})
			g.node("Softmax", "y", []string{"e"})
		}, want{dnn.Shape{Height: 10, Width: 1, Channels: 6}, 0, 0, "s.0 gather, s.1 gather, s.2 gather, t gather, g gather, e gather, y elementwise"}},
		{"group and layer normalisation", func(g *graph) {
			g.input("x", 1, 4, 3, 3)
			g.node("GroupNormalization", "gn", []string{"x", g.weights("s", 4), g.weights("b", 4)}, integer("num_groups", 2))
			g.node("Flatten", "f", []string{"gn"})
			g.node("LayerNormalization", "ln", []string{"f", g.weights("ls", 36)})
			g.node("BatchNormalization", "bn", []string{"ln", g.weights("s2", 36), g.weights("b2", 36), g.weights("m", 36), g.weights("v", 36)})
		}, want{dnn.Shape{Height: 1, Width: 1, Channels: 36}, 0, 8 + 36 + 72, "gn elementwise, ln.layout gather, ln elementwise, bn elementwise"}},
		{"shapes computed in parts", func(g *graph) { // rows = 24 / 4 through division, concatenation, a slice from behind and a range
			g.input("x", 1, 24)
			g.node("Shape", "s", []string{"x"})
			g.node("Slice", "last", []string{"s", g.list("a", true, -1), g.list("b", true, 1<<62)})
			g.node("Div", "rows", []string{"last", g.list("four", true, 4)})
			g.node("Range", "range", []string{g.list("from", true, 0), g.list("to", true, 8), g.list("by", true, 2)}) // 0 2 4 6
			g.node("Gather", "two", []string{"range", g.list("second", true, 1)})
			g.node("Mul", "four2", []string{"two", g.list("double", true, 2)})
			g.node("Where", "chosen", []string{g.list("yes", true, 1), "four2", "two"})
			g.node("Unsqueeze", "u", []string{"chosen", g.list("axis", true, 0)})
			g.node("Squeeze", "q", []string{"u", "axis"})
			g.node("Concat", "shape", []string{"rows", "q"}, integer("axis", 0))
			g.node("Reshape", "r", []string{"x", "shape"})
			g.node("Softmax", "y", []string{"r"})
			g.node("MatMul", "m", []string{"y", g.weights("w", 4, 2)})
		}, want{dnn.Shape{Height: 6, Width: 1, Channels: 2}, 48, 8, "y elementwise, m gemm"}},
		{"an outer sum", func(g *graph) { // every row with every column
			g.input("x", 6, 1)
			g.input("y", 1, 5)
			g.node("Add", "a", []string{"x", "y"})
		}, want{dnn.Shape{Height: 6, Width: 1, Channels: 5}, 0, 0, "x gather, y gather, a.repeat gather, a elementwise"}},
		{"same padding of a transposed convolution", func(g *graph) {
			g.input("x", 1, 1, 5, 5)
			g.node("ConvTranspose", "t", []string{"x", g.weights("w", 1, 1, 3, 3)}, ints("strides", 2, 2), text("auto_pad", "SAME_UPPER"))
		}, want{dnn.Shape{Height: 10, Width: 10, Channels: 1}, 225, 9, "t transposed_conv"}},
		{"a stated output of a transposed convolution", func(g *graph) {
			g.input("x", 1, 1, 5)
			g.node("ConvTranspose", "t", []string{"x", g.weights("w", 1, 1, 3)}, ints("strides", 2), ints("output_shape", 9))
		}, want{dnn.Shape{Height: 1, Width: 9, Channels: 1}, 15, 3, "t transposed_conv"}},
		{"a layer normalisation with a large part read elsewhere is left in parts", func(g *graph) {
			g.input("x", 1, 6, 8)
			g.node("Sub", "d", []string{"x", g.node("ReduceMean", "m", []string{"x"}, ints("axes", -1))})
			g.node("Sqrt", "s", []string{g.node("ReduceMean", "v", []string{g.node("Mul", "q", []string{"d", "d"})}, ints("axes", -1))})
			g.node("Div", "n", []string{"d", "s"})
			g.node("Add", "a", []string{"n", "d"})
		}, want{dnn.Shape{Height: 6, Width: 1, Channels: 8}, 0, 0,
			"m.layout gather, m pool, d.repeat gather, d elementwise, v.layout gather, v pool, n.repeat gather, n elementwise, a elementwise"}},
		{"a layer normalisation spelled out", func(g *graph) {
			g.input("x", 1, 6, 8)
			g.node("Sub", "d", []string{"x", g.node("ReduceMean", "m", []string{"x"}, ints("axes", -1))})
			g.node("Pow", "q", []string{"d", g.weights("two")})
			g.node("Add", "e", []string{g.node("ReduceMean", "v", []string{"q"}, ints("axes", -1)), g.weights("epsilon")})
			g.node("Div", "n", []string{"d", g.node("Sqrt", "s", []string{"e"})})
			g.node("Mul", "gain", []string{"n", g.weights("gamma", 8)})
			g.node("Add", "shift", []string{g.weights("beta", 8), "gain"})
		}, want{dnn.Shape{Height: 6, Width: 1, Channels: 8}, 0, 16, "n elementwise"}},
		{"mean over rows", func(g *graph) {
			g.input("x", 1, 6, 8)
			g.node("ReduceMean", "m", []string{"x"}, ints("axes", 1), integer("keepdims", 0))
			g.node("Gemm", "f", []string{"m", g.weights("w", 8, 3)})
		}, want{dnn.Shape{Height: 1, Width: 1, Channels: 3}, 24, 24, "m.layout gather, m pool, f gemm"}},
		{"space to depth", func(g *graph) {
			g.input("x", 1, 3, 4, 6)
			g.node("SpaceToDepth", "s", []string{"x"}, integer("blocksize", 2))
		}, want{dnn.Shape{Height: 2, Width: 3, Channels: 12}, 0, 0, "s gather"}},
		{"scales", func(g *graph) {
			g.input("x", 1, 3, 4, 6)
			g.node("Constant", "s", nil, floats("value_floats", 1, 1, 2, 0.5))
			g.node("Upsample", "u", []string{"x", "s"})
		}, want{dnn.Shape{Height: 8, Width: 3, Channels: 3}, 0, 0, "u gather"}},
	}
}
