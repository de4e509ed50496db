package simulators

import "context"

// Check re-measures a model's agreement with reference rows: what `codesign validate` runs.
type Check struct {
	Area, Doc string // Area is the catalogue family: "systolic"
	// Run compares every row. dataDir holds tables that are not embedded; a table that is not there is reported as Skipped.
	Run func(ctx context.Context, dataDir string) ([]Agreement, error)
}

// Agreement is the outcome for one reference table.
type Agreement struct {
	Reference            string // which simulator, version and mode
	Rows, Equal          int
	LargestRelativeError float64 // over the columns with a tolerance
	FirstDifference      string  // empty when Equal == Rows
	Skipped              string  // why nothing was compared; empty normally
}

// Workload is a named scenario that simulators accept as a setting.
type Workload struct {
	Name, Doc string
	Setting   string // where it goes: "systolic: network"
}
