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

// furtherRows is the file of the data folder, in the form of the embedded rows, that is compared as well.
const furtherRows = "systolic/golden_compute.csv"

// Check compares the model with the measured rows that are embedded, and with further ones of the data folder.
func Check() simulators.Check {
	return simulators.Check{
		Area: "systolic",
		Doc:  "compute cycles, utilisations and SRAM counts of SCALE-Sim",
		Run: func(_ context.Context, dataDir string) ([]simulators.Agreement, error) {
			embedded, err := golden.CheckCompute()
			var list []simulators.Agreement
			for _, r := range embedded {
				list = append(list, agreement(r))
			}
			if err != nil || dataDir == "" {
				return list, err
			}
			further, err := checkFurther(filepath.Join(dataDir, furtherRows))
			if err != nil {
				return list, err
			}
			return append(list, further), nil
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
	rows, err := golden.ReadCompute(file)
	if err != nil {
		return simulators.Agreement{}, fmt.Errorf("%s: %w", path, err)
	}
	report, err := golden.CompareCompute(path, rows)
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
