package dnn

// ViTB returns the base vision transformer of Dosovitskiy et al. (2021) with patches of 16×16: hidden size 768, 12 heads.
func ViTB() Network { return vit("vit-b", 768, 12) }

// ViTS returns the small vision transformer of Touvron et al. (2021, there DeiT-S) with patches of 16×16: hidden size 384, 6 heads.
func ViTS() Network { return vit("vit-s", 384, 6) }

// vit builds 12 encoder layers on the patches of a 224×224 image and a class token, whose last state is classified.
func vit(name string, hidden, heads int) Network {
	const layers, patch, tokens = 12, 16, 14*14 + 1
	b := NewBuilder(name, Shape{224, 224, 3})
	x := b.Conv("patches", Filter{Filters: hidden, Kernel: patch, Stride: patch, Bias: true}, NetworkInput)
	x = b.Pick("class_token", Shape{tokens, 1, hidden}, 1, x)
	x = b.Append(Layer{Name: "positions", Op: Elementwise, Inputs: []int{x}, ParametersPerChannel: tokens})
	b.Repeat(layers, func() { preNormLayer(b, attentionSizes{heads: heads, keyHeads: heads, feedForward: 4 * hidden}, x) })
	x = b.Norm("norm", b.Last())
	x = b.Pick("class_state", Shape{1, 1, hidden}, 0, x)
	b.Dense("head", 1000, x)
	return published(b)
}
