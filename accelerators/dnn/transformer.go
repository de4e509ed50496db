package dnn

// attentionSizes are the sizes of a transformer layer beside those of its input.
type attentionSizes struct {
	heads, keyHeads, feedForward int
	cached                       int // tokens whose keys and values memory keeps
}

// preNormLayer appends a transformer layer that normalises what attention and feed-forward pair read, and adds each to its input.
func preNormLayer(b *Builder, a attentionSizes, in int) int {
	hidden := b.Shape(in).Channels
	x := b.Add("add1", attention(b, a, b.Norm("norm1", in)), in)
	y := b.Linear("intermediate", a.feedForward, b.Norm("norm2", x))
	y = b.Linear("output", hidden, y)
	return b.Add("add2", y, x)
}

// attention appends scaled dot-product attention and its output projection. Heads that share keys and values are one product: their queries are more rows.
func attention(b *Builder, a attentionSizes, in int) int {
	tokens, hidden := b.Shape(in).Height, b.Shape(in).Channels
	size, shared := hidden/a.heads, a.heads/a.keyHeads
	context := a.cached + tokens
	keys := size * a.keyHeads

	query := b.Linear("query", hidden, in)
	key := b.Linear("key", keys, in)
	value := b.Linear("value", keys, in)
	scores := b.Append(Layer{
		Name: "scores", Op: GEMM, Inputs: []int{query, key},
		Batch: a.keyHeads, M: shared * tokens, N: context, K: size, Cached: a.cached * keys,
	})
	weights := b.Map("softmax", scores)
	mixed := b.Append(Layer{
		Name: "context", Op: GEMM, Inputs: []int{weights, value},
		Batch: a.keyHeads, M: shared * tokens, N: size, K: context, Cached: a.cached * keys,
	})
	return b.Append(Layer{Name: "attention", Op: GEMM, Inputs: []int{mixed}, M: tokens, N: hidden, K: hidden, Weights: true, Bias: true})
}
