package systolic

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/accelerators/systolic/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// furtherRows is the file of the data folder, in the form of the embedded rows, that is compared as well when it is there.
const furtherRows = "systolic/golden_compute.csv"

// Check compares the model with the measured rows that are embedded, and with further ones of the data folder.
func Check() simulators.Check {
	return simulators.Check{
		Area: "systolic",
		Doc:  "compute cycles, utilisations and SRAM counts of SCALE-Sim",
		Run: func(_ context.Context, dataDir string) ([]simulators.Agreement, error) {
			embedded, err := golden.CheckCompute()
			if err != nil {
				return nil, err
			}
			list := []simulators.Agreement{agreement(embedded)}
			further, found, err := checkFurther(dataDir)
			if found {
				list = append(list, agreement(further))
			}
			return list, err
		},
	}
}

// checkFurther compares the rows of the data folder; false when it has none.
func checkFurther(dataDir string) (report golden.Report, found bool, err error) {
	if dataDir == "" {
		return golden.Report{}, false, nil
	}
	path := filepath.Join(dataDir, furtherRows)
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return golden.Report{}, false, nil
	}
	if err != nil {
		return golden.Report{}, false, err
	}
	defer file.Close() // only read
	rows, err := golden.ReadCompute(file)
	if err != nil {
		return golden.Report{}, false, fmt.Errorf("%s: %w", path, err)
	}
	report, err = golden.CompareCompute(path, rows)
	return report, true, err
}

func agreement(r golden.Report) simulators.Agreement {
	return simulators.Agreement{
		Reference: r.Reference, Rows: r.Rows, Equal: r.Equal, LargestRelativeError: r.LargestRelativeError, FirstDifference: r.FirstDifference,
	}
}
