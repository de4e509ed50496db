package proxy

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/experiments/report"
)

// Tables are the study for a report: the bars first, then the errors, then the searches.
func (s *Study) Tables() []report.Extra {
	if len(s.Sources) > 0 {
		return []report.Extra{s.sourcesTable()}
	}
	tables := []report.Extra{s.errorsTable()}
	if len(s.Transfers) > 0 {
		tables = append(tables, TransferTable(s.Transfers))
	}
	if len(s.Searches) > 0 {
		tables = append(tables, s.searchTable())
	}
	if len(s.Asked.Bars) > 0 {
		tables = append([]report.Extra{s.barsTable()}, tables...)
	}
	return tables
}

func (s *Study) errorsTable() report.Extra {
	t := report.Extra{
		Title: "Proxy: errors on designs and outcomes that it has not seen",
		Columns: []string{"metric", "rows", "splits", "RMSE/mean", "worst", "RMSE/range", "MAPE", "R2", "Spearman", "Kendall", "covered",
			"top-10 regret", "fit", "prediction"},
		Note: "A row is a design on a workload; designs with equal results on every workload are on one side of a split. Means over the splits. A prediction is all metrics of a design, in a batch on one goroutine.",
	}
	for _, group := range Grouped(s.Evaluations) {
		for _, target := range group[0].Targets {
			t.Rows = append(t.Rows, evaluationRow(group, target.Key))
		}
	}
	return t
}

// evaluationRow is one metric over the splits of one training size.
func evaluationRow(group []Evaluation, key string) []string {
	over := func(of func(TargetErrors) float64) float64 { return mean(targets(group, key, of)) }
	rmse := targets(group, key, relativeRMSE)
	return []string{
		key, fmt.Sprint(group[0].Train), fmt.Sprint(len(rmse)), percent(mean(rmse)), percent(slices.Max(rmse)),
		percent(over(func(t TargetErrors) float64 { return t.RelativeToRange })), percent(over(func(t TargetErrors) float64 { return t.MAPE })), fmt.Sprintf("%.5f", over(func(t TargetErrors) float64 { return t.R2 })),
		fmt.Sprintf("%.5f", over(spearman)), fmt.Sprintf("%.5f", over(func(t TargetErrors) float64 { return t.Kendall })), percent(over(coverage)),
		percent(over(func(t TargetErrors) float64 { return t.TopRegret })), seconds(mean(overAll(group, fitS))), fmt.Sprintf("%.2f µs", fastest(group)/1000),
	}
}

func (s *Study) searchTable() report.Extra {
	t := report.Extra{
		Title:   fmt.Sprintf("Proxy: %s searches on it, the true simulator verifies", s.Asked.Agent),
		Columns: []string{"scenario", "regret on the true simulator", "its evaluations", "regret by the proxy, verified", "its evaluations", "drift"},
		Note: "Regret: 0 = the optimum that the file states, or the best value known; 100 % = the median random design that meets the constraints; medians over the repeats. " +
			"Drift: mean relative error of the proxy on the designs that its search ended with. The rows that it was fitted to are not counted.",
	}
	for _, found := range s.Searches {
		var drifts []float64
		for _, f := range found.Found {
			drifts = append(drifts, f.Drift)
		}
		t.Rows = append(t.Rows, []string{
			found.Scenario, percent(median(found.OnTruth)), fmt.Sprint(found.TrueTrials), percent(median(found.OnProxy)), fmt.Sprint(found.VerifiedPerRepeat), percent(mean(drifts)),
		})
	}
	return t
}

// bar is one line of the table of bars.
type bar struct {
	name, what string
	worst      float64 // over all metrics and scenarios, of the largest training set
	atLeast    bool
	show       func(float64) string
}

func (s *Study) barsTable() report.Extra {
	t := report.Extra{Title: "Proxy: bars", Columns: []string{"bar", "asked for", "reached", "verdict"},
		Note: "Of the largest training set: the mean over the splits of the worst metric; of the searches the worst scenario. Times are wall-clock on this machine."}
	for _, b := range s.bars() {
		asked, ok := s.Asked.Bars[b.name]
		if !ok || math.IsNaN(b.worst) {
			continue
		}
		sign, met := "≤ ", b.worst <= asked
		if b.atLeast {
			sign, met = "≥ ", b.worst >= asked
		}
		verdict := "missed"
		if met {
			verdict = "met"
		}
		t.Rows = append(t.Rows, []string{b.what, sign + b.show(asked), b.show(b.worst), verdict})
	}
	return t
}

// bars measures what bars can hold.
func (s *Study) bars() []bar {
	groups := Grouped(s.Evaluations)
	last := groups[len(groups)-1]
	low, high := func(of func(TargetErrors) float64) float64 { return extreme(last, of, slices.Min[[]float64]) },
		func(of func(TargetErrors) float64) float64 { return extreme(last, of, slices.Max[[]float64]) }
	number := func(v float64) string { return fmt.Sprintf("%.5f", v) }
	list := []bar{
		{"rmse_frac", "RMSE over the mean", high(relativeRMSE), false, percent},
		{"spearman", "Spearman", low(spearman), true, number},
		{"coverage_low", "covered by the 90 % intervals, least", low(coverage), true, percent},
		{"coverage_high", "covered by the 90 % intervals, most", high(coverage), false, percent},
		{"fit_s", "time of a fit", mean(overAll(last, fitS)), false, seconds},
		{"prediction_us", "time of a prediction", fastest(last) / 1000 / float64(len(last[0].Targets)), false, func(v float64) string { return fmt.Sprintf("%.2f µs a metric", v) }},
	}
	regret := math.NaN()
	for _, f := range s.Searches {
		if r := median(f.OnProxy) - median(f.OnTruth); math.IsNaN(regret) || r > regret {
			regret = r
		}
	}
	list = append(list, bar{"regret_frac", "regret by the proxy beyond that of the true simulator", regret, false, percent})
	faster := math.NaN()
	if s.TruthNS > 0 {
		faster = s.TruthNS / fastest(last)
	}
	return append(list, bar{"faster", "times faster than the true simulator", faster, true, func(v float64) string { return fmt.Sprintf("%.0f", v) }})
}

// extreme is the least or greatest of the metrics' means over the splits.
func extreme(group []Evaluation, of func(TargetErrors) float64, pick func([]float64) float64) float64 {
	var means []float64
	for _, t := range group[0].Targets {
		means = append(means, mean(targets(group, t.Key, of)))
	}
	return pick(means)
}

// targets is one figure of one metric over the evaluations that have it: one that is constant in what a split learns from is not predicted.
func targets(group []Evaluation, key string, of func(TargetErrors) float64) []float64 {
	var values []float64
	for _, e := range group {
		if at := slices.IndexFunc(e.Targets, func(t TargetErrors) bool { return t.Key == key }); at >= 0 {
			values = append(values, of(e.Targets[at]))
		}
	}
	return values
}

func relativeRMSE(t TargetErrors) float64 { return t.RelativeToMean }
func spearman(t TargetErrors) float64     { return t.Spearman }
func coverage(t TargetErrors) float64     { return t.Coverage }
func fitS(e Evaluation) float64           { return e.FitS }

// fastest is the least time of a prediction.
func fastest(group []Evaluation) float64 {
	return slices.Min(overAll(group, func(e Evaluation) float64 { return e.PredictNS }))
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
