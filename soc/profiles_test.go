package soc_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

// both runs the same design in the two profiles.
func both(t *testing.T, l soc.Library, w soc.Workload, design func(*soc.System) *soc.Design) (repaired, reference *soc.Result) {
	t.Helper()
	s := system(t, l, soc.Repaired, w)
	repaired = simulate(t, s, design(s))
	s = system(t, l, soc.Reference, w)
	return repaired, simulate(t, s, design(s))
}

func TestReferenceEndsTasksAtNinetyNinePercent(t *testing.T) {
	w := workload([]soc.Task{{Name: "a", Cycles: 1000000}, {Name: "b", Cycles: 1009000}},
		[]soc.Edge{{"source", "a", 4}, {"source", "b", 4}, {"a", "sink", 4}, {"b", "sink", 4}}, "b")
	repaired, reference := both(t, plain(), w, func(s *soc.System) *soc.Design {
		return build(t, s, []soc.Block{processor("P0"), processor("P1"), bus("B0", 4), dram("M0", 4)}, []string{"P0-B0", "P1-B0", "B0-M0"},
			map[string]string{"b": "P1"}, nil)
	})
	require.InEpsilon(t, 0.001009, repaired.LatencyS[0], tolerance)
	require.InEpsilon(t, 0.001, reference.LatencyS[0], tolerance)
	// 2 operations a cycle, 8 bytes each; the reference never charges b's lost 9000 cycles, and neither their share of the bytes.
	require.InEpsilon(t, 4018000+16, repaired.EnergyPJ, tolerance)
	require.InEpsilon(t, 4000000+8+8*1000.0/1009, reference.EnergyPJ, tolerance)
}

func TestReferenceLetsNewcomersOvertake(t *testing.T) {
	// a and c take the same time on P0 and P1. d, which follows c, is ready just when a leaves P0 to b, which has waited for it.
	w := workload([]soc.Task{{Name: "a", Cycles: 1e6}, {Name: "b", Cycles: 1e6}, {Name: "c", Cycles: 1e6}, {Name: "d", Cycles: 2e6}}, []soc.Edge{
		{"source", "a", 4}, {"source", "b", 4}, {"source", "c", 4}, {"c", "d", 4}, {"a", "sink", 4}, {"b", "sink", 4}, {"d", "sink", 4},
	}, "b")
	repaired, reference := both(t, plain(), w, func(s *soc.System) *soc.Design {
		return build(t, s, []soc.Block{processor("P0"), processor("P1"), bus("B0", 4), dram("M0", 4)}, []string{"P0-B0", "P1-B0", "B0-M0"},
			map[string]string{"c": "P1"}, nil)
	})
	require.InEpsilon(t, 0.002, repaired.LatencyS[0], tolerance)
	require.InEpsilon(t, 0.004, reference.LatencyS[0], tolerance)
	require.InEpsilon(t, 0.004, repaired.Tasks[4].EndS, tolerance)
	require.InEpsilon(t, 0.003, reference.Tasks[4].EndS, tolerance)
}

func TestReferenceChargesUnrolledAcceleratorsMore(t *testing.T) {
	w := chain()
	w.Tasks[1].LoopIterations = 16
	w.Tasks[1].Accelerator = soc.Accelerator{Cycles: 1e6, EnergyPJ: 5e5, AreaUM2: 2e5}
	repaired, reference := both(t, plain(), w, func(s *soc.System) *soc.Design {
		return build(t, s, []soc.Block{processor("P0"), bus("B0", 128), dram("M0", 128), {ID: "A0", Kind: soc.IP, Task: 1, Unroll: 16, ClockFactor: 4}},
			[]string{"P0-B0", "B0-M0", "A0-B0"}, map[string]string{"a": "A0"}, nil)
	})
	require.InEpsilon(t, 5e5+1e6, repaired.Tasks[1].EnergyPJ, tolerance)
	require.InEpsilon(t, 16*5e5+1e6, reference.Tasks[1].EnergyPJ, tolerance)
}

func TestReferenceKeepsBytesForEver(t *testing.T) {
	w := chain()
	w.Edges[2].Bytes = 300e3
	repaired, reference := both(t, plain(), w, func(s *soc.System) *soc.Design { return single(t, s) })
	// Repaired: a runs with 800 kB of input and 200 kB of output, then b with 200 kB and 300 kB. Reference: the source's 800 kB stay.
	require.Equal(t, int64(1000e3), repaired.Blocks[2].PeakBytes)
	require.Equal(t, int64(1300e3), reference.Blocks[2].PeakBytes)
}

func TestReferenceFreesOnlyTheFirstProducer(t *testing.T) {
	// b reads from a and from c: a's bytes are freed when b ends, c's are not, so that they are there beside those of d.
	w := workload([]soc.Task{{Name: "a", Cycles: 1e6}, {Name: "c", Cycles: 1e6}, {Name: "b", Cycles: 1e6}, {Name: "d", Cycles: 1e6}}, []soc.Edge{
		{"source", "a", 4}, {"source", "c", 4}, {"a", "b", 1e5}, {"c", "b", 1e5}, {"b", "d", 4}, {"d", "sink", 4e5},
	}, "d")
	repaired, reference := both(t, plain(), w, func(s *soc.System) *soc.Design { return single(t, s) })
	require.Equal(t, int64(4e5+4), repaired.Blocks[2].PeakBytes)
	// The source's 8 bytes, c's, b's 4 until d has ended, d's.
	require.Equal(t, int64(8+1e5+4+4e5), reference.Blocks[2].PeakBytes)
}

func TestReferenceChargesABusTwiceForTwoWays(t *testing.T) {
	// a writes 1000 bytes to M1 and 3000 to M2, through B0 and two other buses.
	w := workload([]soc.Task{{Name: "a", Cycles: 1e6}, {Name: "b", Cycles: 1e6}, {Name: "c", Cycles: 1e6}}, []soc.Edge{
		{"source", "a", 0}, {"a", "b", 1000}, {"a", "c", 3000}, {"b", "sink", 0}, {"c", "sink", 0},
	}, "b")
	l := plain()
	l.Bus.EnergyPJPerByte = 1
	repaired, reference := both(t, l, w, func(s *soc.System) *soc.Design {
		return build(t, s, []soc.Block{processor("P0"), processor("P1"), processor("P2"), bus("B0", 4), bus("B1", 4), bus("B2", 4), dram("M0", 4), dram("M1", 4), dram("M2", 4)},
			[]string{"P0-B0", "P1-B1", "P2-B2", "B0-B1", "B0-B2", "B0-M0", "B1-M1", "B2-M2"}, map[string]string{"b": "P1", "c": "P2"},
			map[string]string{"a>b": "M1", "a>c": "M2"})
	})
	// 2e6 operations; 4000 bytes each in B0, the next bus and the memory.
	require.InEpsilon(t, 2e6+3*4000, repaired.Tasks[1].EnergyPJ, tolerance)
	require.InEpsilon(t, 2e6+4*4000, reference.Tasks[1].EnergyPJ, tolerance)
}
