package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/internal/suggest"
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
		}
	}
	return errors.Join(append(failures, w.Flush())...)
}
