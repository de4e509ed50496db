package tool

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Find is the absolute path of a program: the one given, else the one that the environment variable names, else the first of the names that PATH has.
// A path that is given or named must exist, and may be a folder. The error says where was looked.
func Find(given, variable string, names ...string) (string, error) {
	for _, place := range []struct{ path, from string }{{given, "the one given"}, {os.Getenv(variable), variable}} {
		if place.path == "" {
			continue
		}
		path := place.path
		if !strings.ContainsRune(path, filepath.Separator) { // a bare name is sought in PATH, too
			if found, err := exec.LookPath(path); err == nil {
				path = found
			}
		}
		if _, err := os.Stat(path); err != nil {
			return "", fmt.Errorf("%s (%s): %w", place.path, place.from, err)
		}
		return filepath.Abs(path)
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", fmt.Errorf("not found: %s is not set, and PATH has no %s", variable, strings.Join(names, " or "))
}
