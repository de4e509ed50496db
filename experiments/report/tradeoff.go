package report

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/chart"
)

// scatterPoints is the number of designs that a trade-off figure shows at most.
const scatterPoints = 2000

// tradeoff is the non-dominated designs of every agent in the first two terms of the trade-off, and the front of all of them. It is nil
// when the scenario has no trade-off or no design yet.
func tradeoff(id string, scenario Scenario, contenders []contender) *chart.Figure {
	terms := scenario.Tradeoff()
	if terms == nil {
		return nil
	}
	terms = terms[:2]
	x, y := chart.Axis{Name: named(terms[0])}, chart.Axis{Name: named(terms[1])}
	fronts := make([][][]float64, len(contenders))
	var all [][]float64
	for i, c := range contenders {
		var rows [][]float64
		for _, run := range c.Runs {
			for _, row := range run.Front {
				rows = append(rows, row[:2])
			}
		}
		fronts[i] = Thin(Front(terms, rows), max(2, scatterPoints/len(contenders)))
		for _, row := range fronts[i] {
			x.Include(row[0])
			y.Include(row[1])
		}
		all = append(all, fronts[i]...)
	}
	if len(all) == 0 {
		return nil
	}
	f := &chart.Figure{ID: id, Title: fmt.Sprintf("Best trade-offs between %s and %s in %s", terms[0].Name, terms[1].Name, scenario.Name)}
	caption := f.Title
	if len(scenario.Objectives) == 1 {
		caption += ", spec " + limit(terms[1])
	}
	if len(scenario.Objectives) == 1 && y.Nears(terms[1].Bound) {
		y.Include(terms[1].Bound)
		caption += " (dashed)"
		f.Series = append(f.Series, chart.Series{Mark: chart.Rule, Colour: chart.Ink, Y: []float64{terms[1].Bound}})
	}
	x.Settle()
	y.Settle()
	f.X, f.Y = x, y
	f.Caption = caption + ": non-dominated designs of each agent; the stair joins the best of all."
	f.Series = append(f.Series, placed(chart.Series{Mark: borderOf(terms[0]), Colour: chart.Ink}, Front(terms, all)))
	for i, c := range contenders {
		s := placed(chart.Series{Name: c.Label, Mark: chart.Points, Colour: c.colour}, fronts[i])
		s.Facts = c.facts(scenario, fronts[i])
		f.Series = append(f.Series, s)
	}
	return f
}

// facts tells of each row of the contender's front which design it is; nil where that is not known.
func (c contender) facts(scenario Scenario, rows [][]float64) [][]chart.Fact {
	of := map[[2]float64]Design{}
	for _, d := range slices.Backward(c.own(scenario, scenario.Fronts)) {
		of[[2]float64(d.Objectives)] = d
	}
	facts := make([][]chart.Fact, len(rows))
	for i, row := range rows {
		if d, known := of[[2]float64(row)]; known {
			facts[i] = append([]chart.Fact{{Name: "found by", Value: fmt.Sprintf("%s, repeat %d, trial %d", d.Agent, d.Repeat, d.Trial)}}, factsOf(d.Axes, d.Metrics)...)
		}
	}
	return facts
}

// placed gives a series the rows as its X and Y.
func placed(s chart.Series, rows [][]float64) chart.Series {
	for _, row := range rows {
		s.X, s.Y = append(s.X, row[0]), append(s.Y, row[1])
	}
	return s
}

// borderOf is how the border goes on between two neighbours of a front that ascends in its first term: the design at or below x counts when
// less is better, the one at or above x when more is.
func borderOf(first objective.Term) chart.Mark {
	if first.Minimise {
		return chart.BorderUp
	}
	return chart.BorderDown
}
