package systolic

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/accelerators/systolic/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// referenceFolder is where the data folder has further rows, in files of the form of the embedded ones.
const referenceFolder = "systolic"

// Check compares the model with the measured rows that are embedded, and with further ones of the data folder.
func Check() simulators.Check {
	return simulators.Check{
		Area: "systolic",
		Doc:  "cycles, stalls, utilisations, SRAM and DRAM counts, sparsity and address traces of SCALE-Sim",
		Run: func(ctx context.Context, dataDir string) ([]simulators.Agreement, error) {
			embedded, err := golden.Check()
			var list []simulators.Agreement
			for _, r := range embedded {
				list = append(list, agreement(r))
			}
			if err != nil || dataDir == "" {
				return list, err
			}
			for _, table := range furtherTables() {
				if err := ctx.Err(); err != nil {
					return list, err
				}
				further, err := checkFurther(filepath.Join(dataDir, referenceFolder, table.file), table.compare)
				if err != nil {
					return list, err
				}
				list = append(list, further)
			}
			return list, nil
		},
	}
}

// furtherTable is a file of the data folder and how it is compared.
type furtherTable struct {
	file    string
	compare func(path string, r io.Reader) (golden.Report, error)
}

func furtherTables() (list []furtherTable) {
	for _, t := range golden.Tables() {
		list = append(list, furtherTable{t.File(), func(path string, r io.Reader) (golden.Report, error) {
			rows, err := golden.Read(t, r)
			if err != nil {
				return golden.Report{}, err
			}
			return golden.Compare(path, rows)
		}})
	}
	return append(list, furtherTable{golden.TracesFile, func(path string, r io.Reader) (golden.Report, error) {
		rows, err := golden.ReadTraces(r)
		if err != nil {
			return golden.Report{}, err
		}
		return golden.CompareTraces(path, rows)
	}})
}

// checkFurther compares the rows of a file.
func checkFurther(path string, compare func(string, io.Reader) (golden.Report, error)) (simulators.Agreement, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return simulators.Agreement{Reference: path, Skipped: "no such file"}, nil
	}
	if err != nil {
		return simulators.Agreement{}, err
	}
	defer file.Close() // only read
	report, err := compare(path, file)
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
