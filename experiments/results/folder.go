package results

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Folder is an open results folder.
type Folder struct {
	Dir      string
	Manifest sweep.Manifest
	Reader   *dataset.Reader
	Timings  []dataset.Timing // parallel to Reader.Studies; nil while the folder is unfinished

	temporary string // of an unfinished folder: where its snapshot lies
}

// Open opens the results in dir. The catalogue is needed for unfinished folders only: their experiment file is planned again.
func Open(dir string, c sweep.Catalog) (*Folder, error) {
	m, err := sweep.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{Dir: dir, Manifest: m}
	data := filepath.Join(dir, sweep.DatasetName)
	if m.Status != sweep.Complete {
		if data, err = f.snapshot(c); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	} else if f.Timings, err = dataset.ReadTimings(filepath.Join(dir, sweep.TimingsName)); err != nil {
		return nil, err
	}
	if f.Reader, err = dataset.Open(data); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// snapshot writes the journals of an unfinished folder as a temporary dataset.
func (f *Folder) snapshot(c sweep.Catalog) (_ string, err error) {
	given, err := file.Read(filepath.Join(f.Dir, sweep.ExperimentName))
	if err != nil {
		return "", fmt.Errorf("unfinished folder: %w", err)
	}
	if f.Manifest.Folder != "" {
		given.Folder = f.Manifest.Folder
	}
	plan, err := sweep.NewPlan(given, c)
	if err != nil {
		return "", fmt.Errorf("unfinished folder: %w", err)
	}
	defer func() { err = errors.Join(err, plan.Close()) }()
	if f.temporary, err = os.MkdirTemp("", "codesign-snapshot-"); err != nil {
		return "", err
	}
	data := filepath.Join(f.temporary, sweep.DatasetName)
	err = sweep.Snapshot(plan, f.Dir, data)
	return data, err
}

// Close closes the dataset and removes what was temporary.
func (f *Folder) Close() error {
	var err error
	if f.Reader != nil {
		err = f.Reader.Close()
	}
	if f.temporary != "" {
		err = errors.Join(err, os.RemoveAll(f.temporary))
	}
	return err
}
