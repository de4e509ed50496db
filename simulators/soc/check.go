// Package soc offers the models of package soc to agents, and checks them against the reference.
package soc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc/golden"
)

// Further records lie in this folder of the data folder, in files of the form of the embedded ones.
const (
	referenceFolder = "soc"
	designsFile     = "golden.json"
	actionsFile     = "actions.json"
)

// Check compares the model in its reference profile with the measured records that are embedded, and with further ones of the data folder.
func Check() simulators.Check {
	return simulators.Check{
		Area: "soc",
		Doc:  "latency, phases, limiters, energy, power, area, distance and development cost of FARSI; ArchGym's limited vectors",
		Run: func(ctx context.Context, dataDir string) ([]simulators.Agreement, error) {
			embedded, err := golden.Check()
			list := agreements("", embedded)
			if err != nil || dataDir == "" {
				return list, err
			}
			for _, file := range []struct {
				name    string
				compare func(io.Reader) ([]golden.Report, error)
			}{{designsFile, golden.CheckDesigns}, {actionsFile, golden.CheckActions}} {
				if err := ctx.Err(); err != nil {
					return list, err
				}
				further, err := checkFile(filepath.Join(dataDir, referenceFolder, file.name), file.compare)
				if list = append(list, further...); err != nil {
					return list, err
				}
			}
			return list, nil
		},
	}
}

// checkFile compares the records of a file.
func checkFile(path string, compare func(io.Reader) ([]golden.Report, error)) ([]simulators.Agreement, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return []simulators.Agreement{{Reference: path, Skipped: "no such file"}}, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close() // only read
	reports, err := compare(file)
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return agreements(filepath.Base(path)+": ", reports), err
}

func agreements(prefix string, reports []golden.Report) (list []simulators.Agreement) {
	for _, r := range reports {
		list = append(list, simulators.Agreement{
			Reference: prefix + r.Reference, Rows: r.Rows, Equal: r.Equal,
			MedianRelativeError: r.MedianRelativeError, LargestRelativeError: r.LargestRelativeError, FirstDifference: r.FirstDifference,
		})
	}
	return list
}
