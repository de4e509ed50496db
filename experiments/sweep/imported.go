package sweep

import (
	"bytes"
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

// WriteImported makes a complete results folder of imported results, as WriteMade does.
func WriteImported(dir string, in Imported) error {
	return WriteMade(dir, Made{
		Name: in.Name, Origin: in.Origin, Version: in.Version, Command: in.Command,
		Notes: append([]string{"imported: the figures are another program's"}, in.Notes...),
		Write: func(to string) error {
			w, err := dataset.Create(to, in.Studies)
			if err != nil {
				return err
			}
			for i := range in.Studies {
				if err := w.Write(i, in.Rows(i)); err != nil {
					return errors.Join(err, w.Abort())
				}
			}
			return w.Close()
		},
	})
}

// Made is results that are not those of a run: another program's, or made of earlier results.
type Made struct {
	Name    string // of the experiment, for people
	Origin  string // identifies what they were made from
	Version string // of the program, for the manifest
	Command []string
	Notes   []string              // for the manifest: why the figures are outside the reproducibility promise
	Write   func(to string) error // makes the dataset that will be the folder to

	Workloads []dataset.Workload // for the data card
}

// WriteMade makes a complete results folder without an experiment file. The folder must be new or empty. The manifest is written last: what is
// interrupted leaves no results folder.
func WriteMade(dir string, m Made) error {
	build, err := CurrentBuild(m.Version)
	if err != nil {
		return err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usage("folder %s is not empty: choose another --out", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return usage("output folder: %w", err)
	}
	if err := m.Write(filepath.Join(dir, DatasetName)); err != nil {
		return err
	}
	studies, err := writeCard(dir, dataset.Card{Name: m.Name, How: CommandLine(m.Command), Notes: m.Notes, Workloads: m.Workloads})
	if err != nil {
		return err
	}
	timings := make([]dataset.Timing, studies)
	for i := range timings {
		timings[i] = dataset.Timing{Study: int32(i)}
	}
	if err := dataset.WriteTimings(filepath.Join(dir, TimingsName), timings); err != nil {
		return err
	}
	identity := sha256.Sum256([]byte(m.Origin))
	return Manifest{
		Format: folderFormat, Name: m.Name, Identity: hex.EncodeToString(identity[:]), Status: Complete, Build: build, Command: m.Command, Workers: 1,
		Started: now(), Ended: now(), Attempts: 1, Outside: m.Notes,
	}.write(dir)
}

// writeCard writes the data card of a folder's dataset, and counts the studies.
func writeCard(dir string, c dataset.Card) (studies int, err error) {
	r, err := dataset.Open(filepath.Join(dir, DatasetName))
	if err != nil {
		return 0, err
	}
	var card bytes.Buffer
	err = errors.Join(dataset.WriteCard(&card, r, c), r.Close())
	if err == nil {
		err = writeFile(filepath.Join(dir, CardName), card.Bytes())
	}
	return len(r.Studies()), err
}
