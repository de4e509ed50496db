package report

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/experiments/chart"
)

// mostCategories is how many agents a figure lists one below the other at most.
const mostCategories = 24

// ranked lists the contenders that have runs by median score, the best first, as many as a figure can show.
func ranked(contenders []contender, minimise bool) []contender {
	summaries := make([]summary, len(contenders))
	for i, c := range contenders {
		summaries[i] = c.summary
	}
	var list []contender
	for _, i := range rank(minimise, summaries) {
		if contenders[i].summary.Seeds > 0 && len(list) < mostCategories {
			list = append(list, contenders[i])
		}
	}
	return list
}

// listed is the vertical axis of contenders, the first one on top, and the height of each.
func listed(list []contender) (chart.Axis, func(i int) float64) {
	labels := make([]string, len(list))
	for i, c := range list {
		labels[len(list)-1-i] = c.Label
	}
	return chart.Categories("", labels), func(i int) float64 { return float64(len(list) - 1 - i) }
}

// intervals is the median score of each contender with its confidence interval; nil with fewer than two that have a score.
func intervals(id string, scenario Scenario, contenders []contender, scored measure) *chart.Figure {
	list := slices.DeleteFunc(ranked(contenders, scored.Minimise), func(c contender) bool { return infinite(c.summary.Median) })
	if len(list) < 2 {
		return nil
	}
	f := &chart.Figure{ID: id, Title: fmt.Sprintf("Final %s in %s", scored.Name, scenario.Name)}
	f.Caption = f.Title + ": median over the " + seedsOf(contenders) + " with its 95 % bootstrap interval, the best agent on top."
	y, height := listed(list)
	f.Y = y
	f.X.Name = withUnitIn(scored)
	for i, c := range list {
		low, high := c.summary.Interval.Low, c.summary.Interval.High
		for _, v := range []float64{c.summary.Median, low, high} {
			f.X.Include(v)
		}
		f.Series = append(f.Series, chart.Series{
			Name: c.Label, Mark: chart.Interval, Colour: c.colour, X: []float64{c.summary.Median}, Y: []float64{height(i)}, Low: []float64{low}, High: []float64{high},
		})
	}
	f.X.Settle()
	return f
}

// withUnitIn is a score's name with its unit in brackets.
func withUnitIn(m measure) string {
	if m.Unit == "" {
		return m.Name
	}
	return m.Name + " (" + m.Unit + ")"
}
