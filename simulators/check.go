package simulators

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/internal/agree"
)

// Check re-measures a model's agreement with reference rows: what `codesign validate` runs.
type Check struct {
	Area, Doc string // Area is the catalogue family: "systolic"
	// Run compares every row. dataDir holds tables that are not embedded; a table that is not there is reported as Skipped.
	Run func(ctx context.Context, dataDir string) ([]Agreement, error)
}

// Agreement is the outcome for one reference table, or for one class of its rows.
type Agreement struct {
	Reference            string // which simulator, version and mode
	Rows, Equal          int    // an equal row agrees in every column: integers equal, the others to the stated tolerance
	Bar                  string // what is promised where it is less than equality: "98 % within …"; empty = every row is equal
	Within, Needed       int    // with a bar: the rows that keep it, and how many must
	MedianRelativeError  float64
	LargestRelativeError float64  // of the columns with a tolerance; each row counts with its largest one
	FirstDifference      string   // empty when Equal == Rows
	Skipped              string   // why nothing was compared; empty normally
	Figures              []Figure // the numbers that are worth a line of their own; normally none
}

// Figure is one compared number of an Agreement: a published figure of a chip.
type Figure struct {
	Name, Unit       string
	Reference, Model float64
	LeftOut          float64 // what the model says when its fitted constants do not know this figure; 0 where nothing is fitted
}

// Agreed is the agreement of a model that is promised to be equal to its reference in every row.
func Agreed(r agree.Report) Agreement {
	return Agreement{
		Reference: r.Reference, Rows: r.Rows, Equal: r.Equal,
		MedianRelativeError: r.MedianRelativeError, LargestRelativeError: r.LargestRelativeError, FirstDifference: r.FirstDifference,
	}
}

// Failure says how the agreement falls short of what is promised; empty when it does not.
func (a Agreement) Failure() string {
	switch {
	case a.Skipped != "":
		return ""
	case a.Bar != "" && a.Within < a.Needed:
		return fmt.Sprintf("%d of %d rows are within the bar (%s), %d must be; the first difference: %s", a.Within, a.Rows, a.Bar, a.Needed, a.FirstDifference)
	case a.Bar == "" && a.Equal < a.Rows:
		return fmt.Sprintf("%d of %d rows differ; the first: %s", a.Rows-a.Equal, a.Rows, a.FirstDifference)
	}
	return ""
}

// Workload is a named scenario that simulators accept as a setting.
type Workload struct {
	Name, Doc string
	Setting   string // where it goes: "systolic: network"
}
