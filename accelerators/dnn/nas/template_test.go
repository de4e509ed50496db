package nas_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// exampleTemplate has a block of every kind, choices in choices, and both kinds of repeats.
func exampleTemplate() nas.Template {
	return nas.Template{
		Name: "example", Input: dnn.Shape{Height: 32, Width: 32, Channels: 3}, Shared: []nas.SharedValues{{Name: "width", Of: []int{16, 24, 32}}},
		Blocks: []nas.Block{
			{Kind: nas.ConvBlock, Name: "stem", Filters: nas.Ref("width"), Kernel: nas.Of(3, 5), Stride: nas.Of(2)},
			{Kind: nas.RepeatBlock, Name: "stage", Times: nas.Of(1, 2, 4), Blocks: []nas.Block{
				{Kind: nas.ChoiceBlock, Name: "op", Blocks: []nas.Block{
					{Kind: nas.SkipBlock, Name: "skip"},
					{Kind: nas.MobileBlock, Name: "mb", Kernel: nas.Of(3, 5, 7), Expand: nas.Of(3, 6), Squeeze: true},
					{Kind: nas.ResidualBlock, Name: "separable", Blocks: []nas.Block{
						{Kind: nas.DepthwiseBlock, Kernel: nas.Of(3, 5)}, {Kind: nas.ConvBlock, Kernel: nas.Of(1), Bare: true},
					}},
				}},
			}},
			{Kind: nas.SumBlock, Name: "down", Blocks: []nas.Block{
				{Kind: nas.PoolBlock}, {Kind: nas.ConvBlock, Kernel: nas.Of(3, 5), Stride: nas.Of(2)},
			}},
			{Kind: nas.ConcatBlock, Name: "wide", Blocks: []nas.Block{
				{Kind: nas.SkipBlock},
				{Kind: nas.SequenceBlock, Blocks: []nas.Block{{Kind: nas.PoolBlock}, {Kind: nas.UpconvBlock, Filters: nas.Of(8, 16)}}},
			}},
			{Kind: nas.ConvBlock, Name: "mix", Filters: nas.Of(48), Kernel: nas.Of(1)},
			{Kind: nas.OptionalBlock, Name: "global", Blocks: []nas.Block{
				{Kind: nas.RepeatBlock, Name: "layers", Times: nas.Of(1, 2, 3), Shared: true, Blocks: []nas.Block{
					{Kind: nas.AttentionBlock, Heads: nas.Of(2, 4)}, {Kind: nas.FeedForwardBlock, Expand: nas.Of(1, 2, 4)},
				}},
			}},
			{Kind: nas.ResidualBlock, Name: "last", Project: true, Blocks: []nas.Block{{Kind: nas.ConvBlock, Filters: nas.Of(64), Stride: nas.Of(2)}, {Kind: nas.NormBlock}}},
			{Kind: nas.GlobalPoolBlock}, {Kind: nas.DenseBlock, Name: "classes", Features: nas.Of(10)},
		},
	}
}

func example(t require.TestingT) nas.Partitioned {
	s, err := nas.NewTemplate(exampleTemplate())
	require.NoError(t, err)
	return s
}

// A repetition has 1 (skip) + 3·2 (mb) + 2 (separable) = 9 networks: 9 + 9² + 9⁴ = 6,651 stages; 3·2 stems, 2 convolutions down, 2 upconvs,
// and 1 + 3·2·3 = 19 ends.
func TestTemplateSize(t *testing.T) {
	require.Equal(t, big.NewInt(6651*3*2*2*2*19), example(t).Space().Size())
}

func names(n dnn.Network) (list []string) {
	for _, l := range n.Layers {
		list = append(list, l.Name)
	}
	return list
}

func TestTemplateDecodes(t *testing.T) {
	s, err := nas.NewTemplate(exampleTemplate())
	require.NoError(t, err)
	design := space.Design{
		"width": 24, "stem_kernel": 5, "stage_times": 2, "stage_1_op": "skip", "stage_2_op": "mb", "stage_2_op_mb_kernel": 7, "stage_2_op_mb_expand": 3,
		"down_conv1_kernel": 3, "wide_sequence1_upconv1_filters": 8, "global": "present", "global_layers_times": 2, "global_layers_attention1_heads": 4,
		"global_layers_feed_forward1_expand": 2,
	}
	p, err := s.Space().Point(design)
	require.NoError(t, err)
	n, err := s.Decode(p)
	require.NoError(t, err)
	half := func(i string) []string {
		a, f := "global.layers."+i+".attention1.", "global.layers."+i+".feed_forward1."
		return []string{a + "norm", a + "query", a + "key", a + "value", a + "scores", a + "softmax", a + "context", a + "attention", a + "add",
			f + "norm", f + "intermediate", f + "output", f + "add"}
	}
	mb := "stage.2.op.mb."
	want := []string{"stem.conv", "stem.norm", mb + "expand.conv", mb + "expand.norm", mb + "depthwise.conv", mb + "depthwise.norm", mb + "se.mean", mb + "se.squeeze",
		mb + "se.excite", mb + "se.scale", mb + "project.conv", mb + "project.norm", mb + "add", "down.pool1", "down.conv1.conv", "down.conv1.norm", "down.add",
		"wide.sequence1.pool1", "wide.sequence1.upconv1.upconv", "mix.conv", "mix.norm"}
	want = append(append(want, half("1")...), half("2")...)
	want = append(want, "last.conv1.conv", "last.conv1.norm", "last.norm1", "last.project.conv", "last.project.norm", "last.add", "global_pool1", "classes")
	require.Equal(t, want, names(n))
	// stem, 5×5 of 3 into 24 at 16×16: 460,800; mb, 24 into 72 twice at 16×16: 884,736, depthwise 7×7: 903,168, squeeze and excite 72·24 (72/4 = 18 rounds
	// to 24) twice: 3,456; down, 3×3 of 24 into 24 at 8×8: 331,776; upconv of 24 into 8 from 4×4, 2×2: 12,288; mix, 32 into 48 at 8×8: 98,304;
	// a layer of 64 tokens: 64·(4·48² + 2·48·96) + 2·64²·48 = 1,572,864, twice; last, 3×3 of 48 into 64 at 4×4: 442,368, its projection 49,152; classes 640
	require.Equal(t, int64(460_800+884_736+903_168+3_456+331_776+12_288+98_304+2*1_572_864+442_368+49_152+640), n.Totals().MACs)

	// the skipped repetition moves behind the other one, and then there is one
	c := s.Canonical(p)
	require.Equal(t, space.Design{
		"width": 24.0, "stem_kernel": 5.0, "stage_times": 1.0, "stage_1_op": "mb", "stage_1_op_mb_kernel": 7.0, "stage_1_op_mb_expand": 3.0,
		"down_conv1_kernel": 3.0, "wide_sequence1_upconv1_filters": 8.0, "global": "present", "global_layers_times": 2.0, "global_layers_attention1_heads": 4.0,
		"global_layers_feed_forward1_expand": 2.0,
	}, s.Space().Design(c))
}

// Networks that differ in the places of their skips only have one canonical point.
func TestTemplateCanonicalJoinsOrders(t *testing.T) {
	s, err := nas.NewTemplate(nas.Template{Name: "n", Input: dnn.Shape{Height: 8, Width: 8, Channels: 2}, Blocks: []nas.Block{
		{Kind: nas.ConvBlock},
		{Kind: nas.RepeatBlock, Name: "r", Times: nas.Of(0, 1, 2, 3), Blocks: []nas.Block{
			{Kind: nas.OptionalBlock, Name: "o", Blocks: []nas.Block{{Kind: nas.ConvBlock, Name: "c", Kernel: nas.Of(1, 3)}}},
		}},
	}})
	require.NoError(t, err)
	classes := map[string]bool{}
	for p := range s.Space().Points() {
		classes[s.Space().Key(s.Canonical(p))] = true
	}
	require.Equal(t, big.NewInt(1+3+9+27), s.Space().Size())
	require.Len(t, classes, 1+2+4+8, "sequences of up to three convolutions of two sizes")
}

func TestTemplateMistakes(t *testing.T) {
	conv := nas.Block{Kind: nas.ConvBlock}
	for name, c := range map[string]struct {
		blocks []nas.Block
		want   string
		path   []any
	}{
		"no blocks":       {nil, "no blocks", nil},
		"no kind":         {[]nas.Block{{}}, "no kind: want one of conv, depthwise", []any{"block", 0}},
		"bad name":        {[]nas.Block{{Kind: nas.ConvBlock, Name: "A"}}, `name "A": want 1 to 64 lower-case letters`, []any{"block", 0, "name"}},
		"name twice":      {[]nas.Block{{Kind: nas.ConvBlock, Name: "a"}, {Kind: nas.ConvBlock, Name: "a"}}, `name "a" is taken`, []any{"block", 1, "name"}},
		"not its size":    {[]nas.Block{{Kind: nas.NormBlock, Kernel: nas.Of(3)}}, "kernel is not for a block of kind norm, which has kind, name", []any{"block", 0, "kernel"}},
		"not its flag":    {[]nas.Block{{Kind: nas.ConvBlock, Squeeze: true}}, "squeeze is not for a block of kind conv", []any{"block", 0, "squeeze"}},
		"missing":         {[]nas.Block{{Kind: nas.DenseBlock}}, "features is missing", []any{"block", 0, "features"}},
		"even kernel":     {[]nas.Block{{Kind: nas.ConvBlock, Kernel: nas.Of(3, 4)}}, "want odd ones, or valid = true", []any{"block", 0, "kernel"}},
		"descending":      {[]nas.Block{{Kind: nas.ConvBlock, Filters: nas.Of(8, 4)}}, "filters [8 4] do not ascend", []any{"block", 0, "filters"}},
		"out of range":    {[]nas.Block{{Kind: nas.ConvBlock, Filters: nas.Of(0)}}, "filters 0 out of range [1, 1048576]", []any{"block", 0, "filters"}},
		"unknown shared":  {[]nas.Block{{Kind: nas.ConvBlock, Filters: nas.Ref("w")}}, `unknown shared choice "w"`, []any{"block", 0, "filters"}},
		"one to choose":   {[]nas.Block{{Kind: nas.ChoiceBlock, Blocks: []nas.Block{conv}}}, "1 blocks inside: a choice needs 2 or more", []any{"block", 0}},
		"blocks in conv":  {[]nas.Block{{Kind: nas.ConvBlock, Blocks: []nas.Block{conv}}}, "a block of kind conv has no blocks inside", []any{"block", 0, "block"}},
		"inside a repeat": {[]nas.Block{{Kind: nas.RepeatBlock, Times: nas.Of(2), Blocks: []nas.Block{{Kind: nas.DenseBlock}}}}, "block repeat1.1.dense1: features is missing", []any{"block", 0, "block", 0, "features"}},
		"does not fit": {[]nas.Block{{Kind: nas.PoolBlock, Kernel: nas.Of(16), Stride: nas.Of(1), Valid: true}, {Kind: nas.ConvBlock}},
			`layers[0]: layer "pool1" (pool): kernel height 16 with dilation 1 spans 16 elements: larger than the padded input height 8`, nil},
		"residual": {[]nas.Block{{Kind: nas.ResidualBlock, Name: "r", Blocks: []nas.Block{{Kind: nas.ConvBlock, Filters: nas.Of(5)}}}},
			`block "r": its blocks yield 8×8×5 to be added to 8×8×2: want the same shape, or project = true`, nil},
		"sum": {[]nas.Block{{Kind: nas.SumBlock, Name: "s", Blocks: []nas.Block{conv, {Kind: nas.PoolBlock}}}},
			`block "s": branch "pool1" yields 4×4×2 to be added to 8×8×2: want the same shape`, nil},
		"concat": {[]nas.Block{{Kind: nas.ConcatBlock, Name: "c", Blocks: []nas.Block{conv, {Kind: nas.PoolBlock}}}},
			`block "c": branch "pool1" yields 4×4×2 beside 8×8×2: want the same height and width`, nil},
		"heads": {[]nas.Block{{Kind: nas.AttentionBlock, Name: "a", Heads: nas.Of(3)}}, `block "a": 3 heads do not divide 2 channels`, nil},
		"one axis name": {[]nas.Block{{Kind: nas.ChoiceBlock, Name: "a", Blocks: []nas.Block{{Kind: nas.ConvBlock, Name: "b", Kernel: nas.Of(1, 3)}, conv}},
			{Kind: nas.ConvBlock, Name: "a_b", Kernel: nas.Of(1, 3)}}, `axis "a_b_kernel" is declared twice`, nil},
		"too large": {[]nas.Block{{Kind: nas.RepeatBlock, Times: nas.Of(64), Blocks: []nas.Block{{Kind: nas.RepeatBlock, Times: nas.Of(64), Blocks: []nas.Block{conv}}}}},
			"the template is too large: want at most 2048 blocks and 1024 axes", nil},
		"no layers": {[]nas.Block{{Kind: nas.SkipBlock}}, "has no layers", nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := nas.NewTemplate(nas.Template{Name: "t", Input: dnn.Shape{Height: 8, Width: 8, Channels: 2}, Blocks: c.blocks})
			require.ErrorContains(t, err, c.want)
			mistake, ok := errors.AsType[*nas.TemplateError](err)
			require.True(t, ok)
			if c.path != nil {
				require.Equal(t, c.path, mistake.Path)
			}
		})
	}
	_, err := nas.NewTemplate(nas.Template{Shared: []nas.SharedValues{{Name: "w"}, {Name: "B", Of: []int{1}}}, Blocks: []nas.Block{conv}})
	require.ErrorContains(t, err, "input 0×0×0: want height, width and channels of at least 1")
	require.ErrorContains(t, err, `shared choice "w": no values`)
	require.ErrorContains(t, err, `shared choice "B": want 1 to 64 lower-case letters`)
}

// A point whose shapes do not fit is an error that names the layer; the first point of the space fits.
func TestTemplatePointThatDoesNotFit(t *testing.T) {
	s, err := nas.NewTemplate(nas.Template{Name: "t", Input: dnn.Shape{Height: 8, Width: 8, Channels: 2}, Blocks: []nas.Block{
		{Kind: nas.ConvBlock}, {Kind: nas.RepeatBlock, Name: "r", Times: nas.Of(1, 4), Blocks: []nas.Block{{Kind: nas.PoolBlock, Name: "p"}}},
	}})
	require.NoError(t, err)
	_, err = s.Decode(space.Point{1})
	require.ErrorContains(t, err, `layer "r.4.p" (pool)`)
}

func TestBlockKindsHaveNames(t *testing.T) {
	for _, k := range nas.BlockKinds() {
		text, err := k.MarshalText()
		require.NoError(t, err)
		var read nas.BlockKind
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, k, read)
	}
	_, err := nas.NoBlock.MarshalText()
	require.ErrorContains(t, err, "unknown kind of block")
	require.ErrorContains(t, new(nas.BlockKind).UnmarshalText([]byte("cnv")), `unknown kind of block "cnv": known are conv, depthwise`)
}
