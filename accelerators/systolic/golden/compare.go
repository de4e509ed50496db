package golden

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

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
	RelativeTolerance    float64 // 0 for integers, which must be equal
	Equal                int
	LargestRelativeError float64
}

// Compare recomputes rows of one table and compares them. An error is a row that the model refuses.
func Compare(reference string, rows []Row) (Report, error) {
	report := Report{Reference: reference, Rows: len(rows)}
	if len(rows) == 0 {
		return report, nil
	}
	for _, c := range rows[0].Table.columns() {
		report.Columns = append(report.Columns, Column{Name: c.name, RelativeTolerance: c.tolerance})
	}
	errorsOfRows := make([]float64, 0, len(rows))
	var scratch systolic.Scratch
	for i, row := range rows {
		got, err := recompute(row, &scratch)
		if err != nil {
			return Report{}, fmt.Errorf("golden: row %d (%s): %w", i+1, row.place(), err)
		}
		errorsOfRows = append(errorsOfRows, report.add(i, row, got))
	}
	slices.Sort(errorsOfRows)
	report.MedianRelativeError = errorsOfRows[len(errorsOfRows)/2]
	return report, nil
}

// add takes a row into account and returns the largest error of its columns.
func (r *Report) add(i int, row Row, got []value) (largest float64) {
	rowAgrees := true
	for j := range r.Columns {
		column, g, w := &r.Columns[j], got[j], row.measured[j]
		if w.absent {
			column.Equal++
			continue
		}
		apart := relativeError(g.number, w.number)
		column.LargestRelativeError = max(column.LargestRelativeError, apart)
		largest = max(largest, apart)
		if apart <= column.RelativeTolerance {
			column.Equal++
			continue
		}
		rowAgrees = false
		if r.FirstDifference == "" {
			r.FirstDifference = fmt.Sprintf("row %d (%s %q, %s on %d×%d): %s is %s, measured %s", i+1, row.place(), row.Layer.Name,
				row.Config.Dataflow, row.Config.Rows, row.Config.Cols, column.Name, text(g.number), text(w.number))
		}
	}
	if rowAgrees {
		r.Equal++
	}
	r.LargestRelativeError = max(r.LargestRelativeError, largest)
	return largest
}

// place names the layer of a row.
func (r Row) place() string {
	if r.Table == Sparse {
		return fmt.Sprintf("%d:%d", r.Sparsity.Keep, r.Sparsity.Of)
	}
	return fmt.Sprintf("%s layer %d", r.Net, r.LayerIndex)
}

// text writes integers in full.
func text(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return fmt.Sprint(int64(v))
	}
	return fmt.Sprint(v)
}

// relativeError is |got − want| / |want|, 0 when both are 0 and +Inf when only want is.
func relativeError(got, want float64) float64 {
	if got == want {
		return 0
	}
	if apart := math.Abs(got-want) / math.Abs(want); !math.IsNaN(apart) {
		return apart
	}
	return math.Inf(1)
}
