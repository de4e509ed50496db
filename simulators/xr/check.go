package xr

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/codesign-gym/codesign/internal/agree"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
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
			list := []simulators.Agreement{simulators.Agreed(named(report))}
			if dataDir != "" {
				path := filepath.Join(dataDir, filepath.FromSlash(furtherRuns))
				further, err := files.Further(path, func(r io.Reader) ([]agree.Report, error) {
					runs, err := golden.Read(r)
					if err != nil {
						return nil, err
					}
					report, err := golden.Compare(path, runs)
					return []agree.Report{named(report)}, err
				})
				if err != nil {
					return list, err
				}
				list = append(list, further...)
			}
			for i := range list {
				list[i].Bar, list[i].Within, list[i].Needed = "scores within 0.01 of 100, frames equal", list[i].Equal, list[i].Rows
			}
			return list, nil
		},
	}
}

// named says in the reference how many runs were left out.
func named(r golden.Report) agree.Report {
	if r.Random > 0 {
		r.Reference = fmt.Sprintf("%s (%d random runs left out)", r.Reference, r.Random)
	}
	return r.Report
}
