package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/report"
)

// Recheck is what an independent tool made of the best designs of a folder.
type Recheck struct {
	Tool      string           `json:"tool"`  // its name
	Title     string           `json:"title"` // with its version
	Scenarios []report.Recheck `json:"scenarios"`
}

const (
	recheckPrefix = "verify-"
	recheckSuffix = ".json"
	maxRecheck    = 16 << 20 // bytes of the file
)

// RecheckName is the file of a tool in a results folder.
func RecheckName(tool string) string { return recheckPrefix + tool + recheckSuffix }

// WriteRecheck writes the file of a tool whole or not at all, in the place of an earlier one.
func WriteRecheck(dir string, r Recheck) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	name := RecheckName(r.Tool)
	if err := write(dir, "."+name, append(text, '\n')); err != nil {
		return err
	}
	return os.Rename(filepath.Join(dir, "."+name), filepath.Join(dir, name))
}

// showRechecks adds what tools made of the best designs to the scenarios.
func (f *Folder) showRechecks(s *report.Sweep) error {
	paths, err := fs.Glob(os.DirFS(f.Dir), recheckPrefix+"*"+recheckSuffix)
	if err != nil {
		return err
	}
	for _, name := range paths {
		r, err := readRecheck(f.Dir, name)
		if err != nil {
			return err
		}
		for _, scenario := range r.Scenarios {
			at := slices.IndexFunc(s.Scenarios, func(known report.Scenario) bool { return known.Name == scenario.Scenario })
			if at < 0 {
				return fmt.Errorf("%s: the dataset has no scenario %q", path.Join(f.Dir, name), scenario.Scenario)
			}
			scenario.Tool = r.Title
			s.Scenarios[at].Rechecks = append(s.Scenarios[at].Rechecks, scenario)
		}
	}
	return nil
}

// readRecheck reads the file of a tool.
func readRecheck(dir, name string) (r Recheck, err error) {
	full := filepath.Join(dir, name)
	info, err := os.Stat(full)
	if err != nil {
		return r, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxRecheck {
		return r, fmt.Errorf("%s is not a regular file of at most %d bytes", full, maxRecheck)
	}
	text, err := os.ReadFile(full)
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err == nil && RecheckName(r.Tool) != name {
		err = errors.New("it is of the tool " + strings.TrimSpace(r.Tool))
	}
	if err != nil {
		return r, fmt.Errorf("%s: %w (the report can do without it)", full, err)
	}
	return r, nil
}
