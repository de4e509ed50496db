package report

import (
	"fmt"

	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// gridSize is the number of trial counts at which a curve over the trials is drawn at most.
const gridSize = 200

// trials is the number of trials of the longest run.
func (s Scenario) trials() int {
	longest := 0
	for _, agent := range s.Agents {
		for _, run := range agent.Runs {
			longest = max(longest, run.Trials)
		}
	}
	return longest
}

// trialAxis is the axis of trials with the counts at which a curve is drawn.
func trialAxis(trials int, logarithmic bool) (chart.Axis, []int) {
	return chart.Axis{Name: "trials", Low: 1, High: float64(max(2, trials)), Log: logarithmic}, stats.Grid(trials, gridSize, logarithmic)
}

// convergence is the best first objective so far over the trials: medians as lines, quartiles as bands. It is nil while no median is known.
func convergence(id string, scenario Scenario, contenders []contender, logTrials bool) *chart.Figure {
	first := scenario.Objectives[0]
	x, grid := trialAxis(scenario.trials(), logTrials)
	y := chart.Axis{Name: "best " + named(first)}
	title := fmt.Sprintf("Best %s so far in %s", first.Name, scenario.Name)
	if scenario.several() {
		title = fmt.Sprintf("Best %s, the first of %d objectives, so far in %s", first.Name, len(scenario.Objectives), scenario.Name)
	}
	f := &chart.Figure{
		ID: id, Title: title,
		Caption: title + ": median over the " + seedsOf(contenders) + ", band from the lower to the upper quartile.",
	}
	for _, c := range contenders {
		bands := stats.Bands(c.curves(), grid, first.Minimise, 0.25, 0.75)
		s := chart.Series{Name: c.Label, Mark: chart.Band, Colour: c.colour}
		for _, band := range bands {
			y.Include(band.Median)
			if c.colour != chart.Uncoloured {
				y.Include(band.Low)
				y.Include(band.High)
			}
			s.X, s.Y = append(s.X, float64(band.Trials)), append(s.Y, band.Median)
			s.Low, s.High = append(s.Low, band.Low), append(s.High, band.High)
		}
		f.Series = append(f.Series, s)
	}
	if !y.Known() {
		return nil
	}
	y.Settle()
	f.X, f.Y = x, y
	return f
}

// curves are those of the runs.
func (a AgentRuns) curves() []stats.Curve {
	list := make([]stats.Curve, len(a.Runs))
	for i, run := range a.Runs {
		list[i] = run.curve()
	}
	return list
}

// seedsOf is what a contender's runs differ in.
func seedsOf(list []contender) string {
	if lottery(list) {
		return "settings and seeds"
	}
	return "seeds"
}
