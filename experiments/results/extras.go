package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/experiments/report"
)

// ExtrasName is the file of a results folder with further tables for the report: a JSON list of report.Extra.
const ExtrasName = "tables.json"

// WriteExtras writes the tables whole or not at all, in the place of earlier ones.
func WriteExtras(dir string, tables []report.Extra) error {
	text, err := json.MarshalIndent(tables, "", "  ")
	if err != nil {
		return err
	}
	if err := write(dir, "."+ExtrasName, append(text, '\n')); err != nil {
		return err
	}
	return os.Rename(filepath.Join(dir, "."+ExtrasName), filepath.Join(dir, ExtrasName))
}

// showExtras adds the tables, where there are some.
func (f *Folder) showExtras(s *report.Sweep) error {
	path := filepath.Join(f.Dir, ExtrasName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(text, &s.Extras)
	}
	if err != nil {
		return fmt.Errorf("%s: %w (the report can do without it)", path, err)
	}
	return nil
}
