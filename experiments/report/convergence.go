package report

import (
	"fmt"
	"html/template"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// gridSize is the number of trial counts at which a best-so-far curve is drawn at most.
const gridSize = 200

// figure is a drawn figure and what stands below it.
type figure struct {
	SVG     template.HTML
	Caption string
}

// convergence draws the best first objective so far over the trials: medians as lines, quartiles as bands. It is nil while no median is known.
func convergence(id string, scenario Scenario, painted []int, logTrials bool) (*figure, error) {
	first := scenario.Objectives[0]
	trials := 0
	for _, agent := range scenario.Agents {
		for _, run := range agent.Runs {
			trials = max(trials, run.Trials)
		}
	}
	grid := stats.Grid(trials, gridSize, logTrials)
	x := axis{Name: "trials", Low: 1, High: float64(max(2, trials)), Log: logTrials}
	y := axis{Name: "best " + named(first)}
	bands := make([][]stats.Band, len(scenario.Agents))
	for i, agent := range scenario.Agents {
		var curves []stats.Curve
		for _, run := range agent.Runs {
			curves = append(curves, run.curve())
		}
		bands[i] = stats.Bands(curves, grid, first.Minimise, 0.25, 0.75)
		for _, band := range bands[i] {
			y.include(band.Median)
			if painted[i] != uncoloured {
				y.include(band.Low)
				y.include(band.High)
			}
		}
	}
	if !y.hasRange {
		return nil, nil
	}
	y.settle()
	p := newPlot(x, y)
	p.Add(&plotter.Grid{Horizontal: gridLines()})
	for _, coloured := range []bool{false, true} {
		for i := range bands {
			if coloured == (painted[i] != uncoloured) {
				p.Add(bandPlot{bands: bands[i], colour: painted[i], x: x, y: y})
			}
		}
	}
	title := fmt.Sprintf("Best %s so far in %s", first.Name, scenario.Name)
	if scenario.several() {
		title = fmt.Sprintf("Best %s, the first of %d objectives, so far in %s", first.Name, len(scenario.Objectives), scenario.Name)
	}
	svg, err := inlineSVG(id, title, "Median over the seeds with quartile bands for each agent, after each number of trials.", figureWidth, figureHeight, p.Draw)
	return &figure{SVG: svg, Caption: title + ": median over the seeds, band from the lower to the upper quartile."}, err
}

// bandPlot is one agent's band and line as stairs.
type bandPlot struct {
	bands  []stats.Band
	colour int
	x, y   axis
}

var _ plot.Plotter = bandPlot{}

// Plot draws the band, unless the agent has no colour, and the line over it.
func (b bandPlot) Plot(c draw.Canvas, p *plot.Plot) {
	if b.colour != uncoloured {
		b.fill(c, p)
	}
	median := func(band stats.Band) float64 { return band.Median }
	for _, stretch := range stretches(b.bands, func(band stats.Band) bool { return !infinite(band.Median) }) {
		line := plotter.Line{XYs: b.stairs(stretch, median), LineStyle: agentLine(b.colour)}
		line.Plot(c, p)
	}
}

// fill shows the band as far as one quartile is known; the other one may be off the plot.
func (b bandPlot) fill(c draw.Canvas, p *plot.Plot) {
	known := func(band stats.Band) bool { return !infinite(band.Low) || !infinite(band.High) }
	for _, stretch := range stretches(b.bands, known) {
		low := b.stairs(stretch, func(band stats.Band) float64 { return band.Low })
		high := b.stairs(stretch, func(band stats.Band) float64 { return band.High })
		outline := low
		for i := len(high) - 1; i >= 0; i-- {
			outline = append(outline, high[i])
		}
		area := plotter.Polygon{XYs: []plotter.XYs{outline}, Color: placeholder(bandPart, b.colour)}
		area.Plot(c, p)
	}
}

// stretches cuts the bands into the runs of neighbours that are known.
func stretches(bands []stats.Band, known func(stats.Band) bool) [][]stats.Band {
	var found [][]stats.Band
	start := -1
	for i, band := range bands {
		switch {
		case known(band) && start < 0:
			start = i
		case !known(band) && start >= 0:
			found, start = append(found, bands[start:i]), -1
		}
	}
	if start >= 0 {
		found = append(found, bands[start:])
	}
	return found
}

// stairs is the outline of a value that holds until it changes, cut off at the ends of the axis; corners only where it changes.
func (b bandPlot) stairs(bands []stats.Band, value func(stats.Band) float64) plotter.XYs {
	var corners plotter.XYs
	previous := math.NaN()
	for i, band := range bands {
		at, v := b.x.at(float64(band.Trials)), b.y.at(b.y.clamp(value(band)))
		if v != previous || i == len(bands)-1 {
			if i > 0 {
				corners = append(corners, plotter.XY{X: at, Y: previous})
			}
			corners = append(corners, plotter.XY{X: at, Y: v})
			previous = v
		}
	}
	return corners
}
