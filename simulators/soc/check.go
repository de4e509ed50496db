package soc

import (
	"context"
	"io"
	"path/filepath"

	"github.com/codesign-gym/codesign/internal/agree"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
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
			var list []simulators.Agreement
			for _, r := range embedded {
				list = append(list, simulators.Agreed(r))
			}
			if err != nil || dataDir == "" {
				return list, err
			}
			for _, file := range []struct {
				name    string
				compare func(io.Reader) ([]agree.Report, error)
			}{{designsFile, golden.CheckDesigns}, {actionsFile, golden.CheckActions}} {
				if err := ctx.Err(); err != nil {
					return list, err
				}
				further, err := files.Further(filepath.Join(dataDir, referenceFolder, file.name), file.compare)
				if list = append(list, further...); err != nil {
					return list, err
				}
			}
			return list, nil
		},
	}
}
