package results

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/simulators"
)

// Design is a row's axes with their values and units.
func Design(r *dataset.Reader, rec dataset.Record) []report.Pair {
	var pairs []report.Pair
	for i, c := range r.Params() {
		if v := rec.Params[i]; v != nil {
			pairs = append(pairs, report.Pair{Name: strings.TrimPrefix(c.Name, dataset.ParamPrefix), Value: withUnit(v, c.Unit)})
		}
	}
	return pairs
}

// metrics is a row's metrics by key, which holds the unit, with their values; nil when it has none. A mean is shown with its standard error: "12.5 ± 0.4".
func metrics(r *dataset.Reader, sems []int, rec dataset.Record) []report.Pair {
	var pairs []report.Pair
	for i, c := range r.Metrics() {
		if i >= len(rec.Metrics) || rec.Metrics[i] != rec.Metrics[i] || slices.Contains(sems, i) {
			continue
		}
		value := number(rec.Metrics[i])
		if sem := standardError(sems, rec, i); sem > 0 {
			value += " ± " + strconv.FormatFloat(sem, 'g', semDigits, 64)
		}
		pairs = append(pairs, report.Pair{Name: strings.TrimPrefix(c.Name, dataset.MetricPrefix), Value: value})
	}
	return pairs
}

// semDigits is how many significant digits a standard error is shown with: more say nothing of a few evaluations.
const semDigits = 2

// standardError is that of the metric in a column; 0 where the row's trial is a single evaluation.
func standardError(sems []int, rec dataset.Record, metric int) float64 {
	if at := sems[metric]; at >= 0 && at < len(rec.Metrics) && rec.Metrics[at] == rec.Metrics[at] {
		return rec.Metrics[at]
	}
	return 0
}

// semColumns is, of each metric, the column of its standard errors (simulators.Mean); -1 when there is none.
func semColumns(r *dataset.Reader) []int {
	columns := make([]int, len(r.Metrics()))
	for i, c := range r.Metrics() {
		name, found := strings.CutSuffix(strings.TrimPrefix(c.Name, dataset.MetricPrefix), simulators.Metric{Unit: c.Unit}.Key())
		if !found {
			columns[i] = -1 // its unit differs between simulators
			continue
		}
		key := dataset.MetricPrefix + simulators.Metric{Name: name, Unit: c.Unit}.SEM(0).Key()
		columns[i] = slices.IndexFunc(r.Metrics(), func(other dataset.Column) bool { return other.Name == key })
	}
	return columns
}

func withUnit(v any, unit string) string {
	text := fmt.Sprint(v)
	if f, ok := v.(float64); ok {
		text = number(f)
	}
	if unit == "" {
		return text
	}
	return text + " " + unit
}

// number is a count in full and another value to six digits.
func number(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}
