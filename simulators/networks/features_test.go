package networks_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
)

// The convolution is a product of 16×18 by 18×8, the matrix one of 1×128 by 128×10: 2304 and 1280 multiply-accumulates.
func TestFeaturesByHand(t *testing.T) {
	n := dnn.Network{Layers: []dnn.Layer{
		{Op: dnn.Conv, InHeight: 4, InWidth: 4, InChannels: 2, Filters: 8, KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1,
			DilationHeight: 1, DilationWidth: 1, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1, Groups: 1},
		{Op: dnn.Pool, InHeight: 4, InWidth: 4, InChannels: 8, KernelHeight: 2, KernelWidth: 2, StrideHeight: 2, StrideWidth: 2, DilationHeight: 1, DilationWidth: 1},
		{Op: dnn.GEMM, M: 1, K: 128, N: 10, Weights: true},
	}}
	want := []struct {
		name  string
		value float64
	}{
		{"layers", 2}, {"macs", 3584}, {"weights", 144 + 1280}, {"activations", 32 + 128 + 128 + 10}, {"intensity", 2.0813008},
		{"conv_frac", 0.6428571}, {"pointwise_frac", 0}, {"depthwise_frac", 0}, {"matrix_frac", 0.3571429}, {"attention_frac", 0},
		{"mean_m", 5.9439772}, {"mean_n", 8.6636461}, {"mean_k", 36.2690254},
		{"padded_mn", 64*64*18 + 64*64*128}, {"padded_nk", 16*64*64 + 64*128},
	}
	got := networks.Features(n)
	require.NoError(t, simulators.CheckFeatures(got))
	require.Len(t, got, len(want))
	for i, w := range want {
		require.Equal(t, w.name, got[i].Name)
		require.InEpsilon(t, 1+w.value, 1+got[i].Value, 1e-6, w.name)
	}
}

// The parts of the multiply-accumulates of every network of the zoo add up, and padding only adds.
func TestFeaturesOfTheZoo(t *testing.T) {
	for _, e := range dnn.Zoo() {
		value := map[string]float64{}
		for _, f := range networks.Features(e.Build()) {
			value[f.Name] = f.Value
		}
		require.InDelta(t, 1, value["conv_frac"]+value["pointwise_frac"]+value["depthwise_frac"]+value["matrix_frac"]+value["attention_frac"], 1e-9, e.Name)
		require.GreaterOrEqual(t, value["padded_mn"], value["macs"], e.Name)
		require.GreaterOrEqual(t, value["padded_nk"], value["macs"], e.Name)
		require.Equal(t, float64(e.Build().Totals().MACs), value["macs"], e.Name)
	}
}
