package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

func TestOperandBits(t *testing.T) {
	conv := dnn.Layer{Op: dnn.Conv, Bits: dnn.Bits{Weight: 4, Activation: 6}}
	attention := dnn.Layer{Op: dnn.GEMM, Bits: dnn.Bits{Activation: 6}}
	for name, c := range map[string]struct {
		layer             dnn.Layer
		activation, other int
	}{
		"both stated":          {conv, 6, 4},
		"neither":              {dnn.Layer{Op: dnn.Conv}, 16, 16},
		"weights only":         {dnn.Layer{Op: dnn.Conv, Bits: dnn.Bits{Weight: 2}}, 16, 2},
		"two activations":      {attention, 6, 6},
		"activations only":     {dnn.Layer{Op: dnn.GEMM, Weights: true, Bits: dnn.Bits{Activation: 3}}, 3, 16},
		"two activations, 16b": {dnn.Layer{Op: dnn.GEMM}, 16, 16},
	} {
		a, o := c.layer.OperandBits(16)
		require.Equal(t, []int{c.activation, c.other}, []int{a, o}, name)
	}
}

func TestBitsAreChecked(t *testing.T) {
	conv := dnn.Layer{Name: "c", Op: dnn.Conv, InHeight: 4, InWidth: 4, InChannels: 1, Filters: 1, KernelHeight: 1, KernelWidth: 1}
	conv.Bits = dnn.Bits{Weight: 2, Activation: 64}
	_, err := conv.Check()
	require.NoError(t, err)
	conv.Bits = dnn.Bits{Weight: 65, Activation: -1}
	_, err = conv.Check()
	require.ErrorContains(t, err, `layer "c" (conv): weight bits 65 out of range [1, 64], or 0`)
	require.ErrorContains(t, err, "activation bits -1 out of range")
	pool := dnn.Layer{Name: "p", Op: dnn.Pool, InHeight: 4, InWidth: 4, InChannels: 1, KernelHeight: 1, KernelWidth: 1, Bits: dnn.Bits{Activation: 4}}
	_, err = pool.Check()
	require.ErrorContains(t, err, "activation bits 4 are not used: want 0 (the layer multiplies nothing)")
	scores := dnn.Layer{Name: "s", Op: dnn.GEMM, M: 1, N: 1, K: 1, Bits: dnn.Bits{Weight: 4}}
	_, err = scores.Check()
	require.ErrorContains(t, err, "weight bits 4 are not used: want 0 (the layer has no weights)")
}

func TestWeightBytes(t *testing.T) {
	b := dnn.NewBuilder("n", dnn.Shape{Height: 4, Width: 4, Channels: 3})
	x := b.Append(dnn.Layer{Name: "c", Op: dnn.Conv, Filters: 5, KernelHeight: 3, KernelWidth: 3, Bias: true, Bits: dnn.Bits{Weight: 4}})
	b.Norm("n", x)
	n, err := b.Network()
	require.NoError(t, err)
	// 135 weights of 4 bits: 67.5, whole bytes 68; 5 biases of 16 bits: 10; 10 values of the normalisation: 20
	require.Equal(t, int64(68+10+20), n.WeightBytes(16))
}
