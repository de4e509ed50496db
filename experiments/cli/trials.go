package cli

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/internal/suggest"
)

func (p Program) trials() *cobra.Command {
	c := &cobra.Command{
		Use: "trials DIR", Short: "all trials, as a table, CSV or JSON lines", Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
	}
	format := formatFlag(c, writeTrials, "table", "csv", "jsonl")
	c.RunE = func(c *cobra.Command, a []string) error {
		write, err := format()
		if err != nil {
			return err
		}
		return p.withRows(c, a[0], func(f *results.Folder) error { return export(c.OutOrStdout(), f.Reader, write) })
	}
	return c
}

// formatFlag adds --format to a command. The returned function is the writer of the format that was chosen, table of "table".
func formatFlag(c *cobra.Command, table exporter, formats ...string) func() (exporter, error) {
	var format string
	c.Flags().StringVar(&format, "format", formats[0], "`form`: "+strings.Join(formats, ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)) // fails for an unknown flag only
	return func() (exporter, error) {
		if !slices.Contains(formats, format) {
			return nil, usage(suggest.Unknown("format", format, formats))
		}
		return map[string]exporter{"table": table, "csv": dataset.ExportCSV, "jsonl": dataset.ExportJSONL, "npz": dataset.ExportNPZ}[format], nil
	}
}

// exporter writes a dataset in one format.
type exporter func(io.Writer, *dataset.Reader) error

// export tells a dataset that cannot be read, the user's mistake, from an output that cannot be written.
func export(out io.Writer, r *dataset.Reader, write exporter) error {
	w := bufio.NewWriterSize(out, 1<<16)
	err := write(w, r)
	if failure := w.Flush(); failure != nil {
		return failure
	}
	return usage(err)
}

// writeTrials writes one line a trial: where it is from, its design and its scores.
func writeTrials(out io.Writer, r *dataset.Reader) error {
	w := newTable(out)
	fmt.Fprintln(w, "scenario\tagent\trepeat\ttrial\tscore\tspec\tdesign")
	for rec, err := range r.Rows() {
		if err != nil {
			return err
		}
		info := r.Studies()[rec.Study]
		score, spec := "-", "met"
		switch {
		case rec.Failed != "":
			spec = "failed: " + firstLine(rec.Failed)
		case rec.Infeasible != "":
			spec = "infeasible: " + firstLine(rec.Infeasible)
		case !rec.Feasible():
			spec = "missed"
		}
		if len(rec.Objectives) > 0 {
			score = short(results.Natural(info.Objectives[0], rec.Objectives[0]))
		}
		var words []string
		for _, pair := range results.Design(r, rec) {
			words = append(words, pair.Name+"="+strings.ReplaceAll(pair.Value, " ", ""))
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\t%s\t%s\n", info.Scenario, info.Label, info.Repeat, rec.Trial, score, spec, dash(strings.Join(words, " ")))
		if rec.Trial%1000 == 999 { // columns are aligned within a thousand lines: memory stays bounded
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}
