package sweep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// folder is a claimed results folder.
type folder struct {
	path     string
	lock     *os.File
	manifest Manifest
}

// UsageError is a mistake of the caller, not of the program: the command exits with status 2.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap is the mistake itself.
func (e *UsageError) Unwrap() error { return e.Err }

func usage(format string, args ...any) error { return &UsageError{fmt.Errorf(format, args...)} }

// claim locks the folder for a run of the plan, and sets it up when it is new. done tells that its results are complete already.
func claim(p *Plan, o Options, build Build) (dir *folder, done bool, err error) {
	if err := os.MkdirAll(o.Out, 0o755); err != nil {
		return nil, false, usage("output folder: %w", err)
	}
	dir = &folder{path: o.Out}
	if dir.lock, err = lock(filepath.Join(o.Out, lockName)); err != nil {
		return nil, false, usage("output folder %s: %w", o.Out, err)
	}
	if done, err = dir.open(p, o, build); err != nil {
		return nil, false, errors.Join(err, dir.release())
	}
	return dir, done, nil
}

const lockName = ".lock"

func (d *folder) release() error { return d.lock.Close() }

// open checks what the folder holds.
func (d *folder) open(p *Plan, o Options, build Build) (done bool, err error) {
	m, err := ReadManifest(d.path)
	if _, statErr := os.Stat(filepath.Join(d.path, manifestName)); errors.Is(statErr, fs.ErrNotExist) {
		return false, d.create(p, o, build)
	}
	if err != nil {
		return false, usage("%w", err)
	}
	d.manifest = m
	identity := p.File.Hash()
	switch {
	case m.Identity != identity:
		return false, usage("folder %s holds the results of another experiment file (%q, identity %.12s, not %.12s): choose another --out", d.path, m.Name, m.Identity, identity)
	case m.Status == Complete && !o.Resume:
		return false, usage("folder %s holds the finished results of this file: choose another --out, or see them with `codesign report %s`", d.path, d.path)
	case m.Status == Complete:
		return true, nil
	case m.Build != build:
		return false, usage("folder %s was written by another build (%s), its run cannot be continued by this one (%s): results would not be reproducible", d.path, m.Build, build)
	case !o.Resume:
		return false, usage("folder %s holds an unfinished run of this file: continue it with --resume, or choose another --out", d.path)
	}
	d.manifest.Attempts++
	d.manifest.Status, d.manifest.Ended, d.manifest.Error = Running, "", ""
	d.manifest.Workers, d.manifest.Command = o.Workers, o.Command
	return false, d.manifest.write(d.path)
}

// create sets up an empty folder.
func (d *folder) create(p *Plan, o Options, build Build) error {
	entries, err := os.ReadDir(d.path)
	if err != nil {
		return usage("output folder: %w", err)
	}
	for _, e := range entries {
		if e.Name() != lockName {
			return usage("folder %s is not empty and holds no results (%s …): choose another --out", d.path, e.Name())
		}
	}
	d.manifest = Manifest{
		Format: folderFormat, Name: p.File.Name, Identity: p.File.Hash(), Status: Running,
		Build: build, Command: o.Command, Workers: o.Workers, Started: now(), Attempts: 1,
	}
	return errors.Join(
		d.manifest.write(d.path), // first: from here on the folder is a results folder
		os.MkdirAll(d.journals(), 0o755),
		writeFile(filepath.Join(d.path, ExperimentName), p.File.Source),
		writeFile(filepath.Join(d.path, "resolved.toml"), p.File.Resolved()),
	)
}

const ExperimentName = "experiment.toml"

func (d *folder) journals() string { return filepath.Join(d.path, "journals") }

// journalPath and endingPath are where a study's journal and ending lie in a results folder.
func journalPath(dir string, study int) string {
	return filepath.Join(dir, "journals", fmt.Sprintf("%06d.journal", study))
}

func endingPath(dir string, study int) string {
	return filepath.Join(dir, "journals", fmt.Sprintf("%06d.json", study))
}

// String shows a build in an error.
func (b Build) String() string {
	return fmt.Sprintf("%s, %s, %s/%s, %.12s", b.Version, b.Go, b.OS, b.Arch, b.SHA256)
}
