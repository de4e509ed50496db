package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
)

// DefaultDesigns is how many designs of a joint front are re-checked at most; of one objective there is one best design.
const DefaultDesigns = 3

// Folder re-checks the best designs of each scenario of a results folder on a tool, at most so many of a joint front (at least 2), and writes the
// outcome into the folder: results.RecheckName. What goes wrong with a design is in its outcome; an error is a folder that cannot be read or
// written, or a ctx that has ended.
func Folder(ctx context.Context, f *results.Folder, t Tool, c Checker, most int) (results.Recheck, error) {
	s, err := f.Sweep()
	if err != nil {
		return results.Recheck{}, err
	}
	out := results.Recheck{Tool: t.Name, Title: t.Title}
	wanted := map[row]*report.Rechecked{}
	for _, scenario := range s.Scenarios {
		r := report.Recheck{Tool: t.Title, Scenario: scenario.Name}
		for _, d := range scenario.BestDesigns(max(most, 2)) {
			r.Designs = append(r.Designs, report.Rechecked{Design: d})
		}
		for i := range r.Designs {
			wanted[row{r.Designs[i].Study, r.Designs[i].Trial}] = &r.Designs[i]
		}
		out.Scenarios = append(out.Scenarios, r)
	}
	found, err := records(f.Reader, wanted)
	if err != nil {
		return results.Recheck{}, err
	}
	for _, r := range out.Scenarios {
		for i := range r.Designs {
			d, err := readDesign(f.Reader, found[row{r.Designs[i].Study, r.Designs[i].Trial}])
			if err == nil {
				r.Designs[i].Outcome, err = c.Check(ctx, d)
			}
			if ctx.Err() != nil {
				return results.Recheck{}, ctx.Err()
			}
			if err != nil {
				r.Designs[i].Outcome = report.Outcome{Failed: err.Error()}
			}
		}
	}
	return out, results.WriteRecheck(f.Dir, out)
}

// row names a row of a dataset.
type row struct{ study, trial int }

// records finds the rows that are wanted.
func records(r *dataset.Reader, wanted map[row]*report.Rechecked) (map[row]dataset.Record, error) {
	found := map[row]dataset.Record{}
	for rec, err := range r.Rows() {
		if err != nil {
			return nil, err
		}
		if at := (row{rec.Study, rec.Trial}); wanted[at] != nil {
			found[at] = rec
		}
		if len(found) == len(wanted) {
			break
		}
	}
	return found, nil
}

// readDesign is a row as a checker takes it.
func readDesign(r *dataset.Reader, rec dataset.Record) (Design, error) {
	info := r.Studies()[rec.Study]
	d := Design{Simulator: info.Simulator, Version: info.Version, Axes: space.Design{}, Metrics: map[string]float64{}}
	if err := json.Unmarshal(info.Settings, &d.Settings); err != nil {
		return Design{}, fmt.Errorf("settings: %w", err)
	}
	for i, c := range r.Params() {
		if v := rec.Params[i]; v != nil {
			d.Axes[strings.TrimPrefix(c.Name, dataset.ParamPrefix)] = v
		}
	}
	for i, c := range r.Metrics() {
		if i < len(rec.Metrics) && rec.Metrics[i] == rec.Metrics[i] {
			d.Metrics[strings.TrimPrefix(c.Name, dataset.MetricPrefix)] = rec.Metrics[i]
		}
	}
	return d, nil
}

// Failures joins what went wrong with the tool, a design each; nil when nothing did.
func Failures(r results.Recheck) error {
	var errs []error
	for _, s := range r.Scenarios {
		for _, d := range s.Designs {
			if d.Failed != "" {
				errs = append(errs, fmt.Errorf("%s on %s: %s", s.Scenario, r.Title, d.Failed))
			}
		}
	}
	return errors.Join(errs...)
}

// Path is where the outcome of a tool lies in a results folder.
func Path(dir string, t Tool) string { return filepath.Join(dir, results.RecheckName(t.Name)) }
