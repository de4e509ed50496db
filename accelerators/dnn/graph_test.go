package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// TestUNetShrinksAsInThePaper checks the sizes printed in figure 1, and its count of 23 convolutional layers.
func TestUNetShrinksAsInThePaper(t *testing.T) {
	want := map[string]int{
		"down1.conv1": 570, "down1.conv2": 568, "down2.conv1": 282, "down2.conv2": 280, "down3.conv1": 138, "down3.conv2": 136,
		"down4.conv1": 66, "down4.conv2": 64, "bottom.conv1": 30, "bottom.conv2": 28, "up4.upconv": 56, "up4.conv1": 54, "up4.conv2": 52,
		"up3.upconv": 104, "up3.conv1": 102, "up3.conv2": 100, "up2.upconv": 200, "up2.conv1": 198, "up2.conv2": 196,
		"up1.upconv": 392, "up1.conv1": 390, "up1.conv2": 388, "classes": 388,
	}
	convolutions := 0
	for _, l := range dnn.UNet().Layers {
		if l.Op != dnn.Conv && l.Op != dnn.TransposedConv {
			continue
		}
		convolutions++
		require.Equal(t, want[l.Name], l.Output().Height, l.Name)
	}
	require.Equal(t, 23, convolutions)
	require.Len(t, want, convolutions)
}

// TestMobileStagesShrinkAsInThePapers checks the output sizes of table 2 of MobileNet-V2 and of table 1 of EfficientNet.
func TestMobileStagesShrinkAsInThePapers(t *testing.T) {
	for network, want := range map[string]map[string]dnn.Shape{
		"mobilenet-v2": {
			"conv1.bn": {Height: 112, Width: 112, Channels: 32}, "stage1.block1.project.bn": {Height: 112, Width: 112, Channels: 16},
			"stage2.block2.add": {Height: 56, Width: 56, Channels: 24}, "stage4.block4.add": {Height: 14, Width: 14, Channels: 64},
			"stage5.block3.add": {Height: 14, Width: 14, Channels: 96}, "stage7.block1.project.bn": {Height: 7, Width: 7, Channels: 320},
		},
		"efficientnet-b0": {
			"stage3.block2.add": {Height: 28, Width: 28, Channels: 40}, "stage4.block3.add": {Height: 14, Width: 14, Channels: 80},
			"stage5.block3.add": {Height: 14, Width: 14, Channels: 112}, "stage6.block4.add": {Height: 7, Width: 7, Channels: 192},
			"stage1.block1.se.squeeze": {Height: 1, Width: 1, Channels: 8}, "stage7.block1.se.squeeze": {Height: 1, Width: 1, Channels: 48},
		},
		"googlenet": { // table 1 of the paper
			"pool2": {Height: 28, Width: 28, Channels: 192}, "inception3b.branch4.bn": {Height: 28, Width: 28, Channels: 64},
			"inception4a.downsample": {Height: 14, Width: 14, Channels: 480}, "inception5a.downsample": {Height: 7, Width: 7, Channels: 832},
			"avgpool": {Height: 1, Width: 1, Channels: 1024},
		},
	} {
		entry, err := dnn.Lookup(network)
		require.NoError(t, err)
		for _, l := range entry.Build().Layers {
			if shape, ok := want[l.Name]; ok {
				require.Equal(t, shape, l.Output(), "%s %s", network, l.Name)
				delete(want, l.Name)
			}
		}
		require.Empty(t, want, network)
	}
}

func TestEdgesOfTheOtherOperations(t *testing.T) {
	in := dnn.Shape{Height: 4, Width: 4, Channels: 8}
	for _, c := range []struct {
		name  string
		build func(b *dnn.Builder)
		want  string
	}{
		{"scale of the wrong width", func(b *dnn.Builder) {
			x := b.Conv("narrow", dnn.Filter{Filters: 4, Kernel: 1}, b.GlobalPool("mean", dnn.NetworkInput))
			b.Scale("scale", dnn.NetworkInput, x)
		}, `dnn: network "n": layers[2]: layer "scale" (elementwise): reads layers[1] "narrow" (1×1×4): want 1×1×8`},
		{"too many indices", func(b *dnn.Builder) {
			b.Append(dnn.Layer{Name: "words", Op: dnn.Gather, OutHeight: 100, OutWidth: 1, OutChannels: 16, ParametersPerChannel: 9, Lookup: true})
		}, `dnn: network "n": layers[0]: layer "words" (gather): reads 128 elements from the network's input (4×4×8): want 100`},
		{"cache and new keys are not the operand", func(b *dnn.Builder) {
			b.Append(dnn.Layer{Name: "scores", Op: dnn.GEMM, Inputs: []int{-1, -1}, M: 16, N: 32, K: 8, Cached: 100})
		}, `dnn: network "n": layers[0]: layer "scores" (gemm): reads 128 elements from the network's input (4×4×8): want 156`},
		{"transposed convolution of another map", func(b *dnn.Builder) {
			b.Append(dnn.Layer{Name: "up", Op: dnn.TransposedConv, Inputs: []int{-1}, InHeight: 4, InWidth: 4, InChannels: 4, Filters: 2, KernelHeight: 2, KernelWidth: 2})
		}, `dnn: network "n": layers[0]: layer "up" (transposed_conv): reads the network's input (4×4×8): want 4×4×4`},
		{"gather of what comes later", func(b *dnn.Builder) { b.Pick("crop", dnn.Shape{Height: 1, Width: 1, Channels: 1}, 0, 3) },
			`dnn: network "n": layers[0]: layer "crop" (gather): input 3 out of range [-1, -1]: a layer reads the network's input (-1) or a layer before it`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := dnn.NewBuilder("n", in)
			c.build(b)
			_, err := b.Network()
			require.EqualError(t, err, c.want)
		})
	}
}

// TestTransposedConvolutionUndoesTheShape: it has the MACs and weights of the convolution that it transposes, and yields its input shape.
func TestTransposedConvolutionUndoesTheShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawConv(t)
		l.PadTop, l.PadBottom, l.PadLeft = 0, 0, 0
		l.InHeight -= (l.InHeight - 1 - l.DilationHeight*(l.KernelHeight-1)) % l.StrideHeight // no rest beyond the last window
		l.InWidth -= (l.InWidth - 1 - l.DilationWidth*(l.KernelWidth-1)) % l.StrideWidth
		up := l
		up.Op, up.InHeight, up.InWidth, up.InChannels, up.Filters = dnn.TransposedConv, l.Output().Height, l.Output().Width, l.Filters, l.InChannels
		_, err := up.Check()
		require.NoError(t, err)
		require.Equal(t, dnn.Shape{Height: l.InHeight, Width: l.InWidth, Channels: l.InChannels}, up.Output())
		require.Equal(t, l.MACs(), up.MACs())
		require.Equal(t, l.WeightElements(), up.WeightElements())
		require.Equal(t, l.OutputElements(), up.InputElements())
	})
}
