package results

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// showPublished adds to each scenario what its experiment file says that others published.
func (f *Folder) showPublished(out *report.Sweep) error {
	path := filepath.Join(f.Dir, sweep.ExperimentName)
	source, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the folder's experiment file: %w", err)
	}
	experiment, err := file.Parse(path, source)
	if err != nil {
		return fmt.Errorf("the folder's experiment file: %w", err)
	}
	for i := range out.Scenarios {
		s := &out.Scenarios[i]
		for _, declared := range experiment.Scenarios {
			if declared.Name != s.Name {
				continue
			}
			for _, p := range declared.Published {
				s.Published = append(s.Published, f.published(*s, p))
			}
		}
	}
	return nil
}

// published is a published result of a scenario, with its metrics in the order of the dataset's columns.
func (f *Folder) published(s report.Scenario, p file.Published) report.Published {
	out := report.Published{Name: p.Name, Meets: "yes"}
	for _, c := range f.Reader.Metrics() {
		key := strings.TrimPrefix(c.Name, dataset.MetricPrefix)
		if v, there := p.Metrics[key]; there {
			out.Metrics = append(out.Metrics, report.Pair{Name: key, Value: number(v)})
		}
	}
	for _, c := range s.Constraints {
		v, there := p.Metrics[c.Name]
		switch {
		case !there:
			if out.Meets == "yes" {
				out.Meets = "?"
			}
		case c.AtLeast && v < c.Bound || !c.AtLeast && v > c.Bound:
			out.Meets = "no"
		}
	}
	return out
}
