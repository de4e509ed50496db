package dnn

import "fmt"

const (
	// MaxBERTTokens is the longest sequence that BERT has position embeddings for.
	MaxBERTTokens = 512
	// ZooBERTTokens is the sequence of the zoo's bert-base, the length for which its totals are published.
	ZooBERTTokens = 128
)

// bertOutsideEncoder counts the parameters of BERT-base (uncased) that are not in its encoder: embeddings of 30,522 words,
// 512 positions and 2 segments, their layer normalisation, and the pooler.
const bertOutsideEncoder = (30_522+512+2)*768 + 2*768 + (768*768 + 768)

// BERTBase returns the encoder of BERT-base (Devlin et al., 2019): 12 layers, hidden size 768, 12 heads, feed-forward size 3072,
// on a sequence of the given number of tokens. The input is the sum of the embeddings, normalised; embeddings (23,837,184
// parameters) and pooler (590,592) are not part of it, the encoder has 85,054,464 of the 109,482,240. GELU and dropout are not layers.
func BERTBase(tokens int) (Network, error) {
	if tokens < 1 || tokens > MaxBERTTokens {
		return Network{}, fmt.Errorf("dnn: bert-base: %d tokens out of range [1, %d]", tokens, MaxBERTTokens)
	}
	return bertBase(tokens), nil
}

// bertBase is BERTBase for a legal number of tokens. The 12 equal layers are one block of 12 repeats.
func bertBase(tokens int) Network {
	const layers, hidden, heads, feedForward = 12, 768, 12, 3072
	b := NewBuilder("bert-base", Shape{tokens, 1, hidden})
	b.Repeat(layers, func() { encoderLayer(b, heads, feedForward, NetworkInput) })
	return published(b)
}

// encoderLayer appends a post-norm transformer layer: self-attention and a feed-forward pair, each added to its input and normalised.
func encoderLayer(b *Builder, heads, feedForward, in int) int {
	tokens, hidden := b.Shape(in).Height, b.Shape(in).Channels
	size := hidden / heads

	query := b.Linear("query", hidden, in)
	key := b.Linear("key", hidden, in)
	value := b.Linear("value", hidden, in)
	scores := b.Product("scores", heads, tokens, tokens, size, query, key)
	weights := b.Map("softmax", scores)
	context := b.Product("context", heads, tokens, size, tokens, weights, value)
	attention := b.Linear("attention", hidden, context)
	x := b.Norm("norm1", b.Add("add1", attention, in))

	y := b.Linear("intermediate", feedForward, x)
	y = b.Linear("output", hidden, y)
	return b.Norm("norm2", b.Add("add2", y, x))
}
