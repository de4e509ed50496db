package loopnest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

func TestLayersByHand(t *testing.T) {
	tests := []struct {
		name     string
		layer    dnn.Layer
		size     [8]int64 // C, M, R, S, P, Q, N, G
		words    [3]int64 // weights, inputs, outputs
		computes int64
	}{
		{
			// 3×224+2·3... the stem of ResNet: outputs 112²·64; inputs that windows reach: (111·2 + 7)² = 229² of 3 channels
			name:     "strided convolution",
			layer:    dnn.Layer{InHeight: 224, InWidth: 224, InChannels: 3, Filters: 64, KernelHeight: 7, KernelWidth: 7, StrideHeight: 2, StrideWidth: 2, PadTop: 3, PadBottom: 3, PadLeft: 3, PadRight: 3},
			size:     [8]int64{3, 64, 7, 7, 112, 112, 1, 1},
			words:    [3]int64{9408, 157_323, 802_816},
			computes: 118_013_952,
		},
		{
			// (9 − 5)/1 + 1 = 5 outputs, windows of 2·(3 − 1) + 1 = 5 reach 4 + 5 = 9 rows; 4 groups of 1 channel, 2 filters each
			name: "dilated depthwise with a multiplier",
			layer: dnn.Layer{InHeight: 9, InWidth: 9, InChannels: 4, Filters: 8, Groups: 4, KernelHeight: 3, KernelWidth: 3, DilationHeight: 2,
				DilationWidth: 2},
			size:     [8]int64{1, 2, 3, 3, 5, 5, 1, 4},
			words:    [3]int64{72, 324, 200},
			computes: 1800,
		},
		{
			name:     "products of attention",
			layer:    dnn.Layer{Op: dnn.GEMM, Batch: 12, M: 16, N: 20, K: 64},
			size:     [8]int64{64, 20, 1, 1, 16, 1, 1, 12},
			words:    [3]int64{15_360, 12_288, 3840},
			computes: 245_760,
		},
		{
			// every input element times 4 filters of 2×2
			name:     "transposed convolution",
			layer:    dnn.Layer{Op: dnn.TransposedConv, InHeight: 5, InWidth: 6, InChannels: 3, Filters: 4, KernelHeight: 2, KernelWidth: 2, StrideHeight: 2, StrideWidth: 2},
			size:     [8]int64{3, 16, 1, 1, 5, 6, 1, 1},
			words:    [3]int64{48, 90, 480},
			computes: 1440,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := loopnest.FromLayer(test.layer, 1)
			require.NoError(t, err)
			for d, want := range test.size {
				require.Equal(t, want, p.Dimensions[d].Size, p.Dimensions[d].Name)
			}
			require.Equal(t, test.words, [3]int64{p.Words(loopnest.Weights), p.Words(loopnest.Inputs), p.Words(loopnest.Outputs)})
			require.Equal(t, test.computes, p.Computes())
			require.Equal(t, test.layer.MACs(), p.Computes())
			batch, err := loopnest.FromLayer(test.layer, 3)
			require.NoError(t, err)
			require.Equal(t, 3*test.computes, batch.Computes())
		})
	}
	_, err := loopnest.FromLayer(dnn.Layer{Name: "add", Op: dnn.Elementwise, InHeight: 1, InWidth: 1, InChannels: 1}, 1)
	require.EqualError(t, err, `loopnest: layer "add": elementwise has no multiply-accumulates`)
	_, err = loopnest.FromLayer(dnn.Layer{Name: "bad"}, 1)
	require.Error(t, err)
}

func TestProblemsAreChecked(t *testing.T) {
	valid := func() loopnest.Problem {
		return loopnest.Problem{Name: "p", Dimensions: []loopnest.Dimension{{Name: "I", Size: 4}, {Name: "J", Size: 2}}, Tensors: []loopnest.Tensor{
			{Name: "A", Axes: []loopnest.Axis{loopnest.Window(0, 2, 1, 1)}}, {Name: "B", Axes: []loopnest.Axis{loopnest.Along(0)}, Output: true}}}
	}
	p := valid()
	require.NoError(t, p.Check())
	tests := []struct {
		name   string
		change func(*loopnest.Problem)
		want   string
	}{
		{"no dimension", func(p *loopnest.Problem) {
			*p = loopnest.Problem{Tensors: []loopnest.Tensor{{Name: "A", Output: true}}}
		},
			`loopnest: problem "": 0 dimensions out of range [1, 16]`},
		{"empty dimension", func(p *loopnest.Problem) { p.Dimensions[0].Size = 0 }, `loopnest: problem "p": dimension "I" of size 0: want at least 1`},
		{"two of a name", func(p *loopnest.Problem) { p.Dimensions[1].Name = "I" }, `loopnest: problem "p": two dimensions named "I"`},
		{"two tensors of a name", func(p *loopnest.Problem) { p.Tensors[1].Name = "A" }, `loopnest: problem "p": two tensors named "A"`},
		{"no name", func(p *loopnest.Problem) { p.Tensors[0].Name = "" }, `loopnest: problem "p": tensor 0 has no name`},
		{"no output", func(p *loopnest.Problem) { p.Tensors[1].Output = false },
			`loopnest: problem "p": 0 outputs: want exactly one tensor that is read and written`},
		{"unknown dimension", func(p *loopnest.Problem) { p.Tensors[1].Axes[0] = loopnest.Along(2) }, `loopnest: problem "p": tensor "B": dimension 2 out of range [0, 2)`},
		{"dimension twice", func(p *loopnest.Problem) { p.Tensors[1].Axes = append(p.Tensors[1].Axes, loopnest.Along(0)) },
			`loopnest: problem "p": tensor "B": dimension "I" occurs twice`},
		{"no coefficient", func(p *loopnest.Problem) { p.Tensors[0].Axes[0][0].Coefficient = 0 },
			`loopnest: problem "p": tensor "A": coefficient 0 of "I" out of range [1, 2^20]`},
		{"axis without a term", func(p *loopnest.Problem) { p.Tensors[0].Axes[0] = nil }, `loopnest: problem "p": tensor "A" has an axis without a term`},
		{"output along a sum", func(p *loopnest.Problem) { p.Tensors[1].Axes[0] = loopnest.Window(0, 1, 1, 1) },
			`loopnest: problem "p": output "B": an axis that adds dimensions is not modelled`},
		{"too many points", func(p *loopnest.Problem) { p.Dimensions[0].Size = 1 << 59 },
			`loopnest: problem "p": 1152921504606846976 points with tensor "A": counts may exceed 2^60` + "\n" +
				`loopnest: problem "p": 1152921504606846976 points with tensor "B": counts may exceed 2^60`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := valid()
			test.change(&p)
			require.EqualError(t, p.Check(), test.want)
		})
	}
}
