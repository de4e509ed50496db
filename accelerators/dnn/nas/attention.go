package nas

import "github.com/codesign-gym/codesign/accelerators/dnn"

// attention appends self-attention with its output projection. The pixels of a feature map are the tokens, its channels their features; heads divide these.
func attention(b *dnn.Builder, name string, heads, in int) int {
	s := b.Shape(in)
	tokens, width := s.Height*s.Width, s.Channels
	size := width / heads
	query, key, value := rows(b, name+".query", width, in), rows(b, name+".key", width, in), rows(b, name+".value", width, in)
	scores := b.Product(name+".scores", heads, tokens, tokens, size, query, key)
	weights := b.Map(name+".softmax", scores)
	context := b.Product(name+".context", heads, tokens, size, tokens, weights, value)
	return b.Append(dnn.Layer{Name: name + ".attention", Op: dnn.GEMM, Inputs: []int{context}, M: tokens, N: width, K: width, Weights: true, Bias: true})
}

// feedForward appends two linear layers on each token, the first as wide as given.
func feedForward(b *dnn.Builder, name string, wide, in int) int {
	s := b.Shape(in)
	x := rows(b, name+".intermediate", wide, in)
	return b.Append(dnn.Layer{Name: name + ".output", Op: dnn.GEMM, Inputs: []int{x}, M: s.Height * s.Width, N: s.Channels, K: wide, Weights: true, Bias: true})
}

// rows appends a linear layer on the channels of each pixel.
func rows(b *dnn.Builder, name string, features, in int) int {
	s := b.Shape(in)
	return b.Append(dnn.Layer{Name: name, Op: dnn.GEMM, Inputs: []int{in}, M: s.Height * s.Width, N: features, K: s.Channels, Weights: true, Bias: true})
}
