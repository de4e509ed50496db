package dnn

import "fmt"

// UNet returns the segmentation network of Ronneberger et al. (2015), figure 1: convolutions without padding, so that a tile of 572×572 yields 388×388,
// and the crop of each map of the contracting path that is put beside one of the expanding path.
func UNet() Network {
	const levels, base = 4, 64
	b := NewBuilder("unet", Shape{572, 572, 1})
	x := NetworkInput
	var skips []int
	for level := range levels {
		x = twoConvs(b, fmt.Sprintf("down%d", level+1), base<<level, x)
		skips = append(skips, x)
		x = b.Pool(fmt.Sprintf("pool%d", level+1), 2, 2, 0, x)
	}
	x = twoConvs(b, "bottom", base<<levels, x)
	for level := levels - 1; level >= 0; level-- {
		name := fmt.Sprintf("up%d", level+1)
		up := b.TransposedConv(name+".upconv", Filter{Filters: base << level, Kernel: 2, Stride: 2, Bias: true}, x)
		crop := b.Pick(name+".crop", b.Shape(up), 0, skips[level]) // up has as many channels as the skipped map
		x = twoConvs(b, name, base<<level, crop, up)
	}
	b.Conv("classes", Filter{Filters: 2, Kernel: 1, Bias: true}, x)
	return published(b)
}

// twoConvs appends two 3×3 convolutions without padding.
func twoConvs(b *Builder, name string, width int, in ...int) int {
	f := Filter{Filters: width, Kernel: 3, Bias: true}
	return b.Conv(name+".conv2", f, b.Conv(name+".conv1", f, in...))
}
