package dnn

// Emformer returns the 24 layers of the streaming transformer of Shi et al. (2021) on a segment of 128 steps: 512 features, 8 heads, feed-forward 2048.
func Emformer() Network {
	b := NewBuilder("asr", Shape{128, 1, 512})
	b.Repeat(24, func() { preNormLayer(b, attentionSizes{heads: 8, keyHeads: 8, feedForward: 2048}, b.Last()) })
	return published(b)
}
