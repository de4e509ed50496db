package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// conv is a legal convolution that a test spoils.
func conv(spoil func(*dnn.Layer)) dnn.Layer {
	l := dnn.Layer{Name: "c", InHeight: 5, InWidth: 5, InChannels: 6, Filters: 4, KernelHeight: 3, KernelWidth: 3}
	spoil(&l)
	return l
}

func TestCheckFillsDefaults(t *testing.T) {
	got, err := conv(func(*dnn.Layer) {}).Check()
	require.NoError(t, err)
	require.Equal(t, dnn.Layer{Name: "c", InHeight: 5, InWidth: 5, InChannels: 6, Filters: 4, KernelHeight: 3, KernelWidth: 3,
		StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1, Repeats: 1}, got)

	got, err = dnn.Layer{Op: dnn.GEMM, M: 1, N: 2, K: 3}.Check()
	require.NoError(t, err)
	require.Equal(t, dnn.Layer{Op: dnn.GEMM, Batch: 1, M: 1, N: 2, K: 3, Repeats: 1}, got)

	got, err = dnn.Layer{Op: dnn.Elementwise, InHeight: 1, InWidth: 1, InChannels: 1}.Check()
	require.NoError(t, err)
	require.Equal(t, dnn.Layer{Op: dnn.Elementwise, InHeight: 1, InWidth: 1, InChannels: 1, Operands: 1, Repeats: 1}, got)
}

func TestCheckNamesTheMistake(t *testing.T) {
	tests := []struct {
		name  string
		layer dnn.Layer
		want  string
	}{
		{"zero size", conv(func(l *dnn.Layer) { l.InHeight = 0 }),
			`dnn: layer "c" (conv): input height 0 out of range [1, 268435456]`},
		{"negative stride", conv(func(l *dnn.Layer) { l.StrideWidth = -2 }),
			`dnn: layer "c" (conv): stride width -2 out of range [1, 268435456]`},
		{"negative padding", conv(func(l *dnn.Layer) { l.PadLeft = -1 }),
			`dnn: layer "c" (conv): padding left -1 out of range [0, 268435456]`},
		{"negative repeats", conv(func(l *dnn.Layer) { l.Repeats = -1 }),
			`dnn: layer "c" (conv): repeats -1 out of range [1, 268435456]`},
		{"above the largest size", conv(func(l *dnn.Layer) { l.Filters = dnn.MaxDimension + 1 }),
			`dnn: layer "c" (conv): filters 268435457 out of range [1, 268435456]`},
		{"all at once", conv(func(l *dnn.Layer) { l.Filters, l.KernelHeight = 0, -3 }),
			"dnn: layer \"c\" (conv): filters 0 out of range [1, 268435456]\n" +
				"dnn: layer \"c\" (conv): kernel height -3 out of range [1, 268435456]"},
		{"kernel one too large", conv(func(l *dnn.Layer) { l.KernelHeight, l.PadTop = 7, 1 }),
			`dnn: layer "c" (conv): kernel height 7 with dilation 1 spans 7 elements: larger than the padded input height 5+1+0 = 6`},
		{"dilated kernel one too large", conv(func(l *dnn.Layer) { l.DilationWidth, l.KernelWidth = 5, 2 }),
			`dnn: layer "c" (conv): kernel width 2 with dilation 5 spans 6 elements: larger than the padded input width 5+0+0 = 5`},
		{"groups", conv(func(l *dnn.Layer) { l.Groups = 4 }),
			`dnn: layer "c" (conv): groups 4 does not divide the 6 input channels`},
		{"groups and filters", conv(func(l *dnn.Layer) { l.Groups = 3 }),
			`dnn: layer "c" (conv): groups 3 does not divide the 4 filters`},
		{"field of another operation", conv(func(l *dnn.Layer) { l.K = 7 }),
			`dnn: layer "c" (conv): K 7 is not used: want 0`},
		{"weights of a convolution", conv(func(l *dnn.Layer) { l.Weights = true }),
			`dnn: layer "c" (conv): weights is not used: want false (only a gemm chooses)`},
		{"bias without weights", dnn.Layer{Name: "g", Op: dnn.GEMM, M: 1, N: 1, K: 1, Bias: true},
			`dnn: layer "g" (gemm): bias is not used: want false (only a conv, a transposed_conv, or a gemm with weights, has one)`},
		{"groups of a pool", dnn.Layer{Name: "p", Op: dnn.Pool, InHeight: 2, InWidth: 2, InChannels: 2, KernelHeight: 2, KernelWidth: 2, Groups: 2},
			`dnn: layer "p" (pool): groups 2 is not used: want 0`},
		{"padding cuts all off", dnn.Layer{Name: "t", Op: dnn.TransposedConv, InHeight: 1, InWidth: 3, InChannels: 1, Filters: 1,
			KernelHeight: 2, KernelWidth: 2, PadTop: 1, PadBottom: 1},
			`dnn: layer "t" (transposed_conv): output height 2-1-1 = 0 out of range [1, 268435456]`},
		{"strides too wide", dnn.Layer{Name: "t", Op: dnn.TransposedConv, InHeight: 1 << 14, InWidth: 1, InChannels: 1, Filters: 1,
			KernelHeight: 1, KernelWidth: 1, StrideHeight: 1 << 15},
			`dnn: layer "t" (transposed_conv): output height 536838145-0-0 = 536838145 out of range [1, 268435456]`},
		{"outputs far apart", dnn.Layer{Name: "t", Op: dnn.TransposedConv, InHeight: 2, InWidth: 2, InChannels: 1, Filters: 1,
			KernelHeight: 1, KernelWidth: 1, StrideHeight: 1 << 27, StrideWidth: 1 << 27},
			`dnn: layer "t" (transposed_conv): output elements, the product of [1 134217729 134217729 1], out of range [0, 4503599627370496]`},
		{"groups of a transposed convolution", dnn.Layer{Name: "t", Op: dnn.TransposedConv, InHeight: 1, InWidth: 1, InChannels: 4, Filters: 3,
			KernelHeight: 1, KernelWidth: 1, Groups: 2},
			`dnn: layer "t" (transposed_conv): groups 2 does not divide the 3 filters`},
		{"everything broadcast", dnn.Layer{Name: "e", Op: dnn.Elementwise, InHeight: 1, InWidth: 1, InChannels: 1, Operands: 2, Broadcasts: 2},
			`dnn: layer "e" (elementwise): broadcasts 2 out of range [0, 1]: one of the 2 operands is a whole feature map`},
		{"everything cached", dnn.Layer{Name: "g", Op: dnn.GEMM, Batch: 2, M: 1, N: 3, K: 4, Cached: 24},
			`dnn: layer "g" (gemm): cached elements 24 out of range [0, 23]: the second operand has 24`},
		{"cached weights", dnn.Layer{Name: "g", Op: dnn.GEMM, M: 1, N: 3, K: 4, Weights: true, Cached: 1},
			`dnn: layer "g" (gemm): cached elements 1 are not used: want 0 (only a gemm without weights has a cache)`},
		{"lookup without a table", dnn.Layer{Name: "e", Op: dnn.Gather, OutHeight: 3, OutWidth: 1, OutChannels: 8, Lookup: true},
			`dnn: layer "e" (gather): parameters per channel 0 out of range [1, 268435456]: a lookup needs trained rows`},
		{"nothing but trained rows", dnn.Layer{Name: "e", Op: dnn.Gather, OutHeight: 3, OutWidth: 1, OutChannels: 8, ParametersPerChannel: 3},
			`dnn: layer "e" (gather): parameters per channel 3 out of range [0, 2]: trained rows beside some of the 3 output rows`},
		{"lookup of a pool", dnn.Layer{Name: "p", Op: dnn.Pool, InHeight: 2, InWidth: 2, InChannels: 2, KernelHeight: 2, KernelWidth: 2, Lookup: true},
			`dnn: layer "p" (pool): lookup is not used: want false (only a gather looks up)`},
		{"unknown operation", dnn.Layer{Name: "x", Op: 6},
			`dnn: layer "x": unknown operation Op(6): known are conv, gemm, pool, elementwise, transposed_conv, gather`},
		{"too many MACs", dnn.Layer{Name: "g", Op: dnn.GEMM, M: 1 << 18, N: 1 << 17, K: 1<<17 + 1},
			`dnn: layer "g" (gemm): MACs, the product of [1 1 262144 131072 131073], out of range [0, 4503599627370496]`},
		{"too many MACs with repeats", dnn.Layer{Name: "g", Op: dnn.GEMM, M: 1 << 18, N: 1 << 17, K: 1 << 17, Repeats: 2},
			`dnn: layer "g" (gemm): MACs, the product of [2 1 262144 131072 131072], out of range [0, 4503599627370496]`},
		{"weights and biases too large together", dnn.Layer{Name: "g", Op: dnn.GEMM, M: 1, N: 1 << 26, K: 1 << 26, Weights: true, Bias: true},
			`dnn: layer "g" (gemm): parameters 4503599694479360 out of range [0, 4503599627370496]`},
		{"two operands too large together", dnn.Layer{Name: "g", Op: dnn.GEMM, Batch: 1 << 26, M: 1, N: 1, K: 1 << 26},
			`dnn: layer "g" (gemm): input elements 9007199254740992 out of range [0, 4503599627370496]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.layer.Check()
			require.EqualError(t, err, test.want)
			require.Equal(t, test.layer, got, "a wrong layer comes back as it was")
		})
	}
}

func TestCheckAcceptsTheBounds(t *testing.T) {
	for name, l := range map[string]dnn.Layer{
		"kernel fills the padded input": conv(func(l *dnn.Layer) { l.KernelHeight, l.PadTop = 6, 1 }),
		"dilated kernel fills it":       conv(func(l *dnn.Layer) { l.DilationWidth, l.KernelWidth = 4, 2 }),
		"largest count":                 {Op: dnn.GEMM, M: 1 << 18, N: 1 << 17, K: 1 << 17, Weights: true}, // 2^52 MACs
		"largest size":                  {Op: dnn.Elementwise, InHeight: dnn.MaxDimension, InWidth: 1, InChannels: 1},
	} {
		_, err := l.Check()
		require.NoError(t, err, name)
	}
}
