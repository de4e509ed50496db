package report

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Recheck is what an independent tool makes of the best designs of a scenario.
type Recheck struct {
	Tool     string      `json:"-"` // its title
	Scenario string      `json:"scenario"`
	Designs  []Rechecked `json:"designs"`
}

// Rechecked is one design on the tool.
type Rechecked struct {
	Design
	Outcome
}

// Outcome is what a tool makes of a design: readings, or a reason why there are none.
type Outcome struct {
	As            string    `json:"as,omitempty"` // how the design is expressed in the tool
	Readings      []Reading `json:"readings,omitempty"`
	Inexpressible string    `json:"inexpressible,omitempty"` // why the tool cannot express it
	Failed        string    `json:"failed,omitempty"`        // what went wrong with the tool
}

// Reading is one quantity on both sides.
type Reading struct {
	Metric string  `json:"metric"` // its key, or keys joined by +
	Unit   string  `json:"unit,omitempty"`
	Ours   float64 `json:"ours"`
	Theirs float64 `json:"theirs"`
}

// RelativeDifference is theirs beyond ours, as a part of ours; infinite where ours is 0 and theirs is not.
func (r Reading) RelativeDifference() float64 {
	if r.Ours == r.Theirs {
		return 0
	}
	return (r.Theirs - r.Ours) / math.Abs(r.Ours)
}

// equalTo is the relative difference up to which two figures are equal: tools print six digits and more.
const equalTo = 1e-6

// Equal counts the readings that agree.
func (o Outcome) Equal() (n int) {
	for _, r := range o.Readings {
		if math.Abs(r.RelativeDifference()) <= equalTo {
			n++
		}
	}
	return n
}

// Largest is the largest relative difference of the readings, in size, and of which metric; 0 of none.
func (o Outcome) Largest() (difference float64, metric string) {
	for _, r := range o.Readings {
		if d := math.Abs(r.RelativeDifference()); d > difference {
			difference, metric = d, r.Metric
		}
	}
	return difference, metric
}

// Verdict is the outcome in one line.
func (o Outcome) Verdict() string {
	switch {
	case o.Failed != "":
		return "not compared, the tool failed: " + o.Failed
	case o.Inexpressible != "":
		return "not compared: " + o.Inexpressible
	}
	if n := o.Equal(); n < len(o.Readings) {
		largest, metric := o.Largest()
		return fmt.Sprintf("%d of %d figures are equal; the largest difference is %s, of %s", n, len(o.Readings), percent(largest), metric)
	}
	return fmt.Sprintf("all %d figures are equal", len(o.Readings))
}

// percent is a relative difference in words.
func percent(v float64) string {
	switch {
	case math.IsInf(v, 0):
		return "from 0"
	case math.Abs(v) <= equalTo:
		return "0"
	}
	return number(100*v, 3) + " %"
}

// RecheckTable writes the designs of a scenario with their readings as a text table.
func RecheckTable(w io.Writer, r Recheck) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s on %s\n", printable(r.Scenario), printable(r.Tool))
	if len(r.Designs) == 0 {
		out.WriteString("  no design meets the spec: there is nothing to re-check\n")
	}
	for _, d := range r.Designs {
		fmt.Fprintf(&out, "  %s, repeat %d, trial %d: %s\n", printable(d.Agent), d.Repeat, d.Trial, printable(d.Verdict()))
		if d.As != "" {
			fmt.Fprintf(&out, "  as %s\n", printable(d.As))
		}
		if len(d.Readings) == 0 {
			continue
		}
		table := []column{{head: "  metric"}, {head: "unit"}, {head: "ours"}, {head: "the tool's"}, {head: "difference"}}
		for _, line := range d.rows() {
			for i, cell := range []string{"  " + line.Metric, line.Unit, line.Ours, line.Theirs, line.Difference} {
				table[i].cells = append(table[i].cells, cell)
			}
		}
		writeAligned(&out, table)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// writeAligned aligns the first two columns left and the others right, under one line of heads.
func writeAligned(out *bytes.Buffer, table []column) {
	write := func(cell func(column) string) {
		var line strings.Builder
		for i, c := range table {
			if i > 0 {
				line.WriteString(strings.Repeat(" ", columnGap))
			}
			if i < 2 {
				fmt.Fprintf(&line, "%-*s", c.width(), cell(c))
			} else {
				fmt.Fprintf(&line, "%*s", c.width(), cell(c))
			}
		}
		out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	write(func(c column) string { return c.head })
	for row := range table[0].cells {
		write(func(c column) string { return c.cells[row] })
	}
}

// recheckRow is a reading in words.
type recheckRow struct{ Metric, Unit, Ours, Theirs, Difference string }

func (o Outcome) rows() []recheckRow {
	rows := make([]recheckRow, len(o.Readings))
	for i, r := range o.Readings {
		rows[i] = recheckRow{printable(r.Metric), printable(r.Unit), figures(r.Ours), figures(r.Theirs), percent(r.RelativeDifference())}
	}
	return rows
}

// figures is a count in full, and another value to ten digits.
func figures(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 10, 64)
}

// recheckView is what page.html shows of a tool.
type recheckView struct {
	Tool    string
	Designs []recheckedView
}

type recheckedView struct {
	Title, Verdict, As string
	Rows               []recheckRow
}

func recheckViews(list []Recheck) []recheckView {
	views := make([]recheckView, len(list))
	for i, r := range list {
		views[i].Tool = r.Tool
		for _, d := range r.Designs {
			views[i].Designs = append(views[i].Designs, recheckedView{
				fmt.Sprintf("%s, repeat %d, trial %d", d.Agent, d.Repeat, d.Trial), printable(d.Verdict()), printable(d.As), d.rows(),
			})
		}
	}
	return views
}
