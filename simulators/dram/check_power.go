package dram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/dram/power/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// checkPower compares the embedded sequences, then those of the data folder.
func checkPower(_ context.Context, dataDir string) ([]simulators.Agreement, error) {
	embedded, err := golden.Check()
	var list []simulators.Agreement
	for _, r := range embedded {
		list = append(list, simulators.Agreed(r.Report))
	}
	if err != nil || dataDir == "" {
		return list, err
	}
	for _, table := range []struct {
		model golden.Model
		name  string
	}{{golden.DRAMPower4, "dram/golden_drampower4"}, {golden.DRAMPower5, "dram/golden_drampower51"}} {
		path := filepath.Join(dataDir, table.name)
		report, err := comparePower(path, table.model)
		if errors.Is(err, fs.ErrNotExist) {
			list = append(list, simulators.Agreement{Reference: path, Skipped: "no such file"})
			continue
		}
		if err != nil {
			return list, fmt.Errorf("%s: %w", path, err)
		}
		list = append(list, simulators.Agreed(report.Report))
	}
	return list, nil
}

// comparePower compares the rows of path.csv, of which path_sequences.csv.gz has the commands.
func comparePower(path string, model golden.Model) (report golden.Report, err error) {
	var sequences []golden.Sequence
	var rows []golden.Row
	read := func(name string, parse func(io.Reader) error) {
		if err != nil {
			return
		}
		var file *os.File
		if file, err = os.Open(name); err == nil {
			err = errors.Join(parse(file), file.Close())
		}
	}
	read(path+"_sequences.csv.gz", func(r io.Reader) (err error) { sequences, err = golden.ReadSequences(r); return err })
	read(path+".csv", func(r io.Reader) (err error) { rows, err = golden.ReadRows(r); return err })
	if err != nil {
		return golden.Report{}, err
	}
	return golden.Compare(filepath.Base(path)+".csv", model, sequences, rows)
}
