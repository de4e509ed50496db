package report

import (
	"fmt"
	"slices"
)

// maxDesigns is how many designs stand side by side.
const maxDesigns = 6

// designs is the table of the best designs: a column a design, a row a score, axis or metric.
type designs struct {
	Caption               string
	Heads                 []designHead
	Scores, Axes, Metrics []designRow
}

type designHead struct {
	Label  string // the agent that found it
	Repeat int
}

type designRow struct {
	Name   string
	Values []string
	Differ bool // the designs do not agree
}

// bestDesigns is the best design of each of the best agents, the best first.
func bestDesigns(scored measure, summaries []summary) designs {
	order := slices.Clone(summaries)
	slices.SortStableFunc(order, func(a, b summary) int { return compareScores(scored.Minimise, a.Best, b.Best) })
	var d designs
	var scores, axes, metrics [][]Pair
	for _, s := range order[:min(maxDesigns, len(order))] {
		if infinite(s.Best) {
			break
		}
		d.Heads = append(d.Heads, designHead{s.Label, s.BestRun.Repeat})
		scores = append(scores, []Pair{{"score", withUnit(s.bestScore(), scored.Unit)}})
		axes, metrics = append(axes, s.BestRun.BestDesign), append(metrics, s.BestRun.BestMetrics)
	}
	d.Scores, d.Axes, d.Metrics = sideBySide(scores), sideBySide(axes), sideBySide(metrics)
	d.Caption = "Best design of the agent"
	if n := len(d.Heads); n > 1 {
		d.Caption = fmt.Sprintf("Best design of each of the %d best agents; rows in bold differ", n)
	}
	return d
}

// frontDesigns is some designs of the joint front, ascending by the first objective.
func frontDesigns(scenario Scenario) designs {
	var d designs
	var scores, axes, metrics [][]Pair
	for _, design := range Thin(scenario.FrontDesigns, maxDesigns) {
		d.Heads = append(d.Heads, designHead{design.Agent, design.Repeat})
		scores, axes, metrics = append(scores, scenario.scores(design)), append(axes, design.Axes), append(metrics, design.Metrics)
	}
	d.Scores, d.Axes, d.Metrics = sideBySide(scores), sideBySide(axes), sideBySide(metrics)
	switch n := len(d.Heads); {
	case n < scenario.FrontSize:
		d.Caption = fmt.Sprintf("%d of the %d designs of the joint front, evenly spread; rows in bold differ", n, scenario.FrontSize)
	case n > 1:
		d.Caption = fmt.Sprintf("The %d designs of the joint front; rows in bold differ", n)
	default:
		d.Caption = "The only design of the joint front"
	}
	return d
}

// scores is a design's objectives in words.
func (s Scenario) scores(d Design) []Pair {
	list := make([]Pair, len(d.Objectives))
	for i, v := range d.Objectives {
		list[i] = Pair{s.Objectives[i].Name, withUnit(score(v), s.Objectives[i].Unit)}
	}
	return list
}

// sideBySide lines up lists of pairs by name, in the order of first appearance; a name that a list lacks is "-" there.
func sideBySide(lists [][]Pair) []designRow {
	var rows []designRow
	at := map[string]int{}
	for column, list := range lists {
		for _, p := range list {
			index, known := at[p.Name]
			if !known {
				index = len(rows)
				at[p.Name] = index
				rows = append(rows, designRow{Name: p.Name, Values: slices.Repeat([]string{"-"}, len(lists))})
			}
			rows[index].Values[column] = p.Value
		}
	}
	for i, r := range rows {
		rows[i].Differ = len(slices.Compact(slices.Clone(r.Values))) > 1
	}
	return rows
}
