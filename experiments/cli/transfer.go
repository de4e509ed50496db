package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/proxy"
	model "github.com/codesign-gym/codesign/simulators/proxy"
)

func (p Program) proxyTransfer() *cobra.Command {
	var f fitting
	o := proxy.TransferOptions{Shots: []int{0, 10, 30, 100, 300}}
	c := &cobra.Command{
		Use: "transfer DIR", Short: "how few rows of a new workload or device a proxy of the others needs",
		Long: "Holds out the scenarios of a dataset, each in turn: a proxy of the others is corrected by a few of its rows and judged by the rest, beside a proxy of these rows\n" +
			"alone. What judges shares no outcome with what was learned from.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			if err := checkSplits(o.TestFrac, o.Seeds); err != nil {
				return err
			}
			for _, n := range o.Shots {
				if n < 0 {
					return usage(fmt.Errorf("--shots %d must be at least 0", n))
				}
			}
			t, err := f.table(p, c, a[0])
			if err != nil {
				return err
			}
			o.Fit = f.o
			list, err := proxy.Transfer(c.Context(), t, o, func(what string) { fmt.Fprintf(c.ErrOrStderr(), "%s\n", what) })
			if err != nil {
				return usage(err)
			}
			return proxy.TransferTable(list).Write(c.OutOrStdout())
		},
	}
	f.flags(c)
	f.oneKind(c)
	c.Flags().StringSliceVar(&o.Tasks, "holdout", nil, "`scenarios` to hold out (default: each of them)")
	c.Flags().IntSliceVar(&o.Shots, "shots", o.Shots, "how many `rows` of it are learned from")
	splitFlags(c, &o.TestFrac, &o.Seeds)
	return c
}

func (p Program) proxyCorrect() *cobra.Command {
	var f fitting
	var out string
	c := &cobra.Command{
		Use: "correct FILE DIR --out FILE", Short: "teach a proxy a new workload or device, or the drift of a known one, from few rows",
		Long: "Writes the proxy with one more task: that of the dataset's scenario, learned on top of what the proxy knows of its own. Where it is one of them, the correction\n" +
			"takes its place.",
		Args: args(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, a []string) error {
			if out == "" {
				return usage(errors.New("--out is missing: name a new file for the proxy"))
			}
			known, err := model.ReadFile(a[0])
			if err != nil {
				return usage(err)
			}
			f.load.Simulator = known.File().Simulator
			for _, m := range known.Metrics() {
				f.load.Metrics = append(f.load.Metrics, m.Key())
			}
			t, err := f.table(p, c, a[1])
			if err != nil {
				return err
			}
			corrected, err := known.Correct(t, f.o)
			if err != nil {
				return usage(err)
			}
			if err := createNew(out, corrected.Write); err != nil {
				return err
			}
			list := corrected.File().Corrected
			last, name := list[len(list)-1], apart(known.File(), t.Tasks[0])
			w := newTable(c.OutOrStdout())
			fmt.Fprintln(w, "metric\trows\tcorrection")
			for k, m := range corrected.Metrics() {
				fmt.Fprintf(w, "%s\t%d\t%s\n", m.Key(), last.Rows, last.Targets[k])
			}
			if err := w.Flush(); err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout())
			switch {
			case last.Like < 0 && len(corrected.File().Features) > 0 && last.Features == nil:
				fmt.Fprintf(c.OutOrStdout(), "note     features of %s are not known: what rows do not tell is the mean of the known workloads\n", name)
			case len(last.Outside) > 0:
				fmt.Fprintf(c.OutOrStdout(), "note     %s is outside the workloads of the fit in %s: expect more of its rows to be needed\n", name, strings.Join(last.Outside, ", "))
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "use      simulator = %q\n", model.Prefix+out)
			return err
		},
	}
	f.by = "design"
	f.featuresFlag(c)
	c.Flags().Uint64Var(&f.o.Seed, "seed", 0, "`seed` of what the fit draws")
	c.Flags().StringVar(&out, "out", "", "new `file` of the proxy")
	return c
}
