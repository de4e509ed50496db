package report

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
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
		fronts[i] = thin(Front(terms, rows), max(2, scatterPoints/len(scenario.Agents)))
		for _, row := range fronts[i] {
			x.include(row[0])
			y.include(row[1])
		}
		all = append(all, fronts[i]...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	x.settle()
	y.settle()
	p := newPlot(x, y)
	p.Add(&plotter.Grid{Horizontal: gridLines(), Vertical: gridLines()})
	addStair(p, terms[0], Front(terms, all))
	for _, coloured := range []bool{false, true} {
		for i, rows := range fronts {
			if coloured == (painted[i] != uncoloured) {
				p.Add(&plotter.Scatter{XYs: points(rows), GlyphStyle: agentGlyph(painted[i])})
			}
		}
	}
	caption := fmt.Sprintf("Best trade-offs between %s and %s in %s", terms[0].Name, terms[1].Name, scenario.Name)
	if len(scenario.Objectives) == 1 {
		addBound(p, y, terms[1])
		caption += fmt.Sprintf(" (spec: %s, dashed)", limit(terms[1]))
	}
	svg, err := inlineSVG(id, caption, "Non-dominated designs of each agent over all seeds, and a stair through the front of all agents.", figureWidth, figureHeight, p.Draw)
	return &figure{SVG: svg, Caption: caption + ": non-dominated designs of each agent; the stair joins the best of all."}, err
}

// addStair draws the border of what the front dominates.
func addStair(p *plot.Plot, first objective.Term, front [][]float64) {
	step := plotter.PreStep
	if first.Minimise {
		step = plotter.PostStep // the value at x is that of the last design at or below x
	}
	p.Add(&plotter.Line{XYs: points(front), StepStyle: step, LineStyle: draw.LineStyle{Color: placeholder(inkPart, 0), Width: 0.8}})
}

// addBound draws the constraint's limit where it lies within the plot.
func addBound(p *plot.Plot, y axis, constraint objective.Term) {
	if constraint.Bound < y.Low || constraint.Bound > y.High {
		return
	}
	ends := plotter.XYs{{X: p.X.Min, Y: constraint.Bound}, {X: p.X.Max, Y: constraint.Bound}}
	style := agentLine(1)
	style.Color, style.Width = placeholder(inkPart, 0), 1
	p.Add(&plotter.Line{XYs: ends, LineStyle: style})
}

func points(rows [][]float64) plotter.XYs {
	xys := make(plotter.XYs, len(rows))
	for i, row := range rows {
		xys[i] = plotter.XY{X: row[0], Y: row[1]}
	}
	return xys
}

// thin keeps at most limit (>= 2) rows, evenly spaced and both ends.
func thin(rows [][]float64, limit int) [][]float64 {
	if len(rows) <= limit {
		return rows
	}
	kept := make([][]float64, limit)
	for i := range kept {
		kept[i] = rows[i*(len(rows)-1)/(limit-1)]
	}
	return kept
}
