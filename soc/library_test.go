package soc_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

func TestUnrolls(t *testing.T) {
	l := soc.PublishedLibrary()
	task := func(loops int64) soc.Task {
		return soc.Task{Name: "a", Cycles: 1, LoopIterations: loops, Accelerator: soc.Accelerator{Cycles: 1}}
	}
	require.Equal(t, []int64{1}, l.Unrolls(task(0)))
	require.Equal(t, []int64{1}, l.Unrolls(task(1)))
	require.Equal(t, []int64{1, 2, 4, 8, 16, 32, 64, 128, 151}, l.Unrolls(task(151)))
	require.Equal(t, []int64{1, 2, 4, 8}, l.Unrolls(task(8)))
	seventeen := l.Unrolls(task(1 << 16))
	require.Len(t, seventeen, 17)
	require.Equal(t, int64(1<<16), seventeen[16])
	many := l.Unrolls(task(1638400))
	require.Len(t, many, 17)
	require.Equal(t, []int64{1 << 15, 1638400}, many[15:])
	require.Empty(t, l.Unrolls(soc.Task{Name: "a", Cycles: 1}))
}

func TestNamesOfBlocksComeBack(t *testing.T) {
	for _, w := range soc.Workloads() {
		g, err := soc.Together(w)
		require.NoError(t, err)
		l := soc.PublishedLibrary()
		for _, b := range l.Blocks(g) {
			again, err := l.Named(g, l.Name(g, b))
			require.NoError(t, err)
			require.Equal(t, b, again)
		}
	}
}

func TestUnknownNamesOfBlocks(t *testing.T) {
	w, err := soc.Lookup("hpvm_cava")
	require.NoError(t, err)
	g, err := soc.Together(w)
	require.NoError(t, err)
	for _, name := range []string{
		"", "A54_pe", "LMEM_6_1_mem", "LMEM_-1_1_mem", "LMEM_0_2_mem", "LMEM_0_1_ic", "GMEM_00_1_mem", "LMEM_ic_0_1_mem", "nothing_IP0_1_1_pe", "souurce_IP0_1_1_pe",
		"descale_fxp_cloned_IP0_3_1_pe", "descale_fxp_cloned_1_1_pe", "descale_fxp_cloned_IP0_1_1_pe_", "a_b_c_d_e",
	} {
		_, err := soc.PublishedLibrary().Named(g, name)
		require.ErrorContains(t, err, `soc: unknown block "`+name+`": known are A53_pe, TASK_IP0_UNROLL_CLOCK_pe, `)
	}
}

func TestMemoryFigures(t *testing.T) {
	m := soc.TableMemory()
	for peak, capacity := range map[int64]int64{0: 256000, 2049: 256000, 256000: 256000, 256001: 512000, 819477: 1024000} {
		require.Equal(t, capacity, m.CapacityBytes(peak))
	}
	row, ok := m.DRAM.At(1024000)
	require.True(t, ok)
	require.InEpsilon(t, 0.0844496/16*1000, row.ReadPJPerByte, 1e-12)
	require.InEpsilon(t, 8.2907/16*1000, row.WritePJPerByte, 1e-12)
	require.Equal(t, 0.964677, row.AreaMM2)
	// Between two rows a power law: at the geometric mean of two capacities the figures are geometric means.
	a, b := m.SRAM.Rows[59], m.SRAM.Rows[60] // 60 and 64 times 256000 bytes
	middle := int64(math.Round(math.Sqrt(float64(a.CapacityBytes) * float64(b.CapacityBytes))))
	between, ok := m.SRAM.At(middle)
	require.True(t, ok)
	require.InEpsilon(t, math.Sqrt(a.AreaMM2*b.AreaMM2), between.AreaMM2, 1e-6)
	require.InEpsilon(t, math.Sqrt(a.ReadPJPerByte*b.ReadPJPerByte), between.ReadPJPerByte, 1e-6)
	for _, capacity := range []int64{0, 255999, m.SRAM.Rows[len(m.SRAM.Rows)-1].CapacityBytes + 1} {
		_, ok := m.SRAM.At(capacity)
		require.False(t, ok)
	}
	require.Zero(t, row.LeakageMW)
	require.Equal(t, 49.0103, soc.DefaultLibrary().Memory.SRAM.Rows[0].LeakageMW)
	require.Zero(t, soc.DefaultLibrary().Memory.DRAM.Rows[0].LeakageMW)
}

func TestDefaultLibraryAddsWhatTheReferenceLeavesOut(t *testing.T) {
	l := soc.DefaultLibrary()
	require.NoError(t, l.Check())
	require.InEpsilon(t, 4.2535, l.Processor.LeakageMW, 1e-4)     // a tenth of 2e9 / 47019607843 W
	require.InEpsilon(t, 12.3638, l.LogicLeakageMWPerMM2, 1e-4)   // 7.395312e-5 mW on 5.981433 um2
	require.InEpsilon(t, 0.07199596, l.Bus.EnergyPJPerByte, 1e-6) // 8 bits of 8.999495e-3 pJ
	require.InEpsilon(t, 95.702928, l.Bus.AreaUM2, 1e-6)          // 16 bits
	require.Len(t, l.Levels, 4)
	for i, v := range []float64{0.9, 0.8, 0.7, 0.6} {
		require.Equal(t, v, l.Levels[i].SupplyV)
	}
	// (0.25/0.55)^1.3 · 0.9/0.6
	require.InEpsilon(t, 0.53817, l.Levels[3].ClockFactor, 1e-4)
}

func TestBadLibraries(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*soc.Library)
		want   string
	}{
		{"clock", func(l *soc.Library) { l.Processor.ClockMHz = 0 }, "soc: library: processor clock [MHz] 0: want 1e-18 to 1e18"},
		{"NaN", func(l *soc.Library) { l.EnergyFactor = math.NaN() }, "soc: library: energy factor NaN: want 1e-18 to 1e18"},
		{"no widths", func(l *soc.Library) { l.WidthsBytes = nil }, "soc: library: widths []: want ascending positive numbers"},
		{"descending clocks", func(l *soc.Library) { l.ClockFactors = []int{4, 1} }, "soc: library: clock factors [4 1]: want ascending positive numbers"},
		{"no levels", func(l *soc.Library) { l.Levels = nil }, "soc: library: levels: want the first with the clock factor 1"},
		{"level", func(l *soc.Library) { l.Levels[0].SupplyV = 0 }, "soc: library: level 0: supply [V] 0: want 1e-18 to 1e18"},
		{"quantum", func(l *soc.Library) { l.Memory.QuantumBytes = 0 }, "soc: library: memories of a multiple of 0 bytes and at least 2048: want 1 to 2^40 and 0 to 2^40"},
		{"rows", func(l *soc.Library) { l.Memory.SRAM.Rows[1].CapacityBytes = 256000 }, "soc: library: sram: row of 256000 bytes: want more than in the row before"},
		{"figure", func(l *soc.Library) { l.Memory.DRAM.Rows[0].AreaMM2 = -1 }, "soc: library: dram: area -1: want 0 or 1e-18 to 1e18"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := soc.PublishedLibrary()
			c.change(&l)
			require.EqualError(t, l.Check(), c.want)
			g, err := soc.Together(chain())
			require.NoError(t, err)
			_, err = soc.NewSystem(g, l, g.Budget, soc.Repaired)
			require.EqualError(t, err, c.want)
		})
	}
	g, err := soc.Together(chain())
	require.NoError(t, err)
	_, err = soc.NewSystem(g, soc.PublishedLibrary(), soc.Budget{PowerMW: 1}, 7)
	require.EqualError(t, err, "soc: area budget [mm2] 0: want 1e-18 to 1e18\nsoc: unknown profile 7")
}
