package chips

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// WeightStream is an array of 8-bit weights that stay, which arrive from DRAM a whole tile at a time while the tile before them works.
type WeightStream struct {
	Rows, Cols    int
	BandwidthGBps float64 // of the weight memory
	ClockMHz      float64
}

// TPUv1 is Google's first tensor processing unit (Jouppi et al., ISCA 2017).
func TPUv1() WeightStream {
	return WeightStream{Rows: 256, Cols: 256, BandwidthGBps: 34, ClockMHz: 700}
}

// Check reports a stream that cannot run.
func (s WeightStream) Check() error {
	c := systolic.Config{
		Array: s.array(), IfmapSRAMKiB: 1, FilterSRAMKiB: 1, OfmapSRAMKiB: 1, DRAMBandwidthGBps: s.BandwidthGBps, ClockMHz: s.ClockMHz,
	}
	if err := c.Check(); err != nil {
		return fmt.Errorf("chips: weight stream: %w", err)
	}
	return nil
}

func (s WeightStream) array() systolic.Array {
	return systolic.Array{Rows: s.Rows, Cols: s.Cols, Dataflow: systolic.WeightStationary}
}

// Cycles is the time of one copy of a problem, whose M rows stream through each tile of its K×N weights: the package documentation has the law. Stream and
// problem must have passed their Check; a vector problem takes no time here.
func (s WeightStream) Cycles(p systolic.Problem) int64 {
	tiles := systolic.ComputeLayer(s.array(), p).Folds
	return p.Count * tiles * max(p.M, s.loadCycles()+int64(s.Rows))
}

// loadCycles is the time in which the weights of a tile arrive.
func (s WeightStream) loadCycles() int64 {
	bytes := float64(s.Rows) * float64(s.Cols)
	return int64(math.Ceil(bytes * s.ClockMHz / (1e3 * s.BandwidthGBps)))
}

// PeakTOPS is the operations a second of a full array in 1e12, two for a multiply-accumulate.
func (s WeightStream) PeakTOPS() float64 {
	return 2 * float64(s.Rows) * float64(s.Cols) * s.ClockMHz * 1e-6
}

// UtilFrac is the share of the peak that one copy of a problem reaches.
func (s WeightStream) UtilFrac(p systolic.Problem) float64 {
	cycles := s.Cycles(p)
	if cycles == 0 {
		return 0
	}
	return float64(p.MACs()) / (float64(cycles) * float64(s.Rows) * float64(s.Cols))
}
