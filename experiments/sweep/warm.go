package sweep

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
)

// Warm is the trials of earlier results that a scenario's agents are told first: each design once a task, failed evaluations left out.
type Warm struct {
	Known  []study.Known
	SHA256 string // of designs and results; empty when there is no warm start

	applies bool // the file has a warm start for the scenario
	tasks   int  // other tasks among them: warm starts of studies with other settings
}

// WarmStart is a scenario's warm start as the manifest records it.
type WarmStart struct {
	Scenario string `json:"scenario"`
	Trials   int    `json:"trials"`
	SHA256   string `json:"sha256"`
}

// String shows it in a message.
func (w WarmStart) String() string {
	return fmt.Sprintf("scenario %s: %d trials, %.12s", w.Scenario, w.Trials, w.SHA256)
}

// warmStarts are the plan's warm starts for the manifest.
func (p *Plan) warmStarts() []WarmStart {
	var list []WarmStart
	for _, s := range p.Scenarios {
		if s.Warm.applies {
			list = append(list, WarmStart{s.Name, len(s.Warm.Known), s.Warm.SHA256})
		}
	}
	return list
}

// warmStart sets what is known of a scenario's warm start when its folder is only read.
func (m Manifest) warmStart(_ *file.File, s *Scenario) error {
	for _, w := range m.WarmStarts {
		if w.Scenario == s.Name {
			s.Warm = Warm{SHA256: w.SHA256, applies: true}
		}
	}
	return nil
}

// readWarmStart reads the trials of all warm starts of the file that are for the scenario.
func readWarmStart(f *file.File, s *Scenario) error {
	seen := map[string]bool{}
	var errs []error
	for i, w := range f.WarmStarts {
		if w.Scenario != "" && w.Scenario != s.Name {
			continue
		}
		s.Warm.applies = true
		if s.instance.Simulator == nil {
			errs = append(errs, f.Errorf(f.At("warm_start", i), "scenario %s is an environment without a horizon and takes no warm start", s.Name))
			continue
		}
		if err := s.readTrials(w, seen); err != nil {
			errs = append(errs, f.Errorf(f.At("warm_start", i, "from"), "warm start of scenario %s: %w", s.Name, err))
		}
	}
	if s.Warm.applies {
		s.Warm.SHA256 = hashOf(s.Warm.Known)
	}
	return errors.Join(errs...)
}

// readTrials appends the trials of one warm start whose designs were not seen.
func (s *Scenario) readTrials(w file.WarmStart, seen map[string]bool) (err error) {
	dir, err := datasetIn(w.From)
	if err != nil {
		return err
	}
	r, err := dataset.Open(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	studies, err := s.sources(w, r)
	if err != nil {
		return err
	}
	task := 0
	if s.foreign(studies, r) {
		s.Warm.tasks++
		task = s.Warm.tasks
	}
	spec := s.instance.Simulator.Spec()
	columns, err := metricColumns(spec, r)
	if err != nil {
		return err
	}
	for rec, err := range r.Rows() {
		if err != nil {
			return err
		}
		if !studies[rec.Study] || rec.Failed != "" {
			continue
		}
		p, err := pointOf(spec.Space, r, rec)
		if err != nil {
			return fmt.Errorf("study %d, trial %d: %w", rec.Study, rec.Trial, err)
		}
		if key := fmt.Sprint(task, " ", spec.Space.Key(p)); !seen[key] {
			seen[key] = true
			s.Warm.Known = append(s.Warm.Known, study.Known{Point: p, Result: resultOf(rec, columns), Task: task})
		}
	}
	return nil
}

// foreign tells whether any of the studies had other settings or another fidelity than the scenario: they were about another task.
func (s *Scenario) foreign(studies map[int]bool, r *dataset.Reader) bool {
	here := jsonValues(s.recorded())
	for i, info := range r.Studies() {
		if studies[i] && len(s.otherSettings(info, here)) > 0 {
			return true
		}
	}
	return false
}

// datasetIn is the dataset of a results folder, or the folder itself when it is none.
func datasetIn(from string) (string, error) {
	m, err := ReadManifest(from)
	if _, absent := os.Stat(filepath.Join(from, manifestName)); errors.Is(absent, fs.ErrNotExist) {
		return from, nil
	}
	if err != nil {
		return "", err
	}
	if m.Status != Complete {
		return "", fmt.Errorf("%s is unfinished (%s): continue it first", from, m.Status)
	}
	return filepath.Join(from, DatasetName), nil
}

// pointOf is the design of a row.
func pointOf(s space.Space, r *dataset.Reader, rec dataset.Record) (space.Point, error) {
	design := space.Design{}
	for i, c := range r.Params() {
		name := strings.TrimPrefix(c.Name, dataset.ParamPrefix)
		if _, err := s.Axis(name); err == nil && rec.Params[i] != nil {
			design[name] = rec.Params[i]
		}
	}
	return s.Point(design)
}

// resultOf is the result of a row.
func resultOf(rec dataset.Record, columns []int) simulators.Result {
	if rec.Infeasible != "" {
		violation := 0.0
		if n := len(rec.Violations); n > 0 {
			violation = rec.Violations[n-1]
		}
		return simulators.Infeasible(rec.Infeasible, violation)
	}
	values := make([]float64, len(columns))
	for i, c := range columns {
		values[i] = rec.Metrics[c]
	}
	return simulators.OK(values...)
}

// hashOf names the trials by what they are.
func hashOf(known []study.Known) string {
	hash := sha256.New()
	var b []byte
	number := func(v uint64) { b = binary.LittleEndian.AppendUint64(b, v) }
	for _, k := range known {
		b = b[:0]
		number(uint64(len(k.Point)))
		for _, level := range k.Point {
			number(uint64(level))
		}
		number(uint64(len(k.Result.Values)))
		for _, v := range k.Result.Values {
			number(math.Float64bits(v))
		}
		number(math.Float64bits(k.Result.Violation))
		if k.Task > 0 { // rows of the scenario's own task keep the hash that they had before there were others
			number(uint64(k.Task))
		}
		number(uint64(len(k.Result.Infeasible)))
		b = append(b, k.Result.Infeasible...)
		hash.Write(b) // a hash takes everything
	}
	return hex.EncodeToString(hash.Sum(nil))
}
