package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// withFolder opens a results folder, lets use work on it, and closes it.
func (p Program) withFolder(dir string, use func(*results.Folder) error) error {
	f, err := results.Open(dir, p.Catalog)
	if err != nil {
		return usage(err)
	}
	return errors.Join(use(f), f.Close())
}

// loadSweep sums up a results folder.
func (p Program) loadSweep(dir string) (s report.Sweep, err error) {
	err = p.withFolder(dir, func(f *results.Folder) error {
		if s, err = f.Sweep(); err != nil {
			return usage(err)
		}
		return nil
	})
	return s, err
}

func (p Program) report() *cobra.Command {
	return &cobra.Command{
		Use: "report DIR…", Short: "write report.html into each results folder, and print its table", Args: args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, dirs []string) error {
			for _, dir := range dirs {
				s, err := p.loadSweep(dir)
				if err != nil {
					return err
				}
				if err := report.Table(c.OutOrStdout(), s); err != nil {
					return err
				}
				page := filepath.Join(dir, reportName)
				if err := writeReport(page, s); err != nil {
					return err
				}
				fmt.Fprintf(c.OutOrStdout(), "report: %s\n", page)
			}
			return nil
		},
	}
}

func (p Program) best() *cobra.Command {
	return &cobra.Command{
		Use: "best DIR", Short: "the best design of each scenario with all its metrics", Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, a []string) error {
			s, err := p.loadSweep(a[0])
			if err != nil {
				return err
			}
			return writeBest(c.OutOrStdout(), s)
		},
	}
}

func writeBest(out io.Writer, s report.Sweep) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, note := range s.Notes {
		fmt.Fprintf(w, "note: %s\n", note)
	}
	for _, scenario := range s.Scenarios {
		label, run, found := scenario.Best()
		if !found {
			fmt.Fprintf(w, "%s: no design meets the spec yet\n\n", scenario.Name)
			continue
		}
		fmt.Fprintf(w, "%s: by %s, repeat %d, trial %d\n", scenario.Name, label, run.Repeat, run.Curve[len(run.Curve)-1].Trials-1)
		for _, list := range [][]report.Pair{run.BestDesign, run.BestMetrics} {
			for _, pair := range list {
				fmt.Fprintf(w, "  %s\t%s\n", pair.Name, pair.Value)
			}
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// formats are the forms that trials and dataset export write.
func formats() []string { return []string{"table", "csv", "jsonl"} }

func (p Program) trials() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "trials DIR", Short: "all trials, as a table, CSV or JSON lines", Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, a []string) error {
			return p.withFolder(a[0], func(f *results.Folder) error { return export(c.OutOrStdout(), f.Reader, format) })
		},
	}
	c.Flags().StringVar(&format, "format", "table", "`form`: "+strings.Join(formats(), ", "))
	return c
}

func export(out io.Writer, r *dataset.Reader, format string) error {
	w := bufio.NewWriterSize(out, 1<<16)
	var err error
	switch format {
	case "csv":
		err = dataset.ExportCSV(w, r)
	case "jsonl":
		err = dataset.ExportJSONL(w, r)
	case "table":
		err = writeTrials(w, r)
	default:
		return usage(suggest.Unknown("format", format, formats()))
	}
	return errors.Join(usage(err), w.Flush())
}

// writeTrials writes one line a trial: where it is from, its design and its scores.
func writeTrials(out io.Writer, r *dataset.Reader) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "scenario\tagent\trepeat\ttrial\tscore\tspec\tdesign")
	for rec, err := range r.Rows() {
		if err != nil {
			return err
		}
		info := r.Studies()[rec.Study]
		score, spec := "-", "met"
		switch {
		case rec.Failed != "":
			spec = "failed: " + rec.Failed
		case rec.Infeasible != "":
			spec = "infeasible: " + rec.Infeasible
		case !rec.Feasible():
			spec = "missed"
		}
		if len(rec.Objectives) > 0 {
			score = fmt.Sprintf("%.6g", results.Natural(info.Objectives[0], rec.Objectives[0]))
		}
		var words []string
		for _, pair := range results.Design(r, rec) {
			words = append(words, pair.Name+"="+strings.ReplaceAll(pair.Value, " ", ""))
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\t%s\t%s\n", info.Scenario, info.Label, info.Repeat, rec.Trial, score, spec, strings.Join(words, " "))
		if rec.Trial%1000 == 999 { // columns are aligned within a thousand lines: memory stays bounded
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

func (p Program) dataset() *cobra.Command {
	c := &cobra.Command{Use: "dataset", Short: "export and sum up the dataset of a results folder"}
	var format, to string
	export := &cobra.Command{
		Use: "export DIR", Short: "the dataset as CSV or JSON lines", Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, a []string) error {
			if !slices.Contains(formats()[1:], format) {
				return usage(suggest.Unknown("format", format, formats()[1:]))
			}
			return p.withFolder(a[0], func(f *results.Folder) error { return exportTo(c.OutOrStdout(), to, f.Reader, format) })
		},
	}
	export.Flags().StringVar(&format, "format", "csv", "`form`: csv, jsonl")
	export.Flags().StringVar(&to, "to", "", "new `file` to write instead of standard output")
	stats := &cobra.Command{
		Use: "stats DIR", Short: "counts by study and ranges by column", Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, a []string) error {
			return p.withFolder(a[0], func(f *results.Folder) error { return writeStats(c.OutOrStdout(), f.Reader) })
		},
	}
	c.AddCommand(export, stats)
	return c
}

// exportTo writes to a new file, or to out when none is named.
func exportTo(out io.Writer, to string, r *dataset.Reader, format string) error {
	if to == "" {
		return export(out, r, format)
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage(fmt.Errorf("%s is there already: an export overwrites nothing", to))
	}
	if err != nil {
		return usage(err)
	}
	return errors.Join(export(f, r, format), f.Close())
}

func writeStats(out io.Writer, r *dataset.Reader) error {
	s, err := dataset.Summarise(r)
	if err != nil {
		return usage(err)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%d rows, %d studies\n\nscenario\tagent\trepeat\trows\tfeasible\tmissed spec\tinfeasible\tfailed\tunique\n", r.Len(), len(r.Studies()))
	for i, info := range r.Studies() {
		c := s.Studies[i]
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", info.Scenario, info.Label, info.Repeat, c.Rows, c.Feasible, c.Violating, c.Infeasible, c.Failed, c.Unique)
	}
	fmt.Fprint(w, "\ncolumn\tunit\tvalues\tnull\tmin\tmean\tmax\n")
	for _, c := range s.Columns {
		if c.Type == dataset.Double {
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%.6g\t%.6g\t%.6g\n", c.Name, dash(c.Unit), c.Values, c.Nulls, c.Min, c.Mean, c.Max)
		} else {
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t\t\t\n", c.Name, dash(c.Unit), c.Values, c.Nulls)
		}
	}
	return w.Flush()
}
