package xr

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc/xr/golden"
)

// furtherRuns is the file of the data folder with further runs, in the form of the embedded ones.
const furtherRuns = "soc/xr_golden.json"

// Check compares the schedule and the scores with the measured runs that are embedded, and with further ones of the data folder.
func Check() simulators.Check {
	return simulators.Check{
		Area: "xr",
		Doc:  "scores, frames and schedules of XRBench's program, given what a frame costs; scores within 0.01 of 100",
		Run: func(_ context.Context, dataDir string) ([]simulators.Agreement, error) {
			report, err := golden.Check()
			if err != nil {
				return nil, err
			}
			list := []simulators.Agreement{agreement(report)}
			if dataDir == "" {
				return list, nil
			}
			further, err := checkFurther(filepath.Join(dataDir, filepath.FromSlash(furtherRuns)))
			return append(list, further), err
		},
	}
}

// checkFurther compares the runs of a file.
func checkFurther(path string) (simulators.Agreement, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return simulators.Agreement{Reference: path, Skipped: "no such file"}, nil
	}
	if err != nil {
		return simulators.Agreement{}, err
	}
	defer file.Close() // only read
	runs, err := golden.Read(file)
	if err != nil {
		return simulators.Agreement{}, fmt.Errorf("%s: %w", path, err)
	}
	report, err := golden.Compare(path, runs)
	if err != nil {
		return simulators.Agreement{}, fmt.Errorf("%s: %w", path, err)
	}
	return agreement(report), nil
}

func agreement(r golden.Report) simulators.Agreement {
	if r.Random > 0 {
		r.Reference = fmt.Sprintf("%s (%d random runs left out)", r.Reference, r.Random)
	}
	return simulators.Agreement{
		Reference: r.Reference, Rows: r.Rows, Equal: r.Equal, Bar: "scores within 0.01 of 100, frames equal", Within: r.Equal, Needed: r.Rows,
		MedianRelativeError: r.MedianRelativeError, LargestRelativeError: r.LargestRelativeError, FirstDifference: r.FirstDifference,
	}
}
