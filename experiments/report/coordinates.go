package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/experiments/chart"
)

// What a figure of parallel coordinates shows at most.
const (
	mostAxes     = 12
	linesOfAgent = 5
)

// coordinates is the best designs as lines across the axes in which they differ; nil with fewer than two designs or axes.
func coordinates(id string, scenario Scenario, contenders []contender, scored measure) *chart.Figure {
	f := &chart.Figure{ID: id, Title: fmt.Sprintf("The best designs of %s", scenario.Name)}
	var rows [][]Pair
	var scores []float64
	for _, c := range contenders {
		for _, d := range c.best(scenario, scored) {
			f.Series = append(f.Series, chart.Series{Name: c.Label, Mark: chart.Path, Colour: c.colour})
			rows, scores = append(rows, d.axes), append(scores, d.score)
		}
	}
	type column struct {
		name   string
		levels []string
		texts  []string
	}
	var columns []column
	left := 0
	for _, name := range namesIn(rows) {
		c := column{name: name}
		for _, row := range rows {
			c.texts = append(c.texts, valueOf(row, name))
		}
		active := slices.DeleteFunc(slices.Clone(c.texts), func(text string) bool { return text == "-" })
		if c.levels, _ = levelsOf(active); len(c.levels) < 2 {
			continue
		}
		if len(columns) == mostAxes {
			left++
			continue
		}
		columns = append(columns, c)
	}
	if len(rows) < 2 {
		return nil
	}
	ends := chart.Series{Mark: chart.Text, Colour: chart.Ink}
	end := func(x int, y float64, label string) {
		ends.X, ends.Y, ends.Labels = append(ends.X, float64(x)), append(ends.Y, y), append(ends.Labels, chart.Shorten(label, 9))
	}
	var names []string
	for x, c := range columns {
		names = append(names, c.name)
		end(x, -0.06, c.levels[0])
		end(x, 1.06, c.levels[len(c.levels)-1])
		for i, text := range c.texts {
			y := math.NaN()
			if text != "-" {
				y = float64(slices.Index(c.levels, text)) / float64(len(c.levels)-1)
			}
			f.Series[i].X, f.Series[i].Y = append(f.Series[i].X, float64(x)), append(f.Series[i].Y, y)
		}
	}
	low, high := slices.Min(scores), slices.Max(scores)
	if low < high {
		name := scored.Name
		if scenario.several() {
			name = scenario.Objectives[0].Name
		}
		names = append(names, name)
		end(len(columns), -0.06, score(low))
		end(len(columns), 1.06, score(high))
		for i, v := range scores {
			f.Series[i].X, f.Series[i].Y = append(f.Series[i].X, float64(len(columns))), append(f.Series[i].Y, (v/2-low/2)/(high/2-low/2))
		}
	}
	if len(names) < 2 {
		return nil
	}
	f.X = chart.Categories("", names)
	f.Y = chart.Axis{Low: -0.12, High: 1.12, Bare: true}
	f.Series = append(f.Series, ends)
	f.Caption = fmt.Sprintf("%s: a line a design, up to %d of each agent, across the axes in which they differ; levels in even steps, the least and the greatest at the ends.", f.Title, linesOfAgent)
	if left > 0 {
		f.Caption += fmt.Sprintf(" %d further axes are left out.", left)
	}
	return f
}

// shown is a design of the figure.
type shown struct {
	axes  []Pair
	score float64 // of several objectives the first one
}

// best are the contender's best designs: of its best runs, or of several objectives some of the joint front.
func (c contender) best(scenario Scenario, scored measure) []shown {
	var list []shown
	if scenario.several() {
		for _, d := range scenario.FrontDesigns {
			if slices.ContainsFunc(c.settings, func(i int) bool { return scenario.Agents[i].Label == d.Agent }) {
				list = append(list, shown{d.Axes, d.Objectives[0]})
			}
		}
		return Thin(list, max(2, linesOfAgent))
	}
	for _, run := range c.Runs {
		if v, ok := scored.of(run); ok && len(run.BestDesign) > 0 {
			list = append(list, shown{run.BestDesign, v})
		}
	}
	slices.SortStableFunc(list, func(a, b shown) int { return compareScores(scored.Minimise, a.score, b.score) })
	return list[:min(linesOfAgent, len(list))]
}

// namesIn are the names of all lists, in the order of first appearance.
func namesIn(lists [][]Pair) []string {
	var names []string
	seen := map[string]bool{}
	for _, list := range lists {
		for _, p := range list {
			if !seen[p.Name] {
				seen[p.Name], names = true, append(names, p.Name)
			}
		}
	}
	return names
}
