package cli

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
)

func (p Program) best() *cobra.Command {
	c := &cobra.Command{
		Use: "best DIR", Short: "the best design of each scenario, or with several objectives the best trade-offs",
		Long: "Prints the best design of each scenario with all its metrics; with several objectives those designs of the joint front of all studies that the report\n" +
			"shows. As CSV or JSON lines each design is its row of the dataset, as `trials` has it.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
	}
	format := formatFlag(c, nil, "table", "csv", "jsonl")
	c.RunE = func(c *cobra.Command, a []string) error {
		write, err := format()
		if err != nil {
			return err
		}
		if write == nil {
			s, err := p.loadSweep(a[0])
			if err != nil {
				return err
			}
			return writeBest(c.OutOrStdout(), s)
		}
		return p.withRows(c, a[0], func(f *results.Folder) error {
			s, err := f.Sweep()
			if err != nil {
				return usage(err)
			}
			return export(c.OutOrStdout(), bestRows(f.Reader, s), write)
		})
	}
	return c
}

// bestRows are the rows of the designs that writeBest tells of.
func bestRows(r *dataset.Reader, s report.Sweep) *dataset.Reader {
	type row struct{ study, trial int }
	best := map[row]bool{}
	for _, scenario := range s.Scenarios {
		for _, d := range scenario.BestDesigns(math.MaxInt) {
			best[row{d.Study, d.Trial}] = true
		}
	}
	return r.Only(func(rec *dataset.Record) bool { return best[row{rec.Study, rec.Trial}] })
}

// writeBest writes the best design of each scenario, an axis or a metric a line; of several objectives a table of the front.
func writeBest(out io.Writer, s report.Sweep) error {
	w := newTable(out)
	for _, note := range s.Notes {
		fmt.Fprintf(w, "note: %s\n", note)
	}
	for i, scenario := range s.Scenarios {
		if i > 0 {
			fmt.Fprintln(w)
		}
		best := scenario.BestDesigns(2)
		if len(best) == 0 {
			fmt.Fprintf(w, "%s: no design meets the spec yet\n", scenario.Name)
			continue
		}
		if len(scenario.Objectives) > 1 {
			writeFront(w, scenario)
			continue
		}
		fmt.Fprintf(w, "%s: by %s, repeat %d, trial %d\n", scenario.Name, best[0].Agent, best[0].Repeat, best[0].Trial)
		for _, list := range [][]report.Pair{best[0].Axes, best[0].Metrics} {
			for _, pair := range list {
				fmt.Fprintf(w, "  %s\t%s\n", pair.Name, pair.Value)
			}
		}
	}
	return w.Flush()
}

// writeFront lists the designs of a scenario's joint front for a table, one a line; it says how many there are when these are some of them.
func writeFront(w io.Writer, s report.Scenario) {
	shown := ""
	if n := len(s.FrontDesigns); n < s.FrontSize {
		shown = fmt.Sprintf(", %d evenly spread ones of them", n)
	}
	noun := "designs that no other one dominates"
	if s.FrontSize == 1 {
		noun = "design dominates all other ones"
	}
	fmt.Fprintf(w, "%s: %d %s%s\n", s.Name, s.FrontSize, noun, shown)
	fmt.Fprint(w, "  ")
	for _, term := range s.Objectives {
		fmt.Fprintf(w, "%s\t", term.Name)
	}
	fmt.Fprintln(w, "agent\trepeat\ttrial\tdesign")
	for _, d := range s.FrontDesigns {
		fmt.Fprint(w, "  ")
		for _, v := range d.Objectives {
			fmt.Fprintf(w, "%s\t", short(v))
		}
		axes := make([]string, len(d.Axes))
		for i, pair := range d.Axes {
			axes[i] = pair.Name + "=" + strings.ReplaceAll(pair.Value, " ", "")
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\n", d.Agent, d.Repeat, d.Trial, dash(strings.Join(axes, " ")))
	}
}
