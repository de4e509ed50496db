package golden

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/internal/agree"
)

// Report says how far the model and a reference agree.
type Report struct {
	agree.Report
	Columns []Column
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
	tally := newTally(reference)
	if len(rows) == 0 {
		return tally.report(), nil
	}
	for _, c := range rows[0].Table.columns() {
		tally.columns = append(tally.columns, Column{Name: c.name, RelativeTolerance: c.tolerance})
	}
	var scratch systolic.Scratch
	for i, row := range rows {
		got, err := recompute(row, &scratch)
		if err != nil {
			return Report{}, fmt.Errorf("golden: row %d (%s): %w", i+1, row.place(), err)
		}
		tally.add(i, row, got)
	}
	return tally.report(), nil
}

// tally is a Report in the making.
type tally struct {
	agree.Tally
	columns []Column
}

func newTally(reference string) tally {
	return tally{Tally: agree.Tally{Report: agree.Report{Reference: reference}}}
}

func (r *tally) report() Report { return Report{r.Sum(), r.columns} }

// add takes a row into account.
func (r *tally) add(i int, row Row, got []value) {
	difference, largest := "", 0.0
	for j := range r.columns {
		column, g, w := &r.columns[j], got[j], row.measured[j]
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
		if difference == "" {
			difference = fmt.Sprintf("row %d (%s %q, %s on %d×%d): %s is %s, measured %s", i+1, row.place(), row.Layer.Name,
				row.Config.Dataflow, row.Config.Rows, row.Config.Cols, column.Name, text(g.number), text(w.number))
		}
	}
	r.Add(largest, difference)
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
