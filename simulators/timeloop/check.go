package timeloop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/accelerators/loopnest/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// referenceFolder is where the data folder has further results, in tables of the form of the embedded ones.
const referenceFolder = "timeloop"

// Checks compare the nest model with Timeloop's published results that are embedded, and with further ones of the data folder.
func Checks() []simulators.Check {
	return []simulators.Check{{
		Area: "timeloop",
		Doc:  "tiles, reads, fills, updates, cycles and energies of Timeloop's published designs, by level and tensor",
		Run: func(_ context.Context, dataDir string) ([]simulators.Agreement, error) {
			reports, err := golden.Check()
			list := agreements("", reports)
			if err != nil || dataDir == "" {
				return list, err
			}
			further, err := checkFolder(filepath.Join(dataDir, referenceFolder))
			return append(list, further...), err
		},
	}}
}

// checkFolder compares the designs of a folder: the tables summary.csv, mappings.csv and levels.csv.
func checkFolder(folder string) ([]simulators.Agreement, error) {
	var tables [3]io.Reader
	for i, name := range []string{"summary.csv", "mappings.csv", "levels.csv"} {
		file, err := os.Open(filepath.Join(folder, name))
		if errors.Is(err, fs.ErrNotExist) {
			return []simulators.Agreement{{Reference: folder, Skipped: "no " + name}}, nil
		}
		if err != nil {
			return nil, err
		}
		defer file.Close() // only read
		tables[i] = file
	}
	designs, err := golden.Read(tables[0], tables[1], tables[2])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	reports, err := golden.Compare(designs)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	return agreements(folder+": ", reports), nil
}

// agreements are those of some reports, their names after a prefix.
func agreements(prefix string, reports []golden.Report) (list []simulators.Agreement) {
	for _, r := range reports {
		r.Reference = prefix + r.Reference
		list = append(list, simulators.Agreed(r))
	}
	return list
}
