package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/experiments/verify"
)

// recheck is what the flags of a command say of a re-check.
type recheck struct {
	with, path string
	limit      time.Duration
	designs    int
	tool       verify.Tool
	checker    verify.Checker
}

const defaultRecheckLimit = 10 * time.Minute

// flags adds the flags to a command; with names the one that chooses the tool.
func (r *recheck) flags(c *cobra.Command, with, doc string) {
	c.Flags().StringVar(&r.with, with, "", doc)
	c.Flags().StringVar(&r.path, "tool", "", "`path` of the tool's program (default: what the tool's environment variable names, else PATH)")
	c.Flags().DurationVar(&r.limit, "tool-limit", defaultRecheckLimit, "`time` that the tool has for one design")
	_ = c.RegisterFlagCompletionFunc(with, cobra.FixedCompletions(verify.Names(), cobra.ShellCompDirectiveNoFileComp)) // fails for an unknown flag only
}

// open finds the tool and tries it.
func (r *recheck) open(ctx context.Context) (err error) {
	if r.limit <= 0 {
		return usage(fmt.Errorf("--tool-limit %v: want a time above 0", r.limit))
	}
	if r.tool, err = verify.Lookup(r.with); err != nil {
		return usage(err)
	}
	r.checker, err = r.tool.Open(ctx, r.path, r.limit)
	return usage(err)
}

// folder re-checks the best designs of a finished results folder and leaves the outcome in it.
func (r *recheck) folder(ctx context.Context, f *results.Folder) (results.Recheck, error) {
	if f.Manifest.Status != sweep.Complete {
		return results.Recheck{}, usage(fmt.Errorf("%s is unfinished (%s): its best designs may change, so they are not re-checked", f.Dir, f.Manifest.Status))
	}
	return verify.Folder(ctx, f, r.tool, r.checker, r.designs)
}

func (p Program) verify() *cobra.Command {
	var r recheck
	c := &cobra.Command{
		Use: "verify DIR --with TOOL", Short: "re-check the best designs on an independent simulator of your own",
		Long: "Describes the best design of each scenario, or the best trade-offs of several objectives, to another simulator, runs it, and compares figure by\n" +
			"figure: a table here, and verify-TOOL.json in the folder, which `report` shows. The tools:\n\n" + recheckTools() +
			"\nA design that the tool cannot express is named with the reason.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			if r.with == "" {
				return usage(fmt.Errorf("--with is missing: name a tool (%s)", recheckNames()))
			}
			if r.designs < 2 {
				return usage(fmt.Errorf("--designs %d: want at least 2, the ends of a front", r.designs))
			}
			if err := r.open(c.Context()); err != nil {
				return err
			}
			return p.withFolder(a[0], func(f *results.Folder) error {
				out, err := r.folder(c.Context(), f)
				if err != nil {
					return err
				}
				return errors.Join(writeRecheck(c.OutOrStdout(), out, verify.Path(a[0], r.tool)), verify.Failures(out))
			})
		},
	}
	r.flags(c, "with", "the `tool`: "+recheckNames())
	c.Flags().IntVar(&r.designs, "designs", verify.DefaultDesigns, "trade-offs of several objectives to re-check, evenly spread, at most `N`")
	return c
}

// recheckNames lists the tools for people.
func recheckNames() (list string) {
	for i, name := range verify.Names() {
		if i > 0 {
			list += ", "
		}
		list += name
	}
	return list
}

// recheckTools lists the tools with where they are looked for.
func recheckTools() (list string) {
	for _, t := range verify.Tools() {
		list += fmt.Sprintf("  %-11s %s; %s names %s\n", t.Name, t.Title, t.Variable, t.Wants)
	}
	return list
}

// writeRecheck prints the outcome, and where it is.
func writeRecheck(out io.Writer, r results.Recheck, path string) error {
	for _, s := range r.Scenarios {
		if err := report.RecheckTable(out, s); err != nil {
			return err
		}
		fmt.Fprintln(out)
	}
	_, err := fmt.Fprintf(out, "verified %s\n", path)
	return err
}
