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
