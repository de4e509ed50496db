package sweep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/trained"
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

// The names in a results folder.
const (
	ExperimentName = "experiment.toml"  // the file as it was given
	DatasetName    = "dataset"          // see package dataset
	CardName       = "dataset-card.md"  // see dataset.WriteCard
	TimingsName    = "timings.parquet"  // see dataset.Timing
	ArtifactsName  = "artifacts"        // see Options.Finish
	PoliciesName   = "policies"         // see PolicyPath
	EvaluatedName  = "evaluated.policy" // the policy that the run evaluates

	resolvedName = "resolved.toml"
	manifestName = "manifest.json"
	journalsName = "journals"
	lockName     = ".lock"
)

// claim locks the folder for a run of the plan, and sets it up when it is new. done tells that its results are complete already.
func claim(p *Plan, o Options, build Build) (dir *folder, done bool, err error) {
	if err := checkOurs(o.Out); err != nil { // before the lock is made in it, and again behind the lock
		return nil, false, err
	}
	if err := os.MkdirAll(o.Out, 0o755); err != nil {
		return nil, false, usage("output folder: %w", err)
	}
	dir = &folder{path: o.Out}
	if dir.lock, err = lock(filepath.Join(o.Out, lockName)); err != nil {
		return nil, false, usage("output folder %s: %w", o.Out, err)
	}
	if err = checkOurs(o.Out); err == nil {
		done, err = dir.open(p, o, build)
	}
	if err != nil {
		return nil, false, errors.Join(err, dir.release())
	}
	return dir, done, nil
}

// checkOurs reports a folder that holds something but no results. What a run leaves that was killed before its manifest was there is nothing.
func checkOurs(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return usage("output folder: %w", err)
	}
	for _, e := range entries {
		if e.Name() == manifestName {
			return nil
		}
	}
	for _, e := range entries {
		if e.Name() != lockName && !strings.HasPrefix(e.Name(), "."+manifestName) {
			return usage("folder %s is not empty and holds no results (%s …): choose another --out", path, e.Name())
		}
	}
	return nil
}

func (d *folder) release() error { return d.lock.Close() }

// open checks what the folder holds, and makes it ready for a run.
func (d *folder) open(p *Plan, o Options, build Build) (done bool, err error) {
	if _, err := os.Stat(filepath.Join(d.path, manifestName)); errors.Is(err, fs.ErrNotExist) {
		d.manifest = Manifest{
			Format: folderFormat, Name: p.File.Name, Identity: p.Identity(), File: p.File.Hash(), WarmStarts: p.warmStarts(), Policy: p.policyHash(),
			Build: build, Started: now(),
		}
		return false, d.begin(p, o)
	}
	m, err := ReadManifest(d.path)
	if err != nil {
		return false, usage("%w", err)
	}
	d.manifest = m
	identity := p.Identity()
	switch {
	case m.Policy != p.policyHash():
		return false, usage("folder %s holds the run of %s, this one is of %s: choose another --out", d.path, policyName(m.Policy), policyName(p.policyHash()))
	case m.Identity != identity && m.File == p.File.Hash() && !slices.Equal(m.WarmStarts, p.warmStarts()):
		return false, usage("folder %s was begun with other warm-start trials (%v, now %v): the earlier results have changed: choose another --out",
			d.path, m.WarmStarts, p.warmStarts())
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
	// A run may have been killed between the dataset and the final manifest: what follows from the journals is made again.
	for _, name := range []string{DatasetName, ArtifactsName} {
		if err := os.RemoveAll(filepath.Join(d.path, name)); err != nil {
			return false, err
		}
	}
	if err := d.clear(); err != nil {
		return false, err
	}
	return false, d.begin(p, o)
}

// clear removes what a killed attempt has left of files that it was writing, whose temporary names end in digits.
func (d *folder) clear() error {
	half := regexp.MustCompile(`^(\..+|timings\.parquet)\.\d+$`)
	for _, sub := range []string{"", journalsName, PoliciesName} {
		entries, err := os.ReadDir(filepath.Join(d.path, sub))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, e := range entries {
			if half.MatchString(e.Name()) {
				if err := os.Remove(filepath.Join(d.path, sub, e.Name())); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// begin starts an attempt. The manifest is written first: from there on the folder is a results folder.
func (d *folder) begin(p *Plan, o Options) error {
	d.manifest.Attempts++
	d.manifest.Status, d.manifest.Ended, d.manifest.Error = Running, "", ""
	d.manifest.Workers, d.manifest.Command = o.Workers, o.Command
	d.manifest.Programs, d.manifest.Agents = p.programs(), p.agentPrograms()
	if d.manifest.Programs != nil || d.manifest.Agents != nil {
		folder, err := filepath.Abs(p.File.Folder)
		if err != nil {
			return err
		}
		d.manifest.Folder = folder
	}
	return errors.Join(
		d.manifest.write(d.path),
		os.MkdirAll(filepath.Join(d.path, journalsName), 0o755),
		writeNew(filepath.Join(d.path, ExperimentName), p.File.Source),
		writeNew(filepath.Join(d.path, resolvedName), p.File.Resolved()),
		d.keepPolicy(p),
	)
}

// Reopen plans a results folder again from what lies in it, to read it, not to run it: warm starts are named only.
func Reopen(dir string, c Catalog) (*Plan, error) { return reopen(dir, c, false) }

// Recall is Reopen without starting the programs that scenarios name: they are as the manifest has them, and designs are as agents asked for them where a
// program repairs.
func Recall(dir string, c Catalog) (*Plan, error) { return reopen(dir, c, true) }

func reopen(dir string, c Catalog, quiet bool) (*Plan, error) {
	given, err := file.Read(filepath.Join(dir, ExperimentName))
	if err != nil {
		return nil, err
	}
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	if m.Folder != "" {
		given.Folder = m.Folder
	}
	plan, err := newPlan(given, c, &findings{m.warmStart, m.Agents, m.Programs, quiet})
	if err != nil {
		return nil, err
	}
	if m.File == given.Hash() { // else the journals' own identity tells
		plan.identity = m.Identity
	}
	policy, err := trained.Read(filepath.Join(dir, EvaluatedName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return plan, nil
	case err != nil:
		return nil, errors.Join(err, plan.Close())
	}
	evaluating, err := plan.Evaluate(policy)
	if err != nil {
		return nil, errors.Join(err, plan.Close())
	}
	return evaluating, nil
}

// keepPolicy copies the policy that is evaluated, so that the folder explains itself.
func (d *folder) keepPolicy(p *Plan) error {
	if p.evaluated == nil {
		return nil
	}
	text, err := p.evaluated.Bytes()
	if err != nil {
		return err
	}
	return writeNew(filepath.Join(d.path, EvaluatedName), text)
}

// writeNew writes a small file unless an earlier attempt has.
func writeNew(path string, data []byte) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return writeFile(path, data)
}

// journalPath and endingPath are where a study's journal and ending lie in a results folder.
func journalPath(dir string, study int) string {
	return filepath.Join(dir, journalsName, fmt.Sprintf("%06d.journal", study))
}

func endingPath(dir string, study int) string {
	return filepath.Join(dir, journalsName, fmt.Sprintf("%06d.json", study))
}

// String shows a build in an error.
func (b Build) String() string {
	return fmt.Sprintf("%s, %s, %s/%s, %.12s", b.Version, b.Go, b.OS, b.Arch, b.SHA256)
}
