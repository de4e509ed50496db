package onnx_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators/onnx"
)

// reshaped is a graph that reshapes 6×4 elements by a constant tensor, and takes the softmax.
func reshaped(shape []byte) []byte {
	var g graph
	g.input("x", 6, 4)
	g.message = bytes(g.message, 5, bytes(shape, 8, []byte("shape")))
	g.node("Reshape", "r", []string{"x", "shape"})
	g.node("MatMul", "m", []string{"r", g.weights("w", 8, 1)})
	return g.model()
}

// TestConstantsOfEveryType: the shape 3×8 in every way that a file can hold integers.
func TestConstantsOfEveryType(t *testing.T) {
	list := func(dataType int64) []byte { return varint(varint(nil, 1, 2), 2, dataType) }
	for name, shape := range map[string][]byte{
		"int64, raw":            bytes(list(7), 9, []byte{3, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0}),
		"int64, packed":         bytes(list(7), 7, []byte{3, 8}),
		"int64, one by one":     varint(varint(list(7), 7, 3), 7, 8),
		"int64, to be computed": bytes(list(7), 9, []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 8, 0, 0, 0, 0, 0, 0, 0}),
		"int32, raw":            bytes(list(6), 9, []byte{3, 0, 0, 0, 8, 0, 0, 0}),
		"int32, packed":         bytes(list(6), 5, []byte{3, 8}),
		"int8, raw":             bytes(list(3), 9, []byte{0xff, 8}),
		"uint8, raw":            bytes(list(2), 9, []byte{3, 8}),
		"packed dimensions":     bytes(varint(bytes(nil, 1, []byte{2}), 2, 7), 7, []byte{3, 8}),
	} {
		t.Run(name, func(t *testing.T) {
			n := read(t, reshaped(shape), nil)
			require.Equal(t, int64(3*8), n.Totals().MACs)
		})
	}
	for name, c := range map[string]struct {
		shape []byte
		want  string
	}{
		"too few values":   {bytes(list(7), 7, []byte{3}), `initializer "shape": 1 values for the dimensions [2]`},
		"floats":           {bytes(list(1), 9, []byte{0, 0, 0, 0, 0, 0, 0, 0}), "the shape is not a small constant of integers"},
		"a torn number":    {bytes(list(7), 7, []byte{0x80}), "initializer 0: unexpected EOF"},
		"in another file":  {varint(list(7), 14, 1), "the shape is not a small constant of integers"},
		"negative size":    {varint(varint(nil, 1, -2), 2, 7), `initializer "shape": dimensions [-2]: -2 out of range [0, 268435456]`},
		"too many to read": {varint(varint(varint(nil, 1, 1<<20), 1, 1<<20), 2, 7), "the shape is not a small constant of integers"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := onnx.Read("m.onnx", reshaped(c.shape), onnx.Options{})
			require.ErrorContains(t, err, c.want)
		})
	}
}
