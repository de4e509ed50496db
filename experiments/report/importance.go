package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// leastSettings is how many settings an agent must have before the importance of its hyper-parameters is worked out, mostImportant how many are shown.
const (
	leastSettings = 6
	mostImportant = 16
)

// weight is how much one hyper-parameter, or a pair of them, matters.
type weight struct {
	contender
	stats.Importance
}

// importance is how much of the spread over an agent's settings each of its hyper-parameters explains; nil where no agent has enough settings.
func importance(id string, scenario Scenario, contenders []contender, scored measure, s scale) (*chart.Figure, error) {
	var weights []weight
	for _, c := range contenders {
		list, err := c.importances(scenario, scored, s)
		if err != nil {
			return nil, err
		}
		for _, i := range list {
			weights = append(weights, weight{c, i})
		}
	}
	if len(weights) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(weights, func(a, b weight) int { return cmp.Compare(b.Frac, a.Frac) })
	weights = weights[:min(mostImportant, len(weights))]
	f := &chart.Figure{ID: id, Title: fmt.Sprintf("Importance of hyper-parameters in %s", scenario.Name)}
	f.Caption = f.Title + ": part of the variance over an agent's settings, each by its median over the seeds, that a hyper-parameter explains alone, or a pair (×) beyond; functional analysis of variance of a random forest."
	labels := make([]string, len(weights))
	f.X = chart.Axis{Name: "share of the variance"}
	f.X.Include(0)
	for i, w := range weights {
		name := w.Name
		if w.Other != "" {
			name += " × " + w.Other
		}
		place := len(weights) - 1 - i
		labels[place] = w.Label + ": " + name
		f.X.Include(w.Frac)
		f.Series = append(f.Series, chart.Series{Name: w.Label, Mark: chart.Bar, Colour: w.colour, X: []float64{w.Frac}, Y: []float64{float64(place)}})
	}
	f.X.Settle()
	f.X.Low = 0
	f.Y = chart.Categories("", labels)
	return f, nil
}

// importances are those of the contender's hyper-parameters that its settings differ in.
func (c contender) importances(scenario Scenario, scored measure, s scale) ([]stats.Importance, error) {
	if len(c.settings) < leastSettings {
		return nil, nil
	}
	var values []float64
	var settings [][]Pair
	for _, i := range c.settings {
		if scores := s.all(scenario.Agents[i].Runs, scored); len(scores) > 0 {
			values, settings = append(values, stats.Median(scores)), append(settings, scenario.Agents[i].Options)
		}
	}
	factors, rows := factorsOf(settings)
	return stats.Importances(factors, rows, values, seed.New(0, "report", "importance", scenario.Name, c.Label))
}

// factorsOf are the names whose values differ between the lists, and the level of each in each list.
func factorsOf(lists [][]Pair) ([]stats.Factor, [][]int) {
	var factors []stats.Factor
	rows := make([][]int, len(lists))
	if len(lists) == 0 {
		return nil, nil
	}
	for _, option := range lists[0] {
		var texts []string
		for _, list := range lists {
			texts = append(texts, valueOf(list, option.Name))
		}
		levels, numeric := levelsOf(texts)
		if len(levels) < 2 {
			continue
		}
		factors = append(factors, stats.Factor{Name: option.Name, Levels: len(levels), Nominal: !numeric})
		for i, text := range texts {
			rows[i] = append(rows[i], slices.Index(levels, text))
		}
	}
	return factors, rows
}

// valueOf is the value under a name; "-" where there is none.
func valueOf(list []Pair, name string) string {
	for _, p := range list {
		if p.Name == name {
			return p.Value
		}
	}
	return "-"
}

// levelsOf are the different texts, ascending: by the numbers that they begin with when all of them do.
func levelsOf(texts []string) (levels []string, numeric bool) {
	levels = slices.Clone(texts)
	slices.Sort(levels)
	levels = slices.Compact(levels)
	numeric = true
	for _, text := range levels {
		_, ok := leading(text)
		numeric = numeric && ok
	}
	if numeric {
		slices.SortStableFunc(levels, func(a, b string) int {
			x, _ := leading(a)
			y, _ := leading(b)
			return cmp.Compare(x, y)
		})
	}
	return levels, numeric
}

// leading is the number before a text's first space.
func leading(text string) (float64, bool) {
	for i, c := range text {
		if c == ' ' {
			text = text[:i]
			break
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}
