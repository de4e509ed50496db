package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// TestZooMatchesPublishedTotals compares with the figures of the sources, within half a unit of their last digit except where stated.
func TestZooMatchesPublishedTotals(t *testing.T) {
	tolerances := map[string]struct{ macs, parameters float64 }{ // absolute
		"alexnet":         {0.5e6, 0.5e6},
		"bert-base":       {0.08e9, 0}, // the source counts embeddings, softmax and normalisation too: 0.7 % more
		"dlrm":            {0, 475_985},
		"efficientnet-b0": {0.5e6, 0},
		"googlenet":       {0.5e6, 0},
		"gpt2-decode":     {0, 0},
		"gpt2-prefill":    {0, 0},
		"mnasnet":         {0.5e6, 0},
		"mobilenet-v2":    {0.5e6, 0},
		"ncf":             {0, 0},
		"resnet18":        {0.5e6, 0},
		"resnet50":        {0.5e6, 0},
		"squeezenet":      {0.5e6, 0},
		"unet":            {0, 0},
		"vgg16":           {5e6, 0},
		"vit-b":           {0.5e6, 0},
		"vit-s":           {0.05e9, 0.05e6},
	}
	require.Len(t, dnn.Zoo(), len(tolerances))
	for _, e := range dnn.Zoo() {
		t.Run(e.Name, func(t *testing.T) {
			got := e.Build().Totals()
			require.Contains(t, tolerances, e.Name)
			if e.PublishedMACs != 0 { // TestZooTotalsByHand has the others
				require.InDelta(t, e.PublishedMACs, float64(got.MACs), tolerances[e.Name].macs)
			}
			require.InDelta(t, e.PublishedParameters, float64(got.Parameters), tolerances[e.Name].parameters)
		})
	}
}

// TestResNet50V1ByHand: against v1.5 the 1×1 before the stride costs 2u, not 8u, in three stages (u = 12,845,056, see TestZooTotalsByHand), and nothing
// else changes: 4,089,184,256 − 18u.
func TestResNet50V1ByHand(t *testing.T) {
	got := dnn.ResNet50V1().Totals()
	require.Equal(t, int64(3_857_973_248), got.MACs)
	require.Equal(t, int64(25_557_032), got.Parameters)
}

// TestZooTotalsByHand pins every total to its exact value.
func TestZooTotalsByHand(t *testing.T) {
	tests := []struct {
		name             string
		macs, parameters int64
	}{
		// MACs: conv1 55²·96·363 + conv2 27²·256·1,200 + conv3 13²·384·2,304 + conv4 13²·384·1,728 + conv5 13²·256·1,728
		//   = 105,415,200 + 223,948,800 + 149,520,384 + 112,140,288 + 74,760,192 = 665,784,864 (published: 666 M, Chen et al., ISSCC 2016)
		//   + 9,216·4,096 + 4,096² + 4,096·1,000 = 58,621,952
		// parameters: weights 34,848 + 307,200 + 884,736 + 663,552 + 442,368 + 58,621,952, biases 96 + 256 + 384 + 384 + 256 + 4,096 + 4,096 + 1,000
		{"alexnet", 724_406_816, 60_965_224},
		// per layer 4·128·768² + 2·128·768·3,072 + 2·128²·768 = 301,989,888 + 603,979,776 + 25,165,824 MACs, and
		// 4·(768² + 768) + (768·3,072 + 3,072) + (3,072·768 + 768) + 2·2·768 = 7,087,872 parameters; times 12
		{"bert-base", 11_173_625_856, 85_054_464},
		// conv1 112²·64·147; stages of 56², 28², 14², 7² outputs, each 115,605,504 MACs a 3×3 convolution of equal width:
		//   4·115,605,504 + 3·(57,802,752 + 3·115,605,504 + 6,422,528) + 118,013,952 + 512,000
		{"resnet18", 1_814_073_344, 11_689_512},
		// a 1×1 of 64→64 on 56² has 12,845,056 MACs = u; 64→256 4u, 3×3 9u: stage 1 is u+9u+4u+4u + 2·(4u+9u+4u) = 52u;
		// stages 2, 3, 4 start with 8u+9u+4u+8u (the 1×1 before the stride costs double: 8u, not 2u, v1.5) and add 17u a block:
		// 29u + 3·17u, 29u + 5·17u, 29u + 2·17u = 80u, 114u, 63u; in all 309u + 118,013,952 + 2,048,000
		{"resnet50", 4_089_184_256, 25_557_032},
		// bottom 13·512 + 512·256 + 256·64 + 64·16 = 155,136, pairs 27·27·16 = 11,664, top 367·512 + 512·256 + 256 = 319,232 (367 = 16 + 27·26/2)
		// parameters: 33,762,577·16 + 155,136 + 848 biases + 319,232 + 769 biases
		{"dlrm", 486_032, 540_677_217},
		{"efficientnet-b0", 385_814_752, 5_288_548},
		{"googlenet", 1_498_376_192, 6_624_904},
		// one token: 12·(7,077,888 weights + 2·1024·768 of attention) + 50,257·768
		{"gpt2-decode", 142_406_400, 123_653_376},
		// 12·(1024·7,077,888 + 2·1024²·768) + 1024·50,257·768; 12·7,087,872 + 2·768 + 50,257·768 parameters
		{"gpt2-prefill", 145_824_153_600, 123_653_376},
		{"mnasnet", 314_415_872, 4_383_312},
		{"mobilenet-v2", 300_774_272, 3_504_872},
		// 256·256 + 256·128 + 128·64 + 128 = 106,624 MACs, 449 biases, and (138,493 + 26,744)·192 = 31,725,504 of the tables
		{"ncf", 106_624, 31_832_577},
		// conv1 109²·96·147 … conv10 13²·1000·512; 1,244,448 weights and 3,976 biases
		{"squeezenet", 818_924_576, 1_248_424},
		// pairs of 3×3 on the way down 570²·64·9 + 568²·64·576, …; up 56²·1024·512 = 28²·1024·2048 the first transposed convolution
		{"unet", 150_428_424_448, 31_030_658},
		// 9·(224²·64·(3 + 64) + 112²·128·(64 + 128) + 56²·256·(128 + 2·256) + 28²·512·(256 + 2·512) + 14²·512·3·512) = 15,346,630,656, and
		// 25,088·4096 + 4096² + 4096·1000 = 123,633,664
		{"vgg16", 15_470_264_320, 138_357_544},
		// 196·768² + 12·(197·7,077,888 + 2·197²·768) + 768,000
		{"vit-b", 17_563_828_224, 86_567_656},
		// 196·768·384 + 12·(197·1,769,472 + 2·197²·384) + 384,000
		{"vit-s", 4_598_882_304, 22_050_664},
	}
	require.Len(t, tests, len(dnn.Zoo()))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, err := dnn.Lookup(test.name)
			require.NoError(t, err)
			got := e.Build().Totals()
			require.Equal(t, test.macs, got.MACs)
			require.Equal(t, test.parameters, got.Parameters)
		})
	}
}

func TestZooNetworksAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range dnn.Zoo() {
		t.Run(e.Name, func(t *testing.T) {
			require.False(t, seen[e.Name])
			seen[e.Name] = true
			require.NotEmpty(t, e.Doc)
			require.NotEmpty(t, e.Source)
			n := e.Build()
			require.Equal(t, e.Name, n.Name)
			checked, err := n.Check()
			require.NoError(t, err)
			require.Equal(t, n, checked)
			names := map[string]bool{}
			for _, l := range n.Layers {
				require.False(t, names[l.Name], "layer name %q twice", l.Name)
				names[l.Name] = true
			}
		})
	}
}

func TestLookupListsTheKnownNames(t *testing.T) {
	_, err := dnn.Lookup("vgg")
	require.EqualError(t, err, "dnn: unknown network \"vgg\": known are alexnet, bert-base, dlrm, efficientnet-b0, googlenet, gpt2-decode, gpt2-prefill, mnasnet, "+
		"mobilenet-v2, ncf, resnet18, resnet50, squeezenet, unet, vgg16, vit-b, vit-s")
}

// TestTokensBuildTheSameNetwork: the length that an entry states is the one that it builds.
func TestTokensBuildTheSameNetwork(t *testing.T) {
	sequences := 0
	for _, e := range dnn.Zoo() {
		if e.Tokens == 0 {
			require.Nil(t, e.BuildTokens, e.Name)
			continue
		}
		sequences++
		n, err := e.BuildTokens(e.Tokens)
		require.NoError(t, err)
		require.Equal(t, e.Build(), n)
		_, err = e.BuildTokens(e.MaxTokens)
		require.NoError(t, err)
		for _, tokens := range []int{0, -1, e.MaxTokens + 1} {
			_, err = e.BuildTokens(tokens)
			require.ErrorContains(t, err, "out of range [1, ", "%s of %d", e.Name, tokens)
		}
	}
	require.Equal(t, 3, sequences)
}

func TestBERTSequenceLength(t *testing.T) {
	for _, tokens := range []int{0, -1, 513} {
		_, err := dnn.BERTBase(tokens)
		require.ErrorContains(t, err, "tokens out of range [1, 512]")
	}
	one, err := dnn.BERTBase(1)
	require.NoError(t, err)
	most, err := dnn.BERTBase(512)
	require.NoError(t, err)
	require.Equal(t, one.Totals().Parameters, most.Totals().Parameters)
	// 12·(7,077,888 weights + 2·768 of attention) for one token; 12·(512·7,077,888 + 2·512²·768) for 512
	require.Equal(t, int64(84_953_088), one.Totals().MACs)
	require.Equal(t, int64(48_318_382_080), most.Totals().MACs)
	require.Equal(t, int64(156), most.Totals().Layers) // 13 layers in each of 12
}

// TestStagesShrinkAsInThePaper checks the feature map sizes of table 1 of the ResNet paper.
func TestStagesShrinkAsInThePaper(t *testing.T) {
	want := map[string]dnn.Shape{
		"conv1": {Height: 112, Width: 112, Channels: 64}, "maxpool": {Height: 56, Width: 56, Channels: 64},
		"stage1.block3.add": {Height: 56, Width: 56, Channels: 256}, "stage2.block4.add": {Height: 28, Width: 28, Channels: 512},
		"stage3.block6.add": {Height: 14, Width: 14, Channels: 1024}, "stage4.block3.add": {Height: 7, Width: 7, Channels: 2048},
		"avgpool": {Height: 1, Width: 1, Channels: 2048}, "fc": {Height: 1, Width: 1, Channels: 1000},
	}
	for _, l := range dnn.ResNet50().Layers {
		if shape, ok := want[l.Name]; ok {
			require.Equal(t, shape, l.Output(), l.Name)
			delete(want, l.Name)
		}
	}
	require.Empty(t, want)
}
