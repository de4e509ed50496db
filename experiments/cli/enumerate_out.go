package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// enumerateLag is how many designs are in flight: enough for many workers.
const enumerateLag = 64

// enumerateInto evaluates every design as a sweep of one study, whose agent goes through the space in its order: the folder is a results folder like any other, with
// a journal that resumes and a Parquet dataset. What the walk looks for is then read from the dataset.
func (p Program) enumerateInto(c *cobra.Command, f simulators.Factory, q *question, w *walk) (err error) {
	experiment, err := q.experiment(f, w)
	if err != nil {
		return err
	}
	plan, err := sweep.NewPlan(experiment, p.Catalog)
	if err != nil {
		return usage(err)
	}
	defer func() { err = errors.Join(err, plan.Close()) }()
	o := sweep.Options{Out: q.out, Workers: q.workers, Resume: q.resume, Version: p.Version}
	o.Command = append([]string{p.Name, "enumerate", f.Name}, q.words()...)
	stop := showProgress(c.ErrOrStderr(), plan, &o)
	outcome, err := sweep.Run(c.Context(), plan, o)
	stop()
	writeNotes(c.ErrOrStderr(), outcome.Notes)
	if err != nil {
		return err
	}
	if outcome.Status != sweep.Complete {
		return fmt.Errorf("%w: %d of %d designs are evaluated, nothing is lost; continue with\n  %s", errInterrupted, outcome.Trials, w.size, o.ResumeCommand())
	}
	if err := p.withFolder(q.out, w.read); err != nil {
		return err
	}
	if err := w.print(c.OutOrStdout()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "\ndataset  %s\n", filepath.Join(q.out, sweep.DatasetName))
	return err
}

// words are the flags as they are to be given again.
func (q *question) words() (words []string) {
	for _, list := range []struct {
		flag   string
		values []string
	}{{"--set", q.set}, {"--fix", q.fix}, {"--minimise", q.minimise}, {"--maximise", q.maximise}, {"--at-most", q.atMost}, {"--at-least", q.atLeast}} {
		for _, v := range list.values {
			words = append(words, list.flag, v)
		}
	}
	return append(words, "--limit", fmt.Sprint(q.limit), "--out", q.out)
}

// experiment is the experiment file of the enumeration.
func (q *question) experiment(f simulators.Factory, w *walk) (*file.File, error) {
	set, err := parseSet(f.Settings, q.set)
	if err != nil {
		return nil, usage(err)
	}
	for name, v := range set {
		if n, whole := v.(int); whole {
			set[name] = int64(n)
		}
	}
	fix, err := parseFix(q.fix)
	if err != nil {
		return nil, usage(err)
	}
	if len(set) == 0 {
		set = nil
	}
	if len(fix) == 0 {
		fix = nil
	}
	term := w.goals[0].objective.Objectives()[0]
	direction := "maximise"
	if term.Minimise {
		direction = "minimise"
	}
	name := "enumerate-" + strings.ReplaceAll(f.Name, "/", "-")
	made := &file.File{
		Name: name, Repeats: 1, Budget: int(w.size), Lag: enumerateLag, Lanes: 1, MaxFailed: int(min(w.size, 1_000_000_000)), TimeoutS: file.DefaultTimeoutS,
		Scenarios: []file.Scenario{{Name: f.Name, Simulator: f.Name, Set: set, Fix: fix, Objective: map[string]any{direction: []any{term.Name}}}},
		Agents:    []file.Agent{{Kind: "grid", Name: "grid"}},
	}
	parsed, err := file.Parse("", made.Resolved())
	return parsed, usage(err)
}

// read takes all designs of a finished folder into account; its rows are in the order of the space.
func (w *walk) read(f *results.Folder) error {
	spec := w.simulator.Spec()
	point, more := make(space.Point, spec.Space.Len()), true
	for rec, err := range f.Reader.Rows() {
		if err != nil {
			return err
		}
		if !more {
			return fmt.Errorf("%s: more than the %d designs of the space", f.Dir, w.size)
		}
		result := simulators.Result{Values: rec.Metrics, Infeasible: rec.Infeasible, Failed: rec.Failed}
		if err := w.look(append(space.Point(nil), point...), result); err != nil {
			return err
		}
		more = spec.Space.Next(point)
	}
	if more {
		return fmt.Errorf("%s: fewer than the %d designs of the space", f.Dir, w.size)
	}
	return nil
}
