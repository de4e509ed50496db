package dashboard

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Bounds on the search for results folders.
const (
	maxDepth   = 2    // levels below the root
	maxFolders = 1000 // results folders that are shown
	maxLooked  = 20_000
)

// place is where a results folder is.
type place struct {
	id, dir string
	name    string // relative to the root; of the root itself its own name
}

// find lists the results folders at and below the root: those with a manifest. What cannot be read is left out.
func find(root string) ([]place, error) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", root)
	}
	f := finder{root: root, look: maxLooked}
	f.walk(root, 0)
	return f.places, nil
}

// finder walks folders.
type finder struct {
	root   string
	places []place
	look   int // folders that may still be looked at
}

func (f *finder) walk(dir string, depth int) {
	if f.look--; f.look < 0 || len(f.places) == maxFolders {
		return
	}
	if isResults(dir) {
		f.places = append(f.places, newPlace(f.root, dir))
		return
	}
	if depth == maxDepth {
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			f.walk(filepath.Join(dir, e.Name()), depth+1)
		}
	}
}

// isResults tells whether a folder is one of results: other folders with a manifest.json are somebody else's.
func isResults(dir string) bool {
	_, manifest := os.Stat(filepath.Join(dir, manifestName))
	_, experiment := os.Stat(filepath.Join(dir, sweep.ExperimentName))
	return manifest == nil && experiment == nil
}

const manifestName = "manifest.json"

// newPlace names a results folder: a readable word, and a hash that tells folders apart whose names differ in other signs only.
func newPlace(root, dir string) place {
	name, err := filepath.Rel(root, dir)
	if err != nil || name == "." {
		if name, err = filepath.Abs(dir); err == nil {
			name = filepath.Base(name)
		}
	}
	name = filepath.ToSlash(name)
	word := strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, name), "-")
	return place{id: fmt.Sprintf("%.40s-%.6x", word, sha256.Sum256([]byte(name))), dir: dir, name: name}
}

// Check reports a folder that there is nothing to serve from.
func Check(root string) error {
	places, err := find(root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("no such folder: %s", root)
	case err != nil:
		return err
	case len(places) > 0:
		return nil
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.IsDir() {
			return fmt.Errorf("%s is neither a results folder nor a folder of results folders: it has files but no %s", root, manifestName)
		}
	}
	return nil // empty, or folders only: sweeps may come
}
