package dataflow_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

const networkText = `// a network with constants, comments and a mapping that is inherited
Constant Rows 3;
Network small-net {
	Layer Conv2d-1 { // the name has a dash
		Type: CONV
		Stride { X: 2, Y: 2 }
		Dimensions { K: 64, C: 3, R: Rows, S: 3, Y: 224, X: 224 }
		Dataflow {
			SpatialMap(1,1) K;
			TemporalMap (Sz(R), 1) Y;
			TemporalMap(8,8) X';
			TemporalMap(Rows,Sz(R)) R;
			Cluster(Sz(S), P);
			SpatialMap(1,1) C;
		}
	}
	Layer second {
		Type: DSCONV
		Dimensions { K: 1, C: 64, R: 3, S: 3, Y': 10, X': 12 }
		Dataflow { TemporalMap(1,1) K; SpatialMap(1,1) C; Cluster(4, L); SpatialMap(1,1) X'; }
	}
	Layer third { Type: DSCONV Dimensions { C: 64, R: 3, S: 3, Y: 10, X: 12 } }
}`

func TestReadNetwork(t *testing.T) {
	n, err := dataflow.ReadNetwork("small.m", strings.NewReader(networkText))
	require.NoError(t, err)
	require.Equal(t, "small-net", n.Name)
	require.Len(t, n.Layers, 3)
	require.Equal(t, dataflow.MappedLayer{
		Layer: dataflow.Layer{
			Name: "Conv2d-1", StrideY: 2, StrideX: 2,
			Size: [dataflow.NumDims]int{dataflow.K: 64, dataflow.C: 3, dataflow.R: 3, dataflow.S: 3, dataflow.Y: 224, dataflow.X: 224},
		},
		Mapping: dataflow.Mapping{
			{Maps: []dataflow.Map{
				dataflow.Spatial(dataflow.K, 1, 1), dataflow.Temporal(dataflow.Y, 3, 1), dataflow.Temporal(dataflow.OutX, 8, 8), dataflow.Temporal(dataflow.R, 3, 3),
			}},
			{Units: 3, Maps: []dataflow.Map{dataflow.Spatial(dataflow.C, 1, 1)}},
		},
		Line: 4,
	}, n.Layers[0])
	second := n.Layers[1]
	require.Equal(t, dataflow.Depthwise, second.Layer.Op)
	require.Equal(t, [2]int{12, 14}, [2]int{second.Layer.Size[dataflow.Y], second.Layer.Size[dataflow.X]}, "the input of 10×12 outputs")
	require.Equal(t, second.Mapping, n.Layers[2].Mapping, "a layer without Dataflow has that of the layer before")
	require.Equal(t, "SpatialMap(1,1) K; TemporalMap(3,1) Y; TemporalMap(8,8) X'; TemporalMap(3,3) R; Cluster(3, P); SpatialMap(1,1) C", n.Layers[0].Mapping.String())

	list, err := n.DNN()
	require.NoError(t, err)
	require.Equal(t, int64(64*27*111*111+2*0+64*9*120+64*9*80), list.Totals().MACs)
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	n, err := dataflow.ReadNetwork("small.m", strings.NewReader(networkText))
	require.NoError(t, err)
	for _, template := range []dataflow.Template{dataflow.KCP, dataflow.YXP, dataflow.YRP} {
		for _, l := range resnet50(t) {
			n.Layers = append(n.Layers, dataflow.MappedLayer{Layer: l, Mapping: template.Map(l, nil)})
		}
	}
	product := dataflow.Layer{Name: "a {strange} name", Op: dataflow.MatMul, Size: [dataflow.NumDims]int{dataflow.M: 1, dataflow.N: 2, dataflow.K: 3}}
	n.Layers = append(n.Layers, dataflow.MappedLayer{Layer: product, Mapping: dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Spatial(dataflow.N, 1, 1)}}}})
	requireRoundTrip(t, n)
}

// requireRoundTrip writes a network, reads it and requires the same layers and mappings.
func requireRoundTrip(t *testing.T, n dataflow.Network) {
	t.Helper()
	var text bytes.Buffer
	require.NoError(t, dataflow.WriteNetwork(&text, n))
	again, err := dataflow.ReadNetwork("again.m", bytes.NewReader(text.Bytes()))
	require.NoError(t, err, "%s", text.String())
	require.Len(t, again.Layers, len(n.Layers))
	for i, l := range again.Layers {
		want := n.Layers[i]
		require.Equal(t, want.Layer.MACs(), l.Layer.MACs())
		require.Equal(t, want.Layer.Op, l.Layer.Op)
		require.Equal(t, want.Mapping.String(), l.Mapping.String())
		for d, size := range want.Layer.Size {
			require.Equal(t, max(size, 1), max(l.Layer.Size[d], 1))
		}
	}
}

func TestSyntaxErrorsHaveALine(t *testing.T) {
	layer := func(body string) string { return "Network n {\nLayer l {\n" + body + "\n}\n}" }
	const dims = "Type: CONV\nDimensions { K: 4, C: 3, R: 3, S: 3, Y: 8, X: 8 }\n"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "dataflow: n.m:1: no layers"},
		{"no layers", "Network n {\n}", "dataflow: n.m:2: no layers"},
		{"word outside", "Network n {\n}\nLayer x {", `dataflow: n.m:3: "Layer": want Network or Constant`},
		{"hardware block", "Accelerator {", `dataflow: n.m:1: "Accelerator": want Network or Constant`},
		{"constant without value", "Constant A\nNetwork", `dataflow: n.m:2: constant A "Network": want a whole number in [1, 268435456] or a constant`},
		{"constant without name", "Constant {", `dataflow: n.m:1: "{": want the name of a constant`},
		{"end in a name", "Network n\n", `dataflow: n.m:1: end of file: want "{"`},
		{"end in a network", "Network n {\n", `dataflow: n.m:1: end of file: want Layer or "}"`},
		{"type", layer("Type: POOL"), `dataflow: n.m:3: layer "l": type "POOL": known are CONV, DSCONV, NGCONV, GEMM, TRCONV, FC`},
		{"no type", layer("Dimensions { K: 4 }"), `dataflow: n.m:2: layer "l" has no Type`},
		{"stride after the sizes", layer(dims + "Stride { X: 1 }"), `dataflow: n.m:5: layer "l": the stride comes after the dimensions: want it before`},
		{"stride of a channel", layer("Stride { C: 1 }"), `dataflow: n.m:3: layer "l": stride along C: want X or Y`},
		{"unknown dimension", layer("Type: CONV\nDimensions { K: 4, Q: 3 }"), `dataflow: n.m:4: unknown dimension "Q": known are C G K M N R S X Y X' Y'`},
		{"stated twice", layer("Type: CONV\nDimensions { K: 4, K: 3 }"), `dataflow: n.m:4: layer "l": K is stated twice`},
		{"input and output", layer("Type: CONV\nDimensions { Y: 4, Y': 3 }"), `dataflow: n.m:2: layer "l": both Y and Y' are stated`},
		{"zero size", layer("Type: CONV\nDimensions { K: 0 }"), `dataflow: n.m:4: size K "0": want a whole number in [1, 268435456] or a constant`},
		{"missing brace", layer("Type: CONV\nDimensions K: 4"), `dataflow: n.m:4: "K": want "{"`},
		{"word in a layer", layer("Kind: CONV"), `dataflow: n.m:3: layer "l": "Kind": want Type, Stride, Dimensions, Dataflow or "}"`},
		{"directive", layer(dims + "Dataflow {\nLoop(1,1) K; }"), `dataflow: n.m:6: layer "l": "Loop": want TemporalMap, SpatialMap, Cluster or "}"`},
		{"zero tile", layer(dims + "Dataflow {\nSpatialMap(0,1) K; }"), `dataflow: n.m:6: tile "0": want a whole number in [1, 268435456] or a constant`},
		{"no step", layer(dims + "Dataflow {\nSpatialMap(1) K; }"), `dataflow: n.m:6: step "K": want a whole number in [1, 268435456] or a constant`},
		{"size of nothing", layer("Type: CONV\nDataflow {\nSpatialMap(Sz(R),1) K; }"), `dataflow: n.m:5: tile: Sz(R): the layer gives no R before`},
		{"size of an unknown", layer(dims + "Dataflow {\nSpatialMap(Sz(B),1) K; }"), `dataflow: n.m:6: unknown dimension "B": known are C G K M N R S X Y X' Y'`},
		{"map on an unknown", layer(dims + "Dataflow {\nSpatialMap(1,1) Z; }"), `dataflow: n.m:6: unknown dimension "Z": known are C G K M N R S X Y X' Y'`},
		{"kernel in parts", layer(dims + "Dataflow {\nTemporalMap(1,1) R; }"), `dataflow: n.m:6: layer "l": R: a temporal map of the kernel has to cover it: want (3,3), got (1,1)`},
		{"cluster", layer(dims + "Dataflow {\nCluster(P); }"), `dataflow: n.m:6: cluster "P": want a whole number in [1, 268435456] or a constant`},
		{"dimension that the layer has not", layer(dims + "Dataflow { SpatialMap(1,1) M; }"), `dataflow: n.m:2: layer "l": dataflow: level 0: SpatialMap(1,1) M: the layer has no dimension M`},
		{"kernel larger than the input", layer("Type: CONV\nDimensions { K: 4, C: 3, R: 9, S: 3, Y: 8, X: 8 }"), `dataflow: n.m:2: dataflow: layer "l" (CONV): kernel R 9 is larger than the input Y 8`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := dataflow.ReadNetwork("n.m", strings.NewReader(c.text))
			require.EqualError(t, err, c.want)
		})
	}
	two := strings.Replace(layer("Dimensions { K: 4 }"), "\n}", "\n}\nLayer m { Type: CONV Dimensions { R: 2 } }\n}", 1)
	_, err := dataflow.ReadNetwork("n.m", strings.NewReader(strings.TrimSuffix(two, "\n}")))
	require.ErrorContains(t, err, `n.m:2: layer "l" has no Type`)
	require.ErrorContains(t, err, `n.m:5: dataflow: layer "m" (CONV): kernel R 2`, "shapes are all reported")
}

func TestLayersThatDoNotChainAreNamed(t *testing.T) {
	read := func(second string) error {
		text := "Network n {\nLayer a { Type: CONV Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 10, X: 12 } }\nLayer b { " + second + " }\n}"
		n, err := dataflow.ReadNetwork("n.m", strings.NewReader(text))
		require.NoError(t, err)
		return n.CheckChain()
	}
	require.NoError(t, read("Type: CONV Dimensions { K: 4, C: 8, R: 3, S: 3, Y: 10, X: 12 }"), "with a border")
	require.NoError(t, read("Type: CONV Dimensions { K: 4, C: 8, R: 1, S: 1, Y: 4, X: 5 }"), "after a pooling")
	require.NoError(t, read("Type: FC Dimensions { K: 4, C: 640 }"), "flattened: 8·8·10")
	require.NoError(t, read("Type: GEMM Dimensions { M: 80, N: 4, K: 8 }"))
	require.EqualError(t, read("Type: CONV Dimensions { K: 4, C: 3, R: 1, S: 1, Y: 8, X: 10 }"), `dataflow: n:3: layer "b" after "a": reads 3 channels, 8 are written`)
	require.EqualError(t, read("Type: CONV Dimensions { K: 4, C: 8, R: 3, S: 3, Y: 13, X: 10 }"), `dataflow: n:3: layer "b" after "a": reads 13 rows, 8 are written and the kernel has 3`)
	require.EqualError(t, read("Type: CONV Dimensions { K: 4, C: 8, R: 3, S: 1, Y: 8, X: 11 }"), `dataflow: n:3: layer "b" after "a": reads 11 columns, 10 are written and the kernel has 1`)
	require.EqualError(t, read("Type: GEMM Dimensions { M: 8, N: 4, K: 8 }"), `dataflow: n:3: layer "b" after "a": reads 64 elements, 640 are written`)
}

func TestReadHardware(t *testing.T) {
	h, err := dataflow.ReadHardware("h.m", strings.NewReader("num_pes: 256\nl1_size_cstr: 100 // bytes\nl2_size_cstr: 3000\nnoc_bw_cstr: 1000\r\noffchip_bw_cstr: 50"))
	require.NoError(t, err)
	require.Equal(t, dataflow.Hardware{PEs: 256, NoCBandwidth: 1000, HopCycles: 1, OffchipBandwidth: 50, L1Bytes: 100, L2Bytes: 3000}, h)
	h, err = dataflow.ReadHardware("h.m", strings.NewReader("num_pes: 4 NoC_NumHops: 3"))
	require.NoError(t, err)
	require.Equal(t, dataflow.Hardware{PEs: 4, NoCBandwidth: dataflow.MaxSize, HopCycles: 3}, h)
	var text bytes.Buffer
	require.NoError(t, dataflow.WriteHardware(&text, h))
	again, err := dataflow.ReadHardware("h.m", &text)
	require.NoError(t, err)
	require.Equal(t, h, again)
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "dataflow: h.m:1: num_pes is missing"},
		{"unknown", "num_pes: 4\nclock: 3", `dataflow: h.m:2: unknown key "clock": known are num_pes, l1_size_cstr, l2_size_cstr, noc_bw_cstr, offchip_bw_cstr, NoC_NumHops`},
		{"twice", "num_pes: 4\nnum_pes: 3", "dataflow: h.m:2: num_pes is stated twice"},
		{"no number", "num_pes: many", `dataflow: h.m:1: num_pes "many": want a whole number in [1, 268435456] or a constant`},
		{"no value", "num_pes: 4\nnoc_bw_cstr:", `dataflow: h.m:2: noc_bw_cstr end of file: want a whole number in [1, 268435456] or a constant`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := dataflow.ReadHardware("h.m", strings.NewReader(c.text))
			require.EqualError(t, err, c.want)
		})
	}
	require.EqualError(t, dataflow.WriteHardware(&text, dataflow.Hardware{PEs: 1, NoCBandwidth: 1}),
		"dataflow: a hardware file cannot hold 0 cycles of hop delay and 0 SIMD lanes: want at least 1 and at most 1")
	require.ErrorContains(t, dataflow.WriteHardware(&text, dataflow.Hardware{}), "PEs 0")
}

func FuzzReadNetwork(f *testing.F) {
	f.Add(networkText)
	f.Add("Network n { Layer g { Type: GEMM Dimensions { M: 2, N: 3, K: 4 } Dataflow { SpatialMap(1,1) M; } } }")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := dataflow.ReadNetwork("fuzz", strings.NewReader(text))
		if err != nil {
			return
		}
		requireRoundTrip(t, n)
		_ = n.CheckChain()
		var scratch dataflow.Scratch
		for _, l := range n.Layers {
			for _, p := range []dataflow.Profile{dataflow.Physical, dataflow.Maestro} {
				if l.Mapping != nil {
					_, _ = dataflow.Evaluate(dataflow.Hardware{PEs: 64, NoCBandwidth: 3}, l.Layer, l.Mapping, p, &scratch) // must not panic
				}
			}
		}
	})
}

func FuzzReadHardware(f *testing.F) {
	f.Add("num_pes: 256\nl1_size_cstr: 100\nnoc_bw_cstr: 1000")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := dataflow.ReadHardware("fuzz", strings.NewReader(text))
		if err != nil {
			return
		}
		var written bytes.Buffer
		require.NoError(t, dataflow.WriteHardware(&written, h))
		again, err := dataflow.ReadHardware("again", &written)
		require.NoError(t, err)
		require.Equal(t, h, again)
	})
}
