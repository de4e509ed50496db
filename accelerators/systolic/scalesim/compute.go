package scalesim

import (
	"io"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// ComputeName is the file name of the compute report.
const ComputeName = "COMPUTE_REPORT.csv"

// Compute is a layer's line of the compute report.
type Compute struct {
	PrefetchedCycles                              int64 // total cycles with the prefetch before them; 0 = not known, and no column
	TotalCycles, StallCycles                      int64
	OverallUtilFrac, MappingFrac, ComputeUtilFrac float64 // printed in percent
}

// ComputeRun is the line of a product that was run with its memory.
func ComputeRun(a systolic.Array, p systolic.Problem, r systolic.Run) Compute {
	c := ComputeLayer(a, p)
	c.PrefetchedCycles, c.TotalCycles, c.StallCycles = r.CyclesWithPrefetch(), r.TotalCycles(), r.StallCycles
	c.OverallUtilFrac = float64(r.MACs) / (float64(c.TotalCycles) * float64(a.Rows) * float64(a.Cols))
	return c
}

// ComputeLayer is the line of a layer that never stalls, of a product lowered in the profile ScaleSim.
func ComputeLayer(a systolic.Array, p systolic.Problem) Compute {
	c := systolic.ComputeLayer(a, p)
	return Compute{
		TotalCycles:     c.Cycles,
		OverallUtilFrac: systolic.OverallUtilFrac(a, c), MappingFrac: systolic.MappingFrac(a, p), ComputeUtilFrac: systolic.ComputeUtilFrac(a, p),
	}
}

// The columns of the compute report; prefetched is v3's and stands second.
const (
	prefetched    = "Total Cycles (incl. prefetch)"
	totalColumn   = "Total Cycles"
	stallColumn   = "Stall Cycles"
	overallColumn = "Overall Util %"
	mappingColumn = "Mapping Efficiency %"
	computeColumn = "Compute Util %"
)

// WriteCompute writes the report as SCALE-Sim does, with its commas and its way to print numbers: v3's columns when the rows know the prefetch,
// else v2's.
func WriteCompute(w io.Writer, rows []Compute) error {
	withPrefetch := len(rows) > 0 && rows[0].PrefetchedCycles > 0
	columns := []string{layerColumn}
	if withPrefetch {
		columns = append(columns, prefetched)
	}
	columns = append(columns, totalColumn, stallColumn, overallColumn, mappingColumn, computeColumn)
	if err := writeLine(w, columns); err != nil {
		return err
	}
	for id, r := range rows {
		cells := []string{strconv.Itoa(id)}
		if withPrefetch {
			cells = append(cells, strconv.FormatInt(r.PrefetchedCycles, 10))
		}
		cells = append(cells, strconv.FormatInt(r.TotalCycles, 10), strconv.FormatInt(r.StallCycles, 10),
			float(100*r.OverallUtilFrac), float(100*r.MappingFrac), float(100*r.ComputeUtilFrac))
		if err := writeLine(w, cells); err != nil {
			return err
		}
	}
	return nil
}

// ReadCompute reads a compute report of v2 or v3; name is the file's in errors, which name the line.
func ReadCompute(name string, r io.Reader) ([]Compute, error) {
	t, err := readTable(name, r, totalColumn, stallColumn, overallColumn, mappingColumn, computeColumn)
	if err != nil {
		return nil, err
	}
	rows := make([]Compute, t.layers())
	for i := range rows {
		rows[i] = Compute{
			PrefetchedCycles: t.count(i, prefetched), TotalCycles: t.count(i, totalColumn), StallCycles: t.count(i, stallColumn),
			OverallUtilFrac: t.number(i, overallColumn) / 100, MappingFrac: t.number(i, mappingColumn) / 100, ComputeUtilFrac: t.number(i, computeColumn) / 100,
		}
	}
	return rows, t.err
}
