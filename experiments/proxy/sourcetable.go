package proxy

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// confidence is that of the intervals over repeats.
const confidence = 0.95

// sourcesTable compares the sources with the first.
func (s *Study) sourcesTable() report.Extra {
	first := s.Asked.Sources[0].Name
	t := report.Extra{
		Title: "Proxy: sources of its rows, judged by the same designs",
		Columns: []string{"rows", "metric", "source", "RMSE/mean", "95 % interval", "Spearman", "covered", "top-10 regret",
			"times " + first, "95 % interval ", "verdict"},
		Note: fmt.Sprintf("Every proxy is judged by the same %d rows: of %d designs a scenario that were drawn uniformly for it, those in %.0f %% of the classes of equal results; no row of these classes is "+
			"learned from. Rows are the first different designs of each source's agents. RMSE and ratios, which are paired by repeat, are geometric means over %s with their intervals by Student's t on the logarithms; other figures are means. "+
			"A verdict is a ratio whose interval excludes 1.", s.Sources[0].Repeats[0].Test, s.Asked.Judge, 100*s.Asked.TestFrac, report.Counted(len(s.Sources[0].Repeats), "repeat")),
	}
	for _, e := range s.Sources {
		if e.Source.Name != first {
			continue
		}
		for _, target := range e.Repeats[0].Targets {
			for _, other := range s.Sources {
				if other.Rows == e.Rows {
					t.Rows = append(t.Rows, sourceRow(e, other, target.Key))
				}
			}
		}
	}
	return t
}

// sourceRow is one metric of a source beside the first source.
func sourceRow(first, e SourceErrors, key string) []string {
	over := func(e SourceErrors, of func(TargetErrors) float64) []float64 { return targets(e.Repeats, key, of) }
	rmse := over(e, relativeRMSE)
	average, within := stats.GeometricMean(rmse, confidence)
	row := []string{
		fmt.Sprint(e.Repeats[0].Train), key, e.Source.Name, percent(average), between(within, percent), fmt.Sprintf("%.4f", mean(over(e, spearman))),
		percent(mean(over(e, coverage))), percent(mean(over(e, func(t TargetErrors) float64 { return t.TopRegret }))),
	}
	if e.Source.Name == first.Source.Name {
		return append(row, "1", "", "")
	}
	ratio, within := stats.PairedRatio(rmse, over(first, relativeRMSE), confidence)
	times := func(v float64) string { return fmt.Sprintf("%.2f", v) }
	verdict := "no difference shown"
	switch {
	case within.High < 1:
		verdict = "better"
	case within.Low > 1:
		verdict = "worse"
	}
	return append(row, times(ratio), between(within, times), verdict)
}

// between is an interval; of one repeat there is none.
func between(i stats.Interval, show func(float64) string) string {
	if math.IsInf(i.High, 1) {
		return "-"
	}
	return show(i.Low) + " to " + show(i.High)
}
