package dataflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

// Deviations 1, 2, 3: a kernel of three rows over eight rows with stride 2 has three outputs. In tiles of five rows, which hold two of them:
//
//	physical  tiles of 2 and 1 outputs: 3·3 multiply-accumulates, rows 0–4 and then 2 new ones
//	maestro   sizes without the stride: 5 − 3 + 1 = 3 outputs, then an edge of 8 − 4 = 4 rows: 2. 3·3 + 2·3 multiply-accumulates, 8 − 3 + 1 = 6 outputs in all
func TestStrideThatLeavesARest(t *testing.T) {
	l := dataflow.Layer{StrideY: 2, StrideX: 2, Size: [dataflow.NumDims]int{dataflow.R: 3, dataflow.Y: 8}}
	m := dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Temporal(dataflow.Y, 5, 1), dataflow.Spatial(dataflow.K, 1, 1)}}}
	h := dataflow.Hardware{PEs: 1, NoCBandwidth: 1}
	p, q := evaluate(t, h, l, m, dataflow.Physical), evaluate(t, h, l, m, dataflow.Maestro)
	require.Equal(t, [2]int64{9, 15}, [2]int64{p.MACs, q.MACs})
	require.Equal(t, [2]int64{3, 6}, [2]int64{p.Operands[dataflow.Output].L2Reads, q.Operands[dataflow.Output].L2Reads})
	require.Equal(t, [2]int64{5 + 2, 5 + 4}, [2]int64{p.Operands[dataflow.Input].L2Reads, q.Operands[dataflow.Input].L2Reads})
}

// Deviations 4, 6: two filters on two channels of one pixel, one after the other on one PE. The inner loop over the filters starts again for the second channel.
//
//	physical  channels inside: an output stays while its channels follow each other, 2 writes, none read back for more sums
//	          channels outside: an output is replaced in each of the 4 steps, 2 of them come back
//	maestro   outputs are written in all 4 steps either way, and none comes back
func TestOutputsStayWhileOtherLoopsMove(t *testing.T) {
	l := dataflow.Layer{Size: [dataflow.NumDims]int{dataflow.K: 2, dataflow.C: 2}}
	one := dataflow.Hardware{PEs: 1, NoCBandwidth: 1}
	inside := dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Spatial(dataflow.K, 1, 1), dataflow.Temporal(dataflow.C, 1, 1)}}}
	outside := dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Temporal(dataflow.C, 1, 1), dataflow.Spatial(dataflow.K, 1, 1)}}}
	writes := func(m dataflow.Mapping, p dataflow.Profile) [2]int64 {
		s := evaluate(t, one, l, m, p)
		return [2]int64{s.Operands[dataflow.Output].L2Writes, s.Operands[dataflow.Output].L2Reads}
	}
	require.Equal(t, [2]int64{2, 2}, writes(inside, dataflow.Physical))
	require.Equal(t, [2]int64{4, 2 + 2}, writes(outside, dataflow.Physical))
	require.Equal(t, [2]int64{4, 2}, writes(inside, dataflow.Maestro))
	require.Equal(t, [2]int64{4, 2}, writes(outside, dataflow.Maestro))

	// The input, two channels, is loaded for each filter when the channels are inside: MAESTRO misses the restart of C under K.
	reads := func(p dataflow.Profile) int64 {
		return evaluate(t, one, l, inside, p).Operands[dataflow.Input].L2Reads
	}
	require.Equal(t, [2]int64{4, 3}, [2]int64{reads(dataflow.Physical), reads(dataflow.Maestro)})
}

// Deviations 7, 8, 17: three output rows of a kernel of three rows on three PEs, one filter.
//
//	physical  5 rows come over the link, 3 to each PE; one weight tile of 3 for all, 3 copies
//	maestro   in the first step each PE loads its 3 rows; copies are not counted
func TestCommonRowsAndCopies(t *testing.T) {
	l := dataflow.Layer{Size: [dataflow.NumDims]int{dataflow.R: 3, dataflow.Y: 5}}
	m := dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Spatial(dataflow.Y, 3, 1)}}}
	h := dataflow.Hardware{PEs: 3, NoCBandwidth: 1}
	p, q := evaluate(t, h, l, m, dataflow.Physical), evaluate(t, h, l, m, dataflow.Maestro)
	require.Equal(t, dataflow.Accesses{L1Reads: 9, L1Writes: 9, L2Reads: 5, L2Writes: 5}, p.Operands[dataflow.Input])
	require.Equal(t, dataflow.Accesses{L1Reads: 9, L1Writes: 9, L2Reads: 9, L2Writes: 5}, q.Operands[dataflow.Input])
	require.Equal(t, [2]int64{9, 3}, [2]int64{p.Operands[dataflow.Weight].L1Writes, q.Operands[dataflow.Weight].L1Writes})
	require.Equal(t, [2]int64{2 * (5 + 3 + 3), 2 * (9 + 3 + 3)}, [2]int64{p.L2Bytes, q.L2Bytes})
	// 16: an output of one element at its own size; 9, 10: 8 elements in 8 cycles and not 11, 3 outputs in 3 after the last step and not hidden
	require.Equal(t, [2]int64{2 * (3 + 3 + 1), 2 * (3 + 3 + 3)}, [2]int64{p.L1Bytes, q.L1Bytes})
	require.Equal(t, [2]int64{8 + 3 + 3, 11 + 3}, [2]int64{p.RuntimeCycles, q.RuntimeCycles})
}

// Deviations 11, 12: a product of 4×1 by 1×1 on two clusters of two PEs, two elements a cycle, three cycles a hop.
//
//	physical  first step 4 + 1 elements in 3 cycles, 1 of compute, 4 outputs in 2; a hop in and out on two levels
//	maestro   5 elements: 3 − 1 + 3; below, 2 + 1 elements: 2 − 1 + 3, and 1 of compute
func TestInnerLinksAndHops(t *testing.T) {
	l := dataflow.Layer{Op: dataflow.MatMul, Size: [dataflow.NumDims]int{dataflow.M: 4}}
	m := dataflow.Mapping{
		{Maps: []dataflow.Map{dataflow.Spatial(dataflow.M, 2, 2)}},
		{Units: 2, Maps: []dataflow.Map{dataflow.Spatial(dataflow.M, 1, 1)}},
	}
	h := dataflow.Hardware{PEs: 4, NoCBandwidth: 2, HopCycles: 3}
	require.Equal(t, int64(3+1+2+2*2*3), evaluate(t, h, l, m, dataflow.Physical).RuntimeCycles)
	require.Equal(t, int64(3-1+3+2-1+3+1), evaluate(t, h, l, m, dataflow.Maestro).RuntimeCycles)
}

// Deviations 13, 14, 15: 8 filters on one channel of one pixel, one after the other on one PE: 8 weights, the input and 8 outputs cross the off-chip link.
//
//	physical  17 elements over 1 a cycle bound the 8 + 2 + 1 cycles; needs: off-chip ⌈17/8⌉, network 2 in the first step
//	maestro   the first step's 2 elements in, doubled, over 1 a cycle, halved: at least 2 cycles a step; the need starts at 0 and becomes
//	          max(need, 2·2)/2 = 2 in each case
func TestOffchipLink(t *testing.T) {
	l := dataflow.Layer{Size: [dataflow.NumDims]int{dataflow.K: 8}}
	m := dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Spatial(dataflow.K, 1, 1)}}}
	h := dataflow.Hardware{PEs: 1, NoCBandwidth: 1}
	p, q := evaluate(t, h, l, m, dataflow.Physical), evaluate(t, h, l, m, dataflow.Maestro)
	require.Equal(t, [2]int64{2 + 8 + 1, 1 + 8}, [2]int64{p.RuntimeCycles, q.RuntimeCycles})
	require.Equal(t, [2]int64{3, 2}, [2]int64{p.OffchipNeed, q.OffchipNeed})
	require.Equal(t, [2]int64{2, 2}, [2]int64{p.NoCNeed, q.NoCNeed})
	h.OffchipBandwidth = 1
	require.Equal(t, [2]int64{17, 2 * 8}, [2]int64{evaluate(t, h, l, m, dataflow.Physical).RuntimeCycles, evaluate(t, h, l, m, dataflow.Maestro).RuntimeCycles})
}

// Deviation 18: two groups of 3 to 2 channels of one pixel have 4 outputs; MAESTRO counts 12. Deviation 20: a tile of 8 on 3 channels is 3 of them,
// MAESTRO's is the edge of 3 in time, and for its full size in the L1 need.
func TestGroupsAndTilesLargerThanTheExtent(t *testing.T) {
	l := dataflow.Layer{Op: dataflow.Grouped, Size: [dataflow.NumDims]int{dataflow.G: 2, dataflow.C: 3, dataflow.K: 2}}
	m := dataflow.Mapping{{Maps: []dataflow.Map{dataflow.Temporal(dataflow.G, 1, 1), dataflow.Temporal(dataflow.C, 8, 8), dataflow.Spatial(dataflow.K, 1, 1)}}}
	h := dataflow.Hardware{PEs: 2, NoCBandwidth: 1}
	p, q := evaluate(t, h, l, m, dataflow.Physical), evaluate(t, h, l, m, dataflow.Maestro)
	require.Equal(t, [2]int64{4, 12}, [2]int64{p.Operands[dataflow.Output].L2Reads, q.Operands[dataflow.Output].L2Reads})
	require.Equal(t, [2]int64{12, 12}, [2]int64{p.MACs, q.MACs})
	require.Equal(t, [2]int64{2 * (3 + 3 + 1), 2 * (8 + 8 + 8)}, [2]int64{p.L1Bytes, q.L1Bytes})
}
