package proxy

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/hybrid"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// quarters is how many parts the trials of a study are divided into.
const quarters = 4

// Drift is what proxies that are held to the truth (package hybrid) were worth in a results folder: the true values beside what was predicted, by part of the
// studies. No table where there are none.
func Drift(dir string) (tables []report.Extra, err error) {
	r, err := dataset.Open(filepath.Join(dir, sweep.DatasetName))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	column := func(key string) int {
		return slices.IndexFunc(r.Metrics(), func(c dataset.Column) bool { return c.Name == dataset.MetricPrefix+key })
	}
	measured := column(hybrid.Measured)
	if measured < 0 {
		return nil, nil
	}
	var watched []followed
	for at, c := range r.Metrics() {
		key := strings.TrimPrefix(c.Name, dataset.MetricPrefix)
		f := followed{key: key, at: at, predicted: besides(r, c, "predicted"), low: besides(r, c, "low"), high: besides(r, c, "high")}
		if f.predicted >= 0 && f.low >= 0 && f.high >= 0 {
			watched = append(watched, f)
		}
	}
	parts, err := follow(r, measured, watched)
	if err != nil {
		return nil, err
	}
	t := report.Extra{
		Title:   "Proxy held to the truth: what was predicted beside what was measured",
		Columns: []string{"scenario", "agent", "trials", "measured", "metric", "mean error", "worst", "bias", "inside 90 % interval"},
		Note: "Of each quarter of the trials, all repeats together: errors are |predicted - true| / |true|, the bias is the mean of (predicted - true) / |true|. Measured are a drawn share and every trial that " +
			"claimed to be the best, so that a search that seeks the proxy's errors shows here. The proxy is corrected by what was measured before; rows that were measured have measured = 1 in the dataset.",
	}
	for _, p := range parts {
		t.Rows = append(t.Rows, p.rows(watched)...)
	}
	return []report.Extra{t}, nil
}

// followed is one metric with the columns of what was predicted.
type followed struct {
	key                      string
	at, predicted, low, high int
}

// besides is the column of a metric's name with a suffix: that of its key, before the unit.
func besides(r *dataset.Reader, c dataset.Column, suffix string) int {
	return slices.IndexFunc(r.Metrics(), func(other dataset.Column) bool {
		name, unit, found := strings.Cut(other.Name, "_"+suffix)
		return found && other.Unit == c.Unit && name+unit == c.Name
	})
}

// part is a quarter of the trials of an agent on a scenario.
type part struct {
	scenario, agent  string
	first, last      int // trials
	trials, measured int
	errors           []accuracy // parallel to the metrics
}

// accuracy sums up one metric.
type accuracy struct {
	n, inside         int
	sum, worst, total float64 // of relative errors: magnitudes and signed ones
}

// follow sums up the rows by quarters.
func follow(r *dataset.Reader, measured int, watched []followed) ([]*part, error) {
	longest := map[[2]string]int{}
	name := func(study int) [2]string {
		info := r.Studies()[study]
		return [2]string{info.Scenario, info.Label}
	}
	for rec, err := range r.Rows() {
		if err != nil {
			return nil, err
		}
		longest[name(rec.Study)] = max(longest[name(rec.Study)], rec.Trial+1)
	}
	var order []*part
	parts := map[[2]string][]*part{}
	for rec, err := range r.Rows() {
		if err != nil {
			return nil, err
		}
		key := name(rec.Study)
		n := longest[key]
		if parts[key] == nil {
			for q := range quarters {
				parts[key] = append(parts[key], &part{scenario: key[0], agent: key[1], first: q * n / quarters, last: (q+1)*n/quarters - 1, errors: make([]accuracy, len(watched))})
			}
			order = append(order, parts[key]...)
		}
		at := slices.IndexFunc(parts[key], func(p *part) bool { return rec.Trial <= p.last })
		parts[key][at].add(rec, measured, watched)
	}
	return slices.DeleteFunc(order, func(p *part) bool { return p.measured == 0 }), nil
}

// add takes a row into account.
func (p *part) add(rec dataset.Record, measured int, watched []followed) {
	p.trials++
	if rec.Metrics == nil || rec.Metrics[measured] != 1 {
		return
	}
	p.measured++
	for k, f := range watched {
		truth, said := rec.Metrics[f.at], rec.Metrics[f.predicted]
		if truth == 0 || truth != truth {
			continue
		}
		a := &p.errors[k]
		e := (said - truth) / math.Abs(truth)
		a.n++
		a.sum, a.total, a.worst = a.sum+math.Abs(e), a.total+e, max(a.worst, math.Abs(e))
		if truth >= rec.Metrics[f.low] && truth <= rec.Metrics[f.high] {
			a.inside++
		}
	}
}

// rows are the part's lines of the table, one a metric.
func (p *part) rows(watched []followed) [][]string {
	var rows [][]string
	for k, f := range watched {
		a := p.errors[k]
		n := float64(a.n)
		rows = append(rows, []string{
			p.scenario, p.agent, fmt.Sprintf("%d to %d", p.first, p.last), fmt.Sprintf("%d of %d", p.measured, p.trials), f.key,
			percent(a.sum / n), percent(a.worst), percent(a.total / n), percent(float64(a.inside) / n),
		})
	}
	return rows
}
