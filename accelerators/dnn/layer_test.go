package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// counts are what a layer yields, for one copy.
type counts struct {
	output                             dnn.Shape
	macs, parameters, weights, in, out int64
}

func TestCountsByHand(t *testing.T) {
	tests := []struct {
		name  string
		layer dnn.Layer
		want  counts
	}{
		{
			// OH = floor((227−11)/4)+1 = 55; K = 11·11·3 = 363; MACs = 55·55·96·363 = 105,415,200
			// weights = 96·363 = 34,848, plus 96 biases; input 227·227·3 = 154,587; output 55·55·96 = 290,400
			name: "first convolution of AlexNet",
			layer: dnn.Layer{InHeight: 227, InWidth: 227, InChannels: 3, Filters: 96, KernelHeight: 11, KernelWidth: 11,
				StrideHeight: 4, StrideWidth: 4, Bias: true},
			want: counts{dnn.Shape{Height: 55, Width: 55, Channels: 96}, 105_415_200, 34_944, 34_848, 154_587, 290_400},
		},
		{
			// OH = floor((10+1+0−(2·(3−1)+1))/2)+1 = floor(6/2)+1 = 4; OW = floor((9+2+1−2)/3)+1 = 4
			// per group F/G = 3, K = 3·2·(4/2) = 12; MACs = 2·16·3·12 = 1,152; weights 6·12 = 72; input 10·9·4 = 360; output 16·6 = 96
			name: "uneven padding, stride, dilation and groups",
			layer: dnn.Layer{InHeight: 10, InWidth: 9, InChannels: 4, Filters: 6, KernelHeight: 3, KernelWidth: 2, StrideHeight: 2,
				StrideWidth: 3, DilationHeight: 2, PadTop: 1, PadLeft: 2, PadRight: 1, Groups: 2},
			want: counts{dnn.Shape{Height: 4, Width: 4, Channels: 6}, 1_152, 72, 72, 360, 96},
		},
		{
			// depthwise: 8 groups of 1 channel; OH = OW = 5+2−3+1 = 5; MACs = 25·8·9 = 1,800; weights 8·9 = 72; 25·8 = 200 in and out
			name: "depthwise",
			layer: dnn.Layer{InHeight: 5, InWidth: 5, InChannels: 8, Filters: 8, KernelHeight: 3, KernelWidth: 3, Groups: 8,
				PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1},
			want: counts{dnn.Shape{Height: 5, Width: 5, Channels: 8}, 1_800, 72, 72, 200, 200},
		},
		{
			// the window is as large as the input: 1×1 outputs; MACs = 2·(4·4·3) = 96 = weights; input 48; output 2
			name:  "kernel as large as the input",
			layer: dnn.Layer{InHeight: 4, InWidth: 4, InChannels: 3, Filters: 2, KernelHeight: 4, KernelWidth: 4, StrideHeight: 7},
			want:  counts{dnn.Shape{Height: 1, Width: 1, Channels: 2}, 96, 96, 96, 48, 2},
		},
		{
			// 2·3·5·7 = 210 MACs; weights 2·7·5 = 70, biases 2·5 = 10; input 2·3·7 = 42; output 2·3·5 = 30
			name:  "two weighted products",
			layer: dnn.Layer{Op: dnn.GEMM, Batch: 2, M: 3, N: 5, K: 7, Weights: true, Bias: true},
			want:  counts{dnn.Shape{Height: 3, Width: 2, Channels: 5}, 210, 80, 70, 42, 30},
		},
		{
			// as above, but both operands are activations: input 2·3·7 + 2·7·5 = 112, nothing trained
			name:  "two products of activations",
			layer: dnn.Layer{Op: dnn.GEMM, Batch: 2, M: 3, N: 5, K: 7},
			want:  counts{dnn.Shape{Height: 3, Width: 2, Channels: 5}, 210, 0, 0, 112, 30},
		},
		{
			// OH = floor((112+2−3)/2)+1 = 56; input 112·112·64 = 802,816; output 56·56·64 = 200,704
			name: "pool of ResNet",
			layer: dnn.Layer{Op: dnn.Pool, InHeight: 112, InWidth: 112, InChannels: 64, KernelHeight: 3, KernelWidth: 3,
				StrideHeight: 2, StrideWidth: 2, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1},
			want: counts{dnn.Shape{Height: 56, Width: 56, Channels: 64}, 0, 0, 0, 802_816, 200_704},
		},
		{
			// two operands of 2·3·4 = 24 elements
			name:  "residual addition",
			layer: dnn.Layer{Op: dnn.Elementwise, InHeight: 2, InWidth: 3, InChannels: 4, Operands: 2},
			want:  counts{dnn.Shape{Height: 2, Width: 3, Channels: 4}, 0, 0, 0, 48, 24},
		},
		{
			// 28²·1024 inputs, each times 2·2·512 kernel elements: 784·1024·2048 = 1,644,167,168 MACs; out (28−1)·2 + 2 = 56 a side;
			// weights 1024·2048 = 2,097,152, plus 512 biases; input 784·1024 = 802,816; output 56²·512 = 1,605,632
			name: "first transposed convolution of U-Net",
			layer: dnn.Layer{Op: dnn.TransposedConv, InHeight: 28, InWidth: 28, InChannels: 1024, Filters: 512, KernelHeight: 2, KernelWidth: 2,
				StrideHeight: 2, StrideWidth: 2, Bias: true},
			want: counts{dnn.Shape{Height: 56, Width: 56, Channels: 512}, 1_644_167_168, 2_097_664, 2_097_152, 802_816, 1_605_632},
		},
		{
			// (4−1)·3 + 2·(3−1) + 1 = 14 high, less 1 and 2: 11; (5−1)·1 + (2−1) + 1 = 6 wide; 2 groups: 4·5·(6/2)·3·2·(4/2)·2 = 1,440 MACs
			// weights 2·3·(3·2·2) = 72; input 4·5·6 = 120; output 11·6·4 = 264
			name: "transposed convolution with uneven padding, dilation and groups",
			layer: dnn.Layer{Op: dnn.TransposedConv, InHeight: 4, InWidth: 5, InChannels: 6, Filters: 4, KernelHeight: 3, KernelWidth: 2,
				StrideHeight: 3, DilationHeight: 2, PadTop: 1, PadBottom: 2, Groups: 2},
			want: counts{dnn.Shape{Height: 11, Width: 6, Channels: 4}, 1_440, 72, 72, 120, 264},
		},
		{
			// 2·3·4 = 24 elements and one value for each of 4 channels
			name:  "scale of each channel",
			layer: dnn.Layer{Op: dnn.Elementwise, InHeight: 2, InWidth: 3, InChannels: 4, Operands: 2, Broadcasts: 1},
			want:  counts{dnn.Shape{Height: 2, Width: 3, Channels: 4}, 0, 0, 0, 28, 24},
		},
		{
			// one query of 64 in each of 12 heads against 1,024 keys, 1,023 of them cached: 12·1,024·64 = 786,432 MACs; the cache is read too
			name:  "scores of one token",
			layer: dnn.Layer{Op: dnn.GEMM, Batch: 12, M: 1, N: 1024, K: 64, Cached: 1023 * 768},
			want:  counts{dnn.Shape{Height: 1, Width: 12, Channels: 1024}, 786_432, 0, 0, 768 + 786_432, 12_288},
		},
		{
			// 26 indices into a table of 1,000 rows of 16
			name:  "embedding",
			layer: dnn.Layer{Op: dnn.Gather, OutHeight: 26, OutWidth: 1, OutChannels: 16, ParametersPerChannel: 1000, Lookup: true},
			want:  counts{dnn.Shape{Height: 26, Width: 1, Channels: 16}, 0, 16_000, 0, 26, 416},
		},
		{
			// 196 rows that were read and a trained one
			name:  "class token",
			layer: dnn.Layer{Op: dnn.Gather, OutHeight: 197, OutWidth: 1, OutChannels: 768, ParametersPerChannel: 1},
			want:  counts{dnn.Shape{Height: 197, Width: 1, Channels: 768}, 0, 768, 0, 150_528, 151_296},
		},
		{
			// scale and shift of 4 channels
			name:  "normalisation",
			layer: dnn.Layer{Op: dnn.Elementwise, InHeight: 2, InWidth: 3, InChannels: 4, ParametersPerChannel: 2},
			want:  counts{dnn.Shape{Height: 2, Width: 3, Channels: 4}, 0, 8, 0, 24, 24},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checked, err := test.layer.Check()
			require.NoError(t, err)
			for _, l := range []dnn.Layer{test.layer, checked} { // the counts know the defaults too
				require.Equal(t, test.want, counts{l.Output(), l.MACs(), l.Parameters(), l.WeightElements(),
					l.InputElements(), l.OutputElements()})
			}
		})
	}
}

func TestProductOfConvolutionIsOneProductAGroup(t *testing.T) {
	l := dnn.Layer{InHeight: 6, InWidth: 5, InChannels: 4, Filters: 6, KernelHeight: 3, KernelWidth: 3, Groups: 2}
	batch, m, n, k := l.Product()
	require.Equal(t, [4]int64{2, 12, 3, 18}, [4]int64{batch, m, n, k}) // m = 4·3, n = 6/2, k = 3·3·(4/2)

	batch, m, n, k = dnn.Layer{Op: dnn.Pool, InHeight: 2, InWidth: 2, InChannels: 1, KernelHeight: 2, KernelWidth: 2}.Product()
	require.Equal(t, [4]int64{}, [4]int64{batch, m, n, k})
}

func TestBytesRoundsUp(t *testing.T) {
	tests := []struct {
		elements int64
		wordBits int
		want     int64
	}{
		{0, 8, 0}, {3, 8, 3}, {3, 16, 6}, {3, 4, 2}, {1, 1, 1}, {9, 1, 2}, {3, 12, 5}, // 36 bits are 4.5 bytes
		{dnn.MaxCount, 64, 36_028_797_018_963_968}, // 2^52 · 8 = 2^55
	}
	for _, test := range tests {
		require.Equal(t, test.want, dnn.Bytes(test.elements, test.wordBits), "%d elements of %d bits", test.elements, test.wordBits)
	}
	require.PanicsWithValue(t, "dnn: word of 0 bits out of range [1, 64]", func() { dnn.Bytes(1, 0) })
	require.Panics(t, func() { dnn.Bytes(1, 65) })
}

func TestOpText(t *testing.T) {
	for op, want := range map[dnn.Op]string{dnn.Conv: "conv", dnn.GEMM: "gemm", dnn.Pool: "pool", dnn.Elementwise: "elementwise",
		dnn.TransposedConv: "transposed_conv", dnn.Gather: "gather"} {
		text, err := op.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
		var back dnn.Op
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, op, back)
	}
	_, err := dnn.Op(9).MarshalText()
	require.EqualError(t, err, "dnn: unknown operation Op(9): known are conv, gemm, pool, elementwise, transposed_conv, gather")
	var op dnn.Op
	require.EqualError(t, op.UnmarshalText([]byte("lstm")), `dnn: unknown operation "lstm": known are conv, gemm, pool, elementwise, transposed_conv, gather`)
}

func TestCountsDoNotAllocate(t *testing.T) {
	for _, n := range []dnn.Network{dnn.ResNet50(), dnn.UNet(), dnn.EfficientNetB0(), dnn.DLRM(), dnn.ViTS()} {
		var sum int64
		require.Zero(t, testing.AllocsPerRun(10, func() {
			for i := range n.Layers {
				l := &n.Layers[i]
				sum += l.MACs() + l.Parameters() + l.InputElements() + l.WeightElements() + l.OutputElements()
			}
			sum += n.Totals().MACs
		}), n.Name)
		require.Positive(t, sum)
	}
}
