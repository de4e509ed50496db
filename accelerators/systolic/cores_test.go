package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestSplitByHand(t *testing.T) {
	array := systolic.Array{Rows: 4, Cols: 4, Dataflow: os}
	// M = 32, N = 8, K = 10: one core takes 8·2 folds of 10 + 6 cycles.
	one, err := systolic.SplitOver(array, product(32, 8, 10), 1, false)
	require.NoError(t, err)
	require.Equal(t, systolic.Split{Scheme: systolic.Spatial, FirstParts: 1, SecondParts: 1, Cycles: 256, Elements: 320 + 80 + 256}, one)
	// Four cores: 2 × 2 is 4·1 folds, as are 1 × 4 (8·1, no) and 4 × 1 (2·2): the first with the fewest, in order of the row parts, is 2 × 2.
	four, err := systolic.SplitOver(array, product(32, 8, 10), 4, false)
	require.NoError(t, err)
	require.Equal(t, systolic.Split{Scheme: systolic.Spatial, FirstParts: 2, SecondParts: 2, Cycles: 64, Elements: 4 * (160 + 40 + 64)}, four)
	// Fewest elements: time in four parts holds both operands once, 320 + 80, and four times the outputs: 1424. 4 × 1 holds 320, 4·80 and 256: 896.
	least, err := systolic.SplitOver(array, product(32, 8, 10), 4, true)
	require.NoError(t, err)
	require.Equal(t, systolic.Split{Scheme: systolic.Spatial, FirstParts: 4, SecondParts: 1, Cycles: 64, Elements: 896}, least)
	// A long sum of few outputs is split in time: 1 fold of 1000/4 + 6 cycles.
	long, err := systolic.SplitOver(array, product(4, 4, 1000), 4, false)
	require.NoError(t, err)
	require.Equal(t, systolic.Split{Scheme: systolic.TimeAndColumns, FirstParts: 4, SecondParts: 1, Cycles: 256, Elements: 4*(1000+1000) + 64}, long)

	// SCALE-Sim's script: ws lays K along the rows and M along the columns and streams N: 10·2R + C + ... = (8 + 4 + 8 − 2)·⌈10/4⌉·⌈32/4⌉.
	peer := product(32, 8, 10)
	peer.Profile = systolic.ScaleSim
	array.Dataflow = ws
	script, err := systolic.SplitOver(array, peer, 1, false)
	require.NoError(t, err)
	require.EqualValues(t, 18*3*8, script.Cycles)
	array.Dataflow = os // 2R + C + T − 2 here too
	script, err = systolic.SplitOver(array, peer, 1, false)
	require.NoError(t, err)
	require.EqualValues(t, 20*8*2, script.Cycles)
}

func TestSplitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		array, p := drawArray(t), drawProduct(t)
		p.Count = 1
		cores := rapid.IntRange(1, 64).Draw(t, "cores")
		one, err := systolic.SplitOver(array, p, 1, false)
		require.NoError(t, err)
		require.Equal(t, systolic.ComputeLayer(array, p).Cycles, one.Cycles, "one core is the array")
		many, err := systolic.SplitOver(array, p, cores, false)
		require.NoError(t, err)
		require.LessOrEqual(t, many.Cycles, one.Cycles)
		require.GreaterOrEqual(t, many.Cycles*int64(cores)*int64(array.Rows*array.Cols), p.MACs())
		require.Equal(t, cores, many.FirstParts*many.SecondParts)
		least, err := systolic.SplitOver(array, p, cores, true)
		require.NoError(t, err)
		require.LessOrEqual(t, least.Elements, many.Elements)
		require.LessOrEqual(t, many.Cycles, least.Cycles)
		require.GreaterOrEqual(t, least.Elements, one.Elements, "nothing is held less than once")
	})
}

func TestSplitRefuses(t *testing.T) {
	_, err := systolic.SplitOver(systolic.Array{Rows: 1, Cols: 1}, product(1, 1, 1), 0, false)
	require.EqualError(t, err, "systolic: cores 0 out of range [1, 4096] arrays")
	_, err = systolic.SplitOver(systolic.Array{Rows: 1, Cols: 1}, systolic.Problem{VectorOps: 3}, 2, false)
	require.EqualError(t, err, "systolic: a vector problem is not split over cores")
	text, err := systolic.TimeAndRows.MarshalText()
	require.NoError(t, err)
	var back systolic.Scheme
	require.NoError(t, back.UnmarshalText(text))
	require.Equal(t, systolic.TimeAndRows, back)
	require.ErrorContains(t, back.UnmarshalText([]byte("all")), "known are spatial, time-columns, time-rows")
}

func TestVectorUnit(t *testing.T) {
	require.EqualValues(t, 3, systolic.VectorUnit{Lanes: 16}.Cycles(33))
	require.EqualValues(t, 15, systolic.ReLUUnit(16).Cycles(33))
	require.NoError(t, systolic.ReLUUnit(16).Check())
	require.EqualError(t, systolic.VectorUnit{}.Check(), "systolic: vector Lanes 0 out of range [1, 16384] lanes")
}
