package golden

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/internal/agree"
)

// AreaTolerance is how far an area may be from the published one, which has three digits.
const AreaTolerance = 0.011

// nasaicL1Bytes is the buffer of a PE with which NASAIC's areas come out: eleven units of the older table. It is fitted, the paper does not state it.
const nasaicL1Bytes = 704

// Design is a pair of sub-accelerators of NASAIC's table 1, with its area.
type Design struct {
	Workload, Approach string
	Pair               [2]dataflow.Hardware
	PublishedUM2       float64
}

// Designs are the six of Yang et al., "Co-exploration of neural architectures and heterogeneous ASIC accelerator designs targeting multiple tasks",
// DAC 2020, table 1: PEs and NoC bandwidth of the two sub-accelerators, and the area of both.
func Designs() []Design {
	pair := func(workload, approach string, pes1, width1, pes2, width2 int, areaUM2 float64) Design {
		return Design{workload, approach, [2]dataflow.Hardware{{PEs: pes1, NoCBandwidth: width1}, {PEs: pes2, NoCBandwidth: width2}}, areaUM2}
	}
	return []Design{
		pair("W1", "NAS then ASIC", 2112, 48, 1984, 16, 4.71e9),
		pair("W1", "ASIC then HW-NAS", 1088, 24, 2368, 40, 3.82e9),
		pair("W1", "NASAIC", 576, 56, 1792, 8, 2.03e9),
		pair("W2", "NAS then ASIC", 2368, 56, 1728, 8, 4.83e9),
		pair("W2", "ASIC then HW-NAS", 2112, 24, 1536, 40, 3.86e9),
		pair("W2", "NASAIC", 2112, 40, 1184, 24, 3.34e9),
	}
}

// AreaUM2 is the area of a design with the older table, without a shared buffer.
func (d Design) AreaUM2() float64 {
	table := dataflow.AreaOld()
	return table.Area(d.Pair[0], nasaicL1Bytes, 0).TotalUM2() + table.Area(d.Pair[1], nasaicL1Bytes, 0).TotalUM2()
}

// CheckAreas compares the six areas; an equal row is within AreaTolerance.
func CheckAreas() Report {
	tally := agree.Tally{Report: agree.Report{Reference: "NASAIC, table 1"}}
	for _, d := range Designs() {
		difference, e := "", relativeError(d.AreaUM2(), d.PublishedUM2)
		if e > AreaTolerance {
			difference = fmt.Sprintf("%s, %s: %.4g um2, published %.3g um2", d.Workload, d.Approach, d.AreaUM2(), d.PublishedUM2)
		}
		tally.Add(e, difference)
	}
	return Report{Report: tally.Sum()}
}
