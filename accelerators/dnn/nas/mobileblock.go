package nas

import "github.com/codesign-gym/codesign/accelerators/dnn"

// block is an inverted residual block: a 1×1 convolution to expand times the input channels, a depthwise one, and a 1×1 to width.
type block struct {
	expand, kernel, width, stride int

	wide    int  // channels between; 0 means expand times those of the input
	squeeze bool // squeeze-and-excitation after the depthwise convolution
}

// squeezeRatio divides the channels in squeeze-and-excitation; the result is a multiple of channelStep, at least that, and no less than 90 % of the quotient.
const (
	squeezeRatio = 4
	channelStep  = 8
)

// mobileBlock appends the block; where the shape is kept its input is added. Without expansion the first convolution is left out.
func mobileBlock(b *dnn.Builder, name string, k block, in int) int {
	wide := k.wide
	if wide == 0 {
		wide = k.expand * b.Shape(in).Channels
	}
	x := in
	if k.expand > 1 {
		x = convNorm(b, name+".expand", dnn.Filter{Filters: wide, Kernel: 1}, x)
	}
	x = convNorm(b, name+".depthwise", dnn.Filter{Filters: wide, Kernel: k.kernel, Stride: k.stride, Pad: k.kernel / 2, Groups: wide}, x)
	if k.squeeze {
		mean := b.GlobalPool(name+".se.mean", x)
		narrow := b.Conv(name+".se.squeeze", dnn.Filter{Filters: roundChannels(wide / squeezeRatio), Kernel: 1, Bias: true}, mean)
		excite := b.Conv(name+".se.excite", dnn.Filter{Filters: wide, Kernel: 1, Bias: true}, narrow)
		x = b.Scale(name+".se.scale", x, excite)
	}
	x = convNorm(b, name+".project", dnn.Filter{Filters: k.width, Kernel: 1}, x)
	if k.stride == 1 && b.Shape(x) == b.Shape(in) {
		x = b.Add(name+".add", x, in)
	}
	return x
}

// roundChannels rounds to the nearest multiple of channelStep that is not below 90 % of c.
func roundChannels(c int) int {
	rounded := max(channelStep, (c+channelStep/2)/channelStep*channelStep)
	if 10*rounded < 9*c {
		rounded += channelStep
	}
	return rounded
}
