package scalesim

import (
	"io"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// BandwidthName is the file name of the bandwidth report.
const BandwidthName = "BANDWIDTH_REPORT.csv"

// WriteBandwidth writes the bandwidth report of dense layers as SCALE-Sim does, in words a cycle: of the SRAMs over the whole layer, of DRAM while the port
// is in use.
func WriteBandwidth(w io.Writer, layers []systolic.Run) error {
	err := writeLine(w, []string{layerColumn, "Avg IFMAP SRAM BW", "Avg FILTER SRAM BW", "Avg OFMAP SRAM BW", "Avg IFMAP DRAM BW", "Avg FILTER DRAM BW", "Avg OFMAP DRAM BW"})
	for id, r := range layers {
		if err != nil {
			break
		}
		cells := []string{strconv.Itoa(id)}
		for _, accesses := range []int64{r.IfmapReads, r.FilterReads, r.OfmapWrites} {
			cells = append(cells, float(float64(accesses)/float64(r.TotalCycles())))
		}
		for _, port := range []systolic.Port{r.Ifmap, r.Filter, r.Ofmap} {
			cells = append(cells, float(port.Bandwidth()))
		}
		err = writeLine(w, cells)
	}
	return err
}
