package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// pointwise is a 1×1 convolution of a 4×4 feature map.
func pointwise(name string, channels, filters int, inputs ...int) dnn.Layer {
	return dnn.Layer{Name: name, Inputs: inputs, InHeight: 4, InWidth: 4, InChannels: channels, Filters: filters, KernelHeight: 1, KernelWidth: 1}
}

// sum is an element-wise addition of two 4×4 feature maps.
func sum(channels int, inputs ...int) dnn.Layer {
	return dnn.Layer{Name: "add", Op: dnn.Elementwise, Inputs: inputs, InHeight: 4, InWidth: 4, InChannels: channels, Operands: 2}
}

// matrix is a product of activations unless weights says otherwise.
func matrix(m, n, k int, weights bool, inputs ...int) dnn.Layer {
	return dnn.Layer{Name: "g", Op: dnn.GEMM, Inputs: inputs, M: m, N: n, K: k, Weights: weights}
}

// repeated is the layer with repeats.
func repeated(times int, l dnn.Layer) dnn.Layer {
	l.Repeats = times
	return l
}

// network is a network on a sample of 4×4×2.
func network(layers ...dnn.Layer) dnn.Network {
	return dnn.Network{Name: "n", Input: dnn.Shape{Height: 4, Width: 4, Channels: 2}, Layers: layers}
}

func TestNetworkAcceptsMatchingEdges(t *testing.T) {
	tests := []struct {
		name    string
		network dnn.Network
	}{
		{"chain from the input", network(pointwise("a", 2, 8), pointwise("b", 8, 1, 0))},
		{"residual around the input", network(pointwise("a", 2, 2), sum(2, 0, dnn.NetworkInput))},
		{"concatenation", network(pointwise("a", 2, 3), pointwise("b", 2, 5), pointwise("c", 10, 1, 0, 1, dnn.NetworkInput))},
		{"flattened into a product", network(pointwise("a", 2, 3), matrix(1, 10, 48, true, 0))},
		{"two producers into a product", network(pointwise("a", 2, 3), matrix(1, 10, 80, true, 0, dnn.NetworkInput))},
		{"product of two activations", network(matrix(16, 6, 2, true), matrix(16, 3, 2, true), matrix(6, 3, 16, false, 0, 1))},
		{"product read as a feature map", network(matrix(16, 5, 2, true), pointwise("a", 5, 1, 0))},
		{"repeated layer", network(repeated(5, pointwise("a", 2, 2)))},
		{"repeated block", network(repeated(3, pointwise("a", 2, 7)), repeated(3, pointwise("b", 7, 2, 0)), repeated(3, sum(2, 1, dnn.NetworkInput)))},
		{"two blocks of unlike repeats", network(repeated(3, pointwise("a", 2, 2)), repeated(2, pointwise("b", 2, 2, 0)))},
		{"plain list of unlike layers", dnn.Network{Layers: []dnn.Layer{pointwise("a", 2, 3), repeated(4, pointwise("b", 9, 1))}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checked, err := test.network.Check()
			require.NoError(t, err)
			require.Equal(t, test.network.Totals(), checked.Totals())
			again, err := checked.Check()
			require.NoError(t, err)
			require.Equal(t, checked, again)
		})
	}
}

func TestNetworkNamesTheMistake(t *testing.T) {
	large := dnn.Layer{Op: dnn.GEMM, M: 1 << 18, N: 1 << 17, K: 1 << 17, Weights: true} // 2^52 MACs, the most there may be
	tests := []struct {
		name    string
		network dnn.Network
		want    string
	}{
		{"no layers", dnn.Network{Name: "n"}, `dnn: network "n" has no layers`},
		{"input with a zero", dnn.Network{Name: "n", Input: dnn.Shape{Height: 4}, Layers: []dnn.Layer{pointwise("a", 1, 1)}},
			`dnn: network "n": input shape 4×0×0: 0 out of range [1, 268435456]`},
		{"wrong layer", network(pointwise("a", 0, 1)),
			`dnn: network "n": layers[0]: layer "a" (conv): input channels 0 out of range [1, 268435456]`},
		{"input of another shape", network(pointwise("a", 3, 1)),
			`dnn: network "n": layers[0] "a" (conv): reads the network's input (4×4×2): want 4×4×3`},
		{"producer of another shape", network(pointwise("a", 2, 8), pointwise("b", 9, 1, 0)),
			`dnn: network "n": layers[1] "b" (conv): reads layers[0] "a" (4×4×8): want 4×4×9`},
		{"reads itself", network(pointwise("a", 2, 2, 0)),
			`dnn: network "n": layers[0] "a" (conv): input 0 out of range [-1, -1]: a layer reads the network's input (-1) or a layer before it`},
		{"reads before the input", network(pointwise("a", 2, 2), pointwise("b", 2, 2, -2)),
			`dnn: network "n": layers[1] "b" (conv): input -2 out of range [-1, 0]: a layer reads the network's input (-1) or a layer before it`},
		{"unstated input", dnn.Network{Name: "n", Layers: []dnn.Layer{pointwise("a", 2, 2, dnn.NetworkInput)}},
			`dnn: network "n": layers[0] "a" (conv): reads the network's input, whose shape is not stated`},
		{"one operand of two", network(pointwise("a", 2, 2), sum(2, 0)),
			`dnn: network "n": layers[1] "add" (elementwise): reads 1 inputs: want 2, one an operand`},
		{"unequal operands", network(pointwise("a", 2, 3), sum(2, 0, dnn.NetworkInput)),
			`dnn: network "n": layers[1] "add" (elementwise): reads layers[0] "a" (4×4×3): want 4×4×2`},
		{"concatenated channels", network(pointwise("a", 2, 3), pointwise("c", 6, 1, 0, dnn.NetworkInput)),
			`dnn: network "n": layers[1] "c" (conv): reads 5 channels from layers[0] "a" (4×4×3), the network's input (4×4×2): want 6`},
		{"concatenated heights", network(dnn.Layer{Name: "p", Op: dnn.Pool, InHeight: 4, InWidth: 4, InChannels: 2, KernelHeight: 2, KernelWidth: 1},
			pointwise("c", 4, 1, dnn.NetworkInput, 0)),
			`dnn: network "n": layers[1] "c" (conv): reads layers[0] "p" (3×4×2): want height and width 4×4`},
		{"elements of a product", network(matrix(1, 10, 33, true)),
			`dnn: network "n": layers[0] "g" (gemm): reads 32 elements from the network's input (4×4×2): want 33`},
		{"one operand of a product", network(matrix(1, 1, 32, false)),
			`dnn: network "n": layers[0] "g" (gemm): reads 1 inputs: want 2, the M×K and the K×N operand`},
		{"second operand of a product", network(matrix(1, 10, 32, true), matrix(4, 5, 8, false, dnn.NetworkInput, 0)),
			`dnn: network "n": layers[1] "g" (gemm): reads 10 elements from layers[0] "g" (1×1×10): want 40`},
		{"block that changes the shape", network(repeated(3, pointwise("a", 2, 7))),
			`dnn: network "n": block layers[0:1], 3 repeats: ends in layers[0] "a" (4×4×7): want the shape of the network's input (4×4×2), which it reads`},
		{"block of two entries", network(pointwise("a", 2, 2), repeated(3, sum(2, 0, dnn.NetworkInput))),
			`dnn: network "n": block layers[1:2], 3 repeats: reads both layers[0] "a" (4×4×2) and the network's input (4×4×2) from outside: want one producer`},
		{"block read inside", network(repeated(3, pointwise("a", 2, 7)), repeated(3, pointwise("b", 7, 2, 0)), pointwise("c", 7, 1, 0)),
			`dnn: network "n": block layers[0:2], 3 repeats: layers[2] "c" reads layers[0] "a" (4×4×7) inside it: want only the last layer`},
		{"totals", dnn.Network{Name: "n", Layers: []dnn.Layer{large, matrix(1, 1, 1, true)}},
			`dnn: network "n": up to layers[1] "g": total MACs 4503599627370497 out of range [0, 4503599627370496]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.network.Check()
			require.EqualError(t, err, test.want)
		})
	}
}

func TestTotalsCountRepeats(t *testing.T) {
	// a: 16·2·7 = 224 MACs, 14 weights, reads 32, writes 112; b: the same with 2 and 7 exchanged; thrice each.
	// c once: 16·2·1 = 32 MACs, 2 weights, reads 32, writes 16.
	n := network(repeated(3, pointwise("a", 2, 7)), repeated(3, pointwise("b", 7, 2, 0)), pointwise("c", 2, 1, 1))
	got := n.Totals()
	require.Equal(t, dnn.Totals{Layers: 7, MACs: 1376, Parameters: 86, InputElements: 464, OutputElements: 448}, got)
}

func TestCheckLeavesItsReceiver(t *testing.T) {
	n := network(pointwise("a", 2, 8))
	checked, err := n.Check()
	require.NoError(t, err)
	require.Equal(t, 0, n.Layers[0].Repeats)
	require.Equal(t, 1, checked.Layers[0].Repeats)
}

func TestBuilderInfersShapes(t *testing.T) {
	b := dnn.NewBuilder("n", dnn.Shape{Height: 8, Width: 8, Channels: 3})
	left := b.Conv("left", dnn.Filter{Filters: 4, Kernel: 3, Pad: 1}, dnn.NetworkInput)
	right := b.Conv("right", dnn.Filter{Filters: 6, Kernel: 1})
	both := b.Norm("both", left, right)
	require.Equal(t, dnn.Shape{Height: 8, Width: 8, Channels: 10}, b.Shape(both))
	half := b.Pool("half", 2, 2, 0, both)
	require.Equal(t, dnn.Shape{Height: 4, Width: 4, Channels: 10}, b.Shape(half))
	b.Repeat(2, func() { half = b.Conv("same", dnn.Filter{Filters: 10, Kernel: 1}, half) })
	b.Dense("fc", 7, b.GlobalPool("global", half))
	n, err := b.Network()
	require.NoError(t, err)
	// left 64·4·27 + right 64·6·3 + same 2·16·10·10 + fc 10·7 = 6,912 + 1,152 + 3,200 + 70
	require.Equal(t, int64(11_334), n.Totals().MACs)
}

func TestBuilderKeepsTheFirstMistake(t *testing.T) {
	b := dnn.NewBuilder("n", dnn.Shape{Height: 4, Width: 4, Channels: 3})
	x := b.Conv("wide", dnn.Filter{Filters: 4, Kernel: 5}, dnn.NetworkInput)
	x = b.GlobalPool("pool", x)
	b.Dense("fc", -1, x)
	_, err := b.Network()
	require.EqualError(t, err, `dnn: network "n": layers[0]: layer "wide" (conv): kernel height 5 with dilation 1 spans 5 elements: `+
		`larger than the padded input height 4+0+0 = 4`)

	b = dnn.NewBuilder("n", dnn.Shape{Height: 4, Width: 4, Channels: 3})
	b.Norm("norm", 3)
	_, err = b.Network()
	require.EqualError(t, err, `dnn: network "n": layers[0]: input 3 out of range [-1, -1]`)

	b = dnn.NewBuilder("n", dnn.Shape{Height: 4, Width: 4, Channels: 3})
	b.Add("add", dnn.NetworkInput, b.Conv("c", dnn.Filter{Filters: 4, Kernel: 1}))
	_, err = b.Network()
	require.EqualError(t, err, `dnn: network "n": layers[1]: layer "add" (elementwise): reads layers[0] "c" (4×4×4): want 4×4×3`)

	_, err = dnn.NewBuilder("n", dnn.Shape{}).Network()
	require.EqualError(t, err, `dnn: network "n": input shape 0×0×0: want sizes in [1, 268435456]`)
}
