package asic

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
)

func TestWidthsOfALayer(t *testing.T) {
	require.Equal(t, widths{}, widthsOf(dnn.Layer{Op: dnn.Conv}))
	require.Equal(t, widths{}, widthsOf(dnn.Layer{Op: dnn.Conv, Bits: dnn.Bits{Weight: 8, Activation: 8}}))
	require.Equal(t, widths{8, 4}, widthsOf(dnn.Layer{Op: dnn.Conv, Bits: dnn.Bits{Weight: 4}}))
	require.Equal(t, widths{6, 6}, widthsOf(dnn.Layer{Op: dnn.GEMM, Bits: dnn.Bits{Activation: 6}}))
}

func TestMultipliersOfWidths(t *testing.T) {
	for name, c := range map[string]struct {
		bits          widths
		passes, bytes int64
		lanes         int
	}{
		"words":           {widths{}, 1, 1, 1},
		"narrow":          {widths{4, 2}, 1, 1, 2 * 4},
		"rounded up":      {widths{5, 3}, 1, 1, 1 * 2},
		"wide":            {widths{16, 9}, 4, 2, 1},
		"wide and narrow": {widths{16, 4}, 2, 2, 2},
	} {
		require.Equal(t, c.passes, c.bits.passes(), name)
		require.Equal(t, c.bytes, c.bits.bytes(), name)
		require.Equal(t, c.lanes, c.bits.lanes(), name)
	}
}

// 10 inputs of 4 bits, 6 weights of 3 bits, 15 outputs of a byte: 40 + 18 bits are 8 bytes.
func TestOffchipBytesOfWidths(t *testing.T) {
	l := dataflow.Layer{Op: dataflow.MatMul, Size: [dataflow.NumDims]int{dataflow.M: 5, dataflow.K: 2, dataflow.N: 3}}
	require.Equal(t, int64(10+6+15), widths{}.offchipBytes(l))
	require.Equal(t, int64(8+15), widths{4, 3}.offchipBytes(l))
}

// 100 L2 and 10 L1 accesses of each operand, 64 multiply-accumulates: 1,861 and 16.8 units an operand.
func TestEnergyOfWidths(t *testing.T) {
	a := dataflow.Accesses{L1Reads: 6, L1Writes: 4, L2Reads: 70, L2Writes: 30}
	s := dataflow.Stats{MACs: 64, Operands: [3]dataflow.Accesses{a, a, a}}
	require.InDelta(t, 3*1877.8+64, widths{}.energyMACs(s), 1e-9)
	require.InDelta(t, 1877.8*(0.5+0.25+1)+64*4*2/64, widths{4, 2}.energyMACs(s), 1e-9)
	require.InDelta(t, 1877.8*(2+1+1)+64*2, widths{16, 8}.energyMACs(s), 1e-9)
}
