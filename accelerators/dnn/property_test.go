package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// drawConv draws a legal convolution whose channels and filters are multiples of its groups.
func drawConv(t *rapid.T) dnn.Layer {
	size := rapid.IntRange(1, 12)
	groups := rapid.IntRange(1, 4).Draw(t, "groups")
	l := dnn.Layer{
		InChannels: groups * size.Draw(t, "channels"), Filters: groups * size.Draw(t, "filters"), Groups: groups,
		KernelHeight: size.Draw(t, "kernel height"), KernelWidth: size.Draw(t, "kernel width"),
		StrideHeight: size.Draw(t, "stride height"), StrideWidth: size.Draw(t, "stride width"),
		DilationHeight: rapid.IntRange(1, 3).Draw(t, "dilation height"), DilationWidth: rapid.IntRange(1, 3).Draw(t, "dilation width"),
		PadTop: size.Draw(t, "pad top"), PadBottom: size.Draw(t, "pad bottom"), PadLeft: size.Draw(t, "pad left"),
		Bias: rapid.Bool().Draw(t, "bias"), Repeats: size.Draw(t, "repeats"),
	}
	l.InHeight = l.DilationHeight*(l.KernelHeight-1) + size.Draw(t, "height")
	l.InWidth = l.DilationWidth*(l.KernelWidth-1) + size.Draw(t, "width")
	return l
}

func TestCheckIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once, err := drawConv(t).Check()
		require.NoError(t, err)
		twice, err := once.Check()
		require.NoError(t, err)
		require.Equal(t, once, twice)
	})
}

func TestDoublingFiltersDoublesWork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawConv(t)
		twice := l
		twice.Filters *= 2
		require.Equal(t, 2*l.MACs(), twice.MACs())
		require.Equal(t, 2*l.Parameters(), twice.Parameters())
		require.Equal(t, 2*l.OutputElements(), twice.OutputElements())
		require.Equal(t, l.InputElements(), twice.InputElements())
	})
}

func TestGroupsDivideWork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grouped := drawConv(t)
		whole := grouped
		whole.Groups = 1
		require.Equal(t, whole.MACs(), grouped.MACs()*int64(grouped.Groups))
		require.Equal(t, whole.WeightElements(), grouped.WeightElements()*int64(grouped.Groups))
		require.Equal(t, whole.Output(), grouped.Output())
	})
}

// TestOutputCountsTheWindowsThatFit compares the closed form of the output size with moving the window.
func TestOutputCountsTheWindowsThatFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawConv(t)
		windows := 0
		for start := -l.PadTop; start+l.DilationHeight*(l.KernelHeight-1) < l.InHeight+l.PadBottom; start += l.StrideHeight {
			windows++
		}
		require.Equal(t, windows, l.Output().Height)
	})
}

func TestPointwiseConvolutionIsAProduct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 64)
		h, w, c, f := size.Draw(t, "h"), size.Draw(t, "w"), size.Draw(t, "c"), size.Draw(t, "f")
		conv := dnn.Layer{InHeight: h, InWidth: w, InChannels: c, Filters: f, KernelHeight: 1, KernelWidth: 1, Bias: true}
		gemm := dnn.Layer{Op: dnn.GEMM, M: h * w, N: f, K: c, Weights: true, Bias: true}
		require.Equal(t, gemm.MACs(), conv.MACs())
		require.Equal(t, gemm.Parameters(), conv.Parameters())
		require.Equal(t, gemm.InputElements(), conv.InputElements())
		require.Equal(t, gemm.OutputElements(), conv.OutputElements())
	})
}
