package agentsbench

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// WriteMarkdown writes the bars and the tables of every budget at which ours were measured. Rows of ours are in bold.
func WriteMarkdown(w io.Writer, r Runs) error {
	m := markdown{w: w, runs: r}
	m.bars()
	for _, trials := range []int{100, 200, 1000} {
		if !m.measured(trials) {
			continue
		}
		m.medians(trials)
		m.hypervolumes(trials)
		m.random(trials)
	}
	m.times()
	return m.err
}

// markdown writes tables; the first error stays.
type markdown struct {
	w    io.Writer
	runs Runs
	err  error
}

func (m *markdown) print(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

// row writes the cells of one line of a table.
func (m *markdown) row(cells ...string) { m.print("| %s |\n", strings.Join(cells, " | ")) }

// head begins a table.
func (m *markdown) head(title, about string, columns ...string) {
	m.print("\n### %s\n\n%s\n\n", title, about)
	m.row(columns...)
	m.print("|%s\n", strings.Repeat(" --- |", len(columns)))
}

// measured tells whether ours were measured at so many trials.
func (m *markdown) measured(trials int) bool {
	for at := range m.runs.samples {
		if at.agent.Source == Ours && at.trials == trials {
			return true
		}
	}
	return false
}

// label is an agent's name in a table.
func label(a Agent) string {
	if a.Source == Ours {
		return "**" + a.Name + "**"
	}
	return a.String()
}

func (m *markdown) bars() {
	m.head("Bars", "Each agent of ours that a bar is about, with its numbers. A mean rank is here that of one agent of ours among the reference agents.", "bar", "verdict", "agents")
	for _, b := range Bars() {
		verdict, findings := b.Judge(m.runs)
		var lines []string
		for _, f := range findings {
			if f.Verdict != Unmeasured {
				lines = append(lines, fmt.Sprintf("%s %s: %s", label(f.Agent), f.Verdict, f.Numbers))
			}
		}
		m.row(b.String(), string(verdict), strings.Join(lines, "<br>"))
	}
}

// cell is a sample's median, quartiles and seeds; "-" when it was not measured.
func (m *markdown) cell(a Agent, function string, trials int) string {
	s, ok := m.runs.Sample(a, function, trials)
	if !ok {
		return "-"
	}
	return fmt.Sprintf("%s [%s, %s] n%d", short(s.Median()), short(stats.Quantile(s.Values, 0.25)), short(stats.Quantile(s.Values, 0.75)), len(s.Values))
}

// short prints four digits; "none" stands for seeds without a feasible design.
func short(v float64) string {
	if math.IsInf(v, 0) {
		return "none"
	}
	return fmt.Sprintf("%.4g", v)
}

// samples writes a table of samples: the ranked agents in their order, then the others that were measured on any of the functions.
func (m *markdown) samples(agents []Agent, ranks []Rank, names []string, trials int) {
	places := map[Agent]Rank{}
	order := make([]Agent, 0, len(agents))
	for _, k := range ranks {
		places[k.Agent] = k
		order = append(order, k.Agent)
	}
	for _, a := range agents {
		if _, ranked := places[a]; !ranked {
			order = append(order, a)
		}
	}
	for _, a := range order {
		cells, known := []string{label(a)}, false
		if len(ranks) > 0 {
			place := "-"
			if k, ok := places[a]; ok {
				place = fmt.Sprintf("%.2f (%.3g)", k.Mean, k.Worst)
			}
			cells = append(cells, place)
		}
		for _, f := range names {
			text := m.cell(a, f, trials)
			known = known || text != "-"
			cells = append(cells, text)
		}
		if known {
			m.row(cells...)
		}
	}
}

func (m *markdown) medians(trials int) {
	names := Functions(false)
	ranks := m.runs.MeanRanks(m.runs.Agents(), trials)
	columns := []string{"agent"}
	if len(ranks) > 0 {
		columns = append(columns, "mean rank (worst)")
	}
	m.head(fmt.Sprintf("One objective, %d trials", trials), "Median [quartiles] and seeds; less is better. The mean rank is over the functions, "+
		"equal medians sharing it, among the agents measured on all of them.", append(columns, names...)...)
	m.samples(m.runs.Agents(), ranks, names, trials)
}

func (m *markdown) hypervolumes(trials int) {
	names := Functions(true)
	m.head(fmt.Sprintf("Hypervolume, %d trials", trials), "Median [quartiles] and seeds; more is better.", append([]string{"agent"}, names...)...)
	m.samples(m.runs.Agents(), nil, names, trials)
}

// random writes how likely so bad outcomes are between equals of ours and the reference's random search.
func (m *markdown) random(trials int) {
	random := Agent{"baseline", "random"}
	names := append(Functions(false), Functions(true)...)
	m.head(fmt.Sprintf("Worse than random search? %d trials", trials), fmt.Sprintf(
		"One-sided p of the Mann-Whitney test that ours is worse than %s, adjusted by Holm's rule over the row's functions of one objective, and "+
			"over those of several; below %g it is worse.", random, Significance), append([]string{"agent"}, names...)...)
	for _, a := range m.runs.ours() {
		cells := []string{label(a)}
		for _, several := range []bool{false, true} {
			list := m.runs.Compare(a, random, Functions(several), trials)
			for _, f := range Functions(several) {
				text := "-"
				if i := slices.IndexFunc(list, func(c Comparison) bool { return c.Function == f }); i >= 0 {
					text = fmt.Sprintf("%.2g", list[i].HolmWorse)
				}
				cells = append(cells, text)
			}
		}
		m.row(cells...)
	}
}

// times writes the time a trial takes, as the median over the functions of one objective of the median over the seeds.
func (m *markdown) times() {
	counts := []int{100, 200, 1000}
	columns := []string{"agent"}
	for _, n := range counts {
		columns = append(columns, fmt.Sprintf("%d trials", n))
	}
	m.head("Agent time", "Milliseconds a trial, median over the functions of one objective: of ours ask and tell, of the reference agents with the function's "+
		"own time and on another, loaded machine.", columns...)
	for _, a := range m.runs.Agents() {
		cells, known := []string{label(a)}, false
		for _, n := range counts {
			ms, ok := m.runs.ms(a, n)
			text := "-"
			if ok {
				known, text = true, fmt.Sprintf("%.2g", ms)
			}
			cells = append(cells, text)
		}
		if known {
			m.row(cells...)
		}
	}
}
