package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
)

//go:embed page.html
var pageSource string

//go:embed page.css
var pageStyle string

// HTML writes the report as one page that needs nothing else. It writes nothing when the sweep is not consistent.
func HTML(w io.Writer, s Sweep) error {
	if err := s.check(); err != nil {
		return err
	}
	p := page{Sweep: s, Style: template.CSS(pageStyle), Resamples: resamples}
	room := maxPicturesBytes
	for i, scenario := range s.Scenarios {
		sec, err := newSection(fmt.Sprintf("scenario-%d", i+1), scenario, s.LogTrials)
		if err != nil {
			return err
		}
		sec.Inside = explanations(scenario, &room)
		sec.Rechecked = recheckViews(scenario.Rechecks)
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
	Law         string // what the score is, where the problem does not say
	Headline    string // the best score of all
	Under       string // stands below the heads of scores
	Figures     []*figure
	Regrets     bool          // is the optimum known
	Beyond      int           // agents without a colour
	BeyondKey   template.HTML // their line
	Rows        []row
	Published   *published // nil without published results
	Designs     designs
	Inside      []explanation
	Rechecked   []recheckView
}

// row is an agent's line of the summary.
type row struct {
	Key                                 template.HTML // empty without a colour
	Winner                              bool
	Label, Best, Median, Interval, Spec string
	Regret                              string // empty where no optimum is known
	Seeds, Trials                       int
	Unique, Infeasible, Failed, Skipped int
	AgentTime, SimulatorTime            string
}

func newSection(id string, scenario Scenario, logTrials bool) (section, error) {
	scored := scenario.measure()
	summaries := summarise(scenario, scored)
	painted := paint(scored.Minimise, summaries)
	sec := section{
		Scenario: scenario, ID: id, Problem: problem(scenario), Law: scoreLaw(scenario), Under: scored.Under,
		Headline: bestLine(scenario, scored, summaries), Regrets: scored.Optimum != nil,
	}
	best, found := winner(scored.Minimise, summaries)
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
	sec.Published = publishedTable(comparison(scenario, summaries))
	sec.Figures = slices.DeleteFunc([]*figure{progress, front}, func(f *figure) bool { return f == nil })
	if scenario.several() {
		sec.Designs = frontDesigns(scenario)
	} else {
		sec.Designs = bestDesigns(scored, summaries)
	}
	return sec, nil
}

func newRow(s summary) row {
	return row{
		Label: s.Label, Best: score(s.Best), Median: score(s.Median), Interval: interval(s.Interval), Spec: spec(s), Regret: s.Regret,
		Seeds: s.Seeds, Trials: s.Trials, Unique: s.Unique, Infeasible: s.Infeasible, Failed: s.Failed, Skipped: s.Skipped,
		AgentTime: seconds(s.AgentS), SimulatorTime: seconds(s.SimulatorS),
	}
}
