package report

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/codesign-gym/codesign/env/objective"
)

// scatterPoints is the number of designs that a trade-off figure shows at most.
const scatterPoints = 2000

// tradeoff draws the non-dominated designs of every agent in the first two terms of the trade-off, and the front of all of them. It is nil
// when the scenario has no trade-off or no design yet.
func tradeoff(id string, scenario Scenario, painted []int) (*figure, error) {
	terms := scenario.Tradeoff()
	if terms == nil {
		return nil, nil
	}
	terms = terms[:2]
	x, y := axis{Name: named(terms[0])}, axis{Name: named(terms[1])}
	fronts := make([][][]float64, len(scenario.Agents))
	var all [][]float64
	for i, agent := range scenario.Agents {
		var rows [][]float64
		for _, run := range agent.Runs {
			for _, row := range run.Front {
				rows = append(rows, row[:2])
			}
		}
		fronts[i] = Thin(Front(terms, rows), max(2, scatterPoints/len(scenario.Agents)))
		for _, row := range fronts[i] {
			x.include(row[0])
			y.include(row[1])
		}
		all = append(all, fronts[i]...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	bounded := len(scenario.Objectives) == 1 && y.nears(terms[1].Bound)
	if bounded {
		y.include(terms[1].Bound)
	}
	x.settle()
	y.settle()
	p := newPlot(x, y)
	p.Add(&plotter.Grid{Horizontal: gridLines(), Vertical: gridLines()})
	addStair(p, terms[0], points(x, y, Front(terms, all)))
	for _, coloured := range []bool{false, true} {
		for i, rows := range fronts {
			if coloured == (painted[i] != uncoloured) {
				p.Add(&plotter.Scatter{XYs: points(x, y, rows), GlyphStyle: agentGlyph(painted[i])})
			}
		}
	}
	caption := fmt.Sprintf("Best trade-offs between %s and %s in %s", terms[0].Name, terms[1].Name, scenario.Name)
	if len(scenario.Objectives) == 1 {
		caption += ", spec " + limit(terms[1])
	}
	if bounded {
		addBound(p, y.at(terms[1].Bound))
		caption += " (dashed)"
	}
	svg, err := inlineSVG(id, caption, "Non-dominated designs of each agent over all seeds, and a stair through the front of all agents.", figureWidth, figureHeight, p.Draw)
	return &figure{SVG: svg, Caption: caption + ": non-dominated designs of each agent; the stair joins the best of all."}, err
}

// addStair draws the border of what the front dominates.
func addStair(p *plot.Plot, first objective.Term, front plotter.XYs) {
	style := draw.LineStyle{Color: placeholder(inkPart, 0), Width: 0.8}
	p.Add(&plotter.Line{XYs: front, StepStyle: stepOf(first), LineStyle: style})
}

// stepOf is how the border goes on between two neighbours of a front that ascends in its first term: the design at or below x counts when
// less is better, the one at or above x when more is.
func stepOf(first objective.Term) plotter.StepKind {
	if first.Minimise {
		return plotter.PostStep
	}
	return plotter.PreStep
}

// addBound draws a dashed line across the plot.
func addBound(p *plot.Plot, height float64) {
	ends := plotter.XYs{{X: p.X.Min, Y: height}, {X: p.X.Max, Y: height}}
	style := draw.LineStyle{Color: placeholder(inkPart, 0), Width: 1, Dashes: []vg.Length{7, 3}}
	p.Add(&plotter.Line{XYs: ends, LineStyle: style})
}

func points(x, y axis, rows [][]float64) plotter.XYs {
	xys := make(plotter.XYs, len(rows))
	for i, row := range rows {
		xys[i] = plotter.XY{X: x.at(x.clamp(row[0])), Y: y.at(y.clamp(row[1]))}
	}
	return xys
}
