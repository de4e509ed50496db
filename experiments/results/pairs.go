package results

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
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

// Metrics is a row's metrics by key, which holds the unit, with their values; nil when it has none.
func Metrics(r *dataset.Reader, rec dataset.Record) []report.Pair {
	var pairs []report.Pair
	for i, c := range r.Metrics() {
		if i < len(rec.Metrics) && rec.Metrics[i] == rec.Metrics[i] {
			pairs = append(pairs, report.Pair{Name: strings.TrimPrefix(c.Name, dataset.MetricPrefix), Value: number(rec.Metrics[i])})
		}
	}
	return pairs
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
