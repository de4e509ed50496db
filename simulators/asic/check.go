package asic

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/accelerators/dataflow/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// furtherRows is the folder of the data folder whose tables, in the form of the embedded ones, are compared as well.
const furtherRows = "maestro"

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
					list = append(list, simulators.Agreed(r.Report))
				}
				if err != nil || dataDir == "" {
					return list, err
				}
				further, err := checkFolder(filepath.Join(dataDir, furtherRows))
				return append(list, further...), err
			},
		},
		{
			Area: "nasaic-area",
			Doc:  "the six areas of NASAIC's table 1, within 1.1 %",
			Run: func(context.Context, string) ([]simulators.Agreement, error) {
				r := golden.CheckAreas()
				a := simulators.Agreed(r.Report)
				a.Bar, a.Within, a.Needed = "all within 1.1 %", r.Equal, r.Rows
				return []simulators.Agreement{a}, nil
			},
		},
		checkChips(),
	}
}

// checkFolder compares the rows of all tables of a folder; tables of nests are known to the others, further tables are ignored.
func checkFolder(folder string) (list []simulators.Agreement, err error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return []simulators.Agreement{{Reference: folder, Skipped: "no tables"}}, nil
	}
	tables := make([][]byte, len(paths))
	nests := golden.Nests{}
	for i, path := range paths {
		if tables[i], err = os.ReadFile(path); err != nil {
			return nil, err
		}
		if golden.KindOf(tables[i]) == golden.NestTable {
			if err := nests.Read(bytes.NewReader(tables[i])); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	for i, path := range paths {
		if golden.KindOf(tables[i]) != golden.RowTable {
			continue
		}
		report, err := golden.CheckFurther(path, bytes.NewReader(tables[i]), nests)
		if err != nil {
			return list, fmt.Errorf("%s: %w", path, err)
		}
		list = append(list, simulators.Agreed(report.Report))
	}
	return list, nil
}
