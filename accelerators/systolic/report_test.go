package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestReportsByHand(t *testing.T) {
	run := systolic.Run{
		Compute: systolic.Compute{Cycles: 40, IfmapReads: 100, FilterReads: 50, OfmapWrites: 25}, StallCycles: 10,
		Ifmap: systolic.Port{Elements: 20, StartCycle: -4, StopCycle: -1}, Filter: systolic.Port{Elements: 9, StartCycle: -3, StopCycle: 5},
		Ofmap: systolic.Port{Elements: 8, StartCycle: 50, StopCycle: 51},
		SRAM:  [3]systolic.Span{{StartCycle: 1, StopCycle: 30}, {StartCycle: 2, StopCycle: 31}, {StartCycle: 12, StopCycle: 49}},
	}
	bandwidth := systolic.BandwidthReport([]systolic.Run{run, run})
	require.Equal(t, "BANDWIDTH_REPORT.csv", bandwidth.File)
	require.Equal(t, []float64{0, 2, 1, 0.5, 5, 1, 4}, bandwidth.Rows[0])
	require.Equal(t, 1.0, bandwidth.Rows[1][0])
	require.Equal(t, systolic.ReportColumn{Name: "Avg OFMAP DRAM BW"}, bandwidth.Columns[6])

	access := systolic.AccessReport([]systolic.Run{run})
	require.Equal(t, []float64{0, 1, 30, 100, 2, 31, 50, 12, 49, 25, -4, -1, 20, -3, 5, 9, 50, 51, 8}, access.Rows[0])
	require.Len(t, access.Columns, 19)
	require.Equal(t, systolic.ReportColumn{Name: "SRAM OFMAP Writes", Integer: true}, access.Columns[9])
	require.Equal(t, systolic.ReportColumn{Name: "DRAM Filter Stop Cycle", Integer: true}, access.Columns[14])

	// 1:4 of 32 depths and 16 filters: 8·16 slots of 2 bits are 8 words; 1·2 folds of 16 + 16 + 8 − 2 cycles, as the peer counts one less.
	var s systolic.Scratch
	p := product(16, 16, 32)
	p.Profile = systolic.ScaleSim
	c := systolic.Config{Array: systolic.Array{Rows: 8, Cols: 8, Dataflow: ws}, IfmapSRAMKiB: 8, FilterSRAMKiB: 8, OfmapSRAMKiB: 8}
	kept, err := systolic.CalcSparse(c, p, systolic.Sparsity{Keep: 1, Of: 4}, &s)
	require.NoError(t, err)
	require.EqualValues(t, 75, kept.TotalCycles())
	sparse := systolic.SparseReport([]systolic.SparseRun{kept})
	require.Equal(t, []float64{0, 512, 136, 8, 8.0 / 75}, sparse.Rows[0])
	require.Len(t, sparse.Columns, 5)
}

// TestTracesAddUp holds what Calc and User say against the lines of their traces.
func TestTracesAddUp(t *testing.T) {
	var s systolic.Scratch
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
		c := drawSmallConfig(t)
		c.IfmapSRAMKiB, c.FilterSRAMKiB, c.OfmapSRAMKiB = 1, 1, 1
		kernel := draw("kernel", 1, 3)
		layer := dnn.Layer{
			InHeight: kernel + draw("height", 0, 8), InWidth: kernel + draw("width", 0, 8), InChannels: draw("channels", 1, 12), Filters: draw("filters", 1, 12),
			KernelHeight: kernel, KernelWidth: kernel, // with a stride of one nothing hangs over the edge
		}
		p, err := systolic.Lower(layer, systolic.ScaleSim)
		require.NoError(t, err)
		words := systolic.PortWords{Ifmap: int64(draw("ifmap words", 1, 8)), Filter: int64(draw("filter words", 1, 8)), Ofmap: int64(draw("ofmap words", 1, 8))}
		calc, user := tally{}, tally{}
		for line := range systolic.TraceCalc(c, p, systolic.DefaultOffsets()) {
			calc.add(line)
		}
		for line := range systolic.TraceUser(c, p, words, systolic.DefaultOffsets()) {
			user.add(line)
		}
		run := systolic.Calc(c, p, &s)
		calc.require(t, run)
		for stream, want := range []systolic.Port{run.Ifmap, run.Filter} {
			got := calc.ports[int(systolic.IfmapDRAM)+stream]
			if want.Elements%500 == 0 { // the last window is empty, but SCALE-Sim waits for it
				require.LessOrEqual(t, got.StopCycle, want.StopCycle)
				got.StopCycle = want.StopCycle
			}
			require.Equal(t, want, got)
		}
		user.require(t, systolic.User(c, p, words, &s))
	})
}

// tally counts the addresses and dates the lines of each stream: lines of SRAMs only if they move something.
type tally struct {
	ports [6]systolic.Port
	seen  [6]bool
}

func (y *tally) add(line systolic.TraceLine) {
	port := &y.ports[line.Stream]
	before := port.Elements
	for _, address := range line.Addresses {
		if address >= 0 {
			port.Elements++
		}
	}
	if port.Elements == before && line.Stream <= systolic.OfmapSRAM {
		return
	}
	if !y.seen[line.Stream] {
		y.seen[line.Stream], port.StartCycle, port.StopCycle = true, line.Cycle, line.Cycle
	}
	if line.Stream <= systolic.OfmapSRAM {
		port.StopCycle = line.Cycle // v3 may serve a later request at an earlier cycle: the last line counts
		return
	}
	port.StartCycle, port.StopCycle = min(port.StartCycle, line.Cycle), max(port.StopCycle, line.Cycle)
}

// require compares the array's side and the drain with a run.
func (y *tally) require(t require.TestingT, r systolic.Run) {
	for stream, reads := range []int64{r.IfmapReads, r.FilterReads} {
		require.Equal(t, systolic.Port{Elements: reads, StartCycle: r.SRAM[stream].StartCycle, StopCycle: r.SRAM[stream].StopCycle}, y.ports[stream])
	}
	require.Equal(t, r.SRAM[2], systolic.Span{StartCycle: y.ports[2].StartCycle, StopCycle: y.ports[2].StopCycle})
	drain := y.ports[systolic.OfmapDRAM]
	require.Equal(t, y.ports[systolic.OfmapSRAM].Elements, drain.Elements, "every output is drained once")
	require.GreaterOrEqual(t, r.Ofmap.Elements, drain.Elements, "SCALE-Sim counts lines that were closed early as full")
	require.Equal(t, [2]int64{r.Ofmap.StartCycle, r.Ofmap.StopCycle}, [2]int64{drain.StartCycle, drain.StopCycle})
}
