package cli

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/experiments/report"
)

// writeFigures writes the figures of a sweep into a folder: <id>.svg and <id>.csv each, and index.csv, which says what they show.
func writeFigures(dir string, s report.Sweep) error {
	figures, err := report.Figures(s)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return usage(err)
	}
	index := [][]string{{"figure", "title", "caption"}}
	for _, f := range figures {
		index = append(index, []string{f.ID, f.Title, f.Caption})
		if err := errors.Join(writeFigure(dir, f.ID+".svg", f.SVG), writeFigure(dir, f.ID+".csv", f.CSV)); err != nil {
			return err
		}
	}
	return writeFigure(dir, "index.csv", func(w io.Writer) error { return csv.NewWriter(w).WriteAll(index) })
}

func writeFigure(dir, name string, write func(io.Writer) error) error {
	var text bytes.Buffer
	if err := write(&text); err != nil {
		return err
	}
	return usage(os.WriteFile(filepath.Join(dir, name), text.Bytes(), 0o644))
}
