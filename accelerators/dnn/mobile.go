package dnn

import "fmt"

// stage is a run of inverted residual blocks of equal kernel and width; the first one has the stride.
type stage struct{ expand, kernel, width, repeats, stride int }

// MobileNetV2 returns the network of Sandler et al. (2018), width 1.0: 17 inverted residual blocks of table 2.
func MobileNetV2() Network {
	b := NewBuilder("mobilenet-v2", Shape{224, 224, 3})
	x := convNorm(b, "conv1", Filter{Filters: 32, Kernel: 3, Stride: 2, Pad: 1}, NetworkInput)
	return mobileBody(b, x, 0, []stage{
		{1, 3, 16, 1, 1}, {6, 3, 24, 2, 2}, {6, 3, 32, 3, 2}, {6, 3, 64, 4, 2}, {6, 3, 96, 3, 1}, {6, 3, 160, 3, 2}, {6, 3, 320, 1, 1},
	})
}

// MnasNet returns MnasNet-B1 of Tan et al. (2019), the network without squeeze-and-excitation, width 1.0.
func MnasNet() Network {
	b := NewBuilder("mnasnet", Shape{224, 224, 3})
	x := convNorm(b, "conv1", Filter{Filters: 32, Kernel: 3, Stride: 2, Pad: 1}, NetworkInput)
	return mobileBody(b, x, 0, []stage{
		{1, 3, 16, 1, 1}, {3, 3, 24, 3, 2}, {3, 5, 40, 3, 2}, {6, 5, 80, 3, 2}, {6, 3, 96, 2, 1}, {6, 5, 192, 4, 2}, {6, 3, 320, 1, 1},
	})
}

// EfficientNetB0 returns the baseline network of Tan and Le (2019), table 1: blocks with squeeze-and-excitation to a quarter of the
// block's input channels.
func EfficientNetB0() Network {
	b := NewBuilder("efficientnet-b0", Shape{224, 224, 3})
	x := convNorm(b, "conv1", Filter{Filters: 32, Kernel: 3, Stride: 2, Pad: 1}, NetworkInput)
	return mobileBody(b, x, 4, []stage{
		{1, 3, 16, 1, 1}, {6, 3, 24, 2, 2}, {6, 5, 40, 2, 2}, {6, 3, 80, 3, 2}, {6, 5, 112, 3, 1}, {6, 5, 192, 4, 2}, {6, 3, 320, 1, 1},
	})
}

// mobileBody appends the stages and the classifier on 1280 features. squeeze divides the channels in squeeze-and-excitation; 0 means none.
func mobileBody(b *Builder, x, squeeze int, stages []stage) Network {
	for i, s := range stages {
		for block := range s.repeats {
			stride := 1
			if block == 0 {
				stride = s.stride
			}
			x = invertedResidual(b, fmt.Sprintf("stage%d.block%d", i+1, block+1), s, stride, squeeze, x)
		}
	}
	x = convNorm(b, "conv2", Filter{Filters: 1280, Kernel: 1}, x)
	x = b.GlobalPool("avgpool", x)
	b.Dense("fc", 1000, x)
	return published(b)
}

// invertedResidual appends a 1×1 convolution that widens (unless it would not), a depthwise one, and a 1×1 that narrows, added to the
// block's input where the shape is kept.
func invertedResidual(b *Builder, name string, s stage, stride, squeeze, in int) int {
	channels := b.Shape(in).Channels
	wide := s.expand * channels
	x := in
	if s.expand > 1 {
		x = convNorm(b, name+".expand", Filter{Filters: wide, Kernel: 1}, x)
	}
	x = convNorm(b, name+".depthwise", Filter{Filters: wide, Kernel: s.kernel, Stride: stride, Pad: s.kernel / 2, Groups: wide}, x)
	if squeeze > 0 {
		x = squeezeExcite(b, name+".se", channels/squeeze, x)
	}
	x = convNorm(b, name+".project", Filter{Filters: s.width, Kernel: 1}, x)
	if b.Shape(x) == b.Shape(in) {
		x = b.Add(name+".add", x, in)
	}
	return x
}

// squeezeExcite appends two 1×1 convolutions on the mean of each channel, and the product of the map with what they yield.
func squeezeExcite(b *Builder, name string, narrow, in int) int {
	x := b.GlobalPool(name+".mean", in)
	x = b.Conv(name+".squeeze", Filter{Filters: narrow, Kernel: 1, Bias: true}, x)
	x = b.Conv(name+".excite", Filter{Filters: b.Shape(in).Channels, Kernel: 1, Bias: true}, x)
	return b.Scale(name+".scale", in, x)
}
