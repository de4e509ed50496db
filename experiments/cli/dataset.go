package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
)

func (p Program) dataset() *cobra.Command {
	c := &cobra.Command{Use: "dataset", Short: "collect, merge, dedupe, split, export and sum up datasets, import another program's"}
	c.AddCommand(p.datasetCollect(), p.datasetMerge(), p.datasetDedupe(), p.datasetSplit(), p.datasetExport(), p.datasetStats(), p.datasetImport())
	return c
}

func (p Program) datasetExport() *cobra.Command {
	c := &cobra.Command{
		Use: "export DIR", Short: "the dataset as CSV, JSON lines or NumPy arrays", Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
	}
	format := formatFlag(c, nil, "csv", "jsonl", "npz")
	to := c.Flags().String("out", "", "new `file` to write instead of standard output")
	c.RunE = func(c *cobra.Command, a []string) error {
		write, err := format()
		if err != nil {
			return err
		}
		return p.withRows(c, a[0], func(f *results.Folder) error {
			if *to == "" {
				return export(c.OutOrStdout(), f.Reader, write)
			}
			return createNew(*to, func(out io.Writer) error { return export(out, f.Reader, write) })
		})
	}
	return c
}

func (p Program) datasetStats() *cobra.Command {
	return &cobra.Command{
		Use: "stats DIR", Short: "counts by study and ranges by column", Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			return p.withRows(c, a[0], func(f *results.Folder) error { return writeStats(c.OutOrStdout(), f.Reader) })
		},
	}
}

func writeStats(out io.Writer, r *dataset.Reader) error {
	s, err := dataset.Summarise(r)
	if err != nil {
		return usage(err)
	}
	w := newTable(out)
	fmt.Fprintf(w, "%s, %s\n\nscenario\tagent\trepeat\trows\tfeasible\tmissed spec\tinfeasible\tfailed\tunique\n", report.Counted(r.Len(), "row"), report.Counted(len(r.Studies()), "study"))
	for i, info := range r.Studies() {
		c := s.Studies[i]
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", info.Scenario, info.Label, info.Repeat, c.Rows, c.Feasible, c.Violating, c.Infeasible, c.Failed, c.Unique)
	}
	fmt.Fprint(w, "\ncolumn\tunit\tvalues\tnull\tmin\tmean\tmax\n")
	for _, c := range s.Columns {
		lowest, mean, highest := "-", "-", "-"
		if c.Type == dataset.Double && c.Values > 0 {
			lowest, mean, highest = short(c.Min), short(c.Mean), short(c.Max)
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\t%s\t%s\n", c.Name, dash(c.Unit), c.Values, c.Nulls, lowest, mean, highest)
	}
	return w.Flush()
}

// short is a number with six digits: enough to read, not to compute with.
func short(v float64) string { return fmt.Sprintf("%.6g", v) }
