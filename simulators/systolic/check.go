package systolic

import (
	"context"
	"io"
	"path/filepath"

	"github.com/codesign-gym/codesign/accelerators/systolic/golden"
	"github.com/codesign-gym/codesign/internal/agree"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
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
				list = append(list, simulators.Agreed(r.Report))
			}
			if err != nil || dataDir == "" {
				return list, err
			}
			for _, table := range furtherTables() {
				if err := ctx.Err(); err != nil {
					return list, err
				}
				path := filepath.Join(dataDir, referenceFolder, table.file)
				further, err := files.Further(path, func(r io.Reader) ([]agree.Report, error) {
					report, err := table.compare(path, r)
					return []agree.Report{report.Report}, err
				})
				if err != nil {
					return list, err
				}
				list = append(list, further...)
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
