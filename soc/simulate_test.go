package soc_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

const tolerance = 1e-12

func TestChainOnOneProcessor(t *testing.T) {
	s := system(t, plain(), soc.Repaired, chain())
	r := simulate(t, s, single(t, s))
	// a computes for 1 ms, reads 800 kB at 400 MB/s for 2 ms, writes for 0.5 ms: the memory limits it; b computes for 1 ms.
	a, b := r.Tasks[index(s, "a")], r.Tasks[index(s, "b")]
	require.InEpsilon(t, 0.002, a.EndS, tolerance)
	require.InEpsilon(t, 0.003, b.EndS, tolerance)
	require.InEpsilon(t, 0.003, r.LatencyS[0], tolerance)
	require.InEpsilon(t, 0.003, r.SerialLatencyS, tolerance)
	require.Equal(t, 2, a.Limiter) // M0
	require.Equal(t, 0, b.Limiter) // P0
	require.InEpsilon(t, 0.002, a.LimitedS, tolerance)
	// 2e6 operations and 1e6 bytes; 2e6 operations and 200004 bytes.
	require.InEpsilon(t, 3e6, a.EnergyPJ, tolerance)
	require.InEpsilon(t, 2.200004e6, b.EnergyPJ, tolerance)
	require.InEpsilon(t, 5.200004e6, r.EnergyPJ, tolerance)
	require.Zero(t, r.LeakagePJ)
	require.InEpsilon(t, 5.200004e6/0.003*1e-9, r.PowerMW, tolerance) // shorter than a window
	// At most 1e6 bytes at a time, which is 977 KiB.
	require.Equal(t, int64(1e6), r.Blocks[2].PeakBytes)
	require.Equal(t, int64(977*1024), r.Blocks[2].CapacityBytes)
	require.InEpsilon(t, 0.977, r.DRAMAreaMM2, tolerance)
	require.InEpsilon(t, 1.477, r.AreaMM2, tolerance)
	// Processor 1 + 1, memory 0.1 for one MiB, bus 0.1, route 0.1 · 3 blocks · 4 tasks.
	require.InEpsilon(t, 3.4, r.DevelopmentCost, tolerance)
	require.InEpsilon(t, 0.7, -r.Distance.LatencyFrac[0], tolerance)
	require.InEpsilon(t, 0.95, -r.Distance.AreaFrac, tolerance)
	require.True(t, r.Distance.Met())
	require.InEpsilon(t, 4e-9, r.Distance.Sum(soc.Eliminate), tolerance)
	require.Equal(t, 2, r.Phases)
	require.Equal(t, []soc.Link{{A: 0, B: 1}, {A: 1, B: 2}}, r.Links)
}

func TestLinksShareAChannelEqually(t *testing.T) {
	s := system(t, plain(), soc.Repaired, parallel())
	d := build(t, s, []soc.Block{processor("P0"), processor("P1"), bus("B0", 4), dram("M0", 128)}, []string{"P0-B0", "P1-B0", "B0-M0"},
		map[string]string{"b": "P1"}, nil)
	r := simulate(t, s, d)
	// Each link has half of 400 MB/s: a is done with its 400 kB after 2 ms; b, which has read as much by then, reads the rest alone in 1 ms.
	require.InEpsilon(t, 0.002, r.Tasks[index(s, "a")].EndS, tolerance)
	require.InEpsilon(t, 0.003, r.Tasks[index(s, "b")].EndS, tolerance)
	require.InEpsilon(t, 0.003, r.SerialLatencyS, tolerance)
	require.Equal(t, 2, r.Tasks[index(s, "a")].Limiter)
	require.InEpsilon(t, 0.003, r.Blocks[3].BusyS, tolerance)
	require.InEpsilon(t, 0.002, r.Blocks[0].BusyS, tolerance)
}

func TestTasksShareALinkByBurstUnits(t *testing.T) {
	s := system(t, plain(), soc.Repaired, parallel())
	// Each bus has processors and a memory of its own, so that none is pruned.
	d := build(t, s, []soc.Block{processor("P0"), processor("P1"), bus("B0", 128), bus("B1", 4), dram("M0", 128), processor("P2"), dram("M1", 128)},
		[]string{"P0-B0", "P1-B0", "B0-B1", "B1-M0", "P2-B1", "B0-M1"}, map[string]string{"b": "P1", "source": "P2", "sink": "P2"},
		map[string]string{"a>sink": "M1", "b>sink": "M1"})
	x := new(soc.Scratch)
	r, timeline, err := x.Explain(s, d)
	require.NoError(t, err)
	// Into B1 there is one link. a is cut into 400000/1024 = 390 bursts of 1025 bytes, b into 781 of 1024: 1025 and 1024 of 2049 parts of 400 MB/s.
	require.InEpsilon(t, 400e3/(400e6*1025/2049), r.Tasks[index(s, "a")].EndS, tolerance)
	first := timeline.Phases[0].Running
	require.Len(t, first, 2)
	limiter := first[0].Bounds[0]
	require.InEpsilon(t, 2000*400e6/400e3*1025/2049, limiter.OpsPerS, tolerance) // 2000 operations
	limiter.OpsPerS = 0
	require.Equal(t, soc.Bound{Block: 3, Direction: soc.Read, Next: 4, ShareFrac: 1025.0 / 2049}, limiter)
	require.InEpsilon(t, 1024.0/2049, first[1].Bounds[0].ShareFrac, tolerance)
	require.InEpsilon(t, 0.003, r.Tasks[index(s, "b")].EndS, tolerance)
}

func TestALinkKeepsItsPartWhateverItCarries(t *testing.T) {
	// a writes while b reads, on one memory: each has 400 MB/s.
	w := workload([]soc.Task{{Name: "a", Cycles: 1000}, {Name: "b", Cycles: 1000}},
		[]soc.Edge{{"source", "a", 4}, {"source", "b", 400e3}, {"a", "sink", 400e3}, {"b", "sink", 4}}, "b")
	s := system(t, plain(), soc.Repaired, w)
	d := build(t, s, []soc.Block{processor("P0"), processor("P1"), bus("B0", 4), dram("M0", 4)}, []string{"P0-B0", "P1-B0", "B0-M0"},
		map[string]string{"b": "P1"}, nil)
	r := simulate(t, s, d)
	// On the bus each link has half of a direction, even if the other one carries four bytes: a has 400 kB to write at 200 MB/s, b as many to read.
	require.InEpsilon(t, 0.002, r.Tasks[index(s, "a")].EndS, tolerance)
	require.InEpsilon(t, 0.002, r.Tasks[index(s, "b")].EndS, tolerance)
}

func TestVoltageAndLeakage(t *testing.T) {
	l := plain()
	l.Levels = append(l.Levels, soc.Level{SupplyV: l.Levels[0].SupplyV / 2, ClockFactor: 0.25})
	l.Processor.LeakageMW = 4
	l.Memory.DRAM.Rows = []soc.MemoryRow{{CapacityBytes: 977 * 1024, ReadPJPerByte: 1, WritePJPerByte: 2, AreaMM2: 0.1, LeakageMW: 8}}
	l.Bus.LeakageMW = 0.25
	s := system(t, l, soc.Repaired, chain())
	d := single(t, s)
	d.Blocks[0].Level = 1
	r := simulate(t, s, d)
	// The processor runs at a quarter: 4 ms for each task. Its energy is a quarter, its leakage half.
	require.InEpsilon(t, 0.008, r.LatencyS[0], tolerance)
	require.InEpsilon(t, 2e6/4+800e3+2*200e3, r.Tasks[index(s, "a")].EnergyPJ, tolerance)
	leakage := (2 + 8 + 8*0.25) * 0.008 * 1e9 // processor, memory, a bus of 8 bytes
	require.InEpsilon(t, leakage, r.LeakagePJ, tolerance)
	require.InEpsilon(t, 16e6, r.Blocks[0].LeakagePJ, tolerance)
	require.InEpsilon(t, 64e6, r.Blocks[2].LeakagePJ, tolerance)
	require.InEpsilon(t, 2e6/4*2+1000e3+2*200004+leakage, r.EnergyPJ, tolerance)
}

func TestAcceleratorsUnrollAndClock(t *testing.T) {
	w := chain()
	w.Tasks[1].LoopIterations = 16
	w.Tasks[1].Accelerator = soc.Accelerator{Cycles: 1e6, EnergyPJ: 5e5, AreaUM2: 2e5}
	l := plain()
	l.EnergyFactor, l.LogicAreaFactor = 0.5, 0.25
	s := system(t, l, soc.Repaired, w)
	d := build(t, s, []soc.Block{processor("P0"), bus("B0", 128), dram("M0", 128), {ID: "A0", Kind: soc.IP, Task: 1, Unroll: 2, ClockFactor: 4}},
		[]string{"P0-B0", "B0-M0", "A0-B0"}, map[string]string{"a": "A0"}, nil)
	r := simulate(t, s, d)
	// 1e6 cycles at 100 MHz are 10 ms: 8 times as fast.
	require.InEpsilon(t, 0.00125, r.Tasks[1].EndS, tolerance)
	require.InEpsilon(t, 0.5*(5e5+1e6), r.Tasks[1].EnergyPJ, tolerance)
	require.InEpsilon(t, 2*0.25*0.2, r.Blocks[3].AreaMM2, tolerance)
	require.Equal(t, 3, r.Tasks[1].Limiter)
	// Accelerator 100 · 1, processor 1, memory and bus 0.1, routes 0.1 · 3 blocks · (3 tasks + 1).
	require.InEpsilon(t, 102.4, r.DevelopmentCost, tolerance)
}

func TestProcessorOfSourceAndSinkAloneTakesNoArea(t *testing.T) {
	s := system(t, plain(), soc.Repaired, chain())
	d := build(t, s, []soc.Block{processor("P0"), processor("P1"), bus("B0", 8), dram("M0", 4)}, []string{"P0-B0", "P1-B0", "B0-M0"},
		map[string]string{"a": "P1", "b": "P1"}, nil)
	r := simulate(t, s, d)
	require.Zero(t, r.Blocks[0].AreaMM2)
	require.InEpsilon(t, 0.5, r.Blocks[1].AreaMM2, tolerance)
}

func TestUnusedBlocksAreNotPartOfTheDesign(t *testing.T) {
	s := system(t, soc.DefaultLibrary(), soc.Repaired, chain())
	lean := simulate(t, s, single(t, s))
	d := build(t, s, []soc.Block{processor("P0"), bus("B0", 8), dram("M0", 4), processor("P1"), sram("M1", 64), bus("B1", 128), sram("M2", 4)},
		[]string{"P0-B0", "B0-M0", "P1-B0", "B0-M1", "B1-B0", "B1-M2"}, nil, nil)
	full := simulate(t, s, d)
	require.Equal(t, lean.AreaMM2, full.AreaMM2)
	require.Equal(t, lean.EnergyPJ, full.EnergyPJ)
	require.Equal(t, lean.LatencyS, full.LatencyS)
	for i := 3; i < len(d.Blocks); i++ {
		require.False(t, full.Blocks[i].Used)
	}
}

func TestACloneOutlivesTheScratch(t *testing.T) {
	s := system(t, plain(), soc.Repaired, chain())
	x := new(soc.Scratch)
	r, err := x.Simulate(s, single(t, s))
	require.NoError(t, err)
	kept := r.Clone()
	require.Equal(t, r, kept)
	other := system(t, plain(), soc.Repaired, parallel())
	_, err = x.Simulate(other, single(t, other))
	require.NoError(t, err)
	require.InEpsilon(t, 0.003, kept.LatencyS[0], tolerance)
	require.Equal(t, simulate(t, s, single(t, s)), kept)
}
