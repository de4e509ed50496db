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
	linesOfAgent = 5   // of a still figure
	mostLines    = 300 // of one in which a reader can pick
)

// coordinates is the best designs as lines across the axes in which they differ; nil with fewer than two designs or axes.
func coordinates(id string, scenario Scenario, contenders []contender, scored measure) *chart.Figure {
	f := &chart.Figure{ID: id, Title: fmt.Sprintf("The best designs of %s", scenario.Name)}
	var rows [][]Pair
	var scores []float64
	name := scored.Name
	if scenario.several() {
		name = scenario.Objectives[0].Name
	}
	for _, c := range contenders {
		for i, d := range c.best(scenario, scored, max(linesOfAgent, mostLines/len(contenders))) {
			facts := append([]chart.Fact{{Name: name, Value: score(d.score)}}, factsOf(d.axes, d.metrics)...)
			f.Series = append(f.Series, chart.Series{Name: c.Label, Mark: chart.Path, Colour: c.colour, Facts: [][]chart.Fact{facts}, Extra: i >= linesOfAgent})
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
		names, f.Across = append(names, c.name), append(f.Across, chart.Categories(c.name, c.levels))
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
		names, f.Across = append(names, name), append(f.Across, chart.Axis{Name: name, Low: low, High: high})
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
	f.Caption = fmt.Sprintf("%s: a line a design, in a still figure up to %d of each agent, across the axes in which they differ; levels in even steps, the least and the greatest at the ends.", f.Title, linesOfAgent)
	if left > 0 {
		f.Caption += fmt.Sprintf(" %d further axes are left out.", left)
	}
	return f
}

// shown is a design of the figure.
type shown struct {
	axes    []Pair
	score   float64 // of several objectives the first one
	metrics []Pair
}

// best are at most so many of the contender's best designs, the still figure's first: of its best runs, or of several objectives some of the joint front
// and then those of its own front.
func (c contender) best(scenario Scenario, scored measure, most int) []shown {
	var list []shown
	if scenario.several() {
		few := Thin(c.own(scenario, scenario.FrontDesigns), linesOfAgent)
		for _, d := range few {
			list = append(list, shown{d.Axes, d.Objectives[0], d.Metrics})
		}
		for _, d := range c.own(scenario, scenario.Fronts) {
			if !slices.ContainsFunc(few, func(f Design) bool { return f.Study == d.Study && f.Trial == d.Trial }) {
				list = append(list, shown{d.Axes, d.Objectives[0], d.Metrics})
			}
		}
		return list[:min(most, len(list))]
	}
	for _, run := range c.Runs {
		if v, ok := scored.of(run); ok && len(run.BestDesign) > 0 {
			list = append(list, shown{run.BestDesign, v, run.BestMetrics})
		}
	}
	slices.SortStableFunc(list, func(a, b shown) int { return compareScores(scored.Minimise, a.score, b.score) })
	return list[:min(most, len(list))]
}

// own are the contender's designs among the list.
func (c contender) own(scenario Scenario, list []Design) []Design {
	var designs []Design
	for _, d := range list {
		if slices.ContainsFunc(c.settings, func(i int) bool { return scenario.Agents[i].Label == d.Agent }) {
			designs = append(designs, d)
		}
	}
	return designs
}

// factsOf are the lists in order.
func factsOf(lists ...[]Pair) []chart.Fact {
	var facts []chart.Fact
	for _, list := range lists {
		for _, p := range list {
			facts = append(facts, chart.Fact(p))
		}
	}
	return facts
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
