package nas_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// The largest encoder is BERT-base: 12 layers of 768 features, 12 heads, a feed-forward of four times the width.
func TestLargestEncoderIsBERTBase(t *testing.T) {
	e, err := nas.NewEncoder(nas.Task{Tokens: 128})
	require.NoError(t, err)
	p := make(space.Point, e.Space().Len())
	for axis := range p {
		p[axis] = e.Space().Levels(axis) - 1
	}
	n, err := e.Decode(p)
	require.NoError(t, err)
	bert, err := dnn.BERTBase(128)
	require.NoError(t, err)
	require.Equal(t, bert.Totals(), n.Totals())
	require.Equal(t, int64(85_054_464), n.Totals().Parameters)
}

// With V words, T tokens and C classes, layer i of width d and feed-forward f = m·d behind one of width c:
//
//	parameters  4·(d² + d) + (d·f + f) + (f·d + d) + 4·d, and c·d + d for a projection
//	MACs        T·(4·d² + 2·d·f) + 2·T²·d, and T·c·d
//	around      V·d₁ + T·d₁ + 2·d₁ parameters of the embedding, and d·C + C of the classifier, d·C MACs
func TestEncoderCountsByHand(t *testing.T) {
	const tokens, words, classes = 24, 500, 7
	e, err := nas.NewEncoder(nas.Task{Tokens: tokens, Vocabulary: words, Classes: classes})
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, e.Space())
		n, err := e.Decode(p)
		require.NoError(t, err)
		before, _, _ := e.Layer(p, 0)
		parameters, macs := int64((words+tokens+2)*before), int64(0)
		for layer := range e.Layers(p) {
			d, heads, m := e.Layer(p, layer)
			require.Zero(t, d%heads)
			f := m * d
			parameters += int64(4*(d*d+d) + d*f + f + f*d + d + 4*d)
			macs += int64(tokens*(4*d*d+2*d*f) + 2*tokens*tokens*d)
			if d != before {
				parameters += int64(before*d + d)
				macs += int64(tokens * before * d)
			}
			before = d
		}
		parameters += int64(before*classes + classes)
		macs += int64(before * classes)
		require.Equal(t, parameters, n.Totals().Parameters)
		require.Equal(t, macs, n.Totals().MACs)
	})
}

func TestEncoderTaskOutOfRange(t *testing.T) {
	_, err := nas.NewEncoder(nas.Task{Vocabulary: -1, Classes: -2})
	require.ErrorContains(t, err, "nas: encoder: 0 tokens out of range [1, 1048576]")
	require.ErrorContains(t, err, "-1 words in the vocabulary out of range")
	require.ErrorContains(t, err, "-2 classes out of range")
}
