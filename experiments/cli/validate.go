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
	figures := newTable(c.OutOrStdout())
	var failures []error
	listed := false
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
			if len(a.Figures) > 0 && !listed {
				fmt.Fprintln(figures, "\nfigure\treference\tpublished\tmodel\tunit\terror\tleft out of the fit")
				listed = true
			}
			printFigures(figures, a)
		}
	}
	return errors.Join(append(failures, w.Flush(), figures.Flush())...)
}

// printFigures writes the compared numbers of an agreement, one a line.
func printFigures(w io.Writer, a simulators.Agreement) {
	for _, f := range a.Figures {
		leftOut := ""
		if f.LeftOut != 0 {
			leftOut = fmt.Sprintf("%+.1f %%", 100*(f.LeftOut/f.Reference-1))
		}
		fmt.Fprintf(w, "%s\t%s\t%g\t%.4g\t%s\t%+.1f %%\t%s\n", f.Name, a.Reference, f.Reference, f.Model, f.Unit, 100*(f.Model/f.Reference-1), leftOut)
	}
}
