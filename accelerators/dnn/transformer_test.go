package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// tiny is a decoder of 2 layers whose 4 heads share 2 pairs of keys and values.
func tiny() dnn.Decoder {
	return dnn.Decoder{Name: "tiny", Layers: 2, Hidden: 32, Heads: 4, KeyHeads: 2, FeedForward: 64, Vocabulary: 100, MaxTokens: 64}
}

// TestGroupedQueriesByHand: 2·(3·(32·32 + 2·32·16 + 32·32 + 2·32·64) + 2·(2·6·3·8)) + 3·100·32 MACs of 3 tokens;
// parameters: 2·(2·(32² + 32) + 2·(32·16 + 16) + 32·64 + 64 + 64·32 + 32 + 4·32) + 64 + 3,200.
func TestGroupedQueriesByHand(t *testing.T) {
	n, err := tiny().Prefill(3)
	require.NoError(t, err)
	require.Equal(t, int64(2*(3*7168+576)+9600), n.Totals().MACs)
	require.Equal(t, int64(2*(2112+1056+2112+2080+128)+64+3200), n.Totals().Parameters)
	require.Equal(t, dnn.Shape{Height: 3, Width: 1, Channels: 100}, n.Layers[len(n.Layers)-1].Output())
}

// TestDecodingWorksAsHardAsPrefilling: the tokens of a context, decoded one by one, need the work of one prefill, less what the mask hides.
func TestDecodingWorksAsHardAsPrefilling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tokens := rapid.IntRange(1, 32).Draw(t, "tokens")
		d := tiny()
		whole, err := d.Prefill(tokens)
		require.NoError(t, err)
		var macs int64
		for context := 1; context <= tokens; context++ {
			n, err := d.Decode(context)
			require.NoError(t, err)
			macs += n.Totals().MACs
			require.Equal(t, whole.Totals().Parameters, n.Totals().Parameters)
		}
		hidden := int64(tokens) * int64(tokens-1) / 2 * 2 * 32 * 2 // pairs · two products · hidden size · layers
		require.Equal(t, whole.Totals().MACs, macs+hidden)
	})
}

func TestDecodingReadsItsCache(t *testing.T) {
	n, err := tiny().Decode(10)
	require.NoError(t, err)
	cached := 0
	for _, l := range n.Layers {
		cached += l.Cached * int(l.Copies())
	}
	require.Equal(t, 2*2*9*16, cached, "keys and values of 9 tokens, 16 wide, in each of 2 layers")
	first, err := tiny().Decode(1)
	require.NoError(t, err)
	alone, err := tiny().Prefill(1)
	require.NoError(t, err)
	require.Equal(t, alone.Layers, first.Layers, "the first token has no cache")
}

func TestBadDecoders(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*dnn.Decoder)
		want  string
	}{
		{"no layers", func(d *dnn.Decoder) { d.Layers = 0 }, "dnn: tiny: layers 0 out of range [1, 65536]"},
		{"negative vocabulary", func(d *dnn.Decoder) { d.Vocabulary = -1 }, "dnn: tiny: vocabulary -1 out of range [0, 268435456]"},
		{"heads", func(d *dnn.Decoder) { d.Heads, d.KeyHeads = 5, 5 }, "dnn: tiny: heads 5 do not divide the hidden size 32"},
		{"key heads", func(d *dnn.Decoder) { d.KeyHeads = 3 }, "dnn: tiny: key heads 3 do not divide the heads 4"},
		{"too long", func(d *dnn.Decoder) { d.MaxTokens = 7 }, "dnn: tiny: tokens of context 8 out of range [1, 7]"},
		{"two mistakes", func(d *dnn.Decoder) { d.Layers, d.Hidden = 0, -1 },
			"dnn: tiny: layers 0 out of range [1, 65536]\ndnn: tiny: hidden -1 out of range [1, 1048576]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := tiny()
			c.spoil(&d)
			_, err := d.Prefill(8)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestDecoderWithoutHead(t *testing.T) {
	d := tiny()
	with, err := d.Prefill(5)
	require.NoError(t, err)
	d.Vocabulary = 0
	without, err := d.Prefill(5)
	require.NoError(t, err)
	require.Equal(t, with.Totals().MACs-5*100*32, without.Totals().MACs)
	require.Equal(t, dnn.Shape{Height: 5, Width: 1, Channels: 32}, without.Layers[len(without.Layers)-1].Output())
}

func TestBadRecommenders(t *testing.T) {
	r := dnn.CriteoKaggle()
	r.Tables = nil
	_, err := r.Network()
	require.EqualError(t, err, "dnn: dlrm: 13 dense features, 4 bottom layers, 3 top layers, 0 tables: want at least one each")
	r.Tables = []int{5, 0}
	_, err = r.Network()
	require.EqualError(t, err, "dnn: dlrm: table 1 has 0 rows, those up to it 5: want at least 1 and at most 268435456 in all")
	r.Tables = []int{dnn.MaxDimension, 1}
	_, err = r.Network()
	require.ErrorContains(t, err, "table 1 has 1 rows, those up to it 268435457")
	r = dnn.CriteoKaggle()
	r.Bottom = []int{-1}
	_, err = r.Network()
	require.ErrorContains(t, err, `layer "bottom1" (gemm): N -1 out of range`)
}
