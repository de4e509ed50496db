package results

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// maxExplained is how many designs of a joint front are explained.
const maxExplained = 3

// indexName is the file in sweep.ArtifactsName that says which file explains which design.
const indexName = "index.json"

// explained is the index entry of a scenario.
type explained struct {
	Scenario string             `json:"scenario"`
	Designs  []report.Explained `json:"designs"`
}

// Explain writes what explains the best designs of a results folder with a whole dataset: <n>-<name> in a folder of each scenario whose simulator can
// explain designs, and index.json. The notes name the designs that could not be explained, which is no error. It is the Finish of a
// run (sweep.Options).
func Explain(ctx context.Context, p *sweep.Plan, dir string) (notes []string, err error) {
	if !slices.ContainsFunc(p.Scenarios, (*sweep.Scenario).Explains) {
		return nil, nil
	}
	scenarios, err := bestOf(dir)
	if err != nil {
		return nil, err
	}
	var index []explained
	folders := map[string]bool{indexName: true}
	for i, s := range p.Scenarios {
		best := scenarios[i].BestDesigns(maxExplained)
		if !s.Explains() || len(best) == 0 {
			continue
		}
		entry := explained{Scenario: s.Name}
		folder := path.Join(sweep.ArtifactsName, folderName(s.Name, folders))
		for n, d := range best {
			e, err := explain(ctx, p, dir, d, path.Join(folder, strconv.Itoa(n+1)+"-"))
			if err != nil {
				return nil, err
			}
			if e.Failed != "" {
				notes = append(notes, fmt.Sprintf("scenario %s: the design of %s, repeat %d, trial %d could not be explained: %s", s.Name, d.Agent, d.Repeat, d.Trial, e.Failed))
			}
			entry.Designs = append(entry.Designs, e)
		}
		index = append(index, entry)
	}
	if len(index) == 0 {
		return nil, nil
	}
	text, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return nil, err
	}
	return notes, write(dir, path.Join(sweep.ArtifactsName, indexName), append(text, '\n'))
}

// explain writes what explains one design, each file's name behind the prefix. What goes wrong with the design is in the result.
func explain(ctx context.Context, p *sweep.Plan, dir string, d report.Design, prefix string) (report.Explained, error) {
	e := report.Explained{Design: d}
	artifacts, err := p.Explain(ctx, dir, d.Study, d.Trial)
	if ctx.Err() != nil {
		return e, ctx.Err()
	}
	if err != nil {
		e.Failed = err.Error()
	}
	for _, a := range artifacts {
		if err := write(dir, prefix+a.Name, a.Data); err != nil {
			return e, err
		}
		e.Artifacts = append(e.Artifacts, report.Artifact{Path: prefix + a.Name, MediaType: a.MediaType, Bytes: len(a.Data)})
	}
	return e, nil
}

// bestOf sums up a whole dataset, a scenario each in the order of the file.
func bestOf(dir string) (list []report.Scenario, err error) {
	f := Folder{Dir: dir}
	if f.Reader, err = dataset.Open(filepath.Join(dir, sweep.DatasetName)); err != nil {
		return nil, err
	}
	s, err := f.Sweep()
	return s.Scenarios, errors.Join(err, f.Close())
}

// folderName is a scenario's name as that of a new folder: letters, digits and -_.,=+ as they are.
func folderName(name string, taken map[string]bool) string {
	plain := strings.TrimLeft(strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("-_.,=+", c) {
			return c
		}
		return '-'
	}, name), ".")
	unique := plain
	for n := 2; unique == "" || taken[strings.ToLower(unique)]; n++ {
		unique = fmt.Sprintf("%s-%d", plain, n)
	}
	taken[strings.ToLower(unique)] = true
	return unique
}

// write writes a file, given with slashes, and what folders it needs.
func write(dir, name string, data []byte) error {
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	f, err := os.Create(full)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// showExplained adds what Explain has written to the scenarios: the index, and the pictures that the report can show.
func (f *Folder) showExplained(s *report.Sweep) error {
	root, err := os.OpenRoot(f.Dir) // the index names files in the folder, and no others
	if err != nil {
		return err
	}
	defer root.Close() // read only
	name := path.Join(sweep.ArtifactsName, indexName)
	text, err := root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var index []explained
	if err := json.Unmarshal(text, &index); err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(f.Dir, name), err)
	}
	for _, entry := range index {
		at := slices.IndexFunc(s.Scenarios, func(known report.Scenario) bool { return known.Name == entry.Scenario })
		if at < 0 {
			return fmt.Errorf("%s: the dataset has no scenario %q", filepath.Join(f.Dir, name), entry.Scenario)
		}
		for _, design := range entry.Designs {
			if err := readPictures(root, design.Artifacts); err != nil {
				return fmt.Errorf("%s: %w (the report can do without the folder %s, but not without a part of it)", f.Dir, err, sweep.ArtifactsName)
			}
		}
		s.Scenarios[at].Explained = entry.Designs
	}
	return nil
}

// readPictures reads what the report can show.
func readPictures(root *os.Root, artifacts []report.Artifact) (err error) {
	for i, a := range artifacts {
		if !a.Picture() {
			continue
		}
		if artifacts[i].Data, err = root.ReadFile(a.Path); err != nil {
			return err
		}
	}
	return nil
}
