package dnn

import (
	"errors"
	"fmt"
)

// Decoder is the shape of a decoder-only transformer in the style of GPT-2: learned positions, layer normalisation before attention and feed-forward pair, GELU.
type Decoder struct {
	Name        string
	Layers      int
	Hidden      int
	Heads       int // divide Hidden
	KeyHeads    int // heads of keys and values, divide Heads: fewer are grouped-query attention; 0 means Heads
	FeedForward int // 0 means 4·Hidden
	Vocabulary  int // 0 means no output head
	MaxTokens   int // longest context
}

// GPT2Small is the 124-million-parameter model of Radford et al. (2019).
func GPT2Small() Decoder {
	return Decoder{Name: "gpt2", Layers: 12, Hidden: 768, Heads: 12, Vocabulary: 50_257, MaxTokens: 1024}
}

// gpt2Positions counts the parameters of GPT-2 small that its network here lacks. Those of the word embedding are in the output head, which shares them.
const gpt2Positions = 1024 * 768

// ZooGPT2Tokens is the context of the zoo's gpt2-prefill and gpt2-decode: the longest.
const ZooGPT2Tokens = 1024

// Prefill returns the network that reads a prompt of the given number of tokens, all at once. The input is the sum of the embeddings of words
// and positions. The products of attention are whole squares: the half that the causal mask hides is computed, as in the published counts.
// Every token gets its logits; without Vocabulary none does.
func (d Decoder) Prefill(tokens int) (Network, error) {
	return d.build("-prefill", tokens, 0)
}

// Decode returns the network that makes one token at the end of a context of the given length, that token included: the keys and values of the
// others come from a cache in memory (Layer.Cached).
func (d Decoder) Decode(context int) (Network, error) {
	return d.build("-decode", 1, context-1)
}

// build builds a forward pass of some new tokens after cached ones. The equal layers are one block of Layers repeats.
func (d Decoder) build(phase string, tokens, cached int) (Network, error) {
	d, err := d.check(tokens + cached)
	if err != nil {
		return Network{}, err
	}
	b := NewBuilder(d.Name+phase, Shape{tokens, 1, d.Hidden})
	b.Repeat(d.Layers, func() {
		preNormLayer(b, attentionSizes{heads: d.Heads, keyHeads: d.KeyHeads, feedForward: d.FeedForward, cached: cached}, NetworkInput)
	})
	x := b.Norm("norm", b.Last())
	if d.Vocabulary > 0 {
		b.Append(Layer{Name: "head", Op: GEMM, Inputs: []int{x}, M: tokens, N: d.Vocabulary, K: d.Hidden, Weights: true})
	}
	return b.Network()
}

// check fills in the defaults and reports all that is out of range.
func (d Decoder) check(context int) (Decoder, error) {
	if d.KeyHeads == 0 {
		d.KeyHeads = d.Heads
	}
	if d.FeedForward == 0 {
		d.FeedForward = 4 * d.Hidden
	}
	var errs []error
	for _, f := range []struct {
		name             string
		value, low, high int
	}{
		{"layers", d.Layers, 1, 1 << 16}, {"hidden", d.Hidden, 1, 1 << 20}, {"heads", d.Heads, 1, 1 << 16}, {"key heads", d.KeyHeads, 1, 1 << 16},
		{"feed-forward", d.FeedForward, 1, 1 << 22}, {"vocabulary", d.Vocabulary, 0, MaxDimension}, {"longest context", d.MaxTokens, 1, 1 << 24},
		{"tokens of context", context, 1, d.MaxTokens},
	} {
		if f.value < f.low || f.value > f.high {
			errs = append(errs, fmt.Errorf("dnn: %s: %s %d out of range [%d, %d]", d.Name, f.name, f.value, f.low, f.high))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return d, err
	}
	if d.Hidden%d.Heads != 0 {
		errs = append(errs, fmt.Errorf("dnn: %s: heads %d do not divide the hidden size %d", d.Name, d.Heads, d.Hidden))
	}
	if d.Heads%d.KeyHeads != 0 {
		errs = append(errs, fmt.Errorf("dnn: %s: key heads %d do not divide the heads %d", d.Name, d.KeyHeads, d.Heads))
	}
	return d, errors.Join(errs...)
}
