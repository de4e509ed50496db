package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/experiments/dataset"
)

// Imported is results that another program made.
type Imported struct {
	Name    string // of the experiment, for people
	Origin  string // identifies what they were made from
	Version string // of the program, for the manifest
	Command []string
	Notes   []string // for the manifest: what a reader of the figures should know
	Studies []dataset.Study
	Rows    func(study int) iter.Seq2[dataset.Row, error]
}

// WriteImported makes a complete results folder of imported results, without an experiment file. The folder must be new or empty. The manifest is
// written last: what is interrupted leaves no results folder.
func WriteImported(dir string, in Imported) error {
	build, err := CurrentBuild(in.Version)
	if err != nil {
		return err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usage("folder %s is not empty: choose another --out", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return usage("output folder: %w", err)
	}
	w, err := dataset.Create(filepath.Join(dir, DatasetName), in.Studies)
	if err != nil {
		return err
	}
	for i := range in.Studies {
		if err := w.Write(i, in.Rows(i)); err != nil {
			return errors.Join(err, w.Abort())
		}
	}
	timings := make([]dataset.Timing, len(in.Studies))
	for i := range timings {
		timings[i] = dataset.Timing{Study: int32(i)}
	}
	if err := errors.Join(w.Close(), dataset.WriteTimings(filepath.Join(dir, TimingsName), timings)); err != nil {
		return err
	}
	identity := sha256.Sum256([]byte(in.Origin))
	return Manifest{
		Format: folderFormat, Name: in.Name, Identity: hex.EncodeToString(identity[:]), Status: Complete, Build: build, Command: in.Command, Workers: 1,
		Started: now(), Ended: now(), Attempts: 1, Outside: append([]string{"imported: the figures are another program's"}, in.Notes...),
	}.write(dir)
}
