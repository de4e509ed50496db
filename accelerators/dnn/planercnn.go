package dnn

import "fmt"

// PlaneRCNN returns the plane detector of Liu et al. (2019) on an image of 160×160: ResNet-101 with a feature pyramid, a depth decoder, the proposal network, the
// heads on one proposal, and the refinement network on a map of 48×64.
func PlaneRCNN() Network {
	b := NewBuilder("pd", Shape{160, 160, 3})
	x := convNorm(b, "conv1", Filter{Filters: 64, Kernel: 7, Stride: 2, Pad: 3}, NetworkInput)
	x = b.Pool("maxpool", 3, 2, 1, x)
	var scales []int
	for i, count := range []int{3, 4, 23, 3} {
		for block := range count {
			stride := 1
			if i > 0 && block == 0 {
				stride = 2
			}
			x = shortcut(b, fmt.Sprintf("stage%d.block%d", i+1, block+1), 64<<i, stride, x, bottleneck)
		}
		scales = append(scales, x)
	}
	pyramid := featurePyramid(b, scales)
	depthDecoder(b, pyramid)

	x = b.Conv("rpn", Filter{Filters: 512, Kernel: 3, Pad: 1, Bias: true}, pyramid[3])
	b.Conv("rpn.object", Filter{Filters: 6, Kernel: 1, Bias: true}, x)
	b.Conv("rpn.box", Filter{Filters: 12, Kernel: 1, Bias: true}, x)
	planeHeads(b, pyramid[0])
	refine(b)
	return published(b)
}

// featurePyramid appends 1×1 convolutions to 256 channels, the sums with the enlarged coarser map, and 3×3 convolutions; finest first.
func featurePyramid(b *Builder, scales []int) []int {
	levels := make([]int, len(scales))
	for i := len(scales) - 1; i >= 0; i-- {
		x := b.Conv(fmt.Sprintf("pyramid%d.lateral", i+2), Filter{Filters: 256, Kernel: 1, Bias: true}, scales[i])
		if i < len(scales)-1 {
			x = b.Add(fmt.Sprintf("pyramid%d.add", i+2), x, b.Pick(fmt.Sprintf("pyramid%d.enlarge", i+2), b.Shape(x), 0, levels[i+1]))
		}
		levels[i] = x
	}
	for i, x := range levels {
		levels[i] = b.Conv(fmt.Sprintf("pyramid%d.out", i+2), Filter{Filters: 256, Kernel: 3, Pad: 1, Bias: true}, x)
	}
	return levels
}

// depthDecoder appends 3×3 convolutions on the pyramid from the coarsest to the finest, enlarged in between, and the depth map.
func depthDecoder(b *Builder, pyramid []int) {
	x := b.Conv("depth1", Filter{Filters: 128, Kernel: 3, Pad: 1, Bias: true}, pyramid[3])
	for i := 2; i >= 0; i-- {
		name, s := fmt.Sprintf("depth%d", 4-i), b.Shape(pyramid[i])
		up := b.Pick(name+".enlarge", Shape{s.Height, s.Width, 128}, 0, x)
		side := b.Conv(name+".side", Filter{Filters: 128, Kernel: 3, Pad: 1, Bias: true}, pyramid[i])
		x = b.Conv(name, Filter{Filters: 128, Kernel: 3, Pad: 1, Bias: true}, up, side)
	}
	x = b.Conv("depth5", Filter{Filters: 64, Kernel: 3, Pad: 1, Bias: true}, b.Pick("depth5.enlarge", Shape{60, 80, 128}, 0, x))
	b.Conv("depth", Filter{Filters: 1, Kernel: 3, Pad: 1, Bias: true}, x)
}

// planeHeads appends the classifier (class, box, normal) on 7×7 and the mask on 14×14.
func planeHeads(b *Builder, features int) {
	roi := b.Pick("roi7", Shape{7, 7, 256}, 0, features)
	x := b.Dense("head.fc1", 1024, roi)
	x = b.Dense("head.fc2", 1024, x)
	for _, out := range []struct {
		name     string
		features int
	}{{"class", 8}, {"box", 32}, {"normal", 24}} {
		b.Dense("head."+out.name, out.features, x)
	}
	x = b.Pick("roi14", Shape{14, 14, 256}, 0, features)
	for i := range 4 {
		x = b.Conv(fmt.Sprintf("mask%d", i+1), Filter{Filters: 256, Kernel: 3, Pad: 1, Bias: true}, x)
	}
	x = b.TransposedConv("mask.enlarge", Filter{Filters: 256, Kernel: 2, Stride: 2, Bias: true}, x)
	b.Conv("mask", Filter{Filters: 8, Kernel: 1, Bias: true}, x)
}

// refine appends the small U-shaped network that corrects the masks, on ten maps of 48×64 taken from the image.
func refine(b *Builder) {
	x := b.Pick("refine.in", Shape{48, 64, 10}, 0, NetworkInput)
	first := convNorm(b, "refine.conv1", Filter{Filters: 64, Kernel: 3, Pad: 1}, convNorm(b, "refine.conv0", Filter{Filters: 32, Kernel: 3, Pad: 1}, x))
	second := convNorm(b, "refine.conv2", Filter{Filters: 128, Kernel: 3, Stride: 2, Pad: 1}, first)
	second = convNorm(b, "refine.conv3", Filter{Filters: 128, Kernel: 3, Pad: 1}, second)
	third := convNorm(b, "refine.conv4", Filter{Filters: 128, Kernel: 3, Stride: 2, Pad: 1}, second)
	x = b.TransposedConv("refine.up1", Filter{Filters: 64, Kernel: 4, Stride: 2, Pad: 1, Bias: true}, third)
	x = b.TransposedConv("refine.up2", Filter{Filters: 32, Kernel: 4, Stride: 2, Pad: 1, Bias: true}, x, second)
	x = b.Conv("refine.conv5", Filter{Filters: 16, Kernel: 3, Pad: 1, Bias: true}, x, first)
	b.Conv("refine.mask", Filter{Filters: 1, Kernel: 3, Pad: 1, Bias: true}, x)
}
