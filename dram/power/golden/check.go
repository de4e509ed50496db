package golden

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"github.com/codesign-gym/codesign/internal/agree"
)

// RelativeTolerance is how far an energy may be from the printed one, beyond the rounding of the print.
const RelativeTolerance = 1e-9

// printRounding is half a unit of the sixth decimal, with which energies and powers are printed. The factor allows for the error of a float.
const printRounding = 0.5e-6 * (1 + 1e-6)

// Report says how far the model and a reference agree.
type Report struct {
	agree.Report
	Columns []Column
}

// Column is the agreement of one column over all rows.
type Column struct {
	Name                 string
	Exact                bool // counts, which must be equal; the others are compared to RelativeTolerance
	Equal                int
	LargestRelativeError float64
}

// Check compares the embedded rows: DRAMPower 4, then DRAMPower 5.1.
func Check() ([]Report, error) {
	var reports []Report
	for _, table := range []struct {
		reference       string
		model           Model
		sequences, rows []byte
	}{
		{"DRAMPower 4", DRAMPower4, drampower4Sequences, drampower4Rows},
		{"DRAMPower 5.1", DRAMPower5, drampower5Sequences, drampower5Rows},
	} {
		sequences, err := ReadSequences(bytes.NewReader(table.sequences))
		if err != nil {
			return reports, fmt.Errorf("%s: %w", table.reference, err)
		}
		rows, err := ReadRows(bytes.NewReader(table.rows))
		if err != nil {
			return reports, fmt.Errorf("%s: %w", table.reference, err)
		}
		report, err := Compare(table.reference, table.model, sequences, rows)
		if err != nil {
			return reports, fmt.Errorf("%s: %w", table.reference, err)
		}
		reports = append(reports, report)
	}
	return reports, nil
}

// Compare recomputes the rows from their sequences with a model and compares them. An error is a row without a sequence or without a
// column, or a sequence that the model refuses. Sequences without a row are passed over.
func Compare(reference string, model Model, sequences []Sequence, rows []Row) (Report, error) {
	tally := tally{Tally: agree.Tally{Report: agree.Report{Reference: reference}}}
	index := map[Key]Sequence{}
	for _, s := range sequences {
		index[s.Key] = s
	}
	for i, row := range rows {
		s, ok := index[row.Key]
		if !ok {
			return Report{}, fmt.Errorf("golden: row %d (%s %s): no such sequence", i+1, row.Device, row.Sequence)
		}
		got, err := model(s)
		if err == nil {
			err = tally.add(i, row, got)
		}
		if err != nil {
			return Report{}, fmt.Errorf("golden: row %d (%s %s): %w", i+1, row.Device, row.Sequence, err)
		}
	}
	return Report{tally.Sum(), tally.columns}, nil
}

// tally is a Report in the making.
type tally struct {
	agree.Tally
	columns []Column
}

// add takes a row into account.
func (r *tally) add(i int, row Row, got []Value) error {
	if r.columns == nil {
		for _, v := range got {
			r.columns = append(r.columns, Column{Name: v.Name, Exact: v.Exact})
		}
	}
	difference, largest := "", 0.0
	for j, v := range got {
		want, err := row.value(v.Name)
		if err != nil {
			return err
		}
		column := &r.columns[j]
		apart := relativeError(v, want)
		column.LargestRelativeError = max(column.LargestRelativeError, apart)
		largest = max(largest, apart)
		if apart == 0 || !v.Exact && apart <= RelativeTolerance {
			column.Equal++
			continue
		}
		if difference == "" {
			difference = fmt.Sprintf("row %d (%s %s): %s is %v, measured %v", i+1, row.Device, row.Sequence, v.Name, v.Value, want)
		}
	}
	r.Add(largest, difference)
	return nil
}

// value is a measured figure.
func (r Row) value(name string) (float64, error) {
	text, ok := r.Printed[name]
	if !ok {
		return 0, fmt.Errorf("column %q: no such column", name)
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("column %q: %w", name, err)
	}
	return value, nil
}

// relativeError is how far the figure is from the measured one, less the rounding of the print: |got − want| / |want|, 0 within the
// rounding, and +Inf where the measured figure is 0 or no number.
func relativeError(got Value, want float64) float64 {
	apart := math.Abs(got.Value - want)
	if !got.Exact {
		apart -= printRounding
	}
	switch {
	case apart <= 0:
		return 0
	case want == 0 || math.IsNaN(apart):
		return math.Inf(1)
	}
	return apart / math.Abs(want)
}
