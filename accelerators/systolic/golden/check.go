package golden

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// RelativeTolerance is how far a percentage may be from the printed one.
const RelativeTolerance = 1e-9

// Report says how far the model and a reference agree.
type Report struct {
	Reference            string
	Rows                 int
	Equal                int     // rows of which every column agrees
	MedianRelativeError  float64 // over the rows, each with the largest error of its columns
	LargestRelativeError float64
	Columns              []Column
	FirstDifference      string // empty when all rows agree
}

// Column is the agreement of one column over all rows.
type Column struct {
	Name                 string
	Exact                bool // integers, which must be equal; the others are compared to RelativeTolerance
	Equal                int
	LargestRelativeError float64
}

// CheckCompute compares the embedded rows of the compute model: networks, then corner cases.
func CheckCompute() ([]Report, error) {
	var reports []Report
	for _, table := range []struct{ reference, text string }{
		{"SCALE-Sim v3, compute", computeCSV},
		{"SCALE-Sim v3, corners", cornersCSV},
	} {
		rows, err := ReadCompute(strings.NewReader(table.text))
		if err != nil {
			return reports, fmt.Errorf("%s: %w", table.reference, err)
		}
		report, err := CompareCompute(table.reference, rows)
		if err != nil {
			return reports, fmt.Errorf("%s: %w", table.reference, err)
		}
		reports = append(reports, report)
	}
	return reports, nil
}

// CompareCompute recomputes rows of the compute model and compares them. An error is a row that the model refuses.
func CompareCompute(reference string, rows []Row) (Report, error) {
	report := Report{Reference: reference, Rows: len(rows)}
	for _, c := range (Values{}).columns() {
		report.Columns = append(report.Columns, Column{Name: c.name, Exact: c.exact})
	}
	var errorsOfRows []float64
	for i, row := range rows {
		got, err := Recompute(row)
		if err != nil {
			return Report{}, fmt.Errorf("golden: row %d (%s layer %d): %w", i+1, row.Net, row.LayerIndex, err)
		}
		errorsOfRows = append(errorsOfRows, report.add(i, row, got))
	}
	if len(errorsOfRows) > 0 {
		slices.Sort(errorsOfRows)
		report.MedianRelativeError = errorsOfRows[len(errorsOfRows)/2]
	}
	return report, nil
}

// Recompute gives the model's values for a row, from its layer and array.
func Recompute(row Row) (Values, error) {
	p, err := systolic.Lower(row.Layer, systolic.ScaleSim)
	if err != nil {
		return Values{}, err
	}
	c := systolic.ComputeLayer(row.Array, p)
	return Values{
		M: p.M, N: p.N, K: p.K,
		TotalCycles:     c.Cycles,
		OverallUtilPct:  100 * systolic.OverallUtilFrac(row.Array, c),
		MappingEffPct:   100 * systolic.MappingFrac(row.Array, p),
		ComputeUtilPct:  100 * systolic.ComputeUtilFrac(row.Array, p),
		SRAMIfmapReads:  c.IfmapReads,
		SRAMFilterReads: c.FilterReads,
		SRAMOfmapWrites: c.OfmapWrites,
	}, nil
}

// add takes a row into account and returns the largest error of its columns.
func (r *Report) add(i int, row Row, got Values) (largest float64) {
	rowAgrees := true
	wantColumns := row.Measured.columns()
	for j, g := range got.columns() {
		column, w := &r.Columns[j], wantColumns[j]
		apart := relativeError(g, w)
		column.LargestRelativeError = max(column.LargestRelativeError, apart)
		largest = max(largest, apart)
		if (g.exact && g.integer == w.integer) || (!g.exact && apart <= RelativeTolerance) {
			column.Equal++
			continue
		}
		rowAgrees = false
		if r.FirstDifference == "" {
			r.FirstDifference = fmt.Sprintf("row %d (%s layer %d %q, %s on %d×%d): %s is %s, measured %s",
				i+1, row.Net, row.LayerIndex, row.Layer.Name, row.Array.Dataflow, row.Array.Rows, row.Array.Cols, g.name, g, w)
		}
	}
	if rowAgrees {
		r.Equal++
	}
	r.LargestRelativeError = max(r.LargestRelativeError, largest)
	return largest
}

// cell is one column of Values.
type cell struct {
	name    string
	exact   bool
	integer int64
	real    float64
}

// columns lists the values in the order of the file.
func (v Values) columns() [10]cell {
	return [...]cell{
		{"M", true, v.M, 0},
		{"N", true, v.N, 0},
		{"K", true, v.K, 0},
		{"total_cycles", true, v.TotalCycles, 0},
		{"overall_util_pct", false, 0, v.OverallUtilPct},
		{"mapping_eff_pct", false, 0, v.MappingEffPct},
		{"compute_util_pct", false, 0, v.ComputeUtilPct},
		{"sram_ifmap_reads", true, v.SRAMIfmapReads, 0},
		{"sram_filter_reads", true, v.SRAMFilterReads, 0},
		{"sram_ofmap_writes", true, v.SRAMOfmapWrites, 0},
	}
}

func (c cell) String() string {
	if c.exact {
		return fmt.Sprint(c.integer)
	}
	return fmt.Sprint(c.real)
}

// relativeError is |got − want| / |want|, 0 when both are 0 and +Inf when only want is.
func relativeError(got, want cell) float64 {
	g, w := got.real, want.real
	if got.exact {
		g, w = float64(got.integer), float64(want.integer)
	}
	if g == w {
		return 0
	}
	if apart := math.Abs(g-w) / math.Abs(w); !math.IsNaN(apart) {
		return apart
	}
	return math.Inf(1)
}
