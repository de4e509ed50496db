package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
)

//go:embed page.html
var pageSource string

//go:embed page.css
var pageStyle string

// bestDesigns is how many agents' best designs stand side by side.
const bestDesigns = 6

// HTML writes the report as one page that needs nothing else. It writes nothing when the sweep is not consistent.
func HTML(w io.Writer, s Sweep) error {
	if err := s.check(); err != nil {
		return err
	}
	p := page{Sweep: s, Style: template.CSS(pageStyle), Resamples: resamples}
	for i, scenario := range s.Scenarios {
		sec, err := newSection(fmt.Sprintf("scenario-%d", i+1), scenario, s.LogTrials)
		if err != nil {
			return err
		}
		p.Sections = append(p.Sections, sec)
	}
	layout, err := template.New("page.html").Parse(pageSource)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	var out bytes.Buffer
	if err := layout.Execute(&out, p); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err = w.Write(out.Bytes())
	return err
}

// page is what page.html shows.
type page struct {
	Sweep
	Style     template.CSS
	Resamples int
	Sections  []section
}

// section is one scenario of the page.
type section struct {
	Scenario
	ID, Problem string
	Headline    string // the best design of all
	Unit        string
	Figures     []*figure
	Beyond      int           // agents without a colour
	BeyondKey   template.HTML // their line
	Rows        []row
	Designs     designs
}

// row is an agent's line of the summary.
type row struct {
	Key                                 template.HTML // empty without a colour
	Winner                              bool
	Label, Best, Median, Interval, Spec string
	Seeds, Trials                       int
	Unique, Infeasible, Failed          int
	AgentTime, SimulatorTime            string
}

func newSection(id string, scenario Scenario, logTrials bool) (section, error) {
	score := scenario.Objectives[0]
	summaries := summarise(scenario)
	painted := paint(score.Minimise, summaries)
	sec := section{Scenario: scenario, ID: id, Problem: problem(scenario), Unit: score.Unit, Headline: bestDesign(scenario, summaries)}
	best, found := winner(score.Minimise, summaries)
	for i, s := range summaries {
		line := newRow(s)
		line.Winner = found && s.Best == best.Best
		key, err := legendKey(painted[i])
		if err != nil {
			return section{}, err
		}
		if painted[i] == uncoloured {
			sec.Beyond, sec.BeyondKey = sec.Beyond+1, key
		} else {
			line.Key = key
		}
		sec.Rows = append(sec.Rows, line)
	}
	progress, err := convergence(id+"-progress", scenario, painted, logTrials)
	if err != nil {
		return section{}, err
	}
	front, err := tradeoff(id+"-tradeoff", scenario, painted)
	if err != nil {
		return section{}, err
	}
	sec.Figures = slices.DeleteFunc([]*figure{progress, front}, func(f *figure) bool { return f == nil })
	sec.Designs = newDesigns(score, summaries)
	return sec, nil
}

func newRow(s summary) row {
	return row{
		Label: s.Label, Best: score(s.Best), Median: score(s.Median), Interval: interval(s.Interval), Spec: spec(s),
		Seeds: s.Seeds, Trials: s.Trials, Unique: s.Unique, Infeasible: s.Infeasible, Failed: s.Failed,
		AgentTime: seconds(s.AgentS), SimulatorTime: seconds(s.SimulatorS),
	}
}

// designs is the table of the best designs: a column an agent, the best first, a row an axis or metric.
type designs struct {
	Agents        []designHead
	Axes, Metrics []designRow
}

type designHead struct {
	Label, Score string
	Repeat       int
}

type designRow struct {
	Name   string
	Values []string
	Differ bool // the agents do not agree
}

func newDesigns(first objective.Term, summaries []summary) designs {
	order := slices.Clone(summaries)
	slices.SortStableFunc(order, func(a, b summary) int { return compareScores(first.Minimise, a.Best, b.Best) })
	var d designs
	var axes, metrics [][]Pair
	for _, s := range order[:min(bestDesigns, len(order))] {
		if infinite(s.Best) {
			break
		}
		d.Agents = append(d.Agents, designHead{Label: s.Label, Score: withUnit(score(s.Best), first.Unit), Repeat: s.BestRun.Repeat})
		axes, metrics = append(axes, s.BestRun.BestDesign), append(metrics, s.BestRun.BestMetrics)
	}
	d.Axes, d.Metrics = sideBySide(axes), sideBySide(metrics)
	return d
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
