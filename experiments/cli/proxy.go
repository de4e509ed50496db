package cli

import (
	"context"
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

func (p Program) proxy() *cobra.Command {
	c := &cobra.Command{
		Use: "proxy", Short: "learn a stand-in of a simulator from a dataset, measure its error, compare models",
		Long: "A proxy predicts the metrics of a design in microseconds. Fitted to a dataset it is one file, and a simulator named " + model.Prefix + "FILE in experiment\n" +
			"files and commands.",
	}
	c.AddCommand(p.proxyFit(), p.proxyEval(), p.proxyCompare(), p.proxyTransfer(), p.proxyCorrect(), p.proxyActive(), p.proxyExport())
	return c
}

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

// judging is the flags that say how to judge.
type judging struct {
	fitting
	split  proxy.Split
	trains []int
	seeds  int
}

func (j *judging) flags(c *cobra.Command) {
	j.fitting.flags(c)
	c.Flags().Float64Var(&j.split.TestFrac, "test", 0.2, "`share` of the groups that judge, between 0 and 1")
	c.Flags().StringVar(&j.split.Holdout, "holdout", "", "judge by all rows of a `scenario`, which none is learned from")
	c.Flags().IntSliceVar(&j.trains, "train-rows", nil, "learn from so many `rows`; several give a learning curve (default: all that do not judge)")
	j.budgets(c, "how well the proxy tells the designs that meet all of them")
	c.Flags().IntVar(&j.seeds, "seeds", 1, "`splits` with the seeds from --seed on")
}

// evaluations fits and judges a kind for every size and seed.
func (j *judging) evaluations(ctx context.Context, t *model.Table, kind regress.Kind) ([]proxy.Evaluation, error) {
	if j.split.Holdout == "" && !(j.split.TestFrac > 0 && j.split.TestFrac < 1) || j.seeds < 1 || j.seeds > 1000 {
		return nil, usage(errShares(j.split.TestFrac, j.seeds))
	}
	if len(j.trains) == 0 {
		j.trains = []int{0}
	}
	if err := j.readBudgets(); err != nil {
		return nil, usage(err)
	}
	var list []proxy.Evaluation
	for _, rows := range j.trains {
		for k := range j.seeds {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			split, o := j.split, j.o
			split.TrainRows, split.Seed, o.Kind = rows, j.o.Seed+uint64(k), kind
			o.Seed = split.Seed
			e, _, err := proxy.Evaluate(t, split, o)
			if err != nil {
				return nil, usage(err)
			}
			list = append(list, e)
		}
	}
	return list, nil
}

// errShares says which of --test and --seeds is out of its range.
func errShares(test float64, seeds int) error {
	if seeds < 1 || seeds > 1000 {
		return fmt.Errorf("--seeds %d is not in [1, 1000]", seeds)
	}
	return fmt.Errorf("--test %v is not between 0 and 1", test)
}

func (p Program) proxyEval() *cobra.Command {
	var j judging
	var file string
	c := &cobra.Command{
		Use: "eval DIR", Short: "the error of a proxy on designs, outcomes or workloads that it has not seen",
		Long: "Fits a proxy to one part of the dataset and judges it by the other, which shares no design and no outcome with it; or judges the proxy in a\n" +
			"file (--proxy) by the whole dataset, which it must not have learned from.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			t, err := j.table(p, c, a[0])
			if err != nil {
				return err
			}
			var list []proxy.Evaluation
			if file == "" {
				list, err = j.evaluations(c.Context(), t, j.o.Kind)
			} else {
				list, err = j.judgeFile(c.ErrOrStderr(), t, file)
			}
			if err != nil {
				return err
			}
			return proxy.WriteEvaluations(c.OutOrStdout(), list)
		},
	}
	j.flags(c)
	j.oneKind(c)
	c.Flags().StringVar(&file, "proxy", "", "judge the proxy in this `file`")
	return c
}

// apart names a task by the settings in which those of a proxy differ; by its own name where there was only one.
func apart(f *model.File, task model.Task) string {
	var words []string
	for _, key := range slices.Sorted(maps.Keys(f.Tasks[0].Settings)) {
		words = append(words, fmt.Sprintf("%s=%v", key, task.Settings[key]))
	}
	if len(words) == 0 {
		return task.Name
	}
	return strings.Join(words, ",")
}

// judgeFile judges a proxy that is there.
func (j *judging) judgeFile(notes io.Writer, t *model.Table, path string) ([]proxy.Evaluation, error) {
	if err := j.readBudgets(); err != nil {
		return nil, usage(err)
	}
	fitted, err := model.ReadFile(path)
	if err != nil {
		return nil, usage(err)
	}
	if f := fitted.File(); f.Simulator != t.Spec.Name || f.Version != t.Spec.Version {
		return nil, usage(fmt.Errorf("%s is of %s %s, the rows are of %s %s", path, f.Simulator, f.Version, t.Spec.Name, t.Spec.Version))
	}
	for _, task := range t.Tasks {
		if fitted.Task(task.Settings) < 0 {
			fmt.Fprintf(notes, "note: %s has not learned %s: it is told by what is known of the others\n", path, apart(fitted.File(), task))
		}
	}
	fmt.Fprintf(notes, "note: it was learned from %s: if these rows are among them, the figures say nothing of its error\n", report.Counted(fitted.File().Rows, "row"))
	e, err := proxy.Judge(t, fitted, j.o.Budgets...)
	e.Train = fitted.File().Rows
	return []proxy.Evaluation{e}, usage(err)
}

func (p Program) proxyCompare() *cobra.Command {
	var j judging
	kinds := regress.Kinds()
	c := &cobra.Command{
		Use: "compare DIR", Short: "the errors of several sorts of models side by side", Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			for _, kind := range kinds {
				if !slices.Contains(regress.Kinds(), kind) {
					return usage(fmt.Errorf("--kinds: %q is not one of %s", kind, strings.Join(regress.Kinds(), ", ")))
				}
			}
			t, err := j.table(p, c, a[0])
			if err != nil {
				return err
			}
			var list []proxy.Evaluation
			for _, kind := range kinds {
				more, err := j.evaluations(c.Context(), t, regress.Kind(kind))
				if err != nil {
					return err
				}
				list = append(list, more...)
			}
			return proxy.WriteEvaluations(c.OutOrStdout(), list)
		},
	}
	j.flags(c)
	c.Flags().StringSliceVar(&kinds, "kinds", kinds, "sorts of `models`")
	return c
}

func (p Program) proxyExport() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use: "export FILE --out FILE.onnx", Short: "the models of a proxy as an ONNX graph, for other runtimes", Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, a []string) error {
			if out == "" {
				return usage(errors.New("--out is missing: name a new file for the graph"))
			}
			fitted, err := model.ReadFile(a[0])
			if err != nil {
				return usage(err)
			}
			graph, err := fitted.ONNX()
			if err != nil {
				return usage(err)
			}
			return createNew(out, func(w io.Writer) error {
				_, err := w.Write(graph)
				return err
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "new `file` of the graph")
	return c
}
