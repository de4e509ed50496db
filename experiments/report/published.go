package report

import (
	"slices"
	"strings"
)

// Published is a result that others report of a scenario.
type Published struct {
	Name    string
	Metrics []Pair // by key, in the order of the simulator's metrics
	Meets   string // the spec: "yes", "no", or "?" when a bounded metric was not reported
}

// Meets of a design that the agents found: the best of an agent holds every bound.
const meets = "yes"

// comparison is the best design of each agent beside the published results: a column for each metric that one of these has.
func comparison(scenario Scenario, summaries []summary) []column {
	if len(scenario.Published) == 0 {
		return nil
	}
	var keys []string
	for _, p := range scenario.Published {
		for _, m := range p.Metrics {
			if !slices.Contains(keys, m.Name) {
				keys = append(keys, m.Name)
			}
		}
	}
	table := make([]column, len(keys)+2)
	table[0] = column{head: "side by side"}
	for i, key := range keys {
		name, unit := key, ""
		if at := strings.LastIndexByte(key, '_'); at > 0 {
			name, unit = key[:at], key[at+1:]
		}
		table[i+1] = column{head: name, under: unit}
	}
	table[len(keys)+1] = column{head: "meets", under: "spec"}
	line := func(label string, metrics []Pair, spec string) {
		cells := []string{label}
		for _, key := range keys {
			value := "-"
			if at := slices.IndexFunc(metrics, func(p Pair) bool { return p.Name == key }); at >= 0 {
				value = metrics[at].Value
			}
			cells = append(cells, value)
		}
		for i, cell := range append(cells, spec) {
			table[i].cells = append(table[i].cells, printable(cell))
		}
	}
	for _, s := range summaries {
		if len(s.BestRun.BestMetrics) > 0 {
			line(s.Label+", best", s.BestRun.BestMetrics, meets)
		} else {
			line(s.Label, nil, "no")
		}
	}
	for _, p := range scenario.Published {
		line(p.Name, p.Metrics, p.Meets)
	}
	return table
}

// published is a comparison as page.html shows it.
type published struct {
	Heads []heading
	Rows  [][]string // the first cell is the label
}

type heading struct{ Name, Under string }

func publishedTable(table []column) *published {
	if table == nil {
		return nil
	}
	p := &published{Rows: make([][]string, len(table[0].cells))}
	for _, c := range table {
		p.Heads = append(p.Heads, heading{c.head, c.under})
		for row, cell := range c.cells {
			p.Rows[row] = append(p.Rows[row], cell)
		}
	}
	return p
}
