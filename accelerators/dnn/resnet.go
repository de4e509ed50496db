package dnn

import "fmt"

// ResNet18 returns the 18-layer residual network of He et al. (2016), with projection shortcuts where the shape changes (their option B).
// Batch normalisations are layers of their own, as their scales and shifts are in the published totals.
func ResNet18() Network { return resNet("resnet18", [4]int{2, 2, 2, 2}, basicBlock) }

// ResNet50 returns the 50-layer network of He et al. (2016) in the variant called v1.5, which all current frameworks ship: the
// first block of a stage strides in its 3×3 convolution (4.089 GMACs), not in the 1×1 before it (3.858 GMACs).
func ResNet50() Network { return resNet("resnet50", [4]int{3, 4, 6, 3}, bottleneck) }

// ResNet50V1 is ResNet50 as first published: the first block of a stage strides in its first 1×1 convolution. Figures of the paper's time, NVDLA's among
// them, are for this one. It is not in the zoo.
func ResNet50V1() Network { return resNet("resnet50-v1", [4]int{3, 4, 6, 3}, bottleneckV1) }

// residual appends the body of a residual block and returns its last layer.
type residual func(b *Builder, name string, width, stride, in int) int

// resNet builds the common frame: stem, four stages of residual blocks, classifier.
func resNet(name string, blocks [4]int, body residual) Network {
	b := NewBuilder(name, Shape{224, 224, 3})
	x := convNorm(b, "conv1", Filter{Filters: 64, Kernel: 7, Stride: 2, Pad: 3}, NetworkInput)
	x = b.Pool("maxpool", 3, 2, 1, x)
	for stage, count := range blocks {
		for block := range count {
			stride := 1
			if stage > 0 && block == 0 {
				stride = 2
			}
			x = shortcut(b, fmt.Sprintf("stage%d.block%d", stage+1, block+1), 64<<stage, stride, x, body)
		}
	}
	x = b.GlobalPool("avgpool", x)
	b.Dense("fc", 1000, x)
	return published(b)
}

// shortcut appends a residual block: the body, its shortcut (projected by a 1×1 convolution if the shape changes) and their sum.
func shortcut(b *Builder, name string, width, stride, in int, body residual) int {
	out := body(b, name, width, stride, in)
	if b.Shape(in) != b.Shape(out) {
		in = convNorm(b, name+".project", Filter{Filters: b.Shape(out).Channels, Kernel: 1, Stride: stride}, in)
	}
	return b.Add(name+".add", out, in)
}

// basicBlock is two 3×3 convolutions.
func basicBlock(b *Builder, name string, width, stride, in int) int {
	x := convNorm(b, name+".conv1", Filter{Filters: width, Kernel: 3, Stride: stride, Pad: 1}, in)
	return convNorm(b, name+".conv2", Filter{Filters: width, Kernel: 3, Pad: 1}, x)
}

// bottleneck is a 1×1 convolution that narrows, a 3×3 and a 1×1 that widens four times.
func bottleneck(b *Builder, name string, width, stride, in int) int {
	x := convNorm(b, name+".conv1", Filter{Filters: width, Kernel: 1}, in)
	x = convNorm(b, name+".conv2", Filter{Filters: width, Kernel: 3, Stride: stride, Pad: 1}, x)
	return convNorm(b, name+".conv3", Filter{Filters: 4 * width, Kernel: 1}, x)
}

// bottleneckV1 is a bottleneck that strides in its first convolution.
func bottleneckV1(b *Builder, name string, width, stride, in int) int {
	x := convNorm(b, name+".conv1", Filter{Filters: width, Kernel: 1, Stride: stride}, in)
	x = convNorm(b, name+".conv2", Filter{Filters: width, Kernel: 3, Pad: 1}, x)
	return convNorm(b, name+".conv3", Filter{Filters: 4 * width, Kernel: 1}, x)
}

// convNorm appends a convolution without biases and its batch normalisation.
func convNorm(b *Builder, name string, f Filter, in int) int {
	return b.Norm(name+".bn", b.Conv(name, f, in))
}
