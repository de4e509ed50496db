package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/codesign-gym/codesign/internal/agree"
	"github.com/codesign-gym/codesign/simulators"
)

// Further compares what a file of `codesign validate --data` holds, promised to be equal in every row; one that is not there is skipped.
func Further(path string, compare func(io.Reader) ([]agree.Report, error)) (list []simulators.Agreement, err error) {
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
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, r := range reports {
		list = append(list, simulators.Agreed(r))
	}
	return list, nil
}
