package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/proxy"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	model "github.com/codesign-gym/codesign/simulators/proxy"
)

// fitting is the flags that say what to learn and how.
type fitting struct {
	load proxy.LoadOptions
	o    model.FitOptions
	kind string
	by   string

	features string // CSV
	atMost   []string
}

func (f *fitting) flags(c *cobra.Command) {
	f.load.Others = true
	c.Flags().StringSliceVar(&f.load.Metrics, "metrics", nil, "`keys` of the metrics to predict (default: all that vary)")
	c.Flags().StringVar(&f.load.Simulator, "simulator", "", "the `simulator` whose rows are learned, of a dataset of several")
	c.Flags().StringVar(&f.o.Transform, "transform", "", "learn the targets `as` "+strings.Join(regress.TransformNames(), ", ")+" (default: the best of them in cross-validation)")
	c.Flags().IntVar(&f.o.Trees, "trees", 0, "`number` of trees of boost and forest (0 = 400 and 100)")
	c.Flags().Uint64Var(&f.o.Seed, "seed", 0, "`seed` of what the fit draws")
	f.featuresFlag(c)
	c.Flags().StringVar(&f.by, "groups", "outcome", "`what` is never on two sides of a split: "+strings.Join(dataset.Bys(), ", "))
}

// oneKind is the flag of the sort of model, where there is one for all.
func (f *fitting) oneKind(c *cobra.Command) {
	c.Flags().StringVar(&f.kind, "kind", "", "sort of `model`: "+strings.Join(regress.Kinds(), ", ")+" (default: for each metric the best)")
}

// featuresFlag is the flag of features beside those of the simulator.
func (f *fitting) featuresFlag(c *cobra.Command) {
	c.Flags().StringVar(&f.features, "features", "", "CSV `file` of numbers that describe the scenarios, beside those that the simulator says of its workloads: scenario, then a column each")
}

// budgets is the flag of the budgets that designs are to meet.
func (f *fitting) budgets(c *cobra.Command, use string) {
	c.Flags().StringArrayVar(&f.atMost, "at-most", nil, "a budget, `metric=value`: "+use+"; repeatable")
}

// readBudgets reads the budgets.
func (f *fitting) readBudgets() error {
	limits, err := parseBounds("at-most", f.atMost)
	f.o.Budgets = nil
	for _, key := range slices.Sorted(maps.Keys(limits)) {
		f.o.Budgets = append(f.o.Budgets, model.Bound{Key: key, Limit: limits[key]})
	}
	return err
}

// table reads the rows of a results folder.
func (f *fitting) table(p Program, c *cobra.Command, dir string) (t *model.Table, err error) {
	if err := f.load.By.UnmarshalText([]byte(f.by)); err != nil {
		return nil, usage(err)
	}
	f.o.Kind, f.o.Workers, f.o.Metrics = regress.Kind(f.kind), runtime.NumCPU(), f.load.Metrics
	if f.o.Trees < 0 || f.o.Trees > mostTrees {
		return nil, usage(fmt.Errorf("--trees %d is not in [0, %d]", f.o.Trees, mostTrees))
	}
	if err := f.o.Check(); err != nil {
		return nil, usage(err)
	}
	if f.features != "" {
		if f.load.Features, err = proxy.ReadFeatures(f.features); err != nil {
			return nil, usage(err)
		}
	}
	err = p.withRows(c, dir, func(folder *results.Folder) error {
		t, err = proxy.Load(folder.Reader, p.Catalog.Simulators, f.load)
		return usage(err)
	})
	return t, err
}

const mostTrees = 100_000

func (p Program) proxyFit() *cobra.Command {
	var f fitting
	var out string
	c := &cobra.Command{
		Use: "fit DIR --out FILE", Short: "learn a proxy from the dataset of a results folder", Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			if out == "" {
				return usage(errors.New("--out is missing: name a new file for the proxy"))
			}
			if err := f.readBudgets(); err != nil {
				return usage(err)
			}
			t, err := f.table(p, c, a[0])
			if err != nil {
				return err
			}
			fitted, err := model.Fit(t, f.o)
			if err != nil {
				return usage(err)
			}
			if err := createNew(out, fitted.Write); err != nil {
				return err
			}
			return writeFitted(c.OutOrStdout(), fitted, f.o.Budgets, out)
		},
	}
	f.flags(c)
	f.oneKind(c)
	f.budgets(c, "learn which designs meet it, for proxy eval --proxy")
	c.Flags().StringVar(&out, "out", "", "new `file` of the proxy")
	return c
}

// writeFitted says what was learned.
func writeFitted(out io.Writer, p *model.Proxy, budgets []model.Bound, path string) error {
	f := p.File()
	fmt.Fprintf(out, "proxy of %s %s from %s, %d of them infeasible, of %s\n\n", f.Simulator, f.Version, report.Counted(f.Rows, "row"), f.Infeasible, report.Counted(len(f.Tasks), "workload"))
	w := newTable(out)
	fmt.Fprintln(w, "metric\tunit\tmodel\tlearned as")
	for i, m := range p.Metrics() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.Key(), dash(m.Unit), f.Targets[i].Kind, transformName(f.Targets[i].Transform))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	for _, b := range budgets {
		fmt.Fprintf(out, "budget   %s at most %v: told by %s\n", b.Key, b.Limit, teller(f, b))
	}
	for i, m := range p.Metrics() {
		if n := f.Targets[i].New; n != nil {
			fmt.Fprintf(out, "new      %s of other workloads is told by %s: held out, its error is %.2f of that of the mean\n", m.Key(), n.By(f.Features), n.Error/n.MeanError)
		}
	}
	_, err := fmt.Fprintf(out, "use      simulator = %q\n", model.Prefix+path)
	return err
}

// teller is what says which designs meet a budget.
func teller(f *model.File, b model.Bound) string {
	at := slices.IndexFunc(f.Budgets, func(own model.Budget) bool { return own.Bound == b })
	switch {
	case at < 0:
		return "the intervals of the metric"
	case f.Budgets[at].Classifier == nil:
		return "the share of the rows that meet it"
	}
	return "a classifier"
}

func transformName(t regress.Transform) string {
	switch t.Name {
	case regress.Identity:
		return "itself"
	case regress.BoxCox:
		return fmt.Sprintf("boxcox %.1f", t.Lambda)
	}
	return t.Name
}
