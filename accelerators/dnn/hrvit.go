package dnn

import "fmt"

// branch is a resolution of HRViT: channels, heads, and the width of the stripes of its attention.
type branch struct{ channels, heads, stripe int }

// HRViTB1 returns HRViT-b1 of Gu et al. (2022) on an image of 224×224: up to four resolutions side by side, fused after each module.
func HRViTB1() Network {
	b := NewBuilder("ss", Shape{224, 224, 3})
	x := convNorm(b, "stem1", Filter{Filters: 32, Kernel: 3, Stride: 2, Pad: 1}, NetworkInput)
	maps := []int{convNorm(b, "stem2", Filter{Filters: 64, Kernel: 3, Stride: 2, Pad: 1}, x)}
	all := []branch{{32, 4, 1}, {64, 8, 2}, {128, 8, 7}, {256, 16, 7}}
	for m, blocks := range [][]int{{1}, {1, 1}, {1, 1, 6}, {1, 1, 6}, {1, 1, 6, 2}, {1, 1, 2, 2}} {
		name := fmt.Sprintf("module%d", m+1)
		maps = fuse(b, name, all[:len(blocks)], maps)
		for i, count := range blocks {
			maps[i] = embed(b, fmt.Sprintf("%s.embed%d", name, i+1), all[i].channels, maps[i])
			for block := range count {
				maps[i] = stripeLayer(b, fmt.Sprintf("%s.branch%d.block%d", name, i+1, block+1), all[i], maps[i])
			}
		}
	}
	hrHead(b, maps)
	return published(b)
}

// fuse appends the exchange between resolutions: each output is the sum of all inputs, enlarged after a 1×1 convolution or shrunk by a depthwise one and a 1×1.
func fuse(b *Builder, name string, to []branch, maps []int) []int {
	if len(maps) == 1 && len(to) == 1 {
		return maps
	}
	fused := make([]int, len(to))
	for j, out := range to {
		var terms []int
		size := b.Shape(maps[0])
		for i, in := range maps {
			at := fmt.Sprintf("%s.fuse%d-%d", name, i+1, j+1)
			switch {
			case i == j:
				terms = append(terms, in)
			case i > j:
				x := convNorm(b, at, Filter{Filters: out.channels, Kernel: 1}, in)
				terms = append(terms, b.Pick(at+".enlarge", Shape{size.Height >> j, size.Width >> j, out.channels}, 0, x))
			default:
				stride, channels := 1<<(j-i), b.Shape(in).Channels
				x := convNorm(b, at+".depthwise", Filter{Filters: channels, Kernel: stride + 1, Stride: stride, Pad: stride / 2, Groups: channels}, in)
				terms = append(terms, convNorm(b, at, Filter{Filters: out.channels, Kernel: 1}, x))
			}
		}
		fused[j] = terms[0]
		if len(terms) > 1 {
			fused[j] = b.Add(fmt.Sprintf("%s.fuse%d", name, j+1), terms...)
		}
	}
	return fused
}

// embed appends the patch embedding: a 1×1 and a depthwise 3×3 convolution.
func embed(b *Builder, name string, channels, in int) int {
	x := b.Conv(name+".pointwise", Filter{Filters: channels, Kernel: 1, Bias: true}, in)
	return convNorm(b, name+".depthwise", Filter{Filters: channels, Kernel: 3, Pad: 1, Groups: channels, Bias: true}, x)
}

// stripeLayer appends a transformer block: attention within horizontal stripes for half of the heads and vertical ones for the others, with one projection for
// keys and values and a depthwise convolution beside it; then a feed-forward pair with depthwise kernels of 3 and of 5 between.
func stripeLayer(b *Builder, name string, r branch, in int) int {
	s := b.Shape(in)
	normed := b.Norm(name+".norm1", in)
	query := b.Conv(name+".query", Filter{Filters: r.channels, Kernel: 1, Bias: true}, normed)
	value := b.Conv(name+".key_value", Filter{Filters: r.channels, Kernel: 1, Bias: true}, normed)
	local := b.Conv(name+".local", Filter{Filters: r.channels, Kernel: 3, Pad: 1, Groups: r.channels, Bias: true}, value)

	tokens, windows := s.Width*r.stripe, s.Height/r.stripe // squares: vertical stripes are as many
	scores := b.Product(name+".scores", windows*r.heads, tokens, tokens, r.channels/r.heads, query, value)
	mixed := b.Product(name+".context", windows*r.heads, tokens, r.channels/r.heads, tokens, b.Map(name+".softmax", scores), value)
	mixed = b.Pick(name+".merge", s, 0, mixed)
	x := b.Conv(name+".project", Filter{Filters: r.channels, Kernel: 1, Bias: true}, b.Add(name+".mix", mixed, local))
	x = b.Add(name+".add1", x, in)

	wide := 4 * r.channels
	y := b.Conv(name+".widen", Filter{Filters: wide, Kernel: 1, Bias: true}, b.Norm(name+".norm2", x))
	half := Shape{s.Height, s.Width, wide / 2}
	three := b.Conv(name+".kernel3", Filter{Filters: wide / 2, Kernel: 3, Pad: 1, Groups: wide / 2, Bias: true}, b.Pick(name+".half1", half, 0, y))
	five := b.Conv(name+".kernel5", Filter{Filters: wide / 2, Kernel: 5, Pad: 2, Groups: wide / 2, Bias: true}, b.Pick(name+".half2", half, 0, y))
	y = b.Conv(name+".narrow", Filter{Filters: r.channels, Kernel: 1, Bias: true}, three, five)
	return b.Add(name+".add2", y, x)
}

// hrHead appends a bottleneck a resolution, which are summed from the finest to the coarsest, and the classifier.
func hrHead(b *Builder, maps []int) {
	x := 0
	for i, in := range maps {
		y := shortcut(b, fmt.Sprintf("head%d", i+1), 32<<i, 1, in, bottleneck)
		if i > 0 {
			down := convNorm(b, fmt.Sprintf("head%d.down", i+1), Filter{Filters: b.Shape(y).Channels, Kernel: 3, Stride: 2, Pad: 1}, x)
			y = b.Add(fmt.Sprintf("head%d.sum", i+1), y, down)
		}
		x = y
	}
	x = convNorm(b, "head.last", Filter{Filters: 2048, Kernel: 1}, x)
	b.Dense("classes", 1000, b.GlobalPool("mean", x))
}
