package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

func (p Program) validate() *cobra.Command {
	var data string
	var areas []string
	for _, check := range p.Checks {
		areas = append(areas, check.Area)
	}
	c := &cobra.Command{
		Use: "validate [AREA…]", Short: "measure again how far the models agree with their references; fails on a difference",
		ValidArgs: areas,
		RunE: func(c *cobra.Command, wanted []string) error {
			for _, a := range wanted {
				if !slices.Contains(areas, a) {
					return usage(suggest.Unknown("area", a, areas))
				}
			}
			if data != "" {
				if _, err := os.ReadDir(data); err != nil {
					return usage(fmt.Errorf("--data: %w", err))
				}
			}
			return p.validateAreas(c, wanted, data)
		},
	}
	c.Flags().StringVar(&data, "data", os.Getenv("CODESIGN_DATA"), "`folder` with reference tables that are not embedded (default $CODESIGN_DATA)")
	return c
}

// validateAreas runs the wanted checks, all when none is named. A check that breaks does not hide the others.
func (p Program) validateAreas(c *cobra.Command, wanted []string, data string) error {
	w := newTable(c.OutOrStdout())
	fmt.Fprintln(w, "area\treference\trows\tequal\tmedian error\tlargest error\tpromised")
	var failures []error
	var listed []simulators.Agreement
	for _, check := range p.Checks {
		if len(wanted) > 0 && !slices.Contains(wanted, check.Area) {
			continue
		}
		agreements, err := check.Run(c.Context(), data)
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", check.Area, err))
		}
		for _, a := range agreements {
			if a.Skipped != "" {
				fmt.Fprintf(w, "%s\t%s\t-\t-\t-\t-\tskipped: %s\n", check.Area, a.Reference, a.Skipped)
				continue
			}
			promised := "all equal"
			if a.Bar != "" {
				promised = fmt.Sprintf("%s: %d", a.Bar, a.Within)
			}
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%.2g\t%.2g\t%s\n", check.Area, a.Reference, a.Rows, a.Equal, a.MedianRelativeError, a.LargestRelativeError, promised)
			if failure := a.Failure(); failure != "" {
				failures = append(failures, fmt.Errorf("%s, %s: %s", check.Area, a.Reference, failure))
			}
			listed = append(listed, a)
		}
	}
	return errors.Join(append(failures, w.Flush(), printFigures(c.OutOrStdout(), listed))...)
}

// printFigures writes the numbers that agreements list, one a line; nothing if there are none.
func printFigures(out io.Writer, agreements []simulators.Agreement) error {
	if !slices.ContainsFunc(agreements, func(a simulators.Agreement) bool { return len(a.Figures) > 0 }) {
		return nil
	}
	w := newTable(out)
	fmt.Fprintln(w, "\nreference\tfigure\tunit\tpublished\tmodel\terror\tleft out of the fit")
	percent := func(model, reference float64) string { return fmt.Sprintf("%+.1f %%", 100*(model/reference-1)) }
	for _, a := range agreements {
		for _, f := range a.Figures {
			leftOut := "-"
			if f.LeftOut != 0 {
				leftOut = percent(f.LeftOut, f.Reference)
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%g\t%.4g\t%s\t%s\n", a.Reference, f.Name, f.Unit, f.Reference, f.Model, percent(f.Model, f.Reference), leftOut)
		}
	}
	return w.Flush()
}
