package chips_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestWeightStreamByHand(t *testing.T) {
	tpu := chips.TPUv1()
	require.NoError(t, tpu.Check())
	require.InDelta(t, 91.7504, tpu.PeakTOPS(), 1e-9)
	// a tile of 65,536 bytes at 34 GB/s and 700 MHz arrives in 1349.3 cycles and is shifted in in 256
	for _, test := range []struct {
		name   string
		p      systolic.Problem
		cycles int64
		frac   float64
	}{
		{"waits for weights", systolic.Problem{M: 200, N: 256, K: 256, Count: 1, Repeats: 1}, 1606, 200.0 / 1606},
		{"weights arrive in time", systolic.Problem{M: 3212, N: 256, K: 256, Count: 1, Repeats: 1}, 3212, 1},
		{"one cycle short", systolic.Problem{M: 1605, N: 256, K: 256, Count: 1, Repeats: 1}, 1606, 1605.0 / 1606},
		{"nine tiles", systolic.Problem{M: 96, N: 600, K: 600, Count: 1, Repeats: 1}, 9 * 1606, 96.0 * 600 * 600 / (9 * 1606 * 65_536)},
		{"two products", systolic.Problem{M: 10, N: 1, K: 1, Count: 2, Repeats: 1}, 2 * 1606, 10.0 / (1606 * 65_536)},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.NoError(t, test.p.Check())
			require.Equal(t, test.cycles, tpu.Cycles(test.p))
			require.InEpsilon(t, test.frac, tpu.UtilFrac(test.p), 1e-12)
		})
	}
	vector := systolic.Problem{VectorOps: 5, Repeats: 1}
	require.NoError(t, vector.Check())
	require.Zero(t, tpu.Cycles(vector))
	require.Zero(t, tpu.UtilFrac(vector))
}

func TestWeightStreamErrors(t *testing.T) {
	require.ErrorContains(t, chips.WeightStream{Cols: 1, BandwidthGBps: 1, ClockMHz: 1}.Check(), "chips: weight stream: systolic: Rows 0 out of range")
	require.ErrorContains(t, chips.WeightStream{Rows: 1, Cols: 1, ClockMHz: 1}.Check(), "DRAMBandwidthGBps 0 out of range")
}
