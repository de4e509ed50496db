package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"runtime"
	"sync"

	"github.com/codesign-gym/codesign/experiments/chart"
)

//go:embed page.html
var pageSource string

//go:embed page.css
var pageStyle string

// HTML writes the report as one page that needs nothing else. It writes nothing when the sweep is not consistent.
func HTML(w io.Writer, s Sweep, scripts Scripts) error {
	if err := s.check(); err != nil {
		return err
	}
	p, err := newPage(s)
	if err == nil {
		err = p.enliven(scripts)
	}
	if err != nil {
		return err
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
	Policy    string      // what the browser may load and run: nothing but what is in the page
	Figures   template.JS // as JSON; empty = still figures only
	Code      template.JS
	Resamples int
	Glance    []Pair   // the sweep in a few numbers
	Overall   *overall // nil while there is nothing to compare
	Sections  []section
}

func newPage(s Sweep) (page, error) {
	p := page{Sweep: s, Style: template.CSS(chart.StyleSheet() + pageStyle), Resamples: resamples, Glance: glance(s)}
	parts := judgeAll(s)
	sections := make([]section, len(parts))
	errs := make([]error, len(parts))
	each(len(parts), func(i int) { sections[i], errs[i] = newSection(i, parts[i], s.LogTrials) })
	for _, err := range errs {
		if err != nil {
			return p, err
		}
	}
	var figures []*chart.Figure
	var err error
	if p.Overall, figures, err = compare(parts, s.LogTrials); err != nil {
		return p, err
	}
	room := maxPicturesBytes
	for i := range sections {
		sections[i].Inside = explanations(s.Scenarios[i], &room)
		sections[i].Rechecked = recheckViews(s.Scenarios[i].Rechecks)
	}
	p.Sections = sections
	if p.Overall == nil {
		return p, nil
	}
	p.Overall.data = known(figures)
	p.Overall.Figures, err = inline(p.Overall.data, "")
	return p, err
}

// judgeAll sums up all scenarios.
func judgeAll(s Sweep) []judged {
	parts := make([]judged, len(s.Scenarios))
	each(len(parts), func(i int) { parts[i] = judge(s.Scenarios[i]) })
	return parts
}

// each does n independent things, one a processor at a time.
func each(n int, do func(int)) {
	var pool sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.NumCPU()) {
		pool.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	pool.Wait()
}

// section is one scenario of the page.
type section struct {
	Scenario
	ID, Problem string
	Law         string // what the score is, where the problem does not say
	Headline    string // the best score of all
	Under       string // stands below the heads of scores
	Figures     []drawn
	data        []chart.Figure
	legend
	Regrets   bool // is the optimum known
	Rows      []row
	Left      int          // agents that are not listed
	Lottery   *lotteryView // nil where no agent has several settings
	Published *published   // nil without published results
	Designs   designs
	Inside    []explanation
	Rechecked []recheckView
}

// legend is which colours are whose.
type legend struct {
	Legend    []legendEntry
	Beyond    int           // agents without a colour
	BeyondKey template.HTML // their line
}

func (l *legend) add(colour int, label string, key template.HTML) {
	if colour == chart.Uncoloured {
		l.Beyond, l.BeyondKey = l.Beyond+1, key
	} else {
		l.Legend = append(l.Legend, legendEntry{key, label})
	}
}

// legendEntry is a coloured agent.
type legendEntry struct {
	Key   template.HTML
	Label string
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

// sectionID begins the names of the i-th scenario's figures.
func sectionID(i int) string { return fmt.Sprintf("scenario-%d", i+1) }

func newSection(i int, j judged, logTrials bool) (section, error) {
	scenario, scored := j.scenario, j.scored
	summaries, left := summarise(scenario, scored, j.contenders)
	sec := section{
		Scenario: scenario, ID: sectionID(i), Problem: problem(scenario), Law: scoreLaw(scenario), Under: scored.Under,
		Headline: bestLine(scenario, scored, summaries), Regrets: scored.Optimum != nil, Left: left,
		Lottery: newLotteryView(lotteries(scenario, j.contenders, scored), scenario.goals(j.contenders, scored)),
	}
	keys := map[string]template.HTML{} // of contenders with a colour
	for _, c := range j.contenders {
		key, err := chart.Key(c.colour)
		if err != nil {
			return section{}, err
		}
		if sec.add(c.colour, c.Label, key); c.colour != chart.Uncoloured {
			keys[c.Label] = key
		}
	}
	best, found := winner(scored.Minimise, summaries)
	for _, s := range summaries {
		line := newRow(s)
		line.Winner = found && s.Best == best.Best
		line.Key = keys[s.Family]
		sec.Rows = append(sec.Rows, line)
	}
	figures, err := j.figures(sec.ID, logTrials)
	if err != nil {
		return section{}, err
	}
	sec.data = known(figures)
	if sec.Figures, err = inline(sec.data, scenario.Name); err != nil {
		return section{}, err
	}
	sec.Published = publishedTable(comparison(scenario, summaries))
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
		AgentTime: Seconds(s.AgentS), SimulatorTime: Seconds(s.SimulatorS),
	}
}
