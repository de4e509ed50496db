package asic

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/accelerators/dataflow/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// furtherRows are the files of the data folder, in the form of the embedded rows, that are compared as well.
func furtherRows() []string {
	return []string{"maestro/maestro_golden.csv", "maestro/nasaic_golden.csv", "maestro/bundled_mappings.csv"}
}

// Checks compare the engine with MAESTRO's rows that are embedded and further ones of the data folder, and the older area table with NASAIC.
func Checks() []simulators.Check {
	return []simulators.Check{
		{
			Area: "maestro",
			Doc:  "cycles, counts, buffer needs, bandwidths, delays, energy, area and power of MAESTRO",
			Run: func(_ context.Context, dataDir string) ([]simulators.Agreement, error) {
				reports, err := golden.Check()
				var list []simulators.Agreement
				for _, r := range reports {
					list = append(list, agreement(r))
				}
				if err != nil || dataDir == "" {
					return list, err
				}
				for _, name := range furtherRows() {
					further, err := checkFurther(filepath.Join(dataDir, name))
					if err != nil {
						return list, err
					}
					list = append(list, further)
				}
				return list, nil
			},
		},
		{
			Area: "nasaic-area",
			Doc:  "the six areas of NASAIC's table 1, within 1.1 %",
			Run: func(context.Context, string) ([]simulators.Agreement, error) {
				r := golden.CheckAreas()
				a := agreement(r)
				a.Bar, a.Within, a.Needed = "all within 1.1 %", r.Equal, r.Rows
				return []simulators.Agreement{a}, nil
			},
		},
	}
}

// checkFurther compares the rows of a file.
func checkFurther(path string) (simulators.Agreement, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return simulators.Agreement{Reference: path, Skipped: "no such file"}, nil
	}
	if err != nil {
		return simulators.Agreement{}, err
	}
	defer file.Close() // only read
	report, err := golden.CheckFurther(path, file)
	if err != nil {
		return simulators.Agreement{}, fmt.Errorf("%s: %w", path, err)
	}
	return agreement(report), nil
}

func agreement(r golden.Report) simulators.Agreement {
	return simulators.Agreement{
		Reference: r.Reference, Rows: r.Rows, Equal: r.Equal,
		MedianRelativeError: r.MedianRelativeError, LargestRelativeError: r.LargestRelativeError, FirstDifference: r.FirstDifference,
	}
}
